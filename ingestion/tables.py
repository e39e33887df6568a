"""Tables: from cells to the lines that stand in a page's text, and from these back to what a cell says under its heads."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ingestion.model import Cell, CellRole, Head, PageSpan, Rectangle, Table

BAR = " | "
"""What parts two cells of a row in a page's text."""
_SIGNS = r"[\d\s.,·:/%()\[\]<>≤≥=±+−–\-;⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉᶠᵍ*†‡§¶#∥]*"
_UNIT = (
    r"(?:to|à|and|et|or|ou|per|par|[kmµμnp]?g|[mdµμ]?[lL]|[mµμnp]?mol|IU|UI|U|h|min|s|d|days?|weeks?|months?|years?|jours?|"
    r"semaines?|mois|ans|mm ?Hg|bpm|m²|kcal|NR|NE|NA|ND|CI|IC|[pP])"
)
_VALUE = re.compile(rf"(?:[pP]\s*)?[<>≤≥=~≈±+−–\-(\[]*\s*\d{_SIGNS}(?:{_UNIT}(?![^\W\d_]){_SIGNS}){{0,8}}\Z")
"""A number with its interval, share or unit: never words."""
_NO_VALUE = re.compile(r"\(?\d+\s*%\s*(?:CI|IC)\b|[(\s<>≤≥]*1\s*/\s*10")
"""What heads say of numbers: "95% CI", a frequency such as "(≥1/100 to <1/10)"."""
UNMAPPED = re.compile(r"[\ufffd\ue000-\uf8ff\u0000-\u0008\u000e-\u001f\u007f-\u009f]")
"""What a file has in place of a sign that it lost: "≥" may be one of them, so that its table is in doubt."""
_LOST = "¿"
_LIST_MARK = re.compile(r"^[•◦▪‣●○■□·]\s+")
_GROUP_SIZE = re.compile(r"\b[nN]\s*[=:]")
_MOST_HEADERS = 4
"""Rows at the head of a table that may be headers."""
_TWO = 2


@dataclass(slots=True)
class GridCell:
    """A cell before the page's text is put together."""

    row: int
    column: int
    text: str
    boxes: list[tuple[int, int, Rectangle]] = field(default_factory=list)
    """Half-open offsets into `text`, and where these characters stand."""
    row_span: int = 1
    column_span: int = 1
    role: CellRole = "value"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table as text, with the places of its words. All offsets count from the beginning of `text`."""

    text: str
    table: Table
    boxes: list[tuple[int, int, Rectangle]]


def write_table(cells: Sequence[GridCell], reasons: Iterable[str] = (), caption: str = "") -> WrittenTable:
    """One line per row, its cells parted by bars; a place without a cell stays empty, what spans columns stands once."""
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    lines: list[str] = []
    written: list[Cell] = []
    boxes: list[tuple[int, int, Rectangle]] = []
    at = 0
    for row in sorted({cell.row for cell in cells if cell.text}):
        own = {cell.column: cell for cell in cells if cell.row == row and cell.text}
        covered = {c for cell in own.values() for c in range(cell.column + 1, cell.column + cell.column_span)}
        places = [column for column in range(max(own) + 1) if column not in covered]
        raw = BAR.join(own[column].text if column in own else "" for column in places)
        start = at - (len(raw) - len(raw.lstrip()))
        for column in places:
            cell = own.get(column)
            if cell is not None:
                boxes.extend((start + a, start + b, rectangle) for a, b, rectangle in cell.boxes)
                written.append(_cell(cell, start))
            start += len(cell.text if cell else "") + len(BAR)
        lines.append(raw.strip())
        at += len(lines[-1]) + 1
    text = "\n".join(lines)
    rows = max((cell.row + cell.row_span for cell in cells), default=0)
    table = Table(
        0, len(text), rows, columns, tuple(written), (), caption, (),
        around(cell.rectangle for cell in written), False, tuple(dict.fromkeys(reasons)),
    )  # fmt: skip
    return WrittenTable(text, table, boxes)


def _cell(cell: GridCell, start: int) -> Cell:
    return Cell(
        cell.row,
        cell.column,
        start,
        start + len(cell.text),
        cell.text,
        cell.role,
        cell.row_span,
        cell.column_span,
        around(rectangle for _, _, rectangle in cell.boxes),
    )


def around(rectangles: Iterable[Rectangle | None]) -> Rectangle | None:
    """The smallest rectangle that holds them all."""
    found = [rectangle for rectangle in rectangles if rectangle is not None]
    if not found:
        return None
    return Rectangle(
        min(r.x0 for r in found), min(r.y0 for r in found), max(r.x1 for r in found), max(r.y1 for r in found)
    )


def is_value(text: str) -> bool:
    """Whether a cell holds a number, and not words; "Placebo (n=312)" and "Week 12" are words."""
    text = text.strip()
    return not (_GROUP_SIZE.search(text) or _NO_VALUE.match(text)) and _VALUE.match(text) is not None


def give_roles(cells: Sequence[GridCell], header_rows: int | None = None) -> list[str]:
    """Mark headers, row heads and groups in place; returns the reasons for doubt.

    `header_rows` where the file says how many there are, else they are looked for: the rows before the first one that
    has a value, or set in bold unlike the rest.
    """
    reasons: list[str] = []
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    if header_rows is None:
        header_rows = _header_rows(cells)
    if not header_rows and columns > 1:
        reasons.append("no_header")
    named = _naming_columns(cells, header_rows)
    for cell in cells:
        if cell.row < header_rows:
            cell.role = "header"
            continue
        alone = cell.row_span == 1 and sum(other.row == cell.row and bool(other.text) for other in cells) == 1
        between = cell.column == 0 or (columns > _TWO and cell.column not in named)
        if alone and columns > 1 and between and (cell.column_span > 1 or not is_value(cell.text)):
            cell.role = "group"
        elif cell.column in named:
            cell.role = "row_head"
    headed = {
        c
        for cell in cells
        if cell.role == "header"
        for c in range(cell.column, cell.column + cell.column_span)
    }
    if any(UNMAPPED.search(cell.text) for cell in cells):
        reasons.append("unmapped_glyphs")
    if header_rows and any(cell.role == "value" and cell.column not in headed for cell in cells):
        reasons.append("headless_column")
    return reasons


def span_heads(cells: Sequence[GridCell]) -> list[str]:
    """Let heads of the upper level stand over all columns that have one of the lower level, up to the next upper one.

    Sure where the lower heads come back under another one ("Baseline | Week 26 | Baseline | Week 26"), else a reason for doubt.
    """
    headers = [cell for cell in cells if cell.role == "header"]
    below: dict[int, dict[int, str]] = {}
    for cell in headers:
        for row in range(cell.row):
            below.setdefault(row, {})[cell.column] = cell.text
    reasons: list[str] = []
    for row in sorted({cell.row for cell in headers}):
        own = sorted((c for c in headers if c.row == row), key=lambda c: c.column)
        under = below.get(row, {})
        widened: list[tuple[GridCell, int]] = []
        for cell, following in zip(own, [*(c.column for c in own[1:]), 10_000], strict=True):
            end = cell.column + cell.column_span
            while cell.column in under and cell.row_span == 1 and end < following and end in under:
                end += 1
            widened.append((cell, end))
        shapes = [tuple(under.get(c, "") for c in range(cell.column, end)) for cell, end in widened]
        for (cell, end), shape in zip(widened, shapes, strict=True):
            if end > cell.column + cell.column_span:
                cell.column_span = end - cell.column
                if shapes.count(shape) == 1:
                    reasons.append("header_span")
    return reasons


def _naming_columns(cells: Sequence[GridCell], header_rows: int) -> set[int]:
    """The columns that name rows: the first, and those of words alone that have a column of values behind them."""
    columns: dict[int, list[bool]] = {}
    for cell in cells:
        if cell.row >= header_rows and cell.column_span == 1 and cell.text:
            columns.setdefault(cell.column, []).append(is_value(cell.text))
    valued = [column for column, values in columns.items() if column and sum(values) > len(values) / 2]
    last = max(valued, default=0)
    under_first = max((c.column_span for c in cells if c.row < header_rows and not c.column), default=1)
    return set(range(under_first)) | {
        column for column, values in columns.items() if column < last and not any(values)
    }


def _header_rows(cells: Sequence[GridCell]) -> int:
    """How many rows are headers, where the file does not say it."""
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        if cell.text:
            rows.setdefault(cell.row, []).append(cell)
    order = sorted(rows)
    if len(order) == 1:
        return 0
    bold = {row: all(cell.bold for cell in own) for row, own in rows.items()}
    valued = [row for row in order if any(is_value(c.text) for c in rows[row] if c.column > 0)]
    head = [row for row in order[:_MOST_HEADERS] if not valued or row < valued[0]]
    if head and bold[order[0]] and not all(bold.values()):
        at = next(
            (at for at, row in enumerate(head) if not bold[row] and any(c.column == 0 for c in rows[row])),
            None,
        )
        head = head[:at]
    elif not valued:
        head = head[:1]

    wide = max(cell.column for cell in cells) > 1
    while len(head) > 1 and len(rows[head[-1]]) == 1 and (wide or rows[head[-1]][0].column == 0):
        head.pop()  # "Sex" above "Male | 12" is a group
    if not head or all(len(rows[row]) == 1 and rows[row][0].column == 0 for row in head):
        return 0
    return max(cell.row + cell.row_span for row in head for cell in rows[row])


def heads_of(table: Table, page: int) -> tuple[Head, ...]:
    """What stands over each column, outermost first, by the header cells of the table itself."""
    found: list[Head] = []
    headers = [cell for cell in table.cells if cell.role == "header"]
    for column in range(table.columns):
        over = [c for c in headers if c.column <= column < c.column + c.column_span]
        over.sort(key=lambda c: c.row)
        found.append(Head(tuple(c.text for c in over), tuple(PageSpan(page, c.start, c.end) for c in over)))
    return tuple(found)


def moved(table: Table, by: int, page: int) -> Table:
    """The table with its offsets moved by so many characters, as it stands on its page, with its heads."""
    cells = tuple(replace(cell, start=cell.start + by, end=cell.end + by) for cell in table.cells)
    table = replace(table, start=table.start + by, end=table.end + by, cells=cells)
    return replace(table, heads=heads_of(table, page))


def row_path(table: Table, row: int, column: int | None = None) -> tuple[Cell, ...]:
    """The group that the row stands under, then its own heads, from the left: all, or those left of a column.

    A head may span several rows.
    """
    groups = [cell for cell in table.cells if cell.role == "group" and cell.row < row]
    own = [
        cell
        for cell in table.cells
        if cell.role == "row_head"
        and cell.row <= row < cell.row + cell.row_span
        and (column is None or cell.column < column)
    ]
    return (*groups[-1:], *sorted(own, key=lambda c: c.column))


def values_in(table: Table, row: int) -> tuple[Cell, ...]:
    """The row's values from left to right, those that span into it from above too."""
    found = [c for c in table.cells if c.role == "value" and c.row <= row < c.row + c.row_span]
    return tuple(sorted(found, key=lambda c: c.column))


def as_sentence(table: Table, row: int) -> str:
    """The row in words: "Nausea: Placebo = 3 (1.2%); Drug = 5 (2.0%)". Never a quote. Empty for headers, groups and doubt."""
    values = values_in(table, row)
    if table.doubtful or not values or not table.heads:
        return ""
    head = ", ".join(" ".join(cell.text.split()) for cell in row_path(table, row))
    said = "; ".join(
        f"{name} = {cell.text}" if (name := head_text(table, cell)) else cell.text for cell in values
    )
    return f"{head}: {said}" if head else said


def head_text(table: Table, cell: Cell) -> str:
    """The heads over a cell, outermost first: "Empagliflozin (n=47), Week 26"; each once where it spans columns."""
    names = [
        text for column in range(cell.column, cell.column + cell.column_span) if column < len(table.heads)
        for text in table.heads[column].texts
    ]  # fmt: skip
    return ", ".join(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """What a table says under a row's and a column's label."""

    values: tuple[str, ...]
    """More than one where the labels fit several cells; none where no cell fits."""
    doubtful: bool
    reasons: tuple[str, ...] = ()


def find_cell(tables: Iterable[Table], row: str, column: str) -> CellAnswer:
    """The values whose row and column bear these labels: spaces, case and footnote marks aside.

    The best fit is taken: the whole label, then all its words in their order. A doubtful table's answers are doubtful.
    """
    best: dict[int, list[tuple[str, Table]]] = {}
    for table in tables:
        for cell in table.cells:
            if cell.role != "value" and not (cell.role == "row_head" and cell.column):
                continue
            for at in range(cell.row, cell.row + cell.row_span):
                fit = min(
                    _fit(row, [c.text for c in row_path(table, at, cell.column)]),
                    _fit(column, _names(table, cell)),
                )
                if fit:
                    best.setdefault(fit, []).append((cell.text, table))
    if not best:
        return CellAnswer((), doubtful=False)
    found = best[max(best)]
    values = tuple(dict.fromkeys(_LIST_MARK.sub("", text) for text, _ in found))
    reasons = [reason for _, table in found for reason in table.reasons]
    if len(values) > 1:
        reasons.append("several_cells")
    return CellAnswer(values, bool(reasons), tuple(dict.fromkeys(reasons)))


def _names(table: Table, cell: Cell) -> list[str]:
    columns = range(cell.column, min(cell.column + cell.column_span, len(table.heads)))
    return list(dict.fromkeys(text for column in columns for text in table.heads[column].texts))


def _fit(label: str, names: Sequence[str]) -> int:
    """3: one of the names, or all of them in a row, is the label; 2: they begin with it; 1: they hold it; else 0."""
    wanted = _plain(label)
    given = [_plain(name) for name in names]
    joined = " ".join(filter(None, given))
    if not wanted or not joined:
        return 0
    if wanted in given or wanted == joined or any(_same_but_lost(wanted, name) for name in (*given, joined)):
        return 3
    if any(name.startswith(wanted) for name in given):
        return 2
    return 1 if f" {wanted} " in f" {joined} " or _in_order(wanted, joined) else 0


def _same_but_lost(wanted: str, name: str) -> bool:
    """Whether the labels are alike but for signs that the file lost; such a table is in doubt."""
    words, lost = wanted.split(), name.split()
    return (
        _LOST in lost
        and len(words) == len(lost)
        and all(b in {a, _LOST} for a, b in zip(words, lost, strict=True))
    )


def _in_order(wanted: str, joined: str) -> bool:
    words = iter(joined.split())
    return all(word in words for word in wanted.split())


def _plain(text: str) -> str:
    """Words and signs apart from each other: footnote marks, stops, brackets, case and kinds of dashes do not count."""
    text = re.sub(r"[⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉᶠᵍ*†‡§¶#]+(?=\s|\Z|[,;:)])", "", text.replace("\u00ad", ""))
    text = UNMAPPED.sub(_LOST, text)
    return " ".join(re.findall(rf"{_LOST}|\d+(?:[.,·]\d+)*|[^\W\d_]+|[<>≤≥=±%/]", text.casefold()))
