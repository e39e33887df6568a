"""How a document is laid out for a person: lines, tables, places."""

import textwrap
from typing import Any

WIDTH = 100
WIDEST_CELL = 64


def place(citation: dict[str, Any]) -> str:
    """Say where a quote stands: "page 5", "slide 12", "00:12:40"."""
    locator = citation.get("locator", {})
    if locator.get("page"):
        where = f"page {locator['page']}"
    elif locator.get("slide"):
        where = f"slide {locator['slide']}"
    elif locator.get("start") is not None:
        where = clock_time(float(locator["start"]))
    else:
        where = ""
    section = locator.get("section") or ""
    return ", ".join(part for part in (where, section) if part)


def clock_time(seconds: float) -> str:
    """Write seconds as 00:12:40."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}"


def wrapped(text: str, indent: str = "  ") -> str:
    """Lines of text, indented, each no wider than a page: the entries of a list stay apart."""
    return "\n".join(
        textwrap.fill(line, WIDTH, initial_indent=indent, subsequent_indent=indent)
        for line in text.splitlines() or [""]
    )


def table(rows: list[dict[str, Any]], columns: dict[str, str], empty: str) -> str:
    """Rows below the titles of their columns; `empty` where there is none."""
    if not rows:
        return empty
    cells = [[_clipped(row.get(key)) for key in columns] for row in rows]
    widths = [max(len(title), *(len(row[i]) for row in cells)) for i, title in enumerate(columns.values())]
    lines = ["  ".join(title.ljust(width) for title, width in zip(columns.values(), widths, strict=True))]
    lines += ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    return "\n".join(line.rstrip() for line in lines)


def _clipped(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= WIDEST_CELL else text[: WIDEST_CELL - 1] + "…"
