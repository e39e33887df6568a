"""From a question to scored passages: each part's scores over the extent, brought to one scale and added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.parts import Floats, RetrievalSettings, best, weights

Numbers = NDArray[np.intp]

_EVER = 0.1
"""What words and the fast model count at the least, where the question's words say the contrary."""


@dataclass(frozen=True, slots=True)
class PartScores:
    """Scores by part, for the candidates alone, in their order.

    Of passages: `words`, `vectors`, `better`, `english`; of their sections: `sections`, `headings`.
    """

    candidates: Numbers
    parts: Mapping[str, Floats]
    """As shares of 0 to 1."""
    raw: Mapping[str, Floats]
    """BM25 and cosines."""
    spreads: Mapping[str, float]
    """How far each part's best stands out, in deviations."""

    @property
    def tier(self) -> str:
        """Which models took part."""
        return "better" if "better" in self.parts else "fast"

    @property
    def learnt(self) -> Mapping[str, float]:
        """The weights that hold."""
        return weights("english" if "english" in self.parts else self.tier)

    def in_deviations(self) -> dict[str, Floats]:
        """The parts as they are added: weights are learnt on these."""
        return {name: self.spreads[name] * values for name, values in self.parts.items()}

    def weighed(self, carried: float) -> "PartScores":
        """The same, where words count as far as a passage carries the question, and the fast model for the rest.

        In the fast tier alone: beside the better model nothing is gained by it.
        """
        if self.tier != "fast":
            return self
        count = {"words": _EVER + carried, "sections": _EVER + carried, "vectors": _EVER + 1 - carried}
        return replace(
            self, spreads={name: count.get(name, 1.0) * spread for name, spread in self.spreads.items()}
        )


@dataclass(frozen=True, slots=True)
class Ranked:
    """Passages, best first, each with its parts' shares of 0 to 1 and the sum."""

    numbers: tuple[int, ...]
    fused: tuple[float, ...]
    shares: tuple[Mapping[str, float], ...]


def candidates(*scores: Floats) -> Numbers:
    """The passages that stand among the best in any part."""
    found = [best(values) for values in scores]
    return np.unique(np.concatenate([np.zeros(0, dtype=np.intp), *found]))


def rank(scores: PartScores, settings: RetrievalSettings) -> Ranked:
    """Add the parts by the tier's weights and their own spreads; ties stand in the order of reading."""
    learnt = scores.learnt
    counts = {name: learnt.get(name, 0.0) * scores.spreads[name] for name in scores.parts}
    used = {name: values for name, values in scores.parts.items() if getattr(settings, name) and counts[name]}
    total = sum(counts[name] for name in used) or 1.0
    fused = np.zeros(len(scores.candidates))
    for name, values in used.items():
        fused += counts[name] / total * values
    order = np.lexsort((scores.candidates, -np.round(fused, 9)))
    kept = [int(i) for i in order if fused[i] > 0]
    return Ranked(
        tuple(int(scores.candidates[i]) for i in kept),
        tuple(float(fused[i]) for i in kept),
        tuple({name: float(values[i]) for name, values in used.items()} for i in kept),
    )


def spread_over(sources: Sequence[str], fused: Sequence[float], k: int) -> list[int]:
    """Which of the ranked hits come first: a source that has its share gives way to others nearly as good.

    Beyond half of `k`, a source's hits are put behind those of other sources that reach `_NEARLY` of the best.
    """
    share = max(2, (k + 1) // 2)
    counted: dict[str, int] = {}
    first: list[int] = []
    later: list[int] = []
    others = any(source != sources[0] and fused[i] >= _NEARLY * fused[0] for i, source in enumerate(sources))
    for i, source in enumerate(sources):
        counted[source] = counted.get(source, 0) + 1
        crowding = others and counted[source] > share and len(first) < k
        (later if crowding else first).append(i)
    return first[:k] + later + first[k:]


_NEARLY = 0.75
