"""How likely is it that a quote carries a reworded statement? A judge ranks a reviewer's attention; it approves nothing."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from guardrails.model import Language
from guardrails.signals import signals
from guardrails.tables import table


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of one statement beside its quotes."""

    judge: str
    """Name and version."""
    score: float | None
    """0 (not carried) to 1 (carried); None where it was not scored, which is said and never passed over."""
    why: str = ""
    """What it looked at most, or why it did not score."""
    down: bool = False
    """It could not be asked at all: the next statement would fare no better."""

    @property
    def scored(self) -> bool:
        """Whether there is a score."""
        return self.score is not None


class MeaningJudge(Protocol):
    """Ranks statements; `ancrage eval grounding` says how well."""

    def judge(self, statement: str, language: Language, quotes: Sequence[tuple[str, Language]]) -> Judgement:
        """Judge one statement beside its quotes, pairs of text and language."""
        ...


class SignalsJudge:
    """The embedded judge: a logistic regression over countable signals, learned on the shipped pairs (see `judge.yaml`)."""

    def __init__(self, weights: Mapping[str, object] | None = None) -> None:
        """`weights` as in `judge.yaml`, which is taken where none are given."""
        self._weights = table("judge.yaml") if weights is None else weights

    @property
    def name(self) -> str:
        """With the version of its weights."""
        return f"signals@{self._weights['version']}"

    def judge(self, statement: str, language: Language, quotes: Sequence[tuple[str, Language]]) -> Judgement:
        """The score; none where no quote is in the statement's language, nor beside texts unlike all that it was learnt on."""
        same = [text for text, quoted in quotes if quoted == language]
        if not same:
            return Judgement(self.name, None, "translated")
        found = signals(statement, language, same)
        if distance(self._weights, found) > _farthest(self._weights):
            return Judgement(self.name, None, "unlike")
        parts = contributions(self._weights, found)
        total = sum(parts.values())
        score = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        pulls = sorted((name for name in parts if name != "intercept"), key=lambda name: parts[name])
        return Judgement(self.name, score, pulls[0] if score < 0.5 else pulls[-1])  # noqa: PLR2004  the even odds


def distance(weights: Mapping[str, object], found: Mapping[str, float]) -> float:
    """How far the signals lie from those that the weights were learnt on: the mean square of their deviations."""
    each = weights["signals"]
    assert isinstance(each, Mapping)
    squares = [((found[name] - entry["mean"]) / entry["deviation"]) ** 2 for name, entry in each.items()]
    return float(sum(squares) / len(squares))


def _farthest(weights: Mapping[str, object]) -> float:
    """The distance of the farthest text that the weights were learnt on."""
    farthest = weights.get("farthest", math.inf)
    assert isinstance(farthest, int | float)
    return farthest


def contributions(weights: Mapping[str, object], found: Mapping[str, float]) -> Mapping[str, float]:
    """What each signal adds to the log odds."""
    intercept, each = weights["intercept"], weights["signals"]
    assert isinstance(intercept, float)
    assert isinstance(each, Mapping)
    return {
        "intercept": intercept,
        **{
            name: entry["weight"] * (found[name] - entry["mean"]) / entry["deviation"]
            for name, entry in each.items()
        },
    }
