"""Pictures of pages with the quoted words marked: what a reviewer looks at beside a statement.

PDFium and Pillow meet the file here, so these functions run in a worker: `pool.run(page_picture, name, path, …)`.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from ingestion.errors import UnreadableFile
from ingestion.model import Rectangle

MAX_PIXELS = 12_000_000
"""Of a picture; a page that is larger at the asked scale is drawn smaller."""
_MARK = (255, 214, 0, 96)
_MARGIN = 2.0
_EFFORT = 3
"""Of 9. The usual 6 takes 1.7 times as long and saves a sixth of the bytes."""


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
            bounded = bounded_scale(width, height, scale)
            image = leaf.render(scale=bounded).to_pil().convert("RGB")
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise UnreadableFile(
            f"Page {page} cannot be drawn: {error}",
            help="Read its text instead.",
            page=page,
        ) from error
    return png(marked(image, rectangles, bounded))


def mark_picture(picture: bytes, rectangles: Sequence[Rectangle], width: float) -> bytes:
    """A PNG made here, of a page `width` points wide, with the rectangles marked over it."""
    from PIL import Image

    image = Image.open(BytesIO(picture)).convert("RGB")
    return png(marked(image, rectangles, image.width / width))


def bounded_scale(width: float, height: float, scale: float) -> float:
    """The scale, or a smaller one where the picture would be too large."""
    pixels = max(width * height, 1.0) * scale * scale
    return scale if pixels <= MAX_PIXELS else scale * (MAX_PIXELS / pixels) ** 0.5


def marked(image: Any, rectangles: Sequence[Rectangle], scale: float) -> Any:
    """Lay a translucent mark over each rectangle."""
    if not rectangles:
        return image
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


def png(image: Any) -> bytes:
    """The bytes of a PNG: one grey value a pixel where the page has no colour, which a third of the time writes."""
    buffer = BytesIO()
    (_grey(image) or image).save(buffer, "PNG", compress_level=_EFFORT)
    return buffer.getvalue()


def _grey(image: Any) -> Any:
    """The same pixels without colour; None where there is any."""
    from PIL import ImageChops

    red, green, blue = image.split()
    if ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox():
        return None
    return red


def warm_up() -> None:
    """Load what draws, so that the first picture does not wait for it."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    try:
        png(document.new_page(10, 10).render(scale=1.0).to_pil().convert("RGB"))
    finally:
        document.close()
