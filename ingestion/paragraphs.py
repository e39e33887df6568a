"""From the rows of a flow to paragraphs, list items and tables. Pure geometry and punctuation."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingestion.grid import Grid, grid_of
from ingestion.heads import Rule
from ingestion.layout import Flow, PlacedWord, Row, Segment
from ingestion.tables import is_value

_BULLET_SIGN = re.compile(r"[•◦▪‣●○■□➢➔✓·\uf0b7\uf0a7\uf0d8\uf076\uf0fc]")
_ITEM_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]\Z")
LOST = "\ufffd"
"""What a sign is read as that the file does not tell; where it opens a line it may be a bullet."""
_PARTED = re.compile(r"[\w%²³)][-‐–/]\Z")
"""What no paragraph ends in: half of a word, a range or a unit."""
TERMINATED = re.compile(r"[.!?…:;][\"'”’»)\]⁰¹²³⁴-⁹,–]*\Z")
"""How the last word of a sentence ends, also with the marks of references behind its stop."""
_NEXT_TABLE = re.compile(r"(?:table|tableau)\s+(?:[A-Z]?\d+|[IVX]+)\b", re.IGNORECASE)
_LONGEST_HEAD = 10
_SHORT_LINE = 0.35
"""Of the column's width, left empty at a line's end."""
_UNBROKEN = 7
"""Characters that a line may have to begin with together."""
_FEW_ROWS = 4
"""Below it, white stripes between words may be chance."""


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. `is_item` where a list marker stands first."""

    lines: list[list[PlacedWord]]
    is_item: bool = False
    runs_on: bool = False
    """The last line fills the column."""


def paragraphs(flow: Flow, rules: Sequence[Rule] = (), bars: Sequence[Rule] = ()) -> list[Paragraph | Grid]:
    """The flow's paragraphs and tables, from top to bottom.

    `rules` are the page's horizontal lines, sorted by height, `bars` its vertical ones.
    """
    rows = flow.rows
    if not rows:
        return []
    found: list[Paragraph | Grid] = []
    prose: list[Row] = []
    pitch = _pitch(rows)
    at = 0
    while at < len(rows):
        end = _table_end(rows, at, pitch, rules, bars)
        if end > at:
            at = _with_heads_above(rows, at, prose)
            found.extend(_prose(prose, rows, pitch))
            prose = []
            found.append(grid_of(rows[at:end], pitch, rules, bars))
            at = end
        else:
            prose.append(rows[at])
            at += 1
    found.extend(_prose(prose, rows, pitch))
    for paragraph in found[:-1]:
        if isinstance(paragraph, Paragraph) and len(paragraph.lines) == 1:
            paragraph.runs_on = False  # a line that stands alone, not at the column's end, is no cut sentence
    return found


def _pitch(rows: Sequence[Row]) -> float:
    """The usual distance of baselines, in em."""
    gaps = [
        (b.base - a.base) / max(b.size, 1.0)
        for a, b in pairwise(rows)
        if abs(a.size - b.size) < 0.5 and 0 < b.base - a.base < 4 * b.size
    ]
    if len(gaps) < 4:
        return min([1.3, *gaps]) if gaps else 1.25
    gaps.sort()
    return gaps[len(gaps) // 3]


def _table_end(
    rows: Sequence[Row], start: int, pitch: float, rules: Sequence[Rule], bars: Sequence[Rule]
) -> int:
    """The index behind the table that begins at `start`, or `start` if none does."""
    if len(rows[start].segments) < 2:
        return start
    starts: list[float] = [s.x0 for s in rows[start].segments]
    cells = 1
    end = start + 1
    at = start + 1
    while at < len(rows):
        row, before = rows[at], rows[at - 1]
        if row.base - before.base > max(3.2, 2.2 * pitch) * row.size or _NEXT_TABLE.match(_text(row)):
            break
        if _leaves_the_frame(rows[start : at + 1], rows[at + 1 : at + 2], bars):
            break
        if len(row.segments) >= 2:
            cells += 1
            starts.extend(s.x0 for s in row.segments)
            end = at + 1
        elif _is_framed(row, rows[at - 1], bars):
            end = at + 1
        elif (_ruled_off(rows[at - 1 : at + 1], rules)[1] and not _spans_between_rows(rows, at)) or (
            not _is_wrapped_cell(row.segments[0], starts, rows[start:end])
            and not _spans_between_rows(rows, at)
        ):
            break
        else:
            end = at + 1 if _is_wrapped_cell(row.segments[0], starts, rows[start:end]) else end
        at += 1
    many = max(len(row.segments) for row in rows[start:end])
    if cells >= 3 or (cells >= 2 and (many >= 3 or _aligned(rows[start:end]))):
        return end
    return end if many >= 4 else start


def _leaves_the_frame(rows: Sequence[Row], following: Sequence[Row], bars: Sequence[Rule]) -> bool:
    """Whether the last row stands below the vertical lines on both sides of those before it, values among these."""
    *above, row = rows
    if not bars or not any(is_value(s.text) for line in above for s in line.segments[1:]):
        return False
    middle = (row.y0 + row.y1) / 2
    if any(y0 - 2 <= middle <= y1 + 2 for y0, y1, _ in bars) or _sums_up(above, row, following):
        return False
    return all(_stands_in_a_frame(line, bars) for line in (above[0], above[-1]))


def _sums_up(above: Sequence[Row], row: Row, following: Sequence[Row]) -> bool:
    """Whether a single row is as near as those before and has a name and a value in each of their columns: the totals below a frame."""
    last = above[-1]
    columns = [s.segments for s in (last, row)]
    if len(above) < 2 or len(columns[0]) != len(columns[1]) or any(len(r.segments) > 1 for r in following):
        return False
    if is_value(row.segments[0].text) or not all(is_value(s.text) for s in row.segments[1:]):
        return False
    near = row.base - last.base < 1.3 * (last.base - above[-2].base)
    below = all(one.x0 < other.x1 and other.x0 < one.x1 for one, other in zip(*columns, strict=True))
    return near and below


def _stands_in_a_frame(row: Row, bars: Sequence[Rule]) -> bool:
    middle = (row.y0 + row.y1) / 2
    beside = [x for y0, y1, x in bars if y0 - 2 <= middle <= y1 + 2]
    return bool(beside) and min(beside) <= row.x0 + 2 and max(beside) >= row.x1 - 2


def _with_heads_above(rows: Sequence[Row], start: int, prose: list[Row]) -> int:
    """Where a table begins, with the lone lines above it that stand over its columns and not over its first one."""
    names = max(row.segments[0].x1 for row in rows[start : start + 3])
    while (
        prose
        and prose[-1] is rows[start - 1]
        and len(prose[-1].words) <= _LONGEST_HEAD
        and prose[-1].x0 > min(names, rows[start].segments[-1].x0 - 1)
        and rows[start].base - prose[-1].base < 2 * prose[-1].size
    ):
        prose.pop()
        start -= 1
    return start


def _is_framed(row: Row, before: Row, bars: Sequence[Rule]) -> bool:
    """Whether vertical lines run on both sides of a row as beside the row before, so that it is inside the table."""
    middle, above = (row.y0 + row.y1) / 2, (before.y0 + before.y1) / 2
    beside = [x for y0, y1, x in bars if y0 - 2 <= middle <= y1 + 2]
    if not beside or not any(y0 - 2 <= above <= y1 + 2 for y0, y1, _ in bars):
        return False
    return min(beside) <= row.x0 + 2 and max(beside) >= row.x1 - 2


def _text(row: Row) -> str:
    return " ".join(word.text for word in row.words)


def _is_wrapped_cell(segment: Segment, starts: Sequence[float], table: Sequence[Row]) -> bool:
    """Whether a lone segment stands under a cell: it begins where cells begin and ends before the next ones."""
    if not any(abs(segment.x0 - x) < 0.8 * segment.size for x in starts):
        centre = (segment.x0 + segment.x1) / 2
        under = any(s.x0 <= centre <= s.x1 for row in table for s in row.segments)
        if not under:
            return False
    further = [x for x in starts if x > segment.x0 + 2 * segment.size]
    if not further:
        return segment.x0 > min(starts) + 2 * segment.size
    return segment.x1 < min(further) + segment.size


def _spans_between_rows(rows: Sequence[Row], at: int) -> bool:
    """Whether a lone row is a heading inside the table: short, and followed by rows of cells."""
    for row, following in pairwise(rows[at : at + 4]):
        if len(row.words) > 12 or following.base - row.base > 2.4 * row.size:
            return False
        if len(following.segments) > 1:
            return True
    return False


def _aligned(rows: Sequence[Row]) -> bool:
    """Whether the second cells of the rows begin, end or centre at one place."""
    seconds = [row.segments[1] for row in rows if len(row.segments) >= 2]
    size = seconds[0].size
    return any(
        max(places) - min(places) < 0.6 * size
        for places in (
            [s.x0 for s in seconds],
            [s.x1 for s in seconds],
            [(s.x0 + s.x1) / 2 for s in seconds],
        )
    )


def _ruled_off(rows: Sequence[Row], rules: Sequence[Rule]) -> list[bool]:
    """For each row whether a rule across most of the table parts it from the row before."""
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    heights = [rule[2] for rule in rules]
    parted = [False]
    for before, row in pairwise(rows):
        between = rules[
            bisect_left(heights, before.base + 0.5) : bisect_left(heights, row.base - 0.4 * row.size)
        ]
        covered = sum(min(x1, right) - max(x0, left) for x0, x1, _ in between if x1 > left and x0 < right)
        parted.append(covered > 0.5 * (right - left))
    return parted


def _prose(rows: Sequence[Row], flow: Sequence[Row], pitch: float) -> list[Paragraph]:
    if not rows:
        return []
    ends = sorted(row.x1 for row in (rows if len(rows) >= _FEW_ROWS else flow))
    right = ends[int(0.95 * (len(ends) - 1))]
    found: list[Paragraph] = []
    block: list[Row] = []
    for row in rows:
        if block and _breaks(block, row, right, pitch):
            found.append(_paragraph(block, right))
            block = []
        block.append(row)
    found.append(_paragraph(block, right))
    return found


def _paragraph(rows: list[Row], right: float) -> Paragraph:
    last = rows[-1]
    lines = [row.words for row in rows]
    return Paragraph(lines, _marker(rows[0]) > 0, last.x1 > right - 6 * last.size)


def _breaks(block: list[Row], row: Row, right: float, pitch: float) -> bool:
    """Whether a new paragraph begins at the row."""
    before = block[-1]
    size = max(row.size, before.size)
    first = row.words[0]
    goes_on = (
        first.text.lstrip("([«“\"'")[:1].islower()
        or first.text[:1] in "([<>≤≥=±+–−%"
        or bool(_PARTED.search(before.words[-1].text))
    )
    ended = bool(TERMINATED.search(before.words[-1].text))
    gap = row.base - before.base
    if gap > (pitch + (0.35 if not goes_on or ended else 0.9)) * size or gap < -size:
        return True
    if _marker(row) and (ended or not _ITEM_NUMBER.match(first.text) or before.x1 < right - 6 * size):
        return True
    if goes_on and not ended:
        return False
    return (
        abs(row.size - before.size) > 0.8
        or _is_bold(row) != _is_bold(before)
        or _is_italic(row) != _is_italic(before)
        or _would_have_fitted(before, row, right)
        or _indents(block, row, ended=ended)
    )


def _indents(block: list[Row], row: Row, *, ended: bool) -> bool:
    before = block[-1]
    step = row.x0 - before.x0
    if step > 0.8 * row.size:
        return ended and not (len(block) == 1 and _marker(before))
    return step < -0.8 * row.size and (len(block) > 1 or _marker(block[0]) > 0)


def _would_have_fitted(before: Row, row: Row, right: float) -> bool:
    """Whether the row's first words would have fitted on the line before, so that the break was meant."""
    words: list[PlacedWord] = []
    for word in row.words:  # short words and numbers may be bound to the next by a space that does not break
        words.append(word)
        if sum(len(w.text) for w in words) >= _UNBROKEN and not word.text[:1].isdigit():
            break
    needed = words[-1].x1 - words[0].x0
    room = right - before.x1
    if row.words[0].text[:1].isdigit() and room < _SHORT_LINE * (right - before.x0):
        return False  # a number with its unit goes to the next line as a whole
    return room > needed + 1.2 * row.size


def _marker(row: Row) -> int:
    """How many characters of list marker stand first in the row."""
    words = row.words
    first = words[0].text
    if _BULLET_SIGN.match(first):
        return len(first) if len(words) > 1 or len(first) > 1 else 0
    if len(words) < 2:
        return 0
    gap = words[1].x0 - words[0].x1
    if first in {"-", "–", "—", "o", "*"}:
        return 1 if gap > (0.2 if first != "o" else 0.7) * row.size else 0
    marks = _ITEM_NUMBER.match(first) or first == LOST
    return len(first) if marks and gap > 0.6 * row.size else 0


def _is_bold(row: Row) -> bool:
    return all(word.bold for word in row.words)


def _is_italic(row: Row) -> bool:
    return all(word.italic for word in row.words)
