"""How well a model judges claims, asked through the API engine as the product asks it.

The model is the one that the settings name (ANCRAGE_OPENAI_BASE_URL, ANCRAGE_OPENAI_MODEL), else the small one of `make model`,
where it is installed. The claims are the same at each run: ANCRAGE_EVAL_JUDGED of each set (100 where it is not set), whole groups, drawn once.
"""

import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant.engines.openai_judge import openai_judge
from assistant.errors import InvalidInput
from assistant.settings import Settings
from eval.claims import Claim
from eval.metrics import Interval, balanced_accuracy_by_group, share_of
from eval.small_model import NAME, served, weights
from guardrails.judge import Judgement, MeaningJudge

_EACH = 100
_SEED = 4
_EVEN = 0.5
_SHORT = 40
"""Tokens of an answer: the small model's reason may find no end, and its verdict stands before it."""


@dataclass(slots=True)
class Counted:
    """A purse for one run: counts what the model reads and writes, and refuses nothing."""

    tokens: int = 0

    def reserve(self, tokens: int) -> str:
        """Anything goes: nobody but the one who started the run waits for it."""
        del tokens
        return ""

    def settle(self, day: str, reserved: int, spent: int) -> None:
        """Count what was spent."""
        del day, reserved
        self.tokens += spent


@contextmanager
def model_judge(
    environ: Mapping[str, str] = os.environ,
    purse: Counted | None = None,
    small: Callable[[], Path | None] = weights,
) -> Iterator[MeaningJudge | None]:
    """The judge by the model that the settings name; where they name none, by the small one, which is served meanwhile and
    asked once, at temperature 0, so that each run says the same; None where that is not installed either. Raises InvalidInput or EgressOff.
    """
    settings = Settings.from_environment(environ)
    purse = purse or Counted()
    if settings.openai_model:
        yield openai_judge(settings, purse)
    elif settings.openai_base_url:
        raise InvalidInput("An endpoint is named, but no model.", help="Set ANCRAGE_OPENAI_MODEL.")
    elif (file := small()) is None:
        yield None
    else:
        with served(file) as address:
            alone = replace(
                settings, openai_base_url=address, openai_model=NAME, openai_answer=_SHORT, judge_votes=1
            )
            yield openai_judge(alone, purse)


def sample_of(claims: Sequence[Claim], count: int, seed: int = _SEED) -> tuple[Claim, ...]:
    """At least `count` of the claims, in whole groups, the same at each call."""
    groups = list(dict.fromkeys(claim.group for claim in claims))
    random.Random(seed).shuffle(groups)  # noqa: S311  a sample, not a secret
    taken: list[Claim] = []
    for group in groups:
        if len(taken) >= count:
            break
        taken += [claim for claim in claims if claim.group == group]
    return tuple(taken)


def model_rows(
    dataset: str,
    claims: Sequence[Claim],
    judge: MeaningJudge,
    say: Callable[[str], None],
    count: int | None = None,
) -> list[dict[str, Any]]:
    """The model's figures on a sample of a set. A claim that it gave no score to counts as doubted, as in the product."""
    wanted = count or int(os.environ.get("ANCRAGE_EVAL_JUDGED") or _EACH)
    sample = sample_of(claims, wanted)
    told = []
    for number, claim in enumerate(sample, 1):
        told.append(judge.judge(claim.statement, "en", [(claim.text, "en")]))
        if number % 10 == 0:
            say(f"{dataset}: {number} of {len(sample)} claims judged by the model")
    return [
        _row(dataset, told[0].judge, metric, value, len(sample))
        for metric, value in figures(sample, told).items()
    ]


def figures(sample: Sequence[Claim], told: Sequence[Judgement]) -> dict[str, Interval]:
    """Balanced accuracy over the groups, precision and recall of doubt, and the share that has no score."""
    carried = np.array([claim.carried for claim in sample])
    passed = np.array([item.score is not None and item.score > _EVEN for item in told])
    found = {
        "balanced_accuracy": balanced_accuracy_by_group(carried, passed, [claim.group for claim in sample]),
        "recall_of_doubt": share_of(~passed[~carried]),
        "precision_of_doubt": share_of(~carried[~passed]),
        "share_not_scored": share_of(np.array([item.score is None for item in told])),
    }
    return {metric: value for metric, value in found.items() if value.n}


def _row(dataset: str, system: str, metric: str, value: Interval, count: int) -> dict[str, Any]:
    split = f"sample of {count}"
    return {"dataset": dataset, "split": split, "system": system, "metric": metric, **value.as_figures()}
