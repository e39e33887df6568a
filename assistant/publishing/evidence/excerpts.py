"""Every quote of a revision with its place, the words around it and the picture of its page, as far as may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection

from assistant.corpus.loading import load_source
from assistant.corpus.model import RIGHTS, Source
from assistant.retrieval.marked import marks_on_page
from assistant.retrieval.pictures import DRAWN_FORMATS, Drawn
from assistant.retrieval.view import locator_json
from assistant.review.model import Revision
from assistant.store.readings import load_page, reading_row
from guardrails.model import Citation
from ingestion.errors import AncrageError
from ingestion.model import Page, Rectangle

_AROUND = 300
"""Characters of the page on each side of a quote."""


class Draws(Protocol):
    """The part of the pictures that a pack needs."""

    def marked(
        self,
        source: Source,
        shown: Page,
        file_format: str,
        rectangles: Sequence[Rectangle],
        scale: float = 2.0,
    ) -> Drawn:
        """The page as PNG with the rectangles marked."""
        ...


@dataclass(frozen=True, slots=True)
class _Place:
    """A page to draw, and what is marked on it."""

    source: Source
    page: Page
    format: str
    marks: tuple[Rectangle, ...]


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Excerpts as JSON, and the pictures still to be drawn by member name."""

    listed: list[dict[str, Any]]
    places: dict[str, _Place]

    def drawn(self, pictures: Draws) -> dict[str, bytes]:
        """Draw each page once; one that cannot be drawn says so in its excerpts instead."""
        made: dict[str, bytes] = {}
        for name, place in self.places.items():
            try:
                drawn = pictures.marked(place.source, place.page, place.format, place.marks)
            except AncrageError as refusal:
                self._say(name, picture=None, no_picture=f"it could not be drawn: {refusal}")
                continue
            made[name] = drawn.data
            if not drawn.lasts:
                self._say(
                    name,
                    stand_in="a picture made from the slide's words: the slide itself could not be drawn",
                )
        return made

    def _say(self, name: str, **what: str | None) -> None:
        for one in self.listed:
            for part in one["pages"]:
                if part["picture"] == name:
                    part.update(what)


def excerpts_of(connection: Connection, revision: Revision, *, outside: bool) -> Excerpts:
    """The excerpts in reading order; with `outside` they are for people outside the company."""
    reader = _Reader(connection, outside)
    listed = [
        reader.excerpt(segment.id, segment.text, number, cited)
        for segment in revision.document.segments
        for number, cited in enumerate(segment.citations, start=1)
    ]
    return Excerpts(listed, reader.places)


class _Reader:
    """Reads each source and page once."""

    def __init__(self, connection: Connection, outside: bool) -> None:
        self._connection = connection
        self._outside = outside
        self._sources: dict[str, Source] = {}
        self._pages: dict[tuple[str, int], Page] = {}
        self.places: dict[str, _Place] = {}

    def excerpt(self, lineage: str, text: str, number: int, cited: Citation) -> dict[str, Any]:
        source = self._source(cited.source)
        hidden = self._hidden(source)
        return {
            "statement": lineage,
            "text": text,
            "citation": number,
            "source": source.id,
            "title": source.title,
            "reading": cited.reading,
            "locator": locator_json(cited.locator),
            "quote": cited.quote,
            "quote_sha256": cited.quote_sha256,
            "doubtful": cited.doubtful,
            "pages": [
                self._part(source, cited, page, hidden) for page in dict.fromkeys(s.page for s in cited.spans)
            ],
        }

    def _part(self, source: Source, cited: Citation, number: int, hidden: str | None) -> dict[str, Any]:
        """What stands on one page: the span in the page's text, the words around it, the picture or why there is none."""
        page = self._page(cited.reading, number)
        spans = [(span.start, span.end) for span in cited.spans if span.page == number]
        picture, why = (None, hidden) if hidden else self._picture(source, cited.reading, page, spans)
        first, last = min(start for start, _ in spans), max(end for _, end in spans)
        return {
            "page": number,
            "spans": [{"start": start, "end": end, "text": page.text[start:end]} for start, end in spans],
            "before": None if hidden else page.text[max(0, first - _AROUND) : first],
            "after": None if hidden else page.text[last : last + _AROUND],
            "picture": picture,
            "no_picture": why,
        }

    def _hidden(self, source: Source) -> str | None:
        """Why no page of the source may be taken along; a copy that leaves the desk is more than a look at a page."""
        least = "page_picture" if self._outside else "in_house"
        if RIGHTS.index(source.display_right) >= RIGHTS.index(least):
            return None
        return f"its display right is {source.display_right}: its reference and quotations may be shown, not its pages"

    def _picture(
        self, source: Source, reading: str, page: Page, spans: Sequence[tuple[int, int]]
    ) -> tuple[str | None, str | None]:
        form = reading_row(self._connection, reading)["format"]
        if form not in DRAWN_FORMATS or not (page.width and page.height):
            return None, "a document of this kind has no page pictures"
        marks = tuple(marks_on_page(page, spans))
        where = "-".join(f"{start}_{end}" for start, end in spans)
        name = f"pages/{source.id}-p{page.number}-{where}.png"
        self.places[name] = _Place(source, page, form, marks)
        return name, None

    def _source(self, source_id: str) -> Source:
        if source_id not in self._sources:
            self._sources[source_id] = load_source(self._connection, source_id)
        return self._sources[source_id]

    def _page(self, reading: str, number: int) -> Page:
        if (reading, number) not in self._pages:
            self._pages[reading, number] = load_page(self._connection, reading, number)
        return self._pages[reading, number]
