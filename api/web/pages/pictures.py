"""The picture of a source's page, where its format has one and it can be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.web.language import catalogue
from assistant.corpus.model import Source
from assistant.retrieval.marked import marks_on_page
from assistant.retrieval.pictures import DRAWN_FORMATS
from ingestion.model import Page, Rectangle


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
        rectangles=marks_on_page(shown, spans),
    )
