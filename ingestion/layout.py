"""From words with places to lines and columns in reading order. Pure geometry: no file, no library.

Coordinates are points, growing to the right and downwards.
"""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Protocol

CELL_GAP = 1.15
"""In em: white space wider than this parts two cells or two columns; justified lines stay below it."""
_SAME_BASE = 0.3
"""In em: baselines nearer than this stand on one line."""
_MARKER = re.compile(
    r"(?:[•◦▪‣●○■□➢✓·\uf0b7\uf0a7\uf0d8\uf076\u2022o–—*-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])\Z"
)
_NUMBERING = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-Z]\.?\d{0,2}|[IVX]{1,4})[.)]?\Z")


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
    starts_line: bool


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
    return _merge_neighbours([Segment(group) for group in groups])


def _follows(before: PlacedWord, word: PlacedWord) -> bool:
    size = max(before.size, word.size)
    level = abs(before.base - word.base)
    if level > _SAME_BASE * size and not (level < 0.6 * size and min(before.size, word.size) < 0.85 * size):
        return False
    return -0.3 * size < word.x0 - before.x1 < CELL_GAP * size


def _merge_neighbours(found: list[Segment]) -> list[Segment]:
    """Join segments of one baseline that touch although the file has them apart."""
    merged: list[Segment] = []
    for row in _by_baseline(found):
        current = row[0]
        for segment in row[1:]:
            size = max(current.size, segment.size)
            if -0.3 * size < segment.x0 - current.x1 < CELL_GAP * size:
                current.words.extend(segment.words)
                current.measure()
            else:
                merged.append(current)
                current = segment
        merged.append(current)
    return merged


def _by_baseline(found: Sequence[Segment]) -> list[list[Segment]]:
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


def flows(found: list[Segment]) -> list[Flow]:
    """The segments of a page in reading order: columns from left to right, broken by what spans them."""
    return [Flow(_rows(part)) for part in _ordered(found, depth=0)]


def _rows(part: list[Segment]) -> list[Row]:
    return [Row(_join_markers(group)) for group in _by_baseline(part)]


def _join_markers(group: list[Segment]) -> list[Segment]:
    """Join a list marker or a section number with the text that it marks: "4.2    Posology" is no table row."""
    if len(group) == 2:
        first, second = group
        alone = len(first.words) == 1
        if (
            alone
            and second.x0 - first.x1 < 5 * first.size
            and (_MARKER.match(first.text) or _NUMBERING.match(first.text))
            and not second.text[:1].isdigit()
            and (len(second.words) > 1 or first.words[0].bold == second.words[0].bold)
        ):
            return [Segment(first.words + second.words)]
    return group


def _ordered(found: list[Segment], depth: int) -> list[list[Segment]]:
    """Cut a region at its gutter, and cut the columns again; without a gutter it is one flow."""
    gutter = _gutter(found) if depth < 4 else None
    if gutter is None:
        return [found] if found else []
    table_rows = _table_rows(found)
    spanning = [s for s in found if (s.x0 < gutter - 2 and s.x1 > gutter + 2) or id(s) in table_rows]
    spans = {id(s) for s in spanning}
    edges = sorted({s.y0 for s in spanning})
    parts: list[list[Segment]] = []
    rest = sorted((s for s in found if id(s) not in spans), key=lambda s: s.y0)
    spanning.sort(key=lambda s: s.y0)
    for edge in [*edges, float("inf")]:
        band = [s for s in rest if s.y0 < edge - 1]
        rest = [s for s in rest if s.y0 >= edge - 1]
        parts.extend(_ordered([s for s in band if (s.x0 + s.x1) / 2 < gutter], depth + 1))
        parts.extend(_ordered([s for s in band if (s.x0 + s.x1) / 2 >= gutter], depth + 1))
        crossing = [s for s in spanning if s.y0 == edge]
        if crossing and parts and parts[-1] and id(parts[-1][-1]) in spans and not band:
            parts[-1].extend(crossing)
        elif crossing:
            parts.append(crossing)
    return parts


def _gutter(found: list[Segment]) -> float | None:
    """The height-long white stripe between two columns of prose, or None.

    Both sides need several wide lines that stand beside each other and fill their column; tables of short cells
    do not, so they stay in one flow and are read row by row.
    """
    if len(found) < 12:
        return None
    left_edge, right_edge = min(s.x0 for s in found), max(s.x1 for s in found)
    width = right_edge - left_edge
    wide = [s for s in found if len(s.words) >= 3 and s.x1 - s.x0 > 0.14 * width]
    if len(wide) < 12 or width < 100:
        return None
    best: tuple[float, float] | None = None
    x = left_edge + 0.15 * width
    while x < right_edge - 0.15 * width:
        left = [s for s in wide if s.x1 <= x + 1]
        right = [s for s in wide if s.x0 >= x - 1]
        smaller = min(len(left), len(right))
        if smaller >= 6:
            crossing = sum(1 for s in found if s.x0 < x - 2 and s.x1 > x + 2)
            score = smaller - 1.5 * crossing
            better = score > 2 and (best is None or score > best[0])
            if better and _is_column(left) and _is_column(right) and _share_height(left, right):
                best = (score, x)
        x += 3
    return best[1] if best else None


def _is_column(side: list[Segment]) -> bool:
    """Whether these lines fill a column: most reach near the widths of the longest."""
    starts = sorted(s.x0 for s in side)
    ends = sorted(s.x1 for s in side)
    width = ends[int(0.9 * (len(ends) - 1))] - starts[int(0.1 * (len(starts) - 1))]
    filled = sum(1 for s in side if s.x1 - s.x0 > 0.7 * width)
    return filled >= 0.4 * len(side) and filled >= 4


def _share_height(left: list[Segment], right: list[Segment]) -> bool:
    top = max(min(s.y0 for s in left), min(s.y0 for s in right))
    bottom = min(max(s.y1 for s in left), max(s.y1 for s in right))
    return bottom - top > 3 * median(s.y1 - s.y0 for s in left)


def _table_rows(found: list[Segment]) -> set[int]:
    """Ids of segments in rows of four cells and more, that is in tables that span the columns."""
    spanning: set[int] = set()
    for row in _by_baseline(found):
        if len(row) >= 4 and sum(len(s.words) for s in row) <= 6 * len(row):
            spanning.update(id(s) for s in row)
    return spanning
