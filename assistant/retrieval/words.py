"""Scores by words: BM25 over the passages that may be seen, and over the sections that they stand in.

Computed here from the same packed postings on both databases, so that scores are equal to the last digit and other
products' passages do not change them.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from assistant.retrieval.extent import Extent
from assistant.store.postings import LONGEST_STEM, Posting, load_postings

_K1 = 1.2  # Robertson's usual values, as in FTS5's bm25()
_B = 0.75
HEADING_WEIGHT = 2.0
"""A stem in the section's heading counts as much as two in the text."""
NO_WEIGHT = 1.0
"""It counts as one in the text does."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WordScores:
    """BM25 of each passage and of each section of an extent; 0 where no stem stands."""

    passages: Floats
    sections: Floats
    rarity: Mapping[str, float]
    """Of each stem of the question: the rarer, the higher; a stem that stands nowhere has the highest."""
    found_in: Mapping[str, int]
    """In how many passages each stem stands."""


def score_words(
    connection: Connection, extent: Extent, wanted: Sequence[str], heading_weight: float = HEADING_WEIGHT
) -> WordScores:
    """Score an extent for the stems of a question; one in a heading counts as `heading_weight` in the text."""
    stems = list(dict.fromkeys(stem[:LONGEST_STEM] for stem in wanted))
    scores = WordScores(np.zeros(extent.size), np.zeros(extent.section_count), {}, {})
    if not stems or not extent.allowed.any():
        return scores
    postings: dict[str, list[Posting]] = defaultdict(list)
    for posting in load_postings(connection, extent.readings, stems):
        postings[posting.stem].append(posting)
    lengths = np.where(extent.allowed, extent.tokens, 0.0)
    passages = _Field(lengths, int(extent.allowed.sum()))
    in_sections = np.bincount(extent.sections, lengths, minlength=extent.section_count).astype(np.float64)
    sections = _Field(in_sections, int((in_sections > 0).sum()))
    rarity: dict[str, float] = {}
    found_in: dict[str, int] = {}
    for stem in stems:
        at, text, heading = _gathered(extent, postings[stem])
        rarity[stem], found_in[stem] = passages.rarity(len(at)), len(at)
        passages.add(scores.passages, at, text + heading_weight * heading)
        section, first, which = np.unique(extent.sections[at], return_index=True, return_inverse=True)
        summed = np.bincount(which, text, minlength=len(section))
        sections.add(scores.sections, section, summed + heading_weight * heading[first])
    return WordScores(scores.passages, scores.sections, rarity, found_in)


def carried(scores: WordScores, words: Sequence[frozenset[str]]) -> float:
    """The share of a question that the best passage says in its words: 1 where it is full of every one of them.

    `words` are the question's, each with its stems; one that stands nowhere counts as the rarest.
    """
    most = math.fsum((_K1 + 1) * rarity_of(scores, forms) for forms in words)
    return min(1.0, float(scores.passages.max(initial=0.0)) / most) if most else 0.0


def rarity_of(scores: WordScores, forms: frozenset[str]) -> float:
    """Of a word of the question with its stems: of the commonest of these; one that stands nowhere is the rarest."""
    found = [scores.rarity[stem] for stem in forms if scores.found_in.get(stem)]
    return min(found) if found else max(scores.rarity.values(), default=0.0)


@dataclass(frozen=True, slots=True)
class _Field:
    """What is scored: so many things of these lengths."""

    lengths: Floats
    count: int

    def rarity(self, holding: int) -> float:
        return math.log(1 + (self.count - holding + 0.5) / (holding + 0.5))

    def add(self, scores: Floats, at: NDArray[np.intp], counts: Floats) -> None:
        average = max(float(self.lengths.sum()) / max(self.count, 1), 1.0)
        norm = _K1 * (1 - _B + _B * self.lengths[at] / average)
        scores[at] += self.rarity(len(at)) * counts * (_K1 + 1) / (counts + norm)


def _gathered(extent: Extent, postings: Sequence[Posting]) -> tuple[NDArray[np.intp], Floats, Floats]:
    """A stem's passages that may be seen, in order, with its counts in their texts and headings."""
    ordered = sorted(postings, key=lambda posting: extent.starts[posting.reading_id])
    parts = [posting.ordinals.astype(np.intp) + extent.starts[posting.reading_id] for posting in ordered]
    at = np.concatenate([np.zeros(0, dtype=np.intp), *parts])
    text = np.concatenate([np.zeros(0), *(posting.in_text for posting in ordered)])
    heading = np.concatenate([np.zeros(0), *(posting.in_heading for posting in ordered)])
    seen = extent.allowed[at]
    return at[seen], text[seen], heading[seen]
