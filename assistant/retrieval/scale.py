"""One measure for parts that count in different units: where a part's scores lie over everything that may be seen.

A part's scores become shares of 0 to 1, and the part counts the more, the further its best stands out from the rest of
this extent for this question. Together that adds the parts in standard deviations: words that stand everywhere, or
cosines that are all alike, say little, whatever their best is.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and the highest of a part's scores, and their standard deviation."""

    low: float
    high: float
    deviation: float

    @property
    def spread(self) -> float:
        """How far the best stands above the lowest, in deviations; nought for a part that found nothing."""
        if self.high <= self.low:
            return 1.0 if self.high > 0 else 0.0
        return (self.high - self.low) / self.deviation

    def shares(self, scores: Floats) -> Floats:
        """The scores between the lowest, nought, and the best, one."""
        if self.high <= self.low:
            return np.where(scores >= self.high, 1.0, 0.0) if self.high > 0 else np.zeros_like(scores)
        return np.clip((scores - self.low) / (self.high - self.low), 0.0, 1.0)

    def reaching(self, scores: Floats) -> "Scale":
        """The same deviation, with ends that hold these scores too: they were chosen because they are high."""
        if not scores.size:
            return self
        return replace(self, low=min(self.low, float(scores.min())), high=max(self.high, float(scores.max())))


def scale_of(scores: Floats) -> Scale:
    """Where these scores lie."""
    if not scores.size:
        return Scale(0.0, 0.0, 0.0)
    low, high = float(scores.min()), float(scores.max())
    return Scale(low, high, float(scores.std()) or high - low)


def stood_in(cosines: Floats, other: Floats) -> Floats:
    """What has no cosine, as a passage in another language, gets one that stands as far out as its `other` does."""
    known = cosines != 0
    if known.all() or not known.any():
        return cosines
    deviation = float(other[known].std()) or 1.0
    placed = (other - other[known].mean()) / deviation * cosines[known].std() + cosines[known].mean()
    return np.where(known, cosines, placed)


def filled(cosines: Floats) -> Floats:
    """What has no cosine, as a passage without a heading, counts as the mean of those that have one: neither near nor far."""
    known = cosines != 0
    return np.where(known, cosines, cosines[known].mean() if known.any() else 0.0)
