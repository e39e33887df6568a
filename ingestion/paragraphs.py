"""From the rows of a flow to paragraphs, list items and tables. Pure geometry and punctuation."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingestion.layout import Flow, PlacedWord, Row, Segment

_BULLET_SIGN = re.compile(r"[•◦▪‣●○■□➢➔✓·\uf0b7\uf0a7\uf0d8\uf076\uf0fc]")
_ITEM_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]\Z")
_TERMINATED = re.compile(r"[.!?…:;][\"'”’»)\]⁰¹²³⁴-⁹,–]*\Z")


Rule = tuple[float, float, float]
"""A horizontal line: left end, right end, height."""


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


@dataclass(slots=True)
class Table:
    """Logical rows; each cell holds the words of all its lines."""

    rows: list[list[list[PlacedWord]]]


def paragraphs(flow: Flow, rules: Sequence[Rule] = ()) -> list[Paragraph | Table]:
    """The flow's paragraphs and tables, from top to bottom. `rules` are the page's horizontal lines, sorted by height."""
    rows = flow.rows
    if not rows:
        return []
    found: list[Paragraph | Table] = []
    prose: list[Row] = []
    pitch = _pitch(rows)
    at = 0
    while at < len(rows):
        end = _table_end(rows, at, pitch, rules)
        if end > at:
            found.extend(_prose(prose, rows, pitch))
            prose = []
            found.append(_table(rows[at:end], pitch, rules))
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


def _table_end(rows: Sequence[Row], start: int, pitch: float, rules: Sequence[Rule]) -> int:
    """The index behind the table that begins at `start`, or `start` if none does."""
    if len(rows[start].segments) < 2:
        return start
    starts: list[float] = [s.x0 for s in rows[start].segments]
    cells = 1
    end = start + 1
    at = start + 1
    while at < len(rows):
        row, before = rows[at], rows[at - 1]
        if row.base - before.base > max(3.2, 2.2 * pitch) * row.size:
            break
        if len(row.segments) >= 2:
            cells += 1
            starts.extend(s.x0 for s in row.segments)
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


def _table(rows: Sequence[Row], pitch: float, rules: Sequence[Rule]) -> Table:
    """Put visual lines together into logical rows, and segments into cells."""
    columns = _columns(rows)
    gaps = [b.base - a.base for a, b in pairwise(rows)]
    tight = min(gaps) if gaps else 0.0
    spaced = [g for g in gaps if g > 1.2 * tight]
    by_gap = (
        len(spaced) >= 0.25 * len(gaps)
        and len(spaced) < len(gaps)
        and tight <= max(1.45, 1.1 * pitch) * rows[0].size
    )
    ruled = _ruled_off(rows, rules)
    by_rule = sum(ruled) >= 2 and sum(ruled) >= 0.3 * sum(len(row.segments) > 1 for row in rows)
    logical: list[list[list[PlacedWord]]] = []
    for index, row in enumerate(rows):
        cells = _cells(row, columns)
        gap = gaps[index - 1] if index else 0.0
        if index and by_rule:
            goes_on = not ruled[index] and gap <= 1.6 * tight
        else:
            goes_on = bool(index) and _continues(logical[-1], cells, gap, tight, by_gap=by_gap)
        if goes_on:
            for column, words in enumerate(cells):
                logical[-1][column].extend(words)
        else:
            logical.append(cells)
    return Table([[cell for cell in row if cell] for row in logical])


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


def _continues(
    above: list[list[PlacedWord]], cells: list[list[PlacedWord]], gap: float, tight: float, *, by_gap: bool
) -> bool:
    """Whether a visual line goes on with the logical row above it."""
    if by_gap:
        return gap <= 1.2 * tight
    first = next((i for i, cell in enumerate(cells) if cell), 0)
    filled = sum(1 for cell in cells if cell)
    if gap > 1.6 * tight:
        return False
    if first > 0:
        return filled < sum(1 for cell in above if cell) or filled == 1
    return filled == 1 and gap <= 1.25 * tight and cells[0][0].text[:1].islower()


def _columns(rows: Sequence[Row]) -> list[float]:
    """The left edges of the columns: behind the white stripes that (nearly) no row of cells has words in."""
    full = [row for row in rows if len(row.segments) >= 2]
    size = full[0].size
    left, right = min(row.x0 for row in full), max(row.x1 for row in full)
    most = max(len(row.segments) for row in full)
    if len(full) < _FEW_ROWS:
        return _edges_of_segments([row for row in full if len(row.segments) == most])
    fullest = [row for row in full if len(row.segments) > 0.7 * most]
    if len(fullest) >= _FEW_ROWS:
        full = fullest
    counts = [0] * (int(right - left) + 2)
    for row in full:
        for word in row.words:
            for x in range(int(word.x0 - left), int(word.x1 - left) + 1):
                counts[x] += 1
    allowed = 0.12 * len(full)
    columns, white = [left], 0
    for x, count in enumerate(counts):
        if count <= allowed:
            white += 1
            continue
        if white >= max(0.3 * size, 2) and x > white:
            columns.append(left + x)
        white = 0
    return columns


def _edges_of_segments(rows: Sequence[Row]) -> list[float]:
    spans = sorted((s.x0, s.x1) for row in rows for s in row.segments)
    columns: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if columns and x0 < columns[-1][1] - 1:
            columns[-1] = (
                columns[-1][0],
                max(columns[-1][1], x1) if x1 - columns[-1][1] < 30 else columns[-1][1],
            )
        else:
            columns.append((x0, x1))
    return [x0 for x0, _ in columns]


def _cells(row: Row, columns: Sequence[float]) -> list[list[PlacedWord]]:
    """The row's words by column. A lone segment stays together, and so do words with a usual space between them."""
    cells: list[list[PlacedWord]] = [[] for _ in columns]
    last = -1
    for segment in row.segments:
        for number, word in enumerate(segment.words):
            at = max((i for i, x in enumerate(columns) if word.x1 > x + 0.3 * word.size), default=0)
            begins = number == 0
            if not begins and len(row.segments) > 1 and at > last:
                begins = word.x0 - segment.words[number - 1].x1 > 0.45 * word.size
            if begins:
                last = min(max(at, last + 1), len(columns) - 1)
            cells[last].append(word)
    return cells


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
    goes_on = first.text.lstrip("([«“\"'")[:1].islower() or first.text[:1] in "([<>≤≥=±+–−%"
    ended = bool(_TERMINATED.search(before.words[-1].text))
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
    return len(first) if _ITEM_NUMBER.match(first) and gap > 0.6 * row.size else 0


def _is_bold(row: Row) -> bool:
    return all(word.bold for word in row.words)


def _is_italic(row: Row) -> bool:
    return all(word.italic for word in row.words)
