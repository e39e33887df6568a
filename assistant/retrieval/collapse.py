"""Passages that say nearly the same: a label repeats itself for each of its presentations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

NEARLY_ALL = 0.9
"""Two passages share at least this part of their words, and every number, to count as one."""
_WORD = re.compile(r"[^\W\d_]+")
_DENYING = frozenset(
    [
        "not",
        "no",
        "never",
        "without",
        "nor",
        "none",
        "neither",
        "cannot",
        "pas",
        "ne",
        "non",
        "jamais",
        "sans",
        "aucun",
        "aucune",
        "ni",
    ]
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Group:
    """The passage that is shown, and those that repeat it, by their places in the ranking."""

    shown: int
    repeats: tuple[int, ...]


def collapse(texts: Sequence[str], k: int) -> list[Group]:
    """The first `k` ranked texts that differ, each with its repeats among those that were given."""
    kept: list[tuple[int, frozenset[str], frozenset[str], list[int]]] = []
    for place, text in enumerate(texts):
        words, numbers = _told(text)
        same = next((g for g in kept if g[2] == numbers and _alike(g[1], words)), None)
        if same is not None:
            same[3].append(place)
        elif len(kept) < k:
            kept.append((place, words, numbers, []))
    return [Group(place, tuple(repeats)) for place, _, _, repeats in kept]


def _told(text: str) -> tuple[frozenset[str], frozenset[str]]:
    folded = text.casefold()
    return frozenset(_WORD.findall(folded)), frozenset(n.replace(",", ".") for n in _NUMBER.findall(folded))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return one == other
    if (one ^ other) & _DENYING:
        return False
    return len(one & other) >= NEARLY_ALL * len(one | other)
