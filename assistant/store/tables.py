"""The tables of a page as stored JSON and back. A reading made before tables were kept has none."""

from collections.abc import Sequence
from typing import Any

from ingestion.model import Cell, Head, PageSpan, Rectangle, Table, TableNote


def tables_to_json(tables: Sequence[Table]) -> list[dict[str, Any]]:
    """Plain values, the cells as lists in the order of `Cell`'s fields; their text is the page's."""
    return [
        {
            "span": [table.start, table.end],
            "size": [table.rows, table.columns],
            "cells": [
                [
                    *(c.row, c.column, c.start, c.end, c.text, c.role, c.row_span, c.column_span),
                    _corners(c.rectangle),
                    list(c.marks),
                ]
                for c in table.cells
            ],
            "heads": [[list(h.texts), [[s.page, s.start, s.end] for s in h.spans]] for h in table.heads],
            "caption": table.caption,
            "notes": [[n.mark, n.text, n.start, n.end] for n in table.notes],
            "rectangle": _corners(table.rectangle),
            "continues": table.continues,
            "reasons": list(table.reasons),
        }
        for table in tables
    ]


def tables_from_json(stored: Sequence[dict[str, Any]] | None) -> tuple[Table, ...]:
    """The tables again."""
    return tuple(_table(row) for row in stored or ())


def doubtful_spans(stored: Sequence[dict[str, Any]] | None) -> list[tuple[int, int]]:
    """Where in the page's text the tables stand whose structure is uncertain."""
    return [(row["span"][0], row["span"][1]) for row in stored or () if row["reasons"]]


def _table(row: dict[str, Any]) -> Table:
    start, end = row["span"]
    rows, columns = row["size"]
    return Table(
        start=start,
        end=end,
        rows=rows,
        columns=columns,
        cells=tuple(_cell(values) for values in row["cells"]),
        heads=tuple(
            Head(tuple(texts), tuple(PageSpan(*span) for span in spans)) for texts, spans in row["heads"]
        ),
        caption=row["caption"],
        notes=tuple(TableNote(*note) for note in row["notes"]),
        rectangle=_rectangle(row["rectangle"]),
        continues=row["continues"],
        reasons=tuple(row["reasons"]),
    )


def _cell(stored: Sequence[Any]) -> Cell:
    row, column, start, end, text, role, down, across, corners, marks = stored
    return Cell(row, column, start, end, text, role, down, across, _rectangle(corners), tuple(marks))


def _corners(rectangle: Rectangle | None) -> list[float] | None:
    return None if rectangle is None else [rectangle.x0, rectangle.y0, rectangle.x1, rectangle.y1]


def _rectangle(corners: Sequence[float] | None) -> Rectangle | None:
    return None if corners is None else Rectangle(*corners)
