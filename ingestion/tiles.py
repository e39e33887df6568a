"""Tiles of a slide: boxes of one size, each with a large figure and what it counts. Each is read by itself. Pure geometry."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ingestion.layout import PlacedWord, Segment, by_baseline
from ingestion.tables import is_value

Box = tuple[float, float, float, float]
_ALIKE = 0.06
"""Of a side: what boxes of one row may differ in."""
_APART = 3.0
"""Points: boxes that are nearer are the cells of a table."""
_LARGE = 1.3
"""Times the type of the words beside it: a figure that stands out."""
_MOST_WORDS = 40
_FIGURE_WORDS = 4
_SHORT = 14
"""Characters of a figure without a box."""
_MOST_BOXES = 60


@dataclass(slots=True)
class Tile:
    """The lines of one tile in reading order, and the box that holds its figure."""

    lines: list[list[PlacedWord]]
    box: Box


def tiles_among(boxes: Sequence[Box], found: Sequence[Segment]) -> list[Tile]:
    """The tiles from top to bottom, in a row from left to right: two at least that are alike and apart.

    What a box says may go on below it, and large figures side by side with their words below need no box.
    """
    frames = _distinct(boxes)
    told = [tile for frame in frames if (tile := _tile(frame, found))] if len(frames) <= _MOST_BOXES else []
    kept = [
        tile
        for tile in told
        if any(_alike(tile.box, o.box) and _apart(tile.box, o.box) for o in told if o is not tile)
        and all(_apart(tile.box, o.box) for o in told if o is not tile)
    ]
    kept.sort(key=lambda tile: (round(tile.box[1] / 10), tile.box[0]))
    rows = [list(row) for _, row in groupby(kept, key=lambda tile: round(tile.box[1] / 10))]
    rest = without_tiles(found, kept)
    for row in rows:
        rest = _with_words_below(row, rest) or rest
    bare = [[Tile([s.words], (s.x0, s.y0, s.x1, s.y1)) for s in row] for row in _figures(rest)]
    for row in bare:
        left = _with_words_below(row, rest)
        if left is not None:
            rows.append(row)
            rest = left
    rows.sort(key=lambda row: row[0].box[1])
    return [tile for row in rows for tile in row]


def _figures(found: Sequence[Segment]) -> list[list[Segment]]:
    """Rows of nothing but figures, two at least."""
    rows = by_baseline(found)
    return [row for row in rows if len(row) > 1 and all(_is_figure(s) and len(s.text) <= _SHORT for s in row)]


def _is_figure(segment: Segment) -> bool:
    return re.search(r"\d", segment.text) is not None and len(segment.words) <= _FIGURE_WORDS


def _with_words_below(row: list[Tile], rest: Sequence[Segment]) -> list[Segment] | None:
    """Add to each tile of a row the lines under it; what is left then, or None where not all of them have some of their own."""
    if len(row) < 2:
        return None
    centres = [(tile.box[0] + tile.box[2]) / 2 for tile in row]
    edges = [(a + b) / 2 for a, b in pairwise(centres)]
    end = max(tile.box[3] for tile in row)
    size = max(min(w.size for line in tile.lines for w in line) for tile in row)
    largest = min(max(w.size for line in tile.lines for w in line) for tile in row)
    below = [line for line in by_baseline(rest) if min(s.y0 for s in line) > end - 0.3 * line[0].size]
    taken: list[list[Segment]] = []
    for line in below:
        at = [bisect_left(edges, (s.x0 + s.x1) / 2) for s in line]
        inside = all(
            (column == 0 or s.x0 >= edges[column - 1]) and (column == len(edges) or s.x1 <= edges[column])
            for column, s in zip(at, line, strict=True)
        )
        far = (
            line[0].base - taken[-1][0].base > 1.7 * line[0].size
            if taken
            else min(s.y0 for s in line) - end > 2.5 * line[0].size
        )
        like = abs(line[0].size - (taken[-1][0].size if taken else size)) < 0.8 or not taken
        worded = all(any(map(str.isalpha, s.text)) and not is_value(s.text) for s in line)
        if far or not (inside and like and worded) or len(set(at)) < len(at):
            break
        if not taken and not (len(line) == len(row) and _LARGE * line[0].size <= largest and _fit(row, line)):
            break
        taken.append(line)
    for segment in (s for line in taken for s in line):
        row[bisect_left(edges, (segment.x0 + segment.x1) / 2)].lines.append(segment.words)
    ids = {id(s) for line in taken for s in line}
    return [s for s in rest if id(s) not in ids] if taken else None


def _fit(row: Sequence[Tile], line: Sequence[Segment]) -> bool:
    """Whether each words stand under their tile: from its left edge on, or about its middle."""
    return all(
        s.x0 < tile.box[2]
        and s.x1 > tile.box[0]
        and (
            abs(s.x0 - tile.lines[0][0].x0) < s.size
            or abs(s.x0 + s.x1 - tile.box[0] - tile.box[2]) < 2 * s.size
        )
        for tile, s in zip(row, line, strict=True)
    )


def _distinct(boxes: Sequence[Box]) -> list[Box]:
    """The boxes, one for those that lie on each other, as a box and its shadow or outline do."""
    kept: list[Box] = []
    for box in boxes:
        same = (all(abs(a - b) < 6 for a, b in zip(box, other, strict=True)) for other in kept)
        if not any(same):
            kept.append(box)
    return kept


def _tile(frame: Box, found: Sequence[Segment]) -> Tile | None:
    """What a box holds, where it is one figure and its words; None where a word leaves the box."""
    x0, y0, x1, y1 = frame
    within: list[list[PlacedWord]] = []
    for segment in found:
        touching = [
            w for w in segment.words if w.x1 > x0 and w.x0 < x1 and y0 < (w.y0 + w.y1) / 2 < y1
        ]  # fmt: skip
        if any(w.x0 < x0 - 1 or w.x1 > x1 + 1 for w in touching):
            return None
        within.extend([touching] if touching else [])
    largest = max((w.size for words in within for w in words), default=0.0)
    large, rest = (_parts(within, largest, is_large=is_large) for is_large in (True, False))
    if len(large) != 1 or not rest or sum(map(len, within)) > _MOST_WORDS:
        return None
    figure = large[0]
    if not _is_figure(figure):
        return None
    if figure.size < _LARGE * max(s.size for s in rest) or not any(map(str.isalpha, rest[0].text)):
        return None
    if all(s.x0 >= figure.x1 for s in rest):
        lines = [figure.words, *_lines(rest)]
    elif all(s.x1 <= figure.x0 for s in rest):
        lines = [*_lines(rest), figure.words]
    else:
        lines = _lines([figure, *rest])
    return Tile(lines, frame)


def _parts(within: Sequence[Sequence[PlacedWord]], largest: float, *, is_large: bool) -> list[Segment]:
    """The words of the largest type, or the others, as they stand together: a label may touch its figure."""
    found = (
        list(group)
        for words in within
        for large, group in groupby(words, key=lambda word: word.size > 0.95 * largest)
        if large is is_large
    )
    return [Segment(words) for words in found]


def _lines(found: Sequence[Segment]) -> list[list[PlacedWord]]:
    return [[word for segment in row for word in segment.words] for row in by_baseline(found)]


def _alike(one: Box, other: Box) -> bool:
    sides = ((box[2] - box[0], box[3] - box[1]) for box in (one, other))
    return all(abs(a - b) <= _ALIKE * max(a, b) for a, b in zip(*sides, strict=True))


def _apart(one: Box, other: Box) -> bool:
    """Whether there is room between two boxes."""
    across = max(one[0], other[0]) - min(one[2], other[2])
    down = max(one[1], other[1]) - min(one[3], other[3])
    return max(across, down) > _APART


def without_tiles(found: Sequence[Segment], tiles: Sequence[Tile]) -> list[Segment]:
    """What stands outside the tiles."""
    taken = {id(word) for tile in tiles for line in tile.lines for word in line}
    if not taken:
        return list(found)
    left = ((s, [word for word in s.words if id(word) not in taken]) for s in found)
    return [s if len(words) == len(s.words) else Segment(words) for s, words in left if words]
