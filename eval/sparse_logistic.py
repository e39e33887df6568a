"""Logistic regression over many signs of which a row holds few: Newton's method, each step by conjugate gradients."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.learning import Matrix

_ROUNDS, _STEPS = 30, 60
_SMALL, _LEAST = 1e-4, 1e-9
_NEAR = 0.05
"""How much of the slope may be left when a Newton step is good enough."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Rows of numbered signs with their values; every row holds at least one. The last signs may be held by all rows."""

    columns: NDArray[np.int64]
    values: Matrix
    starts: NDArray[np.int64]
    width: int
    """How many signs there are, with those that all rows hold."""
    dense: Matrix
    """The values of the last signs, a row each."""

    def of(self, weights: Matrix) -> Matrix:
        """The weighted sum of each row."""
        few = np.add.reduceat(self.values * weights[self.columns], self.starts)
        return np.asarray(few + self.dense @ weights[self.width - self.dense.shape[1] :])

    def to(self, shares: Matrix) -> Matrix:
        """What each sign gets when each row hands out its share."""
        lengths = np.diff(np.append(self.starts, len(self.columns)))
        handed = self.values * np.repeat(shares, lengths)
        got = np.asarray(np.bincount(self.columns, handed, self.width), dtype=np.float64)
        got[self.width - self.dense.shape[1] :] += shares @ self.dense
        return got


def gathered(rows: Sequence[Mapping[int, float]], width: int, dense: Matrix | None = None) -> Signs:
    """The rows, each a mapping of columns to values; the values of `dense` follow as further columns."""
    beside = np.zeros((len(rows), 0)) if dense is None else dense
    lengths = [len(row) for row in rows]
    return Signs(
        np.array([column for row in rows for column in row], dtype=np.int64),
        np.array([value for row in rows for value in row.values()]),
        np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64),
        width + beside.shape[1],
        beside,
    )


def fit(signs: Signs, labels: Matrix, penalty: float, begin: Matrix | None = None) -> Matrix:
    """The weight of each sign; both classes weigh alike whatever their numbers. `begin` only saves time."""
    half = len(labels) / 2
    importance = np.where(labels == 1, half / labels.sum(), half / (len(labels) - labels.sum()))
    weights = np.zeros(signs.width) if begin is None else begin.copy()
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(signs.of(weights), -30, 30)))
        slope = signs.to(importance * (chance - labels)) + penalty * weights
        if np.abs(slope).max() < _SMALL * len(labels):
            break
        step = _newton_step(signs, importance * chance * (1 - chance), slope, penalty)
        now = _loss(signs, labels, importance, penalty, weights)
        while _loss(signs, labels, importance, penalty, weights - step) > now and np.abs(step).max() > _LEAST:
            step = step / 2  # far from the end a whole step may lead away
        weights = weights - step
    return weights


def _loss(signs: Signs, labels: Matrix, importance: Matrix, penalty: float, weights: Matrix) -> float:
    odds = signs.of(weights)
    missed = np.logaddexp(0, odds) - labels * odds
    return float(importance @ missed + penalty / 2 * (weights @ weights))


def _newton_step(signs: Signs, curve: Matrix, slope: Matrix, penalty: float) -> Matrix:
    step, left = np.zeros_like(slope), slope.copy()
    direction, size = left.copy(), float(left @ left)
    enough = size * _NEAR**2
    for _ in range(_STEPS):
        bent = signs.to(curve * signs.of(direction)) + penalty * direction
        length = size / float(direction @ bent)
        step, left = step + length * direction, left - length * bent
        before, size = size, float(left @ left)
        if size <= enough:
            break
        direction = left + size / before * direction
    return step
