"""Where a passage or a quote stands on a page, also where the quote runs over columns and pages."""

from collections.abc import Sequence

from sqlalchemy import Connection

from assistant.corpus.model import Source
from assistant.retrieval.places import rectangles_of
from assistant.store.readings import StoredPassage, load_passages, passages_of
from guardrails.model import locate
from ingestion.model import Page, PageSpan, PassagePart, Rectangle
from ingestion.text import find_quote


def spans_on_page(
    connection: Connection, source: Source, page: Page, passage: str = "", quote: str = ""
) -> list[tuple[int, int]]:
    """Offsets into the page's text: of the part of the quote that stands there, else of the passage's.

    A quote is looked for in the passage that is named, then on the page as it reads, then in all passages, one and
    across the border of two; what is not found exactly is not marked.
    """
    stored = load_passages(connection, [passage]).get(passage) if passage else None
    if stored is not None and stored.reading_id != source.reading_id:
        stored = None
    if quote:
        for spans in (
            _in_passages([stored] if stored else [], quote),
            _as_it_reads(page, quote),
            _in_passages(passages_of(connection, source.reading_id), quote),
        ):
            here = [(span.start, span.end) for span in spans if span.page == page.number]
            if here:
                return here
    if stored is None:
        return []
    parts = stored.passage.parts
    return [(part.span.start, part.span.end) for part in parts if part.span.page == page.number]


def marks_on_page(page: Page, spans: Sequence[tuple[int, int]]) -> list[Rectangle]:
    """The rectangles of the spans, one a line."""
    return [box for start, end in spans for box in rectangles_of(page, PageSpan(page.number, start, end))]


def _as_it_reads(page: Page, quote: str) -> Sequence[PageSpan]:
    found = find_quote(quote, page.text)
    return [] if found is None else [PageSpan(page.number, *found)]


def _in_passages(stored: Sequence[StoredPassage], quote: str) -> Sequence[PageSpan]:
    """Where the quote stands in one passage or runs over into the next one."""
    before: tuple[str, tuple[PassagePart, ...]] = ("", ())
    for one in stored:
        text, parts = one.passage.text, one.passage.parts
        if (found := find_quote(quote, text)) is not None:
            return locate(*found, parts)
        joined = f"{before[0]} {text}"
        if before[0] and quote[:8] in before[0] and (found := find_quote(quote, joined)) is not None:
            shift = len(before[0]) + 1
            return locate(*found, (*before[1], *(PassagePart(p.at + shift, p.span) for p in parts)))
        before = (text, parts)
    return []
