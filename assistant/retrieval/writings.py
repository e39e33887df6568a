"""Another writing of a term of the question, scored as that term and no more.

Added stem by stem, a long form outweighs the rest of the question, and each of its everyday words finds passages that
have nothing to do with it. So a passage has to hold all of a writing, and counts what the question's own writing counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from assistant.retrieval.extent import Extent
from assistant.retrieval.words import HEADING_WEIGHT, WordScores, score_words
from assistant.store.words import query_stems

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Writing:
    """Of each passage and section that holds all of a writing, its score; nought elsewhere."""

    passages: Floats
    sections: Floats
    rarity: float


def with_writings(
    connection: Connection,
    extent: Extent,
    scores: WordScores,
    writings: Mapping[str, Sequence[str]],
    language: str | None,
    heading_weight: float = HEADING_WEIGHT,
) -> WordScores:
    """The scores, raised where a passage holds another writing of a term and less of the term itself; a word in a heading counts as `heading_weight`."""
    if not writings:
        return scores
    passages, sections = scores.passages.copy(), scores.sections.copy()
    for term, others in writings.items():
        own = score_words(connection, extent, query_stems(term, language), heading_weight)
        weight = sum(own.rarity.values()) / max(1, len(_languages(language)))
        more_passages, more_sections = np.zeros_like(passages), np.zeros_like(sections)
        for other in others:
            whole = _whole(connection, extent, other, language, heading_weight)
            if whole is not None and whole.rarity:
                scale = min(1.0, weight / whole.rarity)
                more_passages = np.maximum(more_passages, scale * whole.passages)
                more_sections = np.maximum(more_sections, scale * whole.sections)
        passages += np.maximum(0.0, more_passages - own.passages)
        sections += np.maximum(0.0, more_sections - own.sections)
    return WordScores(passages, sections, scores.rarity, scores.found_in)


def _languages(language: str | None) -> tuple[str, ...]:
    return (language,) if language else ("en", "fr")


def _whole(
    connection: Connection, extent: Extent, text: str, language: str | None, heading_weight: float
) -> _Writing | None:
    words = [found for word in text.replace("-", " ").split() if (found := query_stems(word, language))]
    if not words:
        return None
    each = [score_words(connection, extent, stems, heading_weight) for stems in words]
    return _Writing(
        _all_of([one.passages for one in each]),
        _all_of([one.sections for one in each]),
        sum(min(one.rarity.values(), default=0.0) for one in each),
    )


def _all_of(scores: Sequence[Floats]) -> Floats:
    every = np.logical_and.reduce([one > 0 for one in scores])
    return np.where(every, np.add.reduce(list(scores)), 0.0)
