"""From words with places to segments and rows. Pure geometry: no file, no library.

Coordinates are points, growing to the right and downwards.
"""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

CELL_GAP = 1.15
"""In em: white space wider than this parts two cells or two columns; justified lines stay below it."""
_WORD_GAP = 0.5
"""In em: words that the file has apart belong together below this; the gutter between columns can be as narrow as one em."""
_SAME_BASE = 0.3
"""In em: baselines nearer than this stand on one line."""


class PlacedWord(Protocol):
    """What layout needs to know of a word."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    bold: bool
    italic: bool
    font: int
    underlined: bool


@dataclass(slots=True)
class Segment:
    """Words side by side without a wide gap: a line of a column, or a cell of a table."""

    words: list[PlacedWord]
    x0: float = 0.0
    x1: float = 0.0
    y0: float = 0.0
    y1: float = 0.0
    base: float = 0.0
    size: float = 0.0

    def __post_init__(self) -> None:
        """Measure the words."""
        self.measure()

    def measure(self) -> None:
        """Take the box and the main size from the words again."""
        words = self.words
        self.x0, self.x1 = min(w.x0 for w in words), max(w.x1 for w in words)
        self.y0, self.y1 = min(w.y0 for w in words), max(w.y1 for w in words)
        widest = max(words, key=lambda w: (w.size, w.x1 - w.x0))
        self.base, self.size = widest.base, widest.size

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class Row:
    """All segments of one column that stand on one baseline, from left to right."""

    segments: list[Segment]

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """The right edge."""
        return max(s.x1 for s in self.segments)

    @property
    def y0(self) -> float:
        """The upper edge."""
        return min(s.y0 for s in self.segments)

    @property
    def y1(self) -> float:
        """The lower edge."""
        return max(s.y1 for s in self.segments)

    @property
    def base(self) -> float:
        """The baseline."""
        return self.segments[0].base

    @property
    def size(self) -> float:
        """The size of the largest words."""
        return max(s.size for s in self.segments)

    @property
    def words(self) -> list[PlacedWord]:
        """All words, from left to right."""
        return [word for segment in self.segments for word in segment.words]


@dataclass(slots=True)
class Flow:
    """Rows that are read from top to bottom: one column, or what spans the columns."""

    rows: list[Row] = field(default_factory=list)


def segments(words: Iterable[PlacedWord]) -> list[Segment]:
    """Join words into segments: first in the file's order, then along each baseline."""
    groups: list[list[PlacedWord]] = []
    for word in words:
        if groups and _follows(groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return _merge_neighbours([Segment(group) for group in _join_stretched(groups)])


def _join_stretched(groups: list[list[PlacedWord]]) -> list[list[PlacedWord]]:
    """Join lines that were stretched to fill their column: single words at even, wide gaps."""
    joined: list[list[PlacedWord]] = []
    at = 0
    while at < len(groups):
        end = at + 1
        while end < len(groups) and _is_stretched(groups[at : end + 1]):
            end += 1
        if end - at >= 3 and sum(g[0].text[:1].isalpha() for g in groups[at:end]) >= 0.7 * (end - at):
            joined.append([word for group in groups[at:end] for word in group])
        else:
            joined.extend(groups[at:end])
        at = end
    return joined


def _is_stretched(groups: list[list[PlacedWord]]) -> bool:
    last, word = groups[-2][-1], groups[-1][0]
    if len(groups[-1]) > 2 or len(groups[0]) > 2 or abs(last.base - word.base) > 0.1 * word.size:
        return False
    gap = word.x0 - last.x1
    first = groups[1][0].x0 - groups[0][-1].x1
    return 0.8 * word.size < gap < 3 * word.size and 0.8 * first < gap < 1.25 * first


def _follows(before: PlacedWord, word: PlacedWord) -> bool:
    size = max(before.size, word.size)
    level = abs(before.base - word.base)
    if level > _SAME_BASE * size and not (level < 0.6 * size and min(before.size, word.size) < 0.85 * size):
        return False
    return -0.3 * size < word.x0 - before.x1 < CELL_GAP * size


def _merge_neighbours(found: list[Segment]) -> list[Segment]:
    """Join segments of one baseline that touch although the file has them apart."""
    merged: list[Segment] = []
    for row in by_baseline(found):
        current = row[0]
        for segment in row[1:]:
            size = max(current.size, segment.size)
            if -0.3 * size < segment.x0 - current.x1 < _WORD_GAP * size:
                current.words.extend(segment.words)
                current.measure()
            else:
                merged.append(current)
                current = segment
        merged.append(current)
    return merged


def by_baseline(found: Sequence[Segment]) -> list[list[Segment]]:
    """Group segments into rows, top to bottom; in a row from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(found, key=lambda s: (s.base, s.x0)):
        for row in rows[-1:-4:-1]:
            reference = row[0]
            size = max(reference.size, segment.size)
            near = abs(reference.base - segment.base) <= _SAME_BASE * size
            raised = segment.size < 0.85 * size or reference.size < 0.85 * size
            if near or (
                raised and abs(reference.base - segment.base) <= 0.55 * size and _touches(row, segment)
            ):
                row.append(segment)
                break
        else:
            rows.append([segment])
    for row in rows:
        row.sort(key=lambda s: s.x0)
    return rows


def _touches(row: list[Segment], segment: Segment) -> bool:
    return any(abs(segment.x0 - s.x1) < 0.5 * s.size or abs(s.x0 - segment.x1) < 0.5 * s.size for s in row)
