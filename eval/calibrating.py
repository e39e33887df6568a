"""A logistic rule for questions: learnt with each question weighing alike, its threshold from writers it did not see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from eval.learning import Matrix, learn, out_of_fold

PENALTY = 3.0
"""Strong against many features: no weight rests on two or three questions."""
ANSWERED = 0.9
"""The share of answerable questions at which figures say what is refused."""
REFUSED = 0.9
"""The share of unanswerable questions that the threshold refuses, of writers that the rule did not see."""
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One question: its features, whether the corpus answers it, what it must not be parted from in folds, who wrote it."""

    features: Mapping[str, float]
    answerable: bool
    group: str = ""
    writer: str = ""


def calibrate(examples: Sequence[Judged], names: Sequence[str], own: str = "") -> dict[str, Any]:
    """The rule: intercept, weights, means, scales learnt on all examples, and a threshold. That one rests on what rules
    say of a writer whose questions they did not see, and not on those of `own`, who wrote the rule: they fit it better
    than a doctor's do.
    """
    rows, labels = _table(examples, names)
    learnt = learn(names, rows, labels, PENALTY, balanced=False)
    rule: dict[str, Any] = {
        "intercept": round(float(learnt.weights[0]), 5),
        "weights": _named(names, learnt.weights[1:]),
        "means": _named(names, learnt.mean),
        "scales": _named(names, np.maximum(learnt.deviation, 1e-3)),
    }
    strange = zip(by_writer(examples, names), examples, strict=True)
    wrong = [chance for chance, example in strange if not example.answerable and example.writer != own]
    return {**rule, "threshold": round(threshold(wrong) + 5e-6, 5)}


def threshold(unanswerable: Sequence[float]) -> float:
    """The highest probability of an unanswerable question that is still refused, so that `REFUSED` of them are."""
    falling = sorted(unanswerable, reverse=True)
    return falling[int((1 - REFUSED) * len(falling) + 1e-9)]


def by_writer(examples: Sequence[Judged], names: Sequence[str]) -> list[float]:
    """Of each example, the probability by a rule that saw nothing of its writer's."""
    writers = [replace(example, group=example.writer) for example in examples]
    return left_out(writers, names, len({example.writer for example in examples}))


def left_out(examples: Sequence[Judged], names: Sequence[str], folds: int = FOLDS) -> list[float]:
    """Of each example, the probability by a rule that saw no example of its group."""
    rows, labels = _table(examples, names)
    groups = [example.group or str(at) for at, example in enumerate(examples)]
    told = out_of_fold(names, rows, labels, groups, folds, PENALTY, balanced=False)
    return [float(p) for p in told]


def risk_coverage(probabilities: Sequence[float], answerable: Sequence[bool]) -> list[tuple[float, float]]:
    """For each threshold from high to low: (share of answerable answered, share of unanswerable refused)."""
    pairs = sorted(zip(probabilities, answerable, strict=True), reverse=True)
    yes, no = max(1, sum(answerable)), max(1, len(answerable) - sum(answerable))
    points, answered, let_through = [(0.0, 1.0)], 0, 0
    for _, good in pairs:
        answered += good
        let_through += not good
        points.append((answered / yes, 1 - let_through / no))
    return points


def risks(
    probabilities: Sequence[float], answerable: Sequence[bool], shares: Sequence[float]
) -> list[tuple[float, float]]:
    """For each share of all questions that is answered, the surest first: how many of these have no answer."""
    pairs = sorted(zip(probabilities, answerable, strict=True), reverse=True)
    found = []
    for share in shares:
        some = pairs[: max(1, round(share * len(pairs)))]
        found.append((share, sum(not good for _, good in some) / len(some)))
    return found


def refused_at(points: Sequence[tuple[float, float]], answered: float) -> float:
    """The share of unanswerable questions refused where at least that share of answerable ones is answered."""
    return max((refused for reached, refused in points if reached >= answered), default=0.0)


def _named(names: Sequence[str], values: Matrix) -> dict[str, float]:
    return {name: round(float(value), 5) for name, value in zip(names, values, strict=True)}


def _table(examples: Sequence[Judged], names: Sequence[str]) -> tuple[Matrix, Matrix]:
    rows = np.array([[example.features[name] for name in names] for example in examples], dtype=np.float64)
    return rows, np.array([float(example.answerable) for example in examples])
