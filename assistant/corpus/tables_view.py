"""A table as the command line and the API show it."""

from typing import Any

from ingestion.model import Cell, Table
from ingestion.tables import as_sentence, row_path


def table_json(page: int, table: Table) -> dict[str, Any]:
    """The table with its cells; `rows` says each row in words, with nothing where that would be a guess."""
    sentences = ((row, as_sentence(table, row)) for row in range(table.rows))
    return {
        "page": page,
        "start": table.start,
        "end": table.end,
        "caption": table.caption,
        "columns": [list(head.texts) for head in table.heads],
        "rows": [
            {"row": row, "label": [cell.text for cell in row_path(table, row)], "sentence": sentence}
            for row, sentence in sentences
            if sentence
        ],
        "cells": [_cell(cell) for cell in table.cells],
        "notes": [{"mark": note.mark, "text": note.text} for note in table.notes],
        "continues": table.continues,
        "doubtful": table.doubtful,
        "reasons": list(table.reasons),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    box = cell.rectangle
    return {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "role": cell.role,
        "text": cell.text,
        "start": cell.start,
        "end": cell.end,
        "rectangle": None if box is None else [box.x0, box.y0, box.x1, box.y1],
        "notes": list(cell.marks),
    }
