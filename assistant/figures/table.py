"""The figures as CSV."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from assistant.figures.measure import as_rows


def figures_csv(document: Mapping[str, Any]) -> str:
    """One line a value, with a head. A text that a spreadsheet would take for a formula is kept as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("figure", "of", "measure", "value"))
    for figure, of, measure, value in as_rows(document):
        writer.writerow((figure, _text(of), measure, "" if value is None else value))
    return out.getvalue()


def _text(value: str) -> str:
    return f"'{value}" if value[:1] in {"=", "+", "-", "@"} else value
