"""The picture of a source's page, where its format has one and it can be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.web import marking
from api.web.language import catalogue
from assistant.bootstrap import App
from assistant.corpus.model import Source
from assistant.errors import NotFound
from ingestion.model import Page, Rectangle

DRAWN_FORMATS = frozenset({"pdf", "pptx"})


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the picture is, how large the page is in points, and what is marked on it."""

    address: str
    label: str
    width: float
    height: float
    rectangles: Sequence[Rectangle]


def picture_of(
    app: App,
    source: Source,
    file_format: str,
    shown: Page,
    spans: Sequence[tuple[int, int]],
    language: str,
) -> Picture | None:
    """The picture to show beside the text, or nothing for a format without one."""
    del app
    if file_format not in DRAWN_FORMATS or not (shown.width and shown.height):
        return None
    words = catalogue(language)
    return Picture(
        address=f"/sources/{source.id}/pages/{shown.number}.png",
        label=words.gettext("Picture of page %(n)s of %(title)s")
        % {"n": shown.number, "title": source.title},
        width=shown.width,
        height=shown.height,
        rectangles=marking.rectangles(shown, spans),
    )


def picture_bytes(app: App, source: Source, number: int) -> bytes:
    """Draw the page in a worker process. Raises NotFound."""
    raise NotFound(f"There is no picture of page {number} of {source.title}.", help="Read its text instead.")
