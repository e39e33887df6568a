"""Lists that stand side by side on a page: each is read to its end before the next. Pure geometry and list marks."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.heads import Rule
from ingestion.layout import Segment, by_baseline

_SIGN = re.compile(r"[•◦▪‣●○■□➢➔✓\uf0b7\uf0a7\uf0d8\uf076\uf0fc]")
_DASH_OR_NUMBER = re.compile(r"(?:[–—·-]|\d{1,2}[.)])\Z")
_FEWEST = 2
"""Items that a list has at least."""
_MOST_SEGMENTS = 1_500
"""Of a page; one with more is a drawing or hostile."""
_MOST_PLACES = 20
"""Where lists may begin."""
_HEAD_GAP = 2.6
"""In em: what stands nearer above a list, on its side, is its head."""
_RULED = 3.0
"""In em: a rule across both sides so near to the items is a table's, over or under its heads or below its last row."""
_CLOSE = 4.0
"""In em: how far a mark may stand from what it marks."""


@dataclass(slots=True)
class Lists:
    """What stands above the lists, each side, and what stands below them."""

    above: list[Segment]
    left: list[Segment]
    right: list[Segment]
    below: list[Segment]


def lists_beside(found: Sequence[Segment], rules: Sequence[Rule], bars: Sequence[Rule]) -> Lists | None:
    """The lists that part a region into a left and a right side, or None.

    Both sides have marked items with what hangs from them and nothing else in between, nothing spans the gap, and no rules
    make it a table's: its cells may hold lists too.
    """
    marked = {id(s) for row in by_baseline(found) for s in _marked(row)}
    items = [s for s in found if id(s) in marked]
    if len(items) < 2 * _FEWEST or len(found) > _MOST_SEGMENTS:
        return None
    for start in sorted({round(s.x0) for s in items})[1:_MOST_PLACES]:
        near = [s.x0 for s in items if abs(s.x0 - start) < 3]
        lists = _parted(found, items, min(near) - 2, rules, bars) if len(near) >= _FEWEST else None
        if lists is not None:
            return lists
    return None


def _marked(row: Sequence[Segment]) -> list[Segment]:
    """The segments of a row that begin with the mark of a list item."""
    marked: list[Segment] = []
    for at, segment in enumerate(row):
        first = segment.words[0].text
        if len(segment.words) > 1:
            said = segment.words[1].text
        elif at + 1 < len(row) and row[at + 1].x0 - segment.x1 < _CLOSE * segment.size:
            said = row[at + 1].text
        else:
            said = first[1:]
        if said and (_SIGN.match(first) or (_DASH_OR_NUMBER.match(first) and said[:1].isalpha())):
            marked.append(segment)
    return marked


def _parted(
    found: Sequence[Segment],
    items: Sequence[Segment],
    x: float,
    rules: Sequence[Rule],
    bars: Sequence[Rule],
) -> Lists | None:
    """The sides at `x`, of the lists between the lines that span it."""
    spanning = sorted(s.base for s in found if s.x0 < x - 1 and s.x1 > x + 1)
    for top, bottom in zip([0.0, *spanning], [*spanning, float("inf")], strict=True):
        if sum(top < s.base < bottom for s in items) < 2 * _FEWEST:
            continue
        band = [s for s in found if top < s.base < bottom]
        left, right = ([s for s in band if (s.x0 < x) is is_left] for is_left in (True, False))
        own = [
            [s for s in items if top < s.base < bottom and (s.x0 < x) is is_left] for is_left in (True, False)
        ]
        if not all(map(_is_list, (left, right), own)) or not _alike(own):
            continue
        first, last = min(s.y0 for side in own for s in side), max(s.y1 for side in own for s in side)
        across = [y for x0, x1, y in rules if x0 < x - 3 and x1 > x + 3]
        gap = max((s.x1 for s in left if first <= s.base <= last), default=x) - 3, x + 3
        framed = [(y0, y1) for y0, y1, at in bars if gap[0] < at < gap[1] and y0 < last and y1 > first]
        size = max(s.size for side in own for s in side)
        if any(first - _RULED * size < y < last + _RULED * size for y in across) or any(
            y0 - 3 <= y <= y1 + 3 for y in across for y0, y1 in framed
        ):
            continue
        if min(max(s.y1 for s in side) for side in own) < max(min(s.y0 for s in side) for side in own):
            continue
        return _with_surroundings(found, left, right, own)
    return None


def _alike(sides: Sequence[Sequence[Segment]]) -> bool:
    """Whether both sides have the same marks: "• Adults: | – ten milligrams" tells on the right what holds for the left."""
    one, other = ({s.words[0].text[:1] for s in side if not s.words[0].text[:1].isdigit()} for side in sides)
    return one == other


def _is_list(side: Sequence[Segment], items: Sequence[Segment]) -> bool:
    """Whether all lines from the first item to the last are items, or hang from one."""
    if len(items) < _FEWEST:
        return False
    first, last = min(s.base for s in items), max(s.base for s in items)
    ids = {id(s) for s in items}
    starts = sorted({s.x0 for s in items})
    for segment in side:
        if id(segment) in ids or not first - 1 < segment.base < last + 1:
            continue
        before = [x for x in starts if x <= segment.x0 + 2]
        if not before or segment.x0 - before[-1] < 0.4 * segment.size:
            return False
    return True


def _with_surroundings(
    found: Sequence[Segment],
    left: Sequence[Segment],
    right: Sequence[Segment],
    items: Sequence[Sequence[Segment]],
) -> Lists:
    """The sides with the heads over them; what stands below both is no part of either."""
    tops: list[float] = []
    ends: list[float] = []
    for side, own in zip((left, right), items, strict=True):
        top = min(s.y0 for s in own)
        for segment in sorted(side, key=lambda s: -s.y0):
            if segment.y0 < top and top - segment.y1 < _HEAD_GAP * segment.size:
                top = segment.y0
        tops.append(top)
        end, least = max(s.y1 for s in own), min(s.x0 for s in own)
        for segment in sorted(side, key=lambda s: s.y0):
            hangs = segment.x0 - least > 0.4 * segment.size
            if hangs and -segment.size < segment.y0 - end < 0.8 * segment.size:
                end = max(end, segment.y1)
        ends.append(end)
    bottom = max(ends)
    ids = [
        {id(s) for s in side if s.y0 >= top and s.y0 < bottom}
        for side, top in zip((left, right), tops, strict=True)
    ]
    own_left, own_right = ([s for s in found if id(s) in own] for own in ids)
    rest = [s for s in found if id(s) not in ids[0] | ids[1]]
    top = min(tops)
    return Lists([s for s in rest if s.y0 < top], own_left, own_right, [s for s in rest if s.y0 >= top])
