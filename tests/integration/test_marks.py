"""Where a quote is marked: on its lines, in both columns, on both of its pages."""

from collections.abc import Callable

import pytest

from assistant.corpus.model import Source
from assistant.retrieval.marked import marks_on_page, spans_on_page
from assistant.store.database import Database
from assistant.store.readings import load_page
from ingestion.model import Box, Page, PageSpan, Reading, Rectangle, Region, Sentence

FIRST, SECOND = "The dose is 10 mg once", "daily for all adults."
WHOLE = f"{FIRST} {SECOND}"


def words(text: str, x: float, y: float) -> tuple[Box, ...]:
    """A box a word, on one line."""
    boxes, at = [], 0
    for word in text.split(" "):
        boxes.append(Box(at, at + len(word), Rectangle(x + 5 * at, y, x + 5 * (at + len(word)), y + 10)))
        at += len(word) + 1
    return tuple(boxes)


@pytest.fixture
def source(add_source: Callable[..., Source]) -> Source:
    """A sentence that begins at the foot of page 1 and ends at the head of page 2."""
    pages = tuple(
        Page(n, text, (Region("body", 0, len(text)),), words(text, 50, y), 595.0, 842.0)
        for n, text, y in ((1, FIRST, 800), (2, SECOND, 40))
    )
    parts = (PageSpan(1, 0, len(FIRST)), PageSpan(2, 0, len(SECOND)))
    sentence = Sentence(0, WHOLE, "sentence", "body", parts, ("4.2 Posology",))
    return add_source(Reading("e" * 64, "test-1", "pdf", pages, (sentence,), "Label", "en"))


@pytest.mark.parametrize(("number", "text"), [(1, FIRST), (2, SECOND)])
def test_a_quote_over_two_pages_is_marked_on_each(
    db: Database, source: Source, number: int, text: str
) -> None:
    with db.read() as connection:
        page = load_page(connection, source.reading_id, number)
        spans = spans_on_page(connection, source, page, quote=WHOLE)
    assert [page.text[start:end] for start, end in spans] == [text]
    (mark,) = marks_on_page(page, spans)
    assert (mark.x0, mark.x1) == (50, 50 + 5 * len(text))


def test_a_part_of_the_quote_is_marked_where_it_stands(db: Database, source: Source) -> None:
    with db.read() as connection:
        page = load_page(connection, source.reading_id, 1)
        spans = spans_on_page(connection, source, page, quote="10 mg once daily")
    assert [page.text[start:end] for start, end in spans] == ["10 mg once"]


def test_words_that_do_not_stand_there_are_not_marked(db: Database, source: Source) -> None:
    with db.read() as connection:
        page = load_page(connection, source.reading_id, 1)
        assert spans_on_page(connection, source, page, quote="The dose is 20 mg") == []
