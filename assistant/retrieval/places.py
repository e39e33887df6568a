"""Where a quote stands on its page: line rectangles and the page, slide or second, computed from the reading."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from assistant.retrieval.footnotes import cited_references
from assistant.retrieval.row_header import header_of
from assistant.store.readings import load_page
from guardrails.model import Citation, Locator
from ingestion.model import Box, Page, PageSpan, Rectangle

_SAME_LINE = 0.5
"""Two boxes are on one line when they share at least this part of the lower one's height."""
_WIDE_GAP = 4.0
"""A gap of more than this many line heights begins a new rectangle: another column or another cell."""


def rectangles_of(page: Page, span: PageSpan) -> tuple[Rectangle, ...]:
    """Merge the boxes under the span into one rectangle a line, in reading order. No boxes, no rectangles."""
    return lines_of(page.boxes, span)


def lines_of(boxes: Iterable[Box], span: PageSpan) -> tuple[Rectangle, ...]:
    """As `rectangles_of`, of the page's boxes alone."""
    lines: list[Rectangle] = []
    for box in _boxes_under(boxes, span):
        if lines and _continues(lines[-1], box.rectangle):
            lines[-1] = _union(lines[-1], box.rectangle)
        else:
            lines.append(box.rectangle)
    return tuple(dict.fromkeys(lines))


def placed(connection: Connection, citation: Citation) -> Citation:
    """The citation with its rectangles, and its locator narrowed from the passage to the quote's own page or turn."""
    pages = {
        number: load_page(connection, citation.reading, number)
        for number in dict.fromkeys(span.page for span in citation.spans)
    }

    def page_at(number: int) -> Page:
        if number not in held:
            held[number] = load_page(connection, citation.reading, number)
        return held[number]

    held = dict(pages)
    rectangles = tuple(
        (span.page, rectangle)
        for span in citation.spans
        for rectangle in rectangles_of(pages[span.page], PageSpan(span.page, span.start, span.end))
    )
    return replace(
        citation,
        rectangles=rectangles,
        locator=_narrowed(citation.locator, list(pages.values())),
        doubtful=any(page.quality != "good" for page in pages.values())
        or any(_in_doubtful_table(pages[span.page], span.start, span.end) for span in citation.spans),
        header=header_of(citation, page_at),
        references=cited_references(connection, citation, pages.values()) if citation.locator.slide else (),
    )


def _in_doubtful_table(page: Page, start: int, end: int) -> bool:
    return any(table.doubtful and table.start < end and start < table.end for table in page.tables)


def _narrowed(locator: Locator, pages: list[Page]) -> Locator:
    if not pages:
        return locator
    if pages[0].starts is not None:
        return replace(locator, start=pages[0].starts, end=pages[-1].ends)
    if locator.slide is not None:
        return replace(locator, slide=pages[0].number)
    if locator.page is not None:
        return replace(locator, page=pages[0].number)
    return locator


def _boxes_under(boxes: Iterable[Box], span: PageSpan) -> list[Box]:
    return sorted(
        (box for box in boxes if box.start < span.end and box.end > span.start), key=lambda box: box.start
    )


def _continues(line: Rectangle, box: Rectangle) -> bool:
    shared = min(line.y1, box.y1) - max(line.y0, box.y0)
    height = min(line.y1 - line.y0, box.y1 - box.y0)
    forward = line.x0 <= box.x0 <= line.x1 + _WIDE_GAP * max(height, 1.0)
    return forward and shared >= _SAME_LINE * height


def _union(one: Rectangle, other: Rectangle) -> Rectangle:
    return Rectangle(
        min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1)
    )
