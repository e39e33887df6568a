"""A clean stand-in for the picture of a slide: its words at their places and in their roles, without its design."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ingestion.model import Box, Cell, Layer, Page, Rectangle, Table
from ingestion.render import bounded_scale, marked, png

_PAPER, _INK, _FAINT = (255, 255, 255), (38, 50, 56), (120, 132, 140)
_ACCENT, _TINT, _LINE = (31, 90, 122), (236, 243, 247), (205, 216, 223)
_PLAIN = str.maketrans("→←↑↓➢✓▪■□❖▲▼", "><^v>v••••^v")
"""Signs that the font lacks."""
_PADDING = 4.0
_SMALLEST = 7
_LARGEST: dict[str, int] = {
    "title": 26,
    "body": 18,
    "caption": 13,
    "table": 12,
    "references": 9,
    "furniture": 9,
}
_ROW = 30.0
_SPACING = 1.28


@dataclass(frozen=True, slots=True)
class _Text:
    """What stands in one rectangle, and as what."""

    rectangle: Rectangle
    text: str
    layer: Layer


def slide_picture(page: Page, rectangles: Sequence[Rectangle], scale: float = 1.5) -> bytes:
    """A PNG of the slide's words, with the rectangles marked."""
    from PIL import Image, ImageDraw

    width, height = page.width or 720.0, page.height or 540.0
    scale = bounded_scale(width, height, scale)
    image = Image.new("RGB", (max(1, int(width * scale)), max(1, int(height * scale))), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, image.width, 5 * scale), fill=_ACCENT)
    tables = [_laid_out(page, table) for table in page.tables]
    for table in tables:
        _grid(draw, table, scale)
    image = marked(image, rectangles, scale)
    draw = ImageDraw.Draw(image)
    texts = [*_texts(page), *(cell for table in tables for cell in _cells(table))]
    common = min((_fitting(t, scale) for t in texts if t.layer == "body"), default=_SMALLEST)
    for item in texts:
        own = _fitting(item, scale)
        _write(draw, item, min(own, max(common, 11)) if item.layer == "body" else own, scale)
    draw.rectangle((0, 0, image.width - 1, image.height - 1), outline=_LINE)
    return png(image)


def _grid(draw: Any, table: Table, scale: float) -> None:
    """The lines between cells, the heads on a tint."""
    for cell in table.cells:
        if cell.rectangle is not None:
            box = tuple(
                value * scale
                for value in (cell.rectangle.x0, cell.rectangle.y0, cell.rectangle.x1, cell.rectangle.y1)
            )
            draw.rectangle(box, fill=_TINT if cell.role == "header" else _PAPER, outline=_LINE)


def _laid_out(page: Page, table: Table) -> Table:
    """The table with a place for each cell: a chart's numbers stand as a table in the chart's frame."""
    if all(cell.rectangle is not None for cell in table.cells):
        return table
    frames = [box.rectangle for box in page.boxes if table.start <= box.start < table.end]
    if not frames:
        return table
    frame = frames[0]
    if sum(box.rectangle == frame for box in page.boxes) > len(
        frames
    ):  # the chart's title stands at its head
        frame = replace(frame, y0=min(frame.y0 + _ROW, frame.y1))
    wide = (frame.x1 - frame.x0) / max(table.columns, 1)
    high = min((frame.y1 - frame.y0) / max(table.rows, 1), _ROW)

    def placed(cell: Cell) -> Cell:
        x, y = frame.x0 + cell.column * wide, frame.y0 + cell.row * high
        place = Rectangle(x, y, x + wide * max(cell.column_span, 1), y + high * max(cell.row_span, 1))
        return replace(cell, rectangle=place)

    return replace(table, cells=tuple(placed(cell) for cell in table.cells))


def _cells(table: Table) -> Iterator[_Text]:
    for cell in table.cells:
        if cell.rectangle is not None:
            yield _Text(cell.rectangle, cell.text.translate(_PLAIN), "table")


def _texts(page: Page) -> Iterator[_Text]:
    """The words of each place, in order; what is not on the slide as it is shown is not drawn."""
    layers = [(region.start, region.end, region.layer) for region in page.regions]
    found: dict[tuple[Rectangle, Layer], list[str]] = {}
    for box in page.boxes:
        layer: Layer = next((name for start, end, name in layers if start <= box.start < end), "body")
        if layer in {"notes", "comment", "table"}:
            continue
        found.setdefault((box.rectangle, layer), []).append(_words(page, box))
    for (rectangle, layer), lines in found.items():
        yield _Text(rectangle, "\n".join(lines), layer)


def _words(page: Page, box: Box) -> str:
    return page.text[box.start : box.end].translate(_PLAIN)


def _fitting(item: _Text, scale: float) -> int:
    """The largest size of type in which the text fits its place."""
    height = (item.rectangle.y1 - item.rectangle.y0) * scale
    largest = _LARGEST.get(item.layer, 14)
    for size in range(largest, _SMALLEST, -1):
        if _height(item, size, scale) <= height:
            return size
    return _SMALLEST


def _height(item: _Text, size: int, scale: float) -> float:
    lines = _wrapped(item, size, scale)
    return len(lines) * size * _SPACING * scale


def _wrapped(item: _Text, size: int, scale: float) -> list[str]:
    font = _font(_face(item.layer), int(size * scale))
    room = (item.rectangle.x1 - item.rectangle.x0 - 2 * _PADDING) * scale
    lines: list[str] = []
    for paragraph in item.text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and font.getlength(longer) > room:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def _write(draw: Any, item: _Text, size: int, scale: float) -> None:
    x, y = (item.rectangle.x0 + _PADDING) * scale, item.rectangle.y0 * scale
    lines = _wrapped(item, size, scale)
    if item.layer in {"title", "table"}:  # in the middle of their height, as most designs have them
        y += (
            max(0.0, (item.rectangle.y1 - item.rectangle.y0) * scale - len(lines) * size * _SPACING * scale)
            / 2
        )
    ink = (
        _ACCENT
        if item.layer == "title"
        else _FAINT
        if item.layer in {"references", "furniture", "alt"}
        else _INK
    )
    if item.layer == "alt":
        frame = tuple(
            v * scale for v in (item.rectangle.x0, item.rectangle.y0, item.rectangle.x1, item.rectangle.y1)
        )
        draw.rectangle(frame, outline=_LINE)
    for line in lines:
        draw.text((x, y), line, font=_font(_face(item.layer), int(size * scale)), fill=ink)
        y += size * _SPACING * scale


def _face(layer: Layer) -> str:
    return {"title": "VeraBd", "alt": "VeraIt", "caption": "VeraIt"}.get(layer, "Vera")


@cache
def _font(face: str, size: int) -> Any:
    """A font with accents that ships with a dependency."""
    import reportlab
    from PIL import ImageFont

    return ImageFont.truetype(str(Path(reportlab.__path__[0]) / "fonts" / f"{face}.ttf"), max(4, size))
