"""Lines whose words are set apart by tabs, as an author aligns a small table: they become its rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingestion.formats.office import office_table
from ingestion.tables import GridCell, WrittenTable, is_value

TAB = "\t"
_MARK = re.compile(r"(?:[^\w\s]{1,2}|\(?(?:\d{1,2}(?:\.\d{1,2}){0,4}|[a-zA-Z]|[ivx]{1,4})[.):]?)\Z")
"""What stands before a tab that only sets its text in: a bullet or a number typed by hand."""
_PAIR = 2
_FEWEST_PAIRS = 3


def without_tabs(text: str) -> str:
    """The text with a space for its tabs."""
    return re.sub(rf"{TAB}+", " ", text)


def tables_among(texts: Sequence[str]) -> Iterator[tuple[range, WrittenTable | None]]:
    """The paragraphs in order: those that make a table together, each other one by itself."""
    at = 0
    while at < len(texts):
        end = at
        while end < len(texts) and is_tabbed(texts[end]):
            end += 1
        table = tabbed_table(texts[at:end]) if end > at else None
        if table is not None:
            yield range(at, end), table
        else:
            end = max(end, at + 1)
            yield from ((range(one, one + 1), None) for one in range(at, end))
        at = end


def is_tabbed(text: str) -> bool:
    """Whether each line of a paragraph has tabs between words, and not only behind its mark."""
    return all(len(_cells(line)) >= _PAIR and not _MARK.match(_cells(line)[0]) for line in text.split("\n"))


def tabbed_table(paragraphs: Sequence[str]) -> WrittenTable | None:
    """The table that these paragraphs with tabs are, or None where they are no table.

    Rows of two are one only where the second cells are values. Where the rows have not as many cells each, which head
    stands over which value is not sure.
    """
    lines = [line for text in paragraphs for line in text.split("\n")]
    filled = [_cells(line) for line in lines]
    spaced = [[cell.strip() for cell in line.split(TAB)] for line in lines]
    rows = spaced if _are_even(spaced) and not _are_even(filled) else filled
    widest = max(map(len, filled))
    values = sum(is_value(cell) for row in filled for cell in row[1:])
    if widest == _PAIR:
        if len(rows) < _FEWEST_PAIRS or values < 0.5 * len(rows):
            return None
    elif values < (_PAIR if len(rows) == 1 else 1):
        return None
    cells = [
        GridCell(row, column, cell)
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
        if cell
    ]
    written = office_table(cells, None)
    if written is None or _are_even(rows):
        return written
    return replace(written, table=replace(written.table, reasons=(*written.table.reasons, "ragged")))


def _cells(line: str) -> list[str]:
    return [part.strip() for part in line.split(TAB) if part.strip()]


def _are_even(rows: Sequence[Sequence[str]]) -> bool:
    return len({len(row) for row in rows}) == 1
