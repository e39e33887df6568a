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


def calibrate(examples: Sequence[Judged], held: Sequence[Judged], names: Sequence[str]) -> dict[str, Any]:
    """The rule: intercept, weights, means, scales learnt on `examples`, and the threshold that lets `ANSWERED` of the
    answerable ones among `held` through: questions of somebody else, on which nothing was learnt. The author's own fit
    the rule better than a doctor's do.
    """
    rows, labels = _table(examples, names)
    learnt = learn(names, rows, labels, PENALTY, balanced=False)
    rule: dict[str, Any] = {
        "intercept": round(float(learnt.weights[0]), 5),
        "weights": _named(names, learnt.weights[1:]),
        "means": _named(names, learnt.mean),
        "scales": _named(names, np.maximum(learnt.deviation, 1e-3)),
    }
    cut = threshold(told(rule, held), [example.answerable for example in held])
    return {**rule, "threshold": round(cut - 1e-4, 5)}


def told(rule: Mapping[str, Any], examples: Sequence[Judged]) -> list[float]:
    """Each example's probability by a rule as it is stored."""
    names = tuple(rule["weights"])
    rows, _ = _table(examples, names)
    columns = [np.array([rule[what][name] for name in names]) for what in ("means", "scales", "weights")]
    odds = (rows - columns[0]) / columns[1] @ columns[2] + rule["intercept"]
    return [float(p) for p in 1 / (1 + np.exp(-np.clip(odds, -30, 30)))]


def threshold(probabilities: Sequence[float], answerable: Sequence[bool]) -> float:
    """Of the thresholds that let `ANSWERED` of the answerable through, one that refuses the most; of those, the lowest."""
    pairs = list(zip(probabilities, answerable, strict=True))
    passing = sorted((p for p, good in pairs if good), reverse=True)
    enough = passing[max(0, math.ceil(ANSWERED * len(passing)) - 1) :]
    return min(enough, key=lambda cut: (sum(p >= cut for p, good in pairs if not good), cut))


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
