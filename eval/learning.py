"""Logistic regression in numpy: small enough to read, learned only on training splits."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
_ROUNDS = 60
_SMALL = 1e-9


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights over standardised columns."""

    names: tuple[str, ...]
    mean: Matrix
    deviation: Matrix
    weights: Matrix
    """The intercept, then one a column."""

    def probability(self, rows: Matrix) -> Matrix:
        """Of the positive class; `rows` has shape (n, columns)."""
        odds = _with_one((rows - self.mean) / self.deviation) @ self.weights
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))

    def as_data(self) -> Mapping[str, Any]:
        """As `guardrails/judge.yaml` keeps it."""
        columns = zip(self.names, self.mean, self.deviation, self.weights[1:], strict=True)
        return {
            "intercept": round(float(self.weights[0]), 4),
            "signals": {
                name: {
                    "mean": round(float(m), 4),
                    "deviation": round(float(d), 4),
                    "weight": round(float(w), 4),
                }
                for name, m, d, w in columns
            },
        }


def learn(
    names: Sequence[str], rows: Matrix, labels: Matrix, penalty: float = 10.0, *, balanced: bool = True
) -> Logistic:
    """Fit by Newton's method with a quadratic penalty. `balanced`: both classes weigh alike, whatever their numbers; else each
    row does, so that the probability is that of rows such as these.
    """
    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + _SMALL
    columns = _with_one((rows - mean) / deviation)
    importance = _importance(labels) if balanced else np.ones(len(labels))
    ridge = np.eye(columns.shape[1]) * penalty
    ridge[0, 0] = 0
    weights = np.zeros(columns.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        slope = columns.T @ (importance * (chance - labels)) + ridge @ weights
        curve = (columns * (importance * chance * (1 - chance))[:, None]).T @ columns + ridge
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < _SMALL:
            break
    return Logistic(tuple(names), mean, deviation, weights)


def _importance(labels: Matrix) -> Matrix:
    positive = labels.sum()
    alike = np.where(labels == 1, len(labels) / 2 / positive, len(labels) / 2 / (len(labels) - positive))
    return np.asarray(alike, dtype=np.float64)


def out_of_fold(
    names: Sequence[str],
    rows: Matrix,
    labels: Matrix,
    groups: Sequence[Hashable],
    folds: int = 5,
    penalty: float = 10.0,
    *,
    balanced: bool = True,
) -> Matrix:
    """For each row the probability from a model that saw no row of its group."""
    order = {group: at % folds for at, group in enumerate(dict.fromkeys(groups))}
    fold = np.array([order[group] for group in groups])
    told = np.zeros(len(labels))
    for at in range(folds):
        model = learn(names, rows[fold != at], labels[fold != at], penalty, balanced=balanced)
        told[fold == at] = model.probability(rows[fold == at])
    return told


def balanced_accuracy(labels: Matrix, positive: NDArray[np.bool_]) -> float:
    """The mean of the share of positives called so and of negatives called so."""
    return float((positive[labels == 1].mean() + (~positive[labels == 0]).mean()) / 2)


def best_calls(labels: Matrix, values: Matrix) -> NDArray[np.bool_]:
    """What one signal calls positive with the one threshold, either way round, that tells these very rows apart best."""
    cuts = np.unique(np.quantile(values, np.linspace(0, 1, 101)))
    either = [calls for cut in cuts for calls in (values >= cut, values < cut)]
    return max(either, key=lambda calls: balanced_accuracy(labels, calls))


def _with_one(rows: Matrix) -> Matrix:
    return np.hstack([np.ones((len(rows), 1)), rows])
