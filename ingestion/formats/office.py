"""What slides and text documents of Office Open XML have in common: names, runs, tables, charts."""

import math
import re
from typing import Any

from ingestion.errors import IngestionError
from ingestion.formats.archive import Archive
from ingestion.formats.office_math import M, formula
from ingestion.model import Rectangle
from ingestion.symbol_font import from_private, is_symbol_font, signs_of
from ingestion.tables import GridCell, WrittenTable, give_roles, write_table
from ingestion.text import name_symbols, raise_text

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_FORMULA = "{http://schemas.microsoft.com/office/drawing/2010/main}m"
_FURNITURE_FIELDS = ("slidenum", "datetime")
_EMU = 12_700
"""English metric units per point."""
_MAX_ROWS = 500
_WRITTEN = re.compile(r'"[^"]*"|\\.')
"""What a number format writes as it stands: in quotes, or the sign after a backslash."""
_YES = {"1", "true"}


def attribute(value: str | None, default: float = 0.0) -> float:
    """A number in an attribute; the default where there is none or it is no number."""
    try:
        number = float(value) if value is not None else default
    except ValueError:
        return default
    return number if math.isfinite(number) else default


def runs_text(paragraph: Any, *, tabs: bool = False) -> str:
    """The words of a DrawingML paragraph: raised digits as superscripts, line breaks as line breaks, nothing
    that is struck through, one space between; with `tabs` those between words are kept.
    """
    texts: list[str] = []
    for item in paragraph:
        if item.tag == f"{A}br":
            texts.append("\n")
            continue
        if item.tag in {_FORMULA, f"{MC}AlternateContent"}:
            texts.extend(formula(part) for part in item.iter(f"{M}oMath"))
            continue
        if item.tag not in {f"{A}r", f"{A}fld"} or (item.get("type") or "").startswith(_FURNITURE_FIELDS):
            continue
        text = "".join(part.text or "" for part in item.iter(f"{A}t"))
        properties = item.find(f"{A}rPr")
        if is_struck(properties):
            continue
        if properties is not None:
            text = _in_its_font(text, properties)
            text = raise_text(text) if attribute(properties.get("baseline")) > 0 else text
        texts.append(text)
    return tidy("".join(texts), tabs=tabs)


def is_struck(properties: Any) -> bool:
    """Whether a run is struck through: its author took it out."""
    return properties is not None and properties.get("strike") in {"sngStrike", "dblStrike"}


def _in_its_font(text: str, properties: Any) -> str:
    """What a run shows where its font is Symbol: the letter "m" of it is µ."""
    used = properties.find(f"{A}latin"), properties.find(f"{A}sym")
    letters, signs = (item is not None and is_symbol_font(item.get("typeface") or "") for item in used)
    return signs_of(text) if letters else from_private(text) if signs else text


def tidy(text: str, *, tabs: bool = False) -> str:
    """Single spaces, no white space at the ends of lines, no empty line; with `tabs` those between words are kept."""
    lines = re.split(r"[\n\v\r]", name_symbols(text))
    kept = (
        ("\t" if tabs else " ").join(" ".join(part.split()) for part in line.split("\t")) for line in lines
    )
    return "\n".join(line for line in (_stripped(line, tabs=tabs) for line in kept) if line)


def _stripped(line: str, *, tabs: bool) -> str:
    return line.strip() if tabs else " ".join(line.split())


def drawn_table(table: Any, frame: Rectangle | None = None) -> WrittenTable | None:
    """A DrawingML table with its merged cells, at their places in its frame; None where it says nothing."""
    across_at, down_at = _edges(table, frame)
    cells: list[GridCell] = []
    for row, item in enumerate(table.iter(f"{A}tr")):
        for column, cell in enumerate(item.iter(f"{A}tc")):
            if cell.get("hMerge") in _YES or cell.get("vMerge") in _YES:
                continue
            text = " ".join(filter(None, (runs_text(p).replace("\n", " ") for p in cell.iter(f"{A}p"))))
            if text:
                down, across = (max(1, int(attribute(cell.get(n), 1))) for n in ("rowSpan", "gridSpan"))
                place = _place(across_at, down_at, (row, column), (down, across))
                boxes = [(0, len(text), place)] if place else []
                cells.append(GridCell(row, column, text, boxes, down, across))
    properties = table.find(f"{A}tblPr")
    said = properties is not None and properties.get("firstRow") in _YES
    return office_table(cells, 1 if said else None)


def _edges(table: Any, frame: Rectangle | None) -> tuple[list[float], list[float]]:
    """Where columns and rows begin and end, in points: as they say themselves, for a frame is often of another size."""
    if frame is None:
        return [], []
    widths = [attribute(item.get("w")) for item in table.iter(f"{A}gridCol")]
    heights = [attribute(item.get("h")) for item in table.iter(f"{A}tr")]
    return _laid_out(widths, frame.x0), _laid_out(heights, frame.y0)


def _laid_out(sizes: list[float], start: float) -> list[float]:
    if not sizes or min(sizes) <= 0:
        return []
    edges = [start]
    for size in sizes:
        edges.append(edges[-1] + size / _EMU)
    return edges


def _place(
    across: list[float], down: list[float], at: tuple[int, int], span: tuple[int, int]
) -> Rectangle | None:
    row, column = at
    last_row, last_column = min(row + span[0], len(down) - 1), min(column + span[1], len(across) - 1)
    if row >= last_row or column >= last_column:
        return None
    return Rectangle(*(round(v, 1) for v in (across[column], down[row], across[last_column], down[last_row])))


def office_table(cells: list[GridCell], header_rows: int | None, caption: str = "") -> WrittenTable | None:
    """The table of these cells. Headers that span columns have those under them as headers too."""
    if not cells:
        return None
    if header_rows:
        spanning = [c for c in cells if c.row < header_rows and c.column_span > 1 and c.column > 0]
        header_rows = max(
            header_rows,
            header_rows + 1 if spanning else 0,
            *(c.row + c.row_span for c in cells if c.row < header_rows),
        )
    reasons = give_roles(cells, header_rows)
    return write_table(cells, reasons, caption)


def chart_table(root: Any) -> tuple[str, WrittenTable | None]:
    """A chart's title, and its numbers as a table: a row of series names, then one row per category."""
    title = root.find(f"{C}chart/{C}title")
    caption = " ".join(filter(None, (runs_text(p) for p in title.iter(f"{A}p")))) if title is not None else ""
    cells: list[GridCell] = []
    columns: list[dict[int, str]] = []
    categories: dict[int, str] = {}
    for series in root.iter(f"{C}ser"):
        columns.append(_points(series.find(f"{C}val")) or _points(series.find(f"{C}yVal")))
        name = " ".join(_points(series.find(f"{C}tx")).values()) or f"{len(columns)}"
        cells.append(GridCell(0, len(columns), name, role="header"))
        for tag in ("cat", "xVal"):
            categories = categories or _points(series.find(f"{C}{tag}"))
    indices = sorted({index for column in columns for index in column} | set(categories))
    if not indices or not columns:
        return caption, None
    for row, index in enumerate(indices[:_MAX_ROWS], start=1):
        cells.append(GridCell(row, 0, categories.get(index, str(index + 1)), role="row_head"))
        cells.extend(
            GridCell(row, at, column[index])
            for at, column in enumerate(columns, start=1)
            if column.get(index)
        )
    return caption, write_table(cells, (), caption)


def _points(source: Any) -> dict[int, str]:
    """The cached values of a reference or literal, by index."""
    if source is None:
        return {}
    code = next((item.text or "" for item in source.iter(f"{C}formatCode")), "")
    is_number = next(source.iter(f"{C}numCache", f"{C}numLit"), None) is not None
    points: dict[int, str] = {}
    for point in source.iter(f"{C}pt"):
        value = point.find(f"{C}v")
        if value is not None and value.text:
            text = tidy(value.text).replace("\n", " ")
            points[int(attribute(point.get("idx")))] = _shown(text, code) if is_number else text
    return points


def _shown(text: str, code: str) -> str:
    """A number as the chart's format shows it: per cent where it says so, else without the noise of binary floats.

    A sign of its own makes a hundred of one; in quotes or after a backslash it is only written behind the number.
    """
    try:
        number = float(text)
    except ValueError:
        return text
    if not math.isfinite(number):
        return text
    shape = code.partition(";")[0]
    of_one = "%" in _WRITTEN.sub("", shape)
    if of_one or "%" in shape:
        decimals = len(re.sub(r"[^0#]", "", shape.partition(".")[2]))
        return f"{100 * number if of_one else number:.{decimals}f}%"
    return f"{number:.12g}"


def properties(archive: Archive) -> tuple[str | None, dict[str, str]]:
    """The title and what else the file says of itself."""
    try:
        root = archive.xml("docProps/core.xml")
    except (KeyError, IngestionError):
        return None, {}
    found = {
        str(item.tag).rsplit("}", 1)[-1].lower(): item.text.strip()[:500]
        for item in root
        if item.text and item.text.strip()
    }
    kept = {"title", "creator", "created", "modified"}
    return found.get("title"), {name: value for name, value in found.items() if name in kept}
