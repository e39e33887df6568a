"""The figures, for a person to read."""

from typing import Any

from api.cli.show.layout import table

_COLUMNS = {"figure": "FIGURE", "of": "OF", "measure": "MEASURE", "value": "VALUE"}


def figures_text(document: dict[str, Any]) -> str:
    """One line a value, as in the CSV; what could not be counted stays empty."""
    from assistant.figures.measure import as_rows  # slow to load, and seldom wanted

    rows = [
        {"figure": figure, "of": of, "measure": measure.replace("_", " "), "value": value}
        for figure, of, measure, value in as_rows(document["figures"])
    ]
    lines = [table(rows, _COLUMNS, "Nothing is counted yet.")]
    if document.get("file"):
        lines.append(f"Written to {document['file']}")
    return "\n".join(lines)
