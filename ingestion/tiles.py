"""Tiles of a slide: boxes of one size, each with a large figure and what it counts. Each is read by itself. Pure geometry."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ingestion.layout import PlacedWord, Segment, by_baseline

Box = tuple[float, float, float, float]
_ALIKE = 0.06
"""Of a side: what boxes of one row may differ in."""
_APART = 3.0
"""Points: boxes that are nearer are the cells of a table."""
_NEAR = 1.5
"""Times its height: how near a word stands below a box that it belongs to."""
_LARGE = 1.3
"""Times the type of the words beside it: a figure that stands out."""
_MOST_WORDS = 40
_FIGURE_WORDS = 4
_MOST_BOXES = 60


@dataclass(slots=True)
class Tile:
    """The lines of one tile in reading order, and where it begins."""

    lines: list[list[PlacedWord]]
    top: float


def tiles_among(boxes: Sequence[Box], found: Sequence[Segment]) -> list[Tile]:
    """The tiles from top to bottom, in a row from left to right: two at least that are alike and apart."""
    frames = _distinct(boxes)
    told: list[tuple[Box, Tile]] = []
    for frame in frames if len(frames) <= _MOST_BOXES else ():
        tile = _tile(frame, found)
        if tile is not None:
            told.append((frame, tile))
    kept = [
        (frame, tile)
        for frame, tile in told
        if any(_alike(frame, other) and _apart(frame, other) for other, _ in told if other is not frame)
        and all(_apart(frame, other) for other, _ in told if other is not frame)
    ]
    if kept and all(_has_words_below(frame, found) for frame, _ in kept):
        return []  # what they count stands under the boxes: columns, as they were
    kept.sort(key=lambda pair: (round(pair[0][1] / 10), pair[0][0]))
    return [tile for _, tile in kept]


def _has_words_below(frame: Box, found: Sequence[Segment]) -> bool:
    x0, _, x1, bottom = frame
    return any(
        x0 < (word.x0 + word.x1) / 2 < x1 and -_APART < word.y0 - bottom < _NEAR * (word.y1 - word.y0)
        for segment in found
        for word in segment.words
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
    if not re.search(r"\d", figure.text) or len(figure.words) > _FIGURE_WORDS:
        return None
    if figure.size < _LARGE * max(s.size for s in rest) or not any(map(str.isalpha, rest[0].text)):
        return None
    if all(s.x0 >= figure.x1 for s in rest):
        lines = [figure.words, *_lines(rest)]
    elif all(s.x1 <= figure.x0 for s in rest):
        lines = [*_lines(rest), figure.words]
    else:
        lines = _lines([figure, *rest])
    return Tile(lines, y0)


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
