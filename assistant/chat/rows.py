"""The row of a label's table that holds the asked value or thing, under the table's first row and the line over it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from assistant.chat.bounds import covers, stated
from assistant.chat.question import concepts
from assistant.chat.wording import flat
from assistant.engines.protocol import Quote
from assistant.engines.units import Unit, unit_of_table
from guardrails.model import Evidence
from guardrails.torn import heads_a_dose

CELLS = " | "
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
    labels = [item for item in evidence if item.source_kind == "label"]
    held = [
        (item, header, row)
        for item in labels
        for header, row in rows_of(item)
        if f"{header}\n{row}" == best
        or any(
            covers(f"{header.split(CELLS)[0]} {row.split(CELLS)[0]}", measure, values)
            for measure, values in asked.items()
        )
    ]
    unique = dict.fromkeys((item.passage, header, row) for item, header, row in held)
    given = {item.passage: item for item in labels}
    lines, notes = _lines_over(labels), _texts_below(labels)
    for_adults = bool(_ADULTS.search(flat(question)))
    return [
        pair_of_rows(
            given[passage], header, row, first_order + number, lines.get(passage), notes.get(passage)
        )
        for number, (passage, header, row) in enumerate(unique)
        if not (for_adults and passage in lines and _for_children(lines[passage].text))
    ]


def _lines_over(labels: Sequence[Evidence]) -> Mapping[str, Quote]:
    """By passage, the line at the end of the passage before it that says for whom the doses are: "Children under 50 kg"."""
    return {
        item.passage: Quote(before.passage, line)
        for before, item in _neighbours(labels)
        if heads_a_dose(line := before.sentences[-1].text, item.language)
    }


def _texts_below(labels: Sequence[Evidence]) -> Mapping[str, Evidence]:
    return {item.passage: below for item, below in _neighbours(labels)}


def _neighbours(labels: Sequence[Evidence]) -> Iterator[tuple[Evidence, Evidence]]:
    """Passages that follow each other in a section."""
    for one, other in pairwise(labels):
        if (one.source, one.section) == (other.source, other.section) and one.sentences and other.sentences:
            yield one, other


def _for_children(line: str) -> bool:
    said = flat(line)
    return bool(concepts()["children"].said.search(said)) and not _ADULTS.search(said)


def _notes(row: str, below: Evidence | None) -> list[Quote]:
    """What the passage below says under the marks of the row."""
    marks = set(_MARK.findall(row))
    texts = [sentence.text for sentence in below.sentences] if below else []
    return (
        [Quote(below.passage, text) for text in texts if below and text.startswith(tuple(marks))]
        if marks
        else []
    )


def rows_of(item: Evidence) -> Iterator[tuple[str, str]]:
    """(first row, row) of a passage that is a table."""
    rows = [sentence.text for sentence in item.sentences if sentence.kind == "row"]
    if len(rows) == len(item.sentences) and rows and CELLS in rows[0]:
        yield from ((rows[0], row) for row in rows[1:] if CELLS in row)


def pair_of_rows(
    item: Evidence,
    header: str,
    row: str,
    order: int,
    line: Quote | None = None,
    below: Evidence | None = None,
) -> Unit:
    """The row under its table's first row, as one unit, with the line over them and the notes that it points to."""
    own = (Quote(item.passage, header), Quote(item.passage, row))
    quotes = (*((line,) if line else ()), *own, *_notes(row, below))
    return unit_of_table(quotes, item, order, doubtful=item.page_quality != "good")
