"""The picture of a source's page, where its format has one and it can be drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from api.web.language import catalogue
from assistant.retrieval.marked import marks_on_page
from assistant.retrieval.pictures import DRAWN_FORMATS, SCALE
from ingestion.model import Page, Rectangle

PERCENTS = {100: SCALE, 150: 2.4, 250: 4.0}
"""How wide a picture is shown, and how many pixels a point it is drawn with for that."""


@dataclass(frozen=True, slots=True)
class Zoom:
    """A step closer or further: where it leads, what it is called, whether it is the one shown."""

    address: str
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the picture is, how large the page is in points, and what is marked on it."""

    address: str
    label: str
    width: float
    height: float
    rectangles: Sequence[Rectangle]
    percent: int = 100
    """How wide it is shown, of the room that it has."""
    zooms: Sequence[Zoom] = ()
    """Ways to look closer; none where the page has no address for them."""
    suffix: str = ""
    """Tells its anchors from those of other pictures on the same screen."""


def picture_of(
    source_id: str,
    title: str,
    file_format: str,
    shown: Page,
    spans: Sequence[tuple[int, int]],
    language: str,
) -> Picture | None:
    """The picture to show beside the text, or nothing for a format without one."""
    if file_format not in DRAWN_FORMATS or not (shown.width and shown.height):
        return None
    words = catalogue(language)
    return Picture(
        address=f"/sources/{source_id}/pages/{shown.number}.png",
        label=words.gettext("Picture of page %(n)s of %(title)s") % {"n": shown.number, "title": title},
        width=round(shown.width, 1),
        height=round(shown.height, 1),
        rectangles=marks_on_page(shown, spans),
    )


def zoomed(
    picture: Picture, wanted: int, asked: Mapping[str, str], language: str, suffix: str = ""
) -> Picture:
    """The picture as wide as is wanted, with links to the other widths; `asked` is what the address says besides."""
    say = catalogue(language).gettext
    percent = min(PERCENTS, key=lambda known: abs(known - wanted))
    names = {100: say("Whole page"), 150: say("Closer"), 250: say("Closest")}
    kept = {name: value for name, value in asked.items() if value}
    spot = ("marked" if picture.rectangles else "page-picture") + suffix
    zooms = [
        Zoom(f"?{urlencode({**kept, 'zoom': step})}#{spot}", names[step], step == percent)
        for step in PERCENTS
    ]
    return replace(
        picture,
        address=f"{picture.address}?zoom={PERCENTS[percent]}",
        percent=percent,
        zooms=zooms,
        suffix=suffix,
    )
