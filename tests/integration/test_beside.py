"""What stands next to the cited passages of a piece is found however many it cites."""

from collections.abc import Callable

from assistant.corpus.model import Source
from assistant.retrieval.beside import beside_in
from assistant.retrieval.evidence import all_evidence
from assistant.retrieval.wholes import wholes_of
from assistant.store.database import Database
from ingestion.model import Page, PageSpan, Reading, Region, Sentence

CITED = 1500
"""More than the windows that SQLite takes in one statement."""
FILLER = "It says at some length what has nothing to do with the matter at hand, and goes on so. " * 11


def long_reading() -> Reading:
    """A page for each passage; every two of them are a section."""
    texts = [f"Sentence {number} stands alone. {FILLER}".rstrip() for number in range(CITED)]
    sentences = tuple(
        Sentence(n, text, "sentence", "body", (PageSpan(n + 1, 0, len(text)),), (f"{n // 2} Part {n // 2}",))
        for n, text in enumerate(texts)
    )
    pages = tuple(
        Page(n + 1, text, (Region("body", 0, len(text)),), (), 595.0, 842.0) for n, text in enumerate(texts)
    )
    return Reading("b" * 64, "test", "pdf", pages, sentences, "Velmora label", "en")


def test_a_piece_that_cites_fifteen_hundred_passages(db: Database, add_source: Callable[..., Source]) -> None:
    source = add_source(long_reading(), language="en", indexed=False)
    with db.read() as connection:
        cited = list(all_evidence(connection, [source.id]))
        near = beside_in(connection, cited)
        alone = beside_in(connection, cited[700:701])
    assert len(cited) == CITED
    assert len(near) == CITED
    assert near[cited[700].passage] == alone[cited[700].passage]
    assert [one.passage for one in near[cited[700].passage].after] == [cited[701].passage]
    assert [one.passage for one in near[cited[701].passage].before] == [cited[700].passage]


def test_all_of_a_source_is_given_but_what_its_approval_leaves_out(
    db: Database, add_source: Callable[..., Source]
) -> None:
    source = add_source(long_reading(), language="en", indexed=False, excluded_pages=(2,))
    with db.read() as connection:
        whole = wholes_of(connection, [source.id])[source.id]
        usable = list(all_evidence(connection, [source.id]))
    assert len(whole) == CITED - 1
    assert [one.text for one in whole] == [one.text for one in usable]
