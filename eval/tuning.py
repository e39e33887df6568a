"""Learning how much each part of the search counts: coordinate ascent on nDCG@10, checked on held-out folds.

Only training questions go in. The result is data (`assistant/retrieval/weights.json`), with where it comes from.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STEPS = (0.0, 0.5, 0.8, 1.25, 2.0)
"""What each weight is multiplied with in its turn; nought leaves the part out."""
START = 0.05
"""A weight that is nought begins again here."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question: its candidates' documents, each part normalised over them, and the relevant documents."""

    documents: NDArray[np.intp]
    parts: Mapping[str, Floats]
    relevant: Mapping[int, int]


def gain(example: Example, weights: Mapping[str, float]) -> float:
    """NDCG@10 of the documents, each ranked by its best passage."""
    fused = sum(
        (weights[name] * values for name, values in example.parts.items() if weights.get(name)),
        start=np.zeros(len(example.documents)),
    )
    found: dict[int, None] = {}
    for place in np.argsort(-fused, kind="stable"):
        found.setdefault(int(example.documents[place]))
        if len(found) == 10:  # noqa: PLR2004  at ten
            break
    reached = sum(
        example.relevant.get(document, 0) / math.log2(rank + 2) for rank, document in enumerate(found)
    )
    grades = sorted(example.relevant.values(), reverse=True)[:10]
    ideal = sum(grade / math.log2(rank + 2) for rank, grade in enumerate(grades))
    return reached / ideal if ideal else 0.0


def mean_gain(examples: Sequence[Example], weights: Mapping[str, float]) -> float:
    """The mean over the questions."""
    return math.fsum(gain(example, weights) for example in examples) / max(1, len(examples))


def tune(examples: Sequence[Example], names: Sequence[str], rounds: int = 3) -> dict[str, float]:
    """The weights, summing to 1, after so many rounds over all parts."""
    weights = dict.fromkeys(names, 1.0 / len(names))
    best = mean_gain(examples, weights)
    for _ in range(rounds):
        before = best
        for name in names:
            for step in STEPS:
                tried = {**weights, name: weights[name] * step if weights[name] else START * step}
                reached = mean_gain(examples, tried)
                if reached > best + 1e-6:
                    weights, best = tried, reached
        if best <= before:
            break
    total = sum(weights.values())
    return {name: round(value / total, 4) for name, value in weights.items()}


def held_out(examples: Sequence[Example], names: Sequence[str], folds: int = 5, seed: int = 7) -> float:
    """The mean gain of questions whose weights were learnt on the other folds."""
    order = list(range(len(examples)))
    random.Random(seed).shuffle(order)  # noqa: S311  cuts folds, no secret
    gains: list[float] = []
    for fold in range(folds):
        out = set(order[fold::folds])
        learnt = tune([example for i, example in enumerate(examples) if i not in out], names)
        gains += [gain(examples[i], learnt) for i in sorted(out)]
    return math.fsum(gains) / max(1, len(gains))
