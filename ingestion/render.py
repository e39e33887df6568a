"""Pictures of pages with the quoted words marked: what a reviewer looks at beside a statement.

PDFium and Pillow meet the file here, so these functions run in a worker: `pool.run(page_picture, name, path, …)`.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from ingestion.errors import UnreadableFile
from ingestion.model import Page, Rectangle

MAX_PIXELS = 12_000_000
"""Of a picture; a page that is larger at the asked scale is drawn smaller."""
_MARK = (255, 214, 0, 96)
_PAPER, _INK, _FRAME = (255, 255, 255), (33, 37, 41), (206, 212, 218)
_PLAIN = str.maketrans("→←↑↓➢✓▪■□❖▲▼", "><^v>v••••^v")
"""Signs that the font lacks."""
_MARGIN = 2.0
_SMALLEST_FONT, _LARGEST_FONT = 7, 28


def page_picture(path: str, page: int, rectangles: Sequence[Rectangle], scale: float = 2.0) -> bytes:
    """A PNG of a PDF's page (counted from 1), `scale` pixels per point, with the rectangles marked.

    Raises UnreadableFile if the file or the page cannot be drawn.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        try:
            leaf = document[page - 1]
            width, height = leaf.get_size()
            bounded = _bounded(width, height, scale)
            image = leaf.render(scale=bounded).to_pil().convert("RGB")
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise UnreadableFile(
            f"Page {page} cannot be drawn: {error}",
            help="Read its text instead.",
            page=page,
        ) from error
    return _png(_marked(image, rectangles, bounded))


def slide_picture(page: Page, rectangles: Sequence[Rectangle], scale: float = 1.5) -> bytes:
    """A PNG stand-in for a slide: its words at their places, without its design, with the rectangles marked."""
    from PIL import Image, ImageDraw

    width, height = page.width or 720.0, page.height or 540.0
    scale = _bounded(width, height, scale)
    image = Image.new("RGB", (max(1, int(width * scale)), max(1, int(height * scale))), _PAPER)
    image = _marked(image, rectangles, scale)
    draw = ImageDraw.Draw(image)
    for rectangle, text in _texts(page):
        _write(draw, rectangle, text, scale)
    draw.rectangle((0, 0, image.width - 1, image.height - 1), outline=_FRAME)
    return _png(image)


def _bounded(width: float, height: float, scale: float) -> float:
    pixels = max(width * height, 1.0) * scale * scale
    return scale if pixels <= MAX_PIXELS else scale * (MAX_PIXELS / pixels) ** 0.5


def _marked(image: Any, rectangles: Sequence[Rectangle], scale: float) -> Any:
    """Lay a translucent mark over each rectangle."""
    from PIL import Image, ImageDraw

    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for box in rectangles:
        draw.rectangle(
            (
                (box.x0 - _MARGIN) * scale,
                (box.y0 - _MARGIN / 2) * scale,
                (box.x1 + _MARGIN) * scale,
                (box.y1 + _MARGIN / 2) * scale,
            ),
            fill=_MARK,
        )
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def _texts(page: Page) -> list[tuple[Rectangle, str]]:
    """The words of each shape, in order."""
    shapes: dict[Rectangle, list[str]] = {}
    for box in page.boxes:
        shapes.setdefault(box.rectangle, []).append(page.text[box.start : box.end].translate(_PLAIN))
    return [(rectangle, "\n".join(lines)) for rectangle, lines in shapes.items()]


def _write(draw: Any, rectangle: Rectangle, text: str, scale: float) -> None:
    """Write text into a shape in the largest font that fits, the smallest if none does."""
    width, height = (rectangle.x1 - rectangle.x0) * scale, (rectangle.y1 - rectangle.y0) * scale
    for points in range(_LARGEST_FONT, _SMALLEST_FONT - 1, -1):
        font = _font(points * scale)
        wrapped = _wrap(text, font, width)
        box = draw.multiline_textbbox((0, 0), wrapped, font=font)
        if box[3] <= height or points == _SMALLEST_FONT:
            draw.multiline_text((rectangle.x0 * scale, rectangle.y0 * scale), wrapped, font=font, fill=_INK)
            return


def _font(size: float) -> Any:
    """A font with accents that ships with a dependency."""
    import reportlab
    from PIL import ImageFont

    return ImageFont.truetype(str(Path(reportlab.__path__[0]) / "fonts" / "Vera.ttf"), max(4, int(size)))


def _wrap(text: str, font: Any, width: float) -> str:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and font.getlength(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return "\n".join(lines)


def _png(image: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
