"""How an answered statement is laid out: the rows of a table as a table, and each place that it quotes once."""

from collections.abc import Mapping, Sequence
from typing import Any

from ingestion.tables import BAR


def rows_of(text: str) -> list[list[str]]:
    """The cells of each line, where every line is a row of one table, the heads first; nothing else is a table."""
    rows = [line.split(BAR) for line in text.splitlines()]
    columns = {len(row) for row in rows}
    return rows if len(rows) > 1 and len(columns) == 1 and columns != {1} else []


def places(citations: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The citations, those of one place as one: a row and its heads are two quotes, and one line says where both stand.

    Where both are on one page, the picture that is kept marks the last of them, which is the row.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for citation in citations:
        place = citation["source"], str(sorted(citation["locator"].items()))
        before = found[place]["pictures"] if place in found else []
        pictures = {one["page"]: one for one in (*before, *citation["pictures"])}
        found[place] = {**citation, "pictures": [pictures[page] for page in sorted(pictures)]}
    return list(found.values())
