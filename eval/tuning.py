"""Learning how much each part of the search counts, from training questions only.

A listwise rule: the parts' weights that make the relevant documents the most probable among a question's candidates,
with a ridge, none below nought; the questions of all sets count alike. Smooth, so it does not chase single ranks: on
held-out folds it keeps what it reaches in training, which coordinate ascent on nDCG itself did not.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_RIDGE = 1.0
_STEPS = 300
_START = 1.0
_SMALL = 1e-9


@dataclass(frozen=True, slots=True)
class Example:
    """A question: its candidates' documents, each part in deviations as the product adds them, and the relevant documents."""

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


def tune(examples: Sequence[Example], names: Sequence[str], tied: Sequence[str] = ()) -> dict[str, float]:
    """The weights, summing to 1; those of `tied` are equal."""
    groups = _groups(names, tied)
    return _weights([_by_document(example, groups) for example in examples], groups)


def held_out(
    examples: Sequence[Example],
    names: Sequence[str],
    tied: Sequence[str] = (),
    folds: int = 5,
    seed: int = 7,
) -> float:
    """The mean gain of questions whose weights were learnt on the other folds."""
    groups = _groups(names, tied)
    tables = [_by_document(example, groups) for example in examples]
    order = list(range(len(examples)))
    random.Random(seed).shuffle(order)  # noqa: S311  cuts folds, no secret
    gains: list[float] = []
    for fold in range(folds):
        out = set(order[fold::folds])
        learnt = _weights([table for i, table in enumerate(tables) if i not in out], groups)
        gains += [gain(examples[i], learnt) for i in sorted(out)]
    return math.fsum(gains) / max(1, len(gains))


def _groups(names: Sequence[str], tied: Sequence[str]) -> list[tuple[str, ...]]:
    """The parts that share a weight; most are alone."""
    together = tuple(name for name in names if name in tied)
    return [*([together] if together else []), *((name,) for name in names if name not in together)]


def _by_document(example: Example, groups: Sequence[tuple[str, ...]]) -> tuple[Floats, Floats]:
    """Of each candidate document its best passage's groups of parts, and whether it is relevant."""
    documents, which = np.unique(example.documents, return_inverse=True)
    table = np.stack([np.sum([example.parts[name] for name in group], axis=0) for group in groups], axis=1)
    level = table / (table.max(axis=0, initial=0.0) + _SMALL)
    order = np.lexsort((-level.sum(axis=1), which))
    first = np.r_[True, which[order][1:] != which[order][:-1]]
    relevant = [float(example.relevant.get(int(document), 0) > 0) for document in documents]
    return table[order[first]], np.array(relevant)


def _weights(tables: Sequence[tuple[Floats, Floats]], groups: Sequence[tuple[str, ...]]) -> dict[str, float]:
    """Adam's steps on the likelihood of the relevant documents, each part in its own usual size."""
    usable = [(parts, relevant) for parts, relevant in tables if relevant.any()]
    size = np.sqrt(np.mean([(parts**2).mean(axis=0) for parts, _ in usable], axis=0)) + _SMALL
    scaled = [(parts / size, relevant) for parts, relevant in usable]
    weights = np.full(len(groups), _START)
    mean, spread = np.zeros(len(groups)), np.zeros(len(groups))
    for step in range(1, _STEPS + 1):
        slope = -_RIDGE * weights
        for parts, relevant in scaled:
            scores = parts @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            wanted = chance * relevant
            slope += parts.T @ (wanted / max(float(wanted.sum()), 1e-12) - chance)
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope * slope
        move = (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-9)
        weights = np.maximum(weights + 0.1 * move, 0.0)
    weights = weights / size
    by_name = {name: float(weight) for group, weight in zip(groups, weights, strict=True) for name in group}
    total = math.fsum(by_name.values()) or 1.0
    return {name: round(weight / total, 4) for name, weight in by_name.items()}
