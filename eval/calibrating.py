"""A logistic rule from few examples: features on one scale, ridge-regularised, judged on examples it did not see."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RIDGE = 3.0
"""Strong, because the examples are few: no weight rests on two or three questions."""
ANSWERED = 0.9
"""The share of answerable questions that the threshold lets through."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One question: its features and whether the corpus answers it."""

    features: Mapping[str, float]
    answerable: bool


def learn(examples: Sequence[Judged], names: Sequence[str]) -> dict[str, Any]:
    """The rule: intercept, weights, means, scales, and the threshold that lets `ANSWERED` of unseen answerable through."""
    x, y = _table(examples, names)
    means, scales = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)
    weights = _fit((x - means) / scales, y)
    unseen = left_out(examples, names)
    passing = sorted((p for p, e in zip(unseen, examples, strict=True) if e.answerable), reverse=True)
    threshold = passing[min(len(passing) - 1, math.ceil(ANSWERED * len(passing)) - 1)]
    return {
        "intercept": round(float(weights[0]), 5),
        "weights": {name: round(float(w), 5) for name, w in zip(names, weights[1:], strict=True)},
        "means": {name: round(float(m), 5) for name, m in zip(names, means, strict=True)},
        "scales": {name: round(float(s), 5) for name, s in zip(names, scales, strict=True)},
        "threshold": round(threshold - 1e-4, 5),
    }


def left_out(examples: Sequence[Judged], names: Sequence[str], folds: int = 10) -> list[float]:
    """Of each example, the probability by a rule that was learnt on the other folds."""
    x, y = _table(examples, names)
    found = np.zeros(len(y))
    for fold in range(folds):
        out = np.arange(len(y)) % folds == fold
        means, scales = x[~out].mean(axis=0), np.maximum(x[~out].std(axis=0), 1e-3)
        weights = _fit((x[~out] - means) / scales, y[~out])
        found[out] = _sigmoid(weights[0] + (x[out] - means) / scales @ weights[1:])
    return [float(p) for p in found]


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


def refused_at(points: Sequence[tuple[float, float]], answered: float) -> float:
    """The share of unanswerable questions refused where at least that share of answerable ones is answered."""
    return max((refused for reached, refused in points if reached >= answered), default=0.0)


def _table(examples: Sequence[Judged], names: Sequence[str]) -> tuple[Floats, Floats]:
    x = np.array([[example.features[name] for name in names] for example in examples], dtype=np.float64)
    return x, np.array([float(example.answerable) for example in examples])


def _fit(x: Floats, y: Floats, rounds: int = 25) -> Floats:
    """Newton's steps on the ridge-penalised likelihood; the intercept is not penalised."""
    table = np.column_stack([np.ones(len(x)), x])
    penalty = np.full(table.shape[1], RIDGE)
    penalty[0] = 1e-6
    weights = np.zeros(table.shape[1])
    for _ in range(rounds):
        p = _sigmoid(table @ weights)
        gradient = table.T @ (y - p) - penalty * weights
        curvature = (table * (p * (1 - p))[:, None]).T @ table + np.diag(penalty)
        weights = weights + np.linalg.solve(curvature, gradient)
    return weights


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float64)
