"""A model as judge of meaning: one claim beside its quotes, asked several times. It ranks; it approves nothing."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from assistant.engines.answers import read_one
from assistant.engines.endpoint import endpoint
from assistant.engines.model_errors import ModelError, ModelTooLong, malformed, short
from assistant.engines.openai_chat import Chat, LangchainChat
from assistant.engines.spending import Purse
from assistant.settings import Settings
from guardrails.judge import Judgement
from guardrails.model import Language
from prompts.contracts import Judgement as Answer
from prompts.library import phrasebook

Vote = Literal["supported", "not_supported", "unclear"]
WORTH: dict[Vote, float] = {"supported": 1.0, "unclear": 0.5, "not_supported": 0.0}
SPREAD = 0.7
"""Temperature where there are several votes: at 0 they would all be one."""
_UNREAD = malformed("the judge")
_CUT = "(the reason has no end)"
_VERDICT = re.compile(r'\s*\{\s*"verdict"\s*:\s*"(supported|not_supported|unclear)"\s*,')
_LANGUAGES = {"fr": "French", "en": "English"}


@dataclass(frozen=True, slots=True)
class Voted(Judgement):
    """A judgement by several votes."""

    usage: Mapping[str, object] = field(default_factory=dict)
    """What its questions took, as a draft's usage is told."""
    votes: tuple[Vote, ...] = ()

    @property
    def verdict(self) -> Vote:
        """What more than half of the votes say; unclear where none has so many."""
        most = Counter(self.votes).most_common(1)
        return most[0][0] if most and 2 * most[0][1] > len(self.votes) else "unclear"


class OpenAiJudge:
    """Asks a chat model `votes` times about each claim. Too few answers: not scored, with the error's code as reason."""

    def __init__(
        self,
        model: str,
        chat: Callable[[], Chat],
        votes: int = 3,
        prices: tuple[Decimal, Decimal] | None = None,
    ) -> None:
        """`chat` opens a connection, when it is first needed."""
        self._model = model
        self._open = chat
        self._votes = votes
        self._prices = prices

    @property
    def name(self) -> str:
        """The model, and the version of what it is asked."""
        return f"openai:{self._model}@{phrasebook('judge.system').version}"

    def judge(self, statement: str, language: Language, quotes: Sequence[tuple[str, Language]]) -> Voted:
        """The share of the votes that say supported, an unclear one counting half."""
        if not quotes:
            return Voted(self.name, None, "no_quote")
        system = phrasebook("judge.system").render(language=_LANGUAGES[language])
        user = phrasebook("judge.user").render(claim=_plain(statement), quotes=[_plain(q) for q, _ in quotes])
        votes: list[Vote] = []
        reasons: dict[Vote, str] = {}
        failure: ModelError = _UNREAD
        with closing(self._open()) as chat:
            for left in range(self._votes, 0, -1):
                if 2 * (len(votes) + left) <= self._votes:
                    break  # too few would be left, whatever they say
                answer, failed = _asked(chat, system, user)
                failure = failed or failure
                if answer is not None:
                    votes.append(answer.verdict)
                    reasons.setdefault(answer.verdict, short(answer.reason))
            usage = chat.usage.as_json(self._prices)
        if 2 * len(votes) <= self._votes:
            down = not (votes or failure.of_the_question)
            return Voted(self.name, None, failure.code, down, usage, tuple(votes))
        score = sum(WORTH[vote] for vote in votes) / len(votes)
        voted = Voted(self.name, score, usage=usage, votes=tuple(votes))
        return replace(voted, why=reasons.get(voted.verdict, "the votes differ"))


def openai_judge(settings: Settings, purse: Purse) -> OpenAiJudge:
    """The judge of the settings. Raises EgressOff or InvalidInput before anything is opened."""
    endpoint(settings)
    spread = SPREAD if settings.judge_votes > 1 else 0.0
    return OpenAiJudge(
        settings.openai_model,
        lambda: LangchainChat(settings, purse, temperature=spread),
        settings.judge_votes,
        settings.openai_prices,
    )


def _asked(chat: Chat, system: str, user: str) -> tuple[Answer | None, ModelError | None]:
    """One vote, or why there is none."""
    try:
        answer = read_one(Answer, chat.ask(Answer, system, user, _silent))
    except ModelTooLong as error:
        return _begun(error.written), error
    except ModelError as error:
        return None, error
    if answer is None:
        chat.plainer()
        return None, _UNREAD
    return answer, None


def _begun(written: str) -> Answer | None:
    """The vote of an answer that was cut in its reason: a small model finds no end, but its verdict stood before."""
    found = _VERDICT.match(written)
    return Answer.model_validate({"verdict": found[1], "reason": _CUT}) if found else None


def _silent(doing: str, tokens: int) -> None:
    del doing, tokens


def _plain(text: str) -> str:
    """Neither claim nor quote can close its marker."""
    return text.replace("<<<", "‹‹‹").replace(">>>", "›››")
