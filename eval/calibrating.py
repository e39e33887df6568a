"""A logistic rule for questions: learnt with each question weighing alike, its threshold from questions it did not see."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.learning import Matrix, learn, out_of_fold

PENALTY = 3.0
"""Strong against many features: no weight rests on two or three questions."""
ANSWERED = 0.9
"""The share of answerable questions that the threshold lets through."""
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One question: its features, whether the corpus answers it, and what it must not be parted from in folds."""

    features: Mapping[str, float]
    answerable: bool
    group: str = ""


def calibrate(examples: Sequence[Judged], names: Sequence[str]) -> dict[str, Any]:
    """The rule: intercept, weights, means, scales, and the threshold that lets `ANSWERED` of unseen answerable through."""
    rows, labels = _table(examples, names)
    learnt = learn(names, rows, labels, PENALTY, balanced=False)
    return {
        "intercept": round(float(learnt.weights[0]), 5),
        "weights": _named(names, learnt.weights[1:]),
        "means": _named(names, learnt.mean),
        "scales": _named(names, np.maximum(learnt.deviation, 1e-3)),
        "threshold": round(threshold(left_out(examples, names), [e.answerable for e in examples]) - 1e-4, 5),
    }


def threshold(probabilities: Sequence[float], answerable: Sequence[bool]) -> float:
    """The highest that lets `ANSWERED` of the answerable questions through."""
    passing = sorted((p for p, good in zip(probabilities, answerable, strict=True) if good), reverse=True)
    return passing[min(len(passing) - 1, math.ceil(ANSWERED * len(passing)) - 1)]


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
