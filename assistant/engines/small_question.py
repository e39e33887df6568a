"""One small question, so that whoever runs the house learns whether the model of the settings answers, and if not, why.

It costs a few hundred tokens and leaves the house, so that only who asks for it by name has it asked. It holds no word of
an approved document.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal

from assistant.engines.answers import read_one
from assistant.engines.endpoint import endpoint
from assistant.engines.model_errors import malformed
from assistant.engines.openai_chat import FORMATS, Chat, LangchainChat
from assistant.engines.spending import Purse
from assistant.settings import Settings
from prompts.contracts import Judgement
from prompts.library import phrasebook

_CLAIM = "The sample tablet is round."


@dataclass(frozen=True, slots=True)
class SmallAnswer:
    """That the model answered in the shape of the contract; what it said of the claim measures nothing."""

    milliseconds: int
    """From opening the connection to the end of the answer, with all its rounds."""
    usage: Mapping[str, object]
    """As a draft's usage is told."""


def ask_small_question(
    chat: Callable[[], Chat],
    model: str,
    prices: tuple[Decimal, Decimal] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> SmallAnswer:
    """Ask, and in a plainer format where the answer has not the shape, as a draft does.

    Raises ModelError, whichever a draft would meet.
    """
    system = phrasebook("judge.system").render(language="English")
    user = phrasebook("judge.user").render(claim=_CLAIM, quotes=[_CLAIM])
    began = clock()
    with closing(chat()) as opened:
        for _ in FORMATS:
            if read_one(Judgement, opened.ask(Judgement, system, user, _silent)) is not None:
                return SmallAnswer(round(1000 * (clock() - began)), opened.usage.as_json(prices))
            opened.plainer()
    raise malformed(model)


def ask_model_of(settings: Settings, purse: Purse) -> SmallAnswer:
    """Ask the model of the settings, once: what may pass is told, not waited for.

    Raises InvalidInput, EgressOff or BudgetSpent before anything is opened, ModelError after.
    """
    endpoint(settings)
    return ask_small_question(
        lambda: LangchainChat(settings, purse, tries=1), settings.openai_model, settings.openai_prices
    )


def _silent(doing: str, count: int) -> None:
    del doing, count
