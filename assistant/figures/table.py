"""The figures as CSV."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from assistant.figures.measure import as_rows


def figures_csv(document: Mapping[str, Any]) -> str:
    """One line a value, with a head. A text that a spreadsheet would take for a formula is kept as text.

    An override's reason has a line of its own, where the document holds it: not for an administrator.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("figure", "of", "measure", "value"))
    for figure, of, measure, value in as_rows(document):
        shown = _text(value) if isinstance(value, str) else value
        writer.writerow((figure, _text(of), measure, "" if shown is None else shown))
    return out.getvalue()


def _text(value: str) -> str:
    return f"'{value}" if value.lstrip()[:1] in {"=", "+", "-", "@"} else value
