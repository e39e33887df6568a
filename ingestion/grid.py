"""From the visual rows of a table to its rows, columns and cells. Pure geometry: rules, white stripes and what values are.

Where the geometry does not tell which column or row a text belongs to, a reason for doubt is given instead of a guess.
"""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingestion.grid_columns import cells_of_line, column_edges
from ingestion.heads import Placed, Rule, two_levels
from ingestion.layout import PlacedWord, Row
from ingestion.tables import is_value

_GOES_ON = re.compile(r"[a-zà-ÿ(\[%≥≤<>/]")
"""What a line that goes on with the line above begins with."""
_HEAD_WORDS = re.compile(
    r"\b(?:frequency|fréquence|system organ class|classe de systèmes?|adverse (?:drug )?(?:reactions?|events?)|"
    r"effets? indésirables?|meddra|preferred term|terme préférentiel|dose|posologie)\b",
    re.IGNORECASE,
)
"""What stands at the head of a table of a label."""
_LEADERS = re.compile(r"[.…·_]{5,}")
_ABBREVIATION = re.compile(r"\S+\s?=\s?\S")
"""A line of abbreviations closes a table: "eGFR=estimated glomerular filtration rate"."""
_LEFT_OPEN = re.compile(
    r"(?:[,;–/±-]|\b(?:and|or|of|to|in|the|et|ou|de|des|la|le|du|with|for))\Z", re.IGNORECASE
)

_ENDED = re.compile(r"[.!?:;]\W*\Z")
_PHRASE = 3
"""Words: a line of fewer may be a name or a unit."""


@dataclass(slots=True)
class Grid:
    """The cells of a table, and why they may be wrong."""

    cells: list[Placed]
    reasons: list[str] = field(default_factory=list)
    header_rows: int | None = None
    """Where the rules tell; None where the words must."""
    levels: bool = False
    """The rules tell over which columns each head stands."""


def grid_of(rows: Sequence[Row], pitch: float, rules: Sequence[Rule] = (), bars: Sequence[Rule] = ()) -> Grid:
    """The cells of the table that these visual rows are. `pitch` is the page's usual distance of baselines, in em."""
    rows = [row for row in rows if not _LEADERS.fullmatch("".join(word.text for word in row.words))]
    edges, framed = column_edges(rows, bars)
    lines = [cells_of_line(row, edges) for row in rows]
    reasons = [reason for _, why in lines for reason in why]
    visual = [cells for cells, _ in lines]
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    stretches = _ruled_off(rows, rules)
    ruled = [_share(parts, left, right) > 0.5 for parts in stretches]
    until = _header_lines(visual, [_share(parts, left, right) > 0.9 for parts in stretches])
    heads = two_levels(rows[:until], visual[:until], edges, rules, bars) if until > 1 else None
    if heads is not None:
        logical = [
            *heads.levels,
            *_logical_rows(rows[until:], visual[until:], pitch, ruled[until:], framed, until=0),
        ]
        reasons = [reason for _, why in lines[until:] for reason in why]
        reasons.extend([] if heads.sure else ["header_span"])
    else:
        logical = _logical_rows(rows, visual, pitch, ruled, framed, until=until)
    for number, row in enumerate(logical):
        for cell in row:
            cell.row = number
    if framed and edges:
        first_open = [
            off and _share(parts, left, edges[0] - 3) < 0.1
            for off, parts in zip(ruled, stretches, strict=True)
        ]
        _span_open_firsts(
            logical, [rows[i].base for i, open_ in enumerate(first_open) if open_ and i >= until]
        )
    cells = [cell for row in logical for cell in row]
    reasons.extend(_merged_values(cells))
    reasons.extend([] if framed or any(ruled) else _torn(logical))
    proof = 2 if heads is not None else _no_proof(cells)
    return Grid(cells, list(dict.fromkeys(reasons)), proof, heads is not None)


def _header_lines(lines: Sequence[list[Placed]], ruled: Sequence[bool]) -> int:
    """How many visual rows stand above the first value, or above the first rule that goes through if that is higher."""
    value = next(
        (i for i, line in enumerate(lines) if any(c.column and is_value(c.text) for c in line)), len(lines)
    )
    first = next((i for i, off in enumerate(ruled) if off), value)
    if value == len(lines):
        return first if first < value else 1
    while 1 < min(first, value) < value and len(lines[first - 1]) == 1 and lines[first - 1][0].column:
        first = next((i for i, off in enumerate(ruled) if off and i > first), value)
    return min(first, value) if first else value


def _no_proof(cells: Sequence[Placed]) -> int | None:
    """A table of mere words in one type shows no header, which may stand on the page before."""
    valued = any(cell.column and is_value(cell.text) for cell in cells)
    first = [cell for cell in cells if cell.row == 0]
    bold = all(word.bold for cell in first for word in cell.words)
    named = any(_HEAD_WORDS.search(cell.text) for cell in first)
    return None if valued or bold or named else 0


# --- logical rows ----------------------------------------------------------------------------------------------------


def _logical_rows(
    rows: Sequence[Row],
    lines: Sequence[list[Placed]],
    pitch: float,
    ruled: Sequence[bool],
    framed: bool,
    *,
    until: int,
) -> list[list[Placed]]:
    """Put visual rows together. The first `until` of them are heads."""
    gaps = [0.0, *(b.base - a.base for a, b in pairwise(rows))]
    inner = [gap for gap, off in zip(gaps[1:], ruled[1:], strict=True) if not off] or gaps[1:] or [0.0]
    tight = min(inner)
    spaced = [gap for gap in inner if gap > 1.2 * tight]
    by_gap = 0.25 * len(inner) <= len(spaced) < len(inner) and tight <= max(1.45, 1.1 * pitch) * rows[0].size
    by_rule = sum(ruled) >= 2 and (framed or sum(ruled) >= 0.3 * sum(len(line) > 1 for line in lines))
    bands: list[list[int]] = []
    for index in range(len(rows)):
        if index == 0 or ruled[index]:
            bands.append([])
        bands[-1].append(index)
    found: list[list[Placed]] = []
    for band in bands:
        joined: list[list[int]] = []
        for index in band:
            if joined and _joins(
                [lines[i] for i in joined[-1]], lines[index], gaps[index], tight,
                by_gap=by_gap, by_rule=by_rule, header=index < until,
            ):  # fmt: skip
                joined[-1].append(index)
            else:
                joined.append([index])
        merged = [_merged([lines[i] for i in group]) for group in joined]
        if by_rule and len(merged) > 1 and band[0] >= until:
            _span_first_column(merged)
        found.extend(merged)
    return found


def _joins(
    above: Sequence[list[Placed]], line: list[Placed], gap: float, tight: float,
    *, by_gap: bool, by_rule: bool, header: bool,
) -> bool:  # fmt: skip
    """Whether a visual row goes on with the logical row above it, in the same band between rules."""
    apart = gap > 1.6 * max(tight, line[0].words[0].size)
    if apart or any(_conflict(before, cell) for row in above for before in row for cell in line):
        return False
    near = by_gap and gap <= 1.2 * tight
    if header:
        return by_rule or _is_header_line(above, line, gap, tight)
    if len(line) == 1 and line[0].column == 0:
        return _label_goes_on(above, line[0], near=near, ruled=by_rule)
    if by_rule or near:
        return True
    if all(c.column for c in line):
        open_above = any(_LEFT_OPEN.search(c.text) for c in above[-1] if c.column in {b.column for b in line})
        return open_above or not any(is_value(c.text) for c in line)
    lone = len(above) == 1 and len(above[0]) == 1 and above[0][0].column == 0
    return not by_gap and lone and bool(_GOES_ON.match(line[0].text)) and gap <= 1.25 * tight


def _label_goes_on(above: Sequence[list[Placed]], label: Placed, *, near: bool, ruled: bool) -> bool:
    """Whether a line in the first column alone goes on with the label above it."""
    before = next((c for c in above[-1] if c.column == 0), None)
    if _ABBREVIATION.match(label.text):
        return False
    if before is None:
        return ruled and any(c.column == 0 for row in above for c in row)
    goes_on = bool(_GOES_ON.match(label.text)) or bool(_LEFT_OPEN.search(before.text))
    return goes_on or near or (ruled and len(above[0]) > 1)


def _conflict(above: Placed, cell: Placed) -> bool:
    """Whether both are whole values of one column: then they are of two rows."""
    if above.column != cell.column or not cell.column:
        return False
    whole = above.text.count("(") <= above.text.count(")") and not _LEFT_OPEN.search(above.text)
    return whole and is_value(above.text) and is_value(cell.text) and not cell.text.startswith(("(", "["))


def _is_header_line(above: Sequence[list[Placed]], line: Sequence[Placed], gap: float, tight: float) -> bool:
    """Whether a line above all values only goes on with the heads above, and is no level of its own."""
    if gap > 1.35 * tight or any(c.column_span > 1 for row in above for c in row if c.column):
        return False
    if len(line) == 1 and line[0].column == 0 and not _GOES_ON.match(line[0].text):
        return False
    filled = {c.column for row in above for c in row}
    below = {c.column for c in line}
    if len(filled) == 1 and 0 in filled:
        return bool(_GOES_ON.match(line[0].text))
    return not any(c in filled and c + 1 not in filled and {c, c + 1} <= below for c in filled)


def _merged(group: Sequence[list[Placed]]) -> list[Placed]:
    """One logical row of several visual rows: the words of each column together."""
    cells: dict[int, Placed] = {}
    for line in group:
        for cell in line:
            known = cells.get(cell.column) or next(
                (c for c in cells.values() if c.column < cell.column < c.column + c.column_span), None
            )
            if known is None:
                cells[cell.column] = Placed(0, cell.column, list(cell.words), 1, cell.column_span)
            else:
                known.words.extend(cell.words)
                known.column_span = max(known.column_span, cell.column + cell.column_span - known.column)
    ordered = sorted(cells.values(), key=lambda c: c.column)
    for cell, following in pairwise(ordered):
        cell.column_span = min(cell.column_span, following.column - cell.column)
    return ordered


def _span_first_column(rows: Sequence[list[Placed]]) -> None:
    """Between two rules, the first column names all rows where the second one names each of them."""
    named = all(
        any(c.column == 1 and not is_value(c.text) for c in row) and any(c.column > 1 for c in row)
        for row in rows
    )
    firsts = [c for row in rows for c in row if c.column == 0]
    if not named or not firsts:
        return
    head = firsts[0]
    for cell in firsts[1:]:
        head.words.extend(cell.words)
    for row in rows:
        row[:] = [c for c in row if c.column]
    head.row_span, head.column_span = len(rows), 1
    rows[0].insert(0, head)


def _span_open_firsts(logical: list[list[Placed]], bases: Sequence[float]) -> None:
    """Where a rule parts two rows but not their first column, that has one cell over both."""
    head: Placed | None = None
    for row in logical:
        base = min(word.base for cell in row for word in cell.words)
        own = next((cell for cell in row if cell.column == 0), None)
        below = any(abs(base - other) < 3 for other in bases)
        if below and head is not None and len(row) > (own is not None):
            head.row_span = row[0].row - head.row + 1
            if own is not None:
                head.words.extend(own.words)
                row.remove(own)
        else:
            head = own


def _ruled_off(rows: Sequence[Row], rules: Sequence[Rule]) -> list[list[tuple[float, float]]]:
    """For each row the stretches of rule that part it from the row before."""
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    parted: list[list[tuple[float, float]]] = [[]]
    for before, row in pairwise(rows):
        top, bottom = before.base + 0.5, row.base - 0.4 * row.size
        between = sorted(
            (max(x0, left), min(x1, right))
            for x0, x1, y in rules
            if top <= y <= bottom and x1 > left and x0 < right
        )
        stretches: list[tuple[float, float]] = []
        for x0, x1 in between:
            if stretches and x0 <= stretches[-1][1] + 3:
                stretches[-1] = stretches[-1][0], max(stretches[-1][1], x1)
            else:
                stretches.append((x0, x1))
        parted.append(stretches)
    return parted


def _share(stretches: Sequence[tuple[float, float]], left: float, right: float) -> float:
    """How much of a width is under a rule."""
    covered = sum(max(0.0, min(x1, right) - max(x0, left)) for x0, x1 in stretches)
    return covered / max(right - left, 1.0)


def _merged_values(cells: Sequence[Placed]) -> Iterable[str]:
    """A cell with two whole values, side by side or one above the other, belongs to two rows or columns."""
    for cell in cells:
        if not cell.column:
            continue
        lines: list[list[str]] = []
        before: PlacedWord | None = None
        for word in cell.words:
            apart = before is not None and (
                abs(word.base - before.base) > 0.6 * word.size or word.x0 - before.x1 > 0.9 * word.size
            )
            if before is None or apart:
                lines.append([])
            lines[-1].append(word.text)
            before = word
        texts = [" ".join(line) for line in lines]
        whole = [
            t
            for t in texts
            if is_value(t)
            and not t.startswith(("(", "["))
            and t.count("(") == t.count(")")
            and not _LEFT_OPEN.search(t)
        ]
        if len(texts) > 1 and len(whole) == len(texts):
            yield "merged_text"


def _torn(rows: Sequence[list[Placed]]) -> Iterable[str]:
    """Without a rule, a row of words that goes on with one cell above it and begins anew beside it: two texts, no table."""
    if any(cell.column and is_value(cell.text) for row in rows for cell in row):
        return
    for above, row in pairwise(rows):
        over = {cell.column: cell for cell in above}
        under = [cell for cell in row if cell.column in over]
        begins = any(cell.text[:1].isupper() for cell in under)
        for cell in under if begins else ():
            before = over[cell.column]
            worded = before.text[:1].isupper() and min(len(cell.words), len(before.words)) >= _PHRASE
            if worded and cell.text[:1].islower() and not _ENDED.search(before.text):
                yield "torn_text"
                return
