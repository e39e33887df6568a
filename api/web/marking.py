"""A page's text as blocks to be read, with a quote marked in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingestion.model import Page, Region, Table


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a table, with its runs of text."""

    runs: tuple[tuple[str, bool], ...]
    scope: str
    """Of a head: what it stands over, "col" or "row"; "rowgroup" of a heading between rows. Empty for a value."""
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table to be shown: its rows of cells, none where one above or beside reaches."""

    rows: tuple[tuple[ShownCell, ...], ...]
    caption: str
    doubtful: bool
    continues: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A region of the page: runs of text, each marked or not."""

    layer: str
    runs: tuple[tuple[str, bool], ...]
    first_mark: bool
    """The first marked block of the page."""
    table: ShownTable | None = None
    """Of a table: the same text by rows and columns."""

    @property
    def first_mark_at(self) -> int:
        """Which run is the first marked one; -1 where none is."""
        return next((index for index, (_text, marked) in enumerate(self.runs) if marked), -1)


def runs(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """Cut a text at half-open spans, which may overlap or reach beyond it: the pieces in order, marked or not."""
    inside = [(max(0, start), min(len(text), end)) for start, end in spans]
    edges = sorted({0, len(text), *(edge for span in inside if span[0] < span[1] for edge in span)})
    cut: list[tuple[str, bool]] = []
    for start, end in pairwise(edges):
        marked = any(s <= start and end <= e for s, e in inside if s < e)
        if cut and cut[-1][1] == marked:
            cut[-1] = (cut[-1][0] + text[start:end], marked)
        else:
            cut.append((text[start:end], marked))
    return tuple(cut)


def blocks(page: Page, spans: Sequence[tuple[int, int]] = ()) -> list[Block]:
    """The page's regions in reading order, with the spans (offsets into the page's text) marked.

    Text that no region holds is shown as body, so that nothing that was read is hidden.
    """
    found: list[Block] = []
    seen_mark = False
    for region in _covering(page):
        text = page.text[region.start : region.end]
        if not text.strip():
            continue
        shifted = [(start - region.start, end - region.start) for start, end in spans]
        pieces = runs(text.rstrip(), shifted)
        has_mark = any(marked for _text, marked in pieces)
        table = next((t for t in page.tables if t.start == region.start and t.columns > 1), None)
        shown = shown_table(table, spans) if table else None
        found.append(Block(region.layer, pieces, has_mark and not seen_mark, shown))
        seen_mark = seen_mark or has_mark
    return found


_SCOPES = {"header": "col", "row_head": "row", "group": "rowgroup", "value": ""}


def shown_table(table: Table, spans: Sequence[tuple[int, int]] = ()) -> ShownTable:
    """The table by rows and columns, with the spans (offsets into the page's text) marked in its cells."""
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    taken = {
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    rows: list[tuple[ShownCell, ...]] = []
    for row in range(table.rows):
        shown: list[ShownCell] = []
        for column in range(table.columns):
            cell = cells.get((row, column))
            if cell is not None:
                shifted = [(start - cell.start, end - cell.start) for start, end in spans]
                alone = cell.role == "group" and sum(c.row == row for c in table.cells) == 1
                width = table.columns - column if alone else cell.column_span
                shown.append(ShownCell(runs(cell.text, shifted), _SCOPES[cell.role], cell.row_span, width))
                if alone:
                    break
            elif (row, column) not in taken:
                shown.append(ShownCell((), "", 1, 1))
        rows.append(tuple(shown))
    return ShownTable(tuple(rows), table.caption, table.doubtful, table.continues)


def _covering(page: Page) -> Iterable[Region]:
    at = 0
    for region in sorted(page.regions, key=lambda r: r.start):
        if region.start > at:
            yield Region("body", at, region.start)
        yield region
        at = max(at, region.end)
    if at < len(page.text):
        yield Region("body", at, len(page.text))
