"""The parts of the search: which there are, which are switched on, and how much each counts."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import InvalidInput

Floats = NDArray[np.float64]

DEPTH = 200
"""How deep each part is read for candidates."""


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """Each part can be switched off, to measure what it is worth."""

    words: bool = True
    """The words of the passage."""
    sections: bool = True
    """The words of the whole section that the passage stands in."""
    heading_words: bool = True
    """A word in a heading counts for more than one in the text."""
    vectors: bool = True
    """The fast model, on passages."""
    better: bool = True
    """The better model, on passages; only where all of its vectors are there."""
    english: bool = True
    """The model for English, on passages, where the question is English; only where all of its vectors are there."""
    headings: bool = True
    """The better model, on the headings of sections."""
    synonyms: bool = True
    """The product's other names beside the one that is asked with, and common medical shorthand written out."""
    subject: bool = True
    """A question without the names of its product, which tell nothing apart in the product's own documents."""
    abbreviations: bool = True
    """What the searched documents explain as short and long forms of each other."""
    pieces: bool = True
    """Of a word such as IL6 its letters and its digits too, as IL-6 has them."""
    coverage: bool = True
    """With the fast model alone: the less of the question the best passage says in its words, the more the model counts."""
    tokens: bool = True
    """The better model's rows of single words, on the best passages, where they are wired."""
    collapse: bool = True
    """Passages that say nearly the same are one hit."""
    spread: bool = True
    """Hits from several documents where several are near the best."""
    expansion: bool = True
    """What stands around a hit, where it or the question needs it; changes no order."""
    rerank: bool = True
    """The best hits ordered anew by a model, where one is wired."""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """All parts."""
        return tuple(f.name for f in fields(cls))

    def without(self, part: str) -> "RetrievalSettings":
        """The same, with one part off."""
        return RetrievalSettings(**{f.name: getattr(self, f.name) and f.name != part for f in fields(self)})

    @classmethod
    def all_without(cls, parts: Collection[str]) -> "RetrievalSettings":
        """All parts but these. Raises InvalidInput for a name that is no part's."""
        unknown = sorted(set(parts) - set(cls.names()))
        if unknown:
            raise InvalidInput(
                f"{', '.join(unknown)} is no part of the search.",
                help=f"ANCRAGE_SEARCH_WITHOUT takes {', '.join(cls.names())}.",
            )
        return cls(**{name: name not in parts for name in cls.names()})

    def only(self, *parts: str) -> "RetrievalSettings":
        """Nothing but these parts."""
        return RetrievalSettings(**{f.name: f.name in parts for f in fields(self)})


@cache
def weights(tier: str) -> Mapping[str, float]:
    """What each part counts in a tier, `fast` or `better`, or in the better tier with the model for `english`: learnt, and shipped with where it comes from."""
    return dict(weights_file()["tiers"][tier])


@cache
def weights_file() -> dict[str, Any]:
    """The weights with their provenance: data, checksum, date, code."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "weights.json").read_text("utf-8"))
    return found


def best(scores: Floats, depth: int = DEPTH) -> NDArray[np.intp]:
    """The places of the `depth` best scores above nought, in order of place."""
    whole = scores.size <= depth
    found = np.arange(scores.size) if whole else np.argpartition(-scores, depth - 1)[:depth]
    return np.sort(found[scores[found] > 0])
