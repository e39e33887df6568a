"""The row of a label's table that holds the asked value or thing, under the table's first row and the line over it."""

import re
from collections.abc import Iterator, Sequence

from assistant.chat.bounds import covers, stated
from assistant.chat.question import concepts
from assistant.chat.wording import flat
from assistant.engines.label_tables import CELLS, Lines, Table, tables_of
from assistant.engines.protocol import Quote
from assistant.engines.units import Unit, unit_of_table
from guardrails.model import Evidence

_MARK = re.compile(r"\(\d\)|[*†‡¹²³]")
"""Of a note below a table."""
_ADULTS = re.compile(r"\badult")


def rows_that_hold(
    question: str, evidence: Sequence[Evidence], first_order: int, best: str = ""
) -> list[Unit]:
    """One unit for each row whose first cell bounds a measure of the question, and holds each value that is given of it.

    So is the row that is judged `best`, told with the heads of its columns: an interaction, an adverse event of a table.

    The line over the table that says for whom it is is told with it, and so is the note below that the row points to. Rows of
    another kind of source than the label are left out: a trial's table gives no dose.
    """
    asked = stated(question)
    if not asked and "\n" not in best:
        return []
    held = {
        (item.passage, row): (table, item)
        for table in tables_of(evidence)
        for item, row in _rows(table)
        if f"{table.header}\n{row}" == best
        or any(
            covers(f"{table.header.split(CELLS)[0]} {row.split(CELLS)[0]}", measure, values)
            for measure, values in asked.items()
        )
    }
    for_adults = bool(_ADULTS.search(flat(question)))
    return [
        pair_of_rows(item, table.header, row, first_order + number, table)
        for number, ((_, row), (table, item)) in enumerate(held.items())
        if not (for_adults and table.of_whom and _for_children(table.of_whom))
    ]


def _for_children(line: Lines) -> bool:
    said = flat(line[1][0].text)
    return bool(concepts()["children"].said.search(said)) and not _ADULTS.search(said)


def _rows(table: Table) -> Iterator[tuple[Evidence, str]]:
    yield from ((item, row.text) for item, row in table.rows if CELLS in row.text)


def _notes(row: str, below: Evidence | None) -> list[Quote]:
    """What the passage below says under the marks of the row."""
    marks = tuple(set(_MARK.findall(row)))
    texts = [sentence.text for sentence in below.sentences] if below and marks else []
    return [Quote(below.passage, text) for text in texts if below and text.startswith(marks)]


def rows_of(item: Evidence) -> Iterator[tuple[str, str]]:
    """(first row, row) of a passage that is a table, of whatever kind of source."""
    rows = [sentence.text for sentence in item.sentences if sentence.kind == "row"]
    if len(rows) == len(item.sentences) and rows and CELLS in rows[0]:
        yield from ((rows[0], row) for row in rows[1:] if CELLS in row)


def pair_of_rows(item: Evidence, header: str, row: str, order: int, table: Table | None = None) -> Unit:
    """The row under its table's first row, as one unit; of a label's `table` with the line over it and the notes that it points to."""
    line = [Quote(table.of_whom[0].passage, table.of_whom[1][0].text)] if table and table.of_whom else []
    own = (Quote(item.passage, header), Quote(item.passage, row))
    quotes = (*line, *own, *_notes(row, table.below if table else None))
    return unit_of_table(quotes, item, order, doubtful=item.page_quality != "good")
