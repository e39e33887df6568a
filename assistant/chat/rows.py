"""The row of a label's table that holds the asked value or thing, under the table's first row."""

from collections.abc import Iterator, Sequence

from assistant.chat.bounds import covers, stated
from assistant.engines.protocol import Quote
from assistant.engines.units import Unit, zone_of
from guardrails.model import Evidence

_CELLS = " | "


def rows_that_hold(
    question: str, evidence: Sequence[Evidence], first_order: int, best: str = ""
) -> list[Unit]:
    """One unit for each row whose first cell bounds a measure of the question, and holds each value that is given of it.

    So is the row that is judged `best`, told with the heads of its columns: an interaction, an adverse event of a table.

    Rows of another kind of source than the label are left out: a trial's table gives no dose.
    """
    asked = stated(question)
    if not asked and "\n" not in best:
        return []
    labels = [item for item in evidence if item.source_kind == "label"]
    held = [
        (item, header, row)
        for item in labels
        for header, row in _rows(item)
        if f"{header}\n{row}" == best
        or any(
            covers(f"{header.split(_CELLS)[0]} {row.split(_CELLS)[0]}", measure, values)
            for measure, values in asked.items()
        )
    ]
    unique = dict.fromkeys((item.passage, header, row) for item, header, row in held)
    given = {item.passage: item for item in labels}
    return [
        _unit(given[passage], header, row, first_order + number)
        for number, (passage, header, row) in enumerate(unique)
    ]


def _rows(item: Evidence) -> Iterator[tuple[str, str]]:
    """(first row, row) of a passage that is a table."""
    rows = [sentence.text for sentence in item.sentences if sentence.kind == "row"]
    if len(rows) == len(item.sentences) and rows and _CELLS in rows[0]:
        yield from ((rows[0], row) for row in rows[1:] if _CELLS in row)


def _unit(item: Evidence, header: str, row: str, order: int) -> Unit:
    return Unit(
        text=f"{header}\n{row}",
        kind="row",
        quotes=(Quote(item.passage, header), Quote(item.passage, row)),
        source=item.source,
        source_kind=item.source_kind,
        language=item.language,
        zone=zone_of(item.section, item.heading, item.source_kind),
        section=item.section,
        heading=(item.section[-1] if item.section else item.heading).strip(),
        slide=False,
        order=order,
        special=False,
        doubtful=item.page_quality != "good",
        first_of_section=False,
        abstract=False,
    )
