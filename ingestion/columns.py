"""The reading order of a page: columns from left to right, broken by what spans them. Pure geometry."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from statistics import median

from ingestion.heads import Rule
from ingestion.layout import Flow, Row, Segment, by_baseline
from ingestion.lists import lists_beside

_COLUMN_LINES = 3
"""A column has at least as many lines."""
_SURELY_PROSE = 20
"""So many full lines of words are prose, however they begin: a list of references."""
_STRIPE = 1.8
"""In em: no usual space between paragraphs is as high."""
_GUTTER_NEAR = 9.0
"""Points: gutters of several pages that are nearer are one; first lines of paragraphs stand in."""
_MAX_DEPTH = 5
_MARKER = re.compile(
    r"(?:[•◦▪‣●○■□➢✓·\uf0b7\uf0a7\uf0d8\uf076\u2022o–—*-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])\Z"
)
_NUMBERING = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-Z]\.?\d{0,2}|[IVX]{1,4})[.)]?\Z")


class Gutters:
    """Where the pages of a document have their gutters: a page with few lines is then read as the others."""

    def __init__(self, pages: Iterable[list[Segment]] = ()) -> None:
        """Find each page's own gutter."""
        self.places: list[float] = []
        self._found: list[float] = []
        for page in pages:
            x = _gutter(page, self)
            if x is not None:
                self._found.append(x)
        self.places = sorted({round(x, 1) for x in self._found if self.is_usual(x)})

    def is_usual(self, x: float) -> bool:
        """Whether several pages have their gutter about there."""
        return sum(abs(x - other) < _GUTTER_NEAR for other in self._found) > 1


def flows(
    found: list[Segment],
    gutters: Gutters | None = None,
    rules: Sequence[Rule] = (),
    bars: Sequence[Rule] = (),
) -> list[Flow]:
    """The segments of a page in reading order: columns from left to right, broken by what spans them.

    `gutters` are those of the whole document, `rules` the page's horizontal lines, `bars` its vertical ones.
    """
    parts = _ordered(found, gutters or Gutters(), depth=0)
    return [Flow(_rows(piece)) for part in parts for piece in _list_by_list(part, rules, bars)]


def _list_by_list(part: list[Segment], rules: Sequence[Rule], bars: Sequence[Rule]) -> list[list[Segment]]:
    """The part, or what it is made of where lists stand side by side in it."""
    lists = lists_beside(part, rules, bars)
    if lists is None:
        return [part] if part else []
    pieces = (lists.above, lists.left, lists.right, lists.below)
    return [piece for one in pieces for piece in _list_by_list(one, rules, bars)]


def _rows(part: list[Segment]) -> list[Row]:
    return [Row(_join_markers(group)) for group in by_baseline(part)]


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


def _ordered(found: list[Segment], gutters: Gutters, depth: int) -> list[list[Segment]]:
    """Cut a region at its gutter where columns stand beside each other, and cut these again; else it is one flow.

    Lines that span the gutter, tables that do, and what stands between them without being columns stay together.
    """
    gutter = _gutter(found, gutters) if depth < _MAX_DEPTH else None
    if gutter is None:
        return [found] if found else []
    parts: list[list[Segment]] = []
    together: list[Segment] = []
    for band, is_columns in _bands(found, gutter, gutters, by_baseline(found)):
        if not is_columns:
            together.extend(band)
            continue
        if together:
            parts.extend(_ordered(together, gutters, depth + 1))
            together = []
        for piece in _cut_at_type_change(band, gutter):
            parts.extend(_ordered([s for s in piece if _middle(s) < gutter], gutters, depth + 1))
            parts.extend(_ordered([s for s in piece if _middle(s) >= gutter], gutters, depth + 1))
    parts.extend(_ordered(together, gutters, depth + 1))
    return parts


def _middle(segment: Segment) -> float:
    return (segment.x0 + segment.x1) / 2


def _crosses(segment: Segment, x: float) -> bool:
    return segment.x0 < x - 1 and segment.x1 > x + 4


def _gutter(found: list[Segment], gutters: Gutters) -> float | None:
    """Where the second of two columns begins, or None.

    Candidates are the places where several lines begin. The best one has the most lines beside each other.
    """
    if len(found) < 2 * _COLUMN_LINES:
        return None
    left_edge, right_edge = min(s.x0 for s in found), max(s.x1 for s in found)
    margin = 0.12 * (right_edge - left_edge)
    starts: dict[int, list[float]] = {}
    for segment in found:
        if left_edge + margin < segment.x0 < right_edge - margin:
            starts.setdefault(round(segment.x0 / 2), []).append(segment.x0)
    candidates = [x for x in gutters.places if left_edge + margin < x < right_edge - margin]
    for key in list(starts):
        near = [x for k in (key - 1, key, key + 1) for x in starts.get(k, ())]
        if len(near) >= _COLUMN_LINES:
            candidates.append(min(near) - 2.5)
    best, best_score = None, 0
    rows = by_baseline(found) if candidates else []
    for x in candidates:
        score = sum(
            min(sum(1 for s in band if _middle(s) < x), sum(1 for s in band if _middle(s) >= x))
            for band, is_columns in _bands(found, x, gutters, rows)
            if is_columns
        )
        score *= 2 if x in gutters.places else 1
        if score > best_score:
            best, best_score = x, score
    return best


def _bands(
    found: list[Segment], x: float, gutters: Gutters, rows: list[list[Segment]]
) -> list[tuple[list[Segment], bool]]:
    """The region from top to bottom, cut where lines span `x`; for each band whether it is two columns there."""
    usual = gutters.is_usual(x)
    table = _table_rows(rows, x)
    spanning = [s for s in found if _crosses(s, x) or id(s) in table]
    spans = {id(s) for s in spanning}
    edges = sorted({s.base for s in spanning})
    groups: dict[int, list[Segment]] = {}
    for segment in found:
        if id(segment) not in spans:
            groups.setdefault(2 * bisect_left(edges, segment.base), []).append(segment)
    for segment in spanning:
        groups.setdefault(2 * bisect_left(edges, segment.base) + 1, []).append(segment)
    bands: list[tuple[list[Segment], bool]] = []
    for key in sorted(groups):
        if key % 2:
            bands.append((groups[key], False))
        else:
            parts = [(part, _are_columns(part, x, usual=usual)) for part in _cut_at_stripes(groups[key])]
            bands.extend(_rejoined(parts, x))
    return bands


def _rejoined(parts: list[tuple[list[Segment], bool]], x: float) -> list[tuple[list[Segment], bool]]:
    """Join columns again that go on below a white stripe: a blank line beside the margin of a figure is no end of a column."""
    joined: list[tuple[list[Segment], bool]] = []
    for part, is_columns in parts:
        if joined and is_columns and joined[-1][1] and not _differ_on_both_sides(joined[-1][0], part, x):
            joined[-1] = ([*joined[-1][0], *part], True)
        else:
            joined.append((part, is_columns))
    return joined


def _cut_at_stripes(band: list[Segment]) -> list[list[Segment]]:
    """Cut a band where a white stripe as high as a figure or a drawing's margin goes through it."""
    parts: list[list[Segment]] = []
    bottom = 0.0
    for segment in sorted(band, key=lambda s: s.y0):
        other_type = bool(parts) and abs(parts[-1][-1].size - segment.size) > 0.8
        if not parts or segment.y0 - bottom > (0.7 if other_type else _STRIPE) * segment.size:
            parts.append([])
        parts[-1].append(segment)
        bottom = max(bottom, segment.y1)
    return parts


def _are_columns(band: list[Segment], x: float, *, usual: bool) -> bool:
    """Whether a band is two columns: both of prose, or one of prose beside something that keeps other lines.

    The cells of a table share their baselines and mostly do not fill their column, so a table is no pair of columns.
    """
    left, right = [s for s in band if _middle(s) < x], [s for s in band if _middle(s) >= x]
    if not left or not right or max(len(left), len(right)) < _COLUMN_LINES:
        return False
    worded = all(sum(len(s.words) for s in side) >= 4 * len(side) for side in (left, right))
    if usual and worded and _runs_over_lines(band):
        return True
    if (
        usual
        and max(map(_prose_lines, (left, right))) >= 2 * _COLUMN_LINES
        and _aligned_share(left, right) < 0.5
    ):
        return True
    prose = _is_prose(left), _is_prose(right)
    if all(prose):
        return True
    return any(prose) and _aligned_share(left, right) < 0.5 and _overlap(left, right) > 0.3


def _is_prose(side: list[Segment]) -> bool:
    """Whether these lines are prose in one or more columns: several words each, most near their column's width."""
    columns: list[list[Segment]] = []
    for segment in sorted(side, key=lambda s: s.x0):
        if columns and segment.x0 - columns[-1][-1].x0 < 1.5 * segment.size:
            columns[-1].append(segment)
        else:
            columns.append([segment])
    if len(side) < _SURELY_PROSE and not _runs_over_lines(side):
        return False
    filled = 0
    for column in columns:
        lengths = sorted(s.x1 - s.x0 for s in column)
        usual = lengths[int(0.8 * (len(lengths) - 1))]
        if len(column) >= _COLUMN_LINES and usual > 8 * column[0].size:
            filled += sum(1 for s in column if s.x1 - s.x0 > 0.75 * usual and len(s.words) >= 3)
    return filled >= 0.55 * len(side) and filled >= _COLUMN_LINES


def _prose_lines(side: list[Segment]) -> int:
    """How many lines have the words and the width of prose, whatever else stands in the column."""
    widest = max(s.x1 - s.x0 for s in side)
    return sum(len(s.words) >= 4 and s.x1 - s.x0 > 0.75 * widest and s.text[:1].islower() for s in side)


def _runs_over_lines(side: list[Segment]) -> bool:
    """Whether many lines begin in lower case, as sentences that run over lines do and cells of a table do not."""
    return sum(s.text[:1].islower() for s in side) >= 0.35 * len(side)


def _aligned_share(left: list[Segment], right: list[Segment]) -> float:
    """The share of lines of the shorter side whose baseline is also one of the other side."""
    few, many = sorted((left, right), key=len)
    bases = sorted(s.base for s in many)
    aligned = 0
    for segment in few:
        at = bisect_left(bases, segment.base - 0.1 * segment.size)
        aligned += at < len(bases) and bases[at] <= segment.base + 0.1 * segment.size
    return aligned / len(few)


def _overlap(left: list[Segment], right: list[Segment]) -> float:
    """How much of the shorter side's height stands beside the other side."""
    tops, bottoms = (
        [min(s.y0 for s in left), min(s.y0 for s in right)],
        [max(s.y1 for s in left), max(s.y1 for s in right)],
    )
    shorter = min(bottom - top for top, bottom in zip(tops, bottoms, strict=True))
    return (min(bottoms) - max(tops)) / max(shorter, 1.0)


def _cut_at_type_change(band: list[Segment], x: float) -> list[list[Segment]]:
    """Cut two columns where a white stripe goes through both and the type changes: a box above or below the text."""
    ordered = sorted(band, key=lambda s: s.y0)
    pieces: list[list[Segment]] = [[]]
    bottom = 0.0
    for at, segment in enumerate(ordered):
        is_below = bool(pieces[-1]) and segment.y0 - bottom > 0.9 * segment.size
        if is_below and _differ_on_both_sides(pieces[-1], ordered[at:], x):
            pieces.append([])
        pieces[-1].append(segment)
        bottom = max(bottom, segment.y1)
    return pieces


def _differ_on_both_sides(above: list[Segment], below: list[Segment], x: float) -> bool:
    """Whether the type changes in both columns at once; in one alone a figure may begin beside the text."""
    for is_left in (True, False):
        one, other = ([s.size for s in part if (_middle(s) < x) is is_left] for part in (above, below))
        if not one or not other or abs(median(one) - median(other)) <= 0.3:
            return False
    return True


def _table_rows(rows: list[list[Segment]], x: float) -> set[int]:
    """Ids of segments in rows of four cells and more, that is in tables that span the columns at `x`.

    A row of cells on one side of `x` and a line of prose, or other type, on the other is no such row.
    """
    if all(len(row) < 4 for row in rows):
        return set()
    left_edge, right_edge = min(s.x0 for row in rows for s in row), max(s.x1 for row in rows for s in row)
    spanning: set[int] = set()
    for row in rows:
        if len(row) < 4 or sum(len(s.words) for s in row) > 6 * len(row):
            continue
        left, right = [s for s in row if _middle(s) < x], [s for s in row if _middle(s) >= x]
        if (
            not left
            or not right
            or _is_line(left, x - left_edge, 0.6)
            or _is_line(right, right_edge - x, 0.6)
        ):
            continue
        if abs(median(s.size for s in left) - median(s.size for s in right)) > 0.8:
            continue
        spanning.update(id(s) for s in row)
    return spanning


def _is_line(side: list[Segment], width: float, share: float) -> bool:
    return len(side) == 1 and len(side[0].words) >= 4 and side[0].x1 - side[0].x0 > share * width
