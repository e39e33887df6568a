"""Measures and their intervals. Pure functions."""

import math
import random
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % bootstrap interval over `n` examples."""

    value: float
    low: float
    high: float
    n: int

    def as_figures(self) -> dict[str, float]:
        """As a row of a report holds it."""
        return {
            "value": round(self.value, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
            "n": self.n,
        }


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int], cut: int = 10) -> float:
    """Normalised discounted cumulated gain at `cut`, with linear gains as in BEIR (pytrec_eval's ndcg_cut)."""
    gain = sum(
        relevant.get(document, 0) / math.log2(rank + 1) for rank, document in enumerate(ranked[:cut], start=1)
    )
    ideal = sum(
        grade / math.log2(rank + 1)
        for rank, grade in enumerate(sorted(relevant.values(), reverse=True)[:cut], start=1)
    )
    return gain / ideal if ideal else 0.0


def hit(ranked: Sequence[str], relevant: Mapping[str, int], cut: int) -> float:
    """1.0 where a relevant document stands among the first `cut`."""
    return float(any(relevant.get(document, 0) > 0 for document in ranked[:cut]))


def recall(ranked: Sequence[str], relevant: Mapping[str, int], cut: int) -> float:
    """Share of the relevant documents among the first `cut`."""
    wanted = {document for document, grade in relevant.items() if grade > 0}
    return len(wanted & set(ranked[:cut])) / len(wanted) if wanted else 0.0


def reciprocal_rank(ranked: Sequence[str], relevant: Mapping[str, int]) -> float:
    """One over the rank of the first relevant document; nought where there is none."""
    places = (rank for rank, document in enumerate(ranked, start=1) if relevant.get(document, 0) > 0)
    return 1.0 / next(places, math.inf)


def bootstrap(values: Sequence[float], rounds: int = 1000, seed: int = 7) -> Interval:
    """Mean of `values` with a percentile bootstrap interval. Raises ValueError for no values."""
    if not values:
        raise ValueError("no values to average")
    chance = random.Random(seed)  # noqa: S311  resampling, not a secret
    count = len(values)
    means = sorted(math.fsum(chance.choices(values, k=count)) / count for _ in range(rounds))
    return Interval(
        value=math.fsum(values) / count,
        low=means[int(0.025 * rounds)],
        high=means[int(0.975 * rounds) - 1],
        n=count,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie, nearest rank. Raises ValueError for no values."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, math.ceil(share * len(ordered)) - 1))]


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), which stays honest at 0 and at 1. Raises ValueError for n = 0."""
    if n <= 0:
        raise ValueError("no values")
    z = 1.959964
    share = hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def share_of(values: NDArray[np.bool_]) -> Interval:
    """The share that is true, with its Wilson interval; of no values, nought with `n` 0, and nothing known."""
    hits, count = int(values.sum()), len(values)
    return Interval(hits / count, *wilson(hits, count), count) if count else Interval(0, 0, 1, 0)


def balanced_accuracy_by_group(
    carried: NDArray[np.bool_], positive: NDArray[np.bool_], groups: Sequence[Hashable], rounds: int = 1000
) -> Interval:
    """The mean of both classes' shares that are called right, with a bootstrap interval over whole groups.

    Raises ValueError where one class has no example.
    """
    return _over_groups(carried, [positive], groups, rounds)


def lead_by_group(
    carried: NDArray[np.bool_],
    ours: NDArray[np.bool_],
    theirs: NDArray[np.bool_],
    groups: Sequence[Hashable],
    rounds: int = 1000,
) -> Interval:
    """By how much the balanced accuracy of our calls is above that of theirs; each drawing puts the same groups to both.

    Raises ValueError where one class has no example.
    """
    return _over_groups(carried, [ours, theirs], groups, rounds)


def _over_groups(
    carried: NDArray[np.bool_], called: Sequence[NDArray[np.bool_]], groups: Sequence[Hashable], rounds: int
) -> Interval:
    """The balanced accuracy of the first calls, less that of the others."""
    if carried.all() or not carried.any():
        raise ValueError("both classes are needed")
    order = {group: at for at, group in enumerate(dict.fromkeys(groups))}
    place = np.array([order[group] for group in groups])
    sizes = [np.bincount(place[carried == truth], minlength=len(order)) for truth in (False, True)]
    right = [
        [
            np.bincount(place[(carried == truth) & (calls == truth)], minlength=len(order))
            for truth in (False, True)
        ]
        for calls in called
    ]
    drawn = np.random.default_rng(7).integers(0, len(order), (rounds, len(order)))
    drawn = drawn[np.all([size[drawn].sum(axis=1) > 0 for size in sizes], axis=0)]

    def shares(of: NDArray[np.intp]) -> NDArray[np.float64]:
        told = [
            sum(hits[of].sum(axis=1) / size[of].sum(axis=1) for hits, size in zip(each, sizes, strict=True))
            / 2
            for each in right
        ]
        return np.asarray(told[0] - sum(told[1:]))

    spread = np.sort(shares(drawn))
    return Interval(
        value=float(shares(np.arange(len(order))[None, :])[0]),
        low=float(spread[int(0.025 * len(spread))]),
        high=float(spread[int(0.975 * len(spread)) - 1]),
        n=len(carried),
    )
