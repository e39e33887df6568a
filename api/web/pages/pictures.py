"""The picture of a source's page, where its format has one and it can be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.web.language import catalogue
from assistant.bootstrap import App
from assistant.corpus.model import Source
from assistant.errors import NotFound
from assistant.retrieval.places import rectangles_of
from ingestion.model import Page, PageSpan, Rectangle
from ingestion.render import page_picture
from ingestion.slide_drawing import slide_picture

DRAWN_FORMATS = frozenset({"pdf", "pptx"})
SCALE = 1.6
"""Pixels per point: readable at the width of half a screen."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the picture is, how large the page is in points, and what is marked on it."""

    address: str
    label: str
    width: float
    height: float
    rectangles: Sequence[Rectangle]


def picture_of(
    source: Source, file_format: str, shown: Page, spans: Sequence[tuple[int, int]], language: str
) -> Picture | None:
    """The picture to show beside the text, or nothing for a format without one."""
    if file_format not in DRAWN_FORMATS or not (shown.width and shown.height):
        return None
    words = catalogue(language)
    return Picture(
        address=f"/sources/{source.id}/pages/{shown.number}.png",
        label=words.gettext("Picture of page %(n)s of %(title)s")
        % {"n": shown.number, "title": source.title},
        width=round(shown.width, 1),
        height=round(shown.height, 1),
        rectangles=[
            box for start, end in spans for box in rectangles_of(shown, PageSpan(shown.number, start, end))
        ],
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PNG, and whether it stays: the stand-in for a slide goes once the slide itself is drawn."""

    data: bytes
    lasts: bool = True


def picture_bytes(app: App, source: Source, shown: Page, file_format: str) -> Drawn:
    """Draw the page as PNG in a worker process: hostile files do not meet this one.

    A deck is drawn whole by LibreOffice where that is installed; until it has been, the slide's words stand in for it.
    Raises NotFound for a format without pictures, UnreadableFile or ReaderTimeout where it cannot be drawn.
    """
    if file_format == "pdf":
        path = str(app.originals.open(source.sha256))
        return Drawn(app.pool.run(page_picture, source.file_name, path, shown.number, (), SCALE).result())
    if file_format == "pptx":
        found, lasts = app.slides.picture(source, shown.number, SCALE)
        if found is not None:
            return Drawn(found)
        return Drawn(app.pool.run(slide_picture, source.file_name, shown, (), SCALE).result(), lasts)
    raise NotFound(
        f"There is no picture of page {shown.number} of {source.title}.", help="Read its text instead."
    )
