"""What a found passage is shown with: the sentence that opens its list, its table's head, the neighbour that answers."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from assistant.corpus.model import Source
from assistant.people.roles import Actor, Role
from assistant.retrieval.looked import Query
from assistant.retrieval.search import Searcher
from assistant.retrieval.showing import shown_search
from assistant.store.database import Database
from ingestion.index import MemoryIndex
from ingestion.model import Cell, Head, Page, PageSpan, Reading, Region, Sentence, Table
from tests.integration.test_search import CountingEmbedder

AddSource = Callable[..., Source]
FILLER = "It says at some length what has nothing to do with the matter at hand, and goes on so. " * 11
Line = tuple[str, str]


def reading(
    pages: Sequence[Sequence[Line]], tables: Sequence[Table] = (), section: str = "4.4 Warnings"
) -> Reading:
    """A page for each list of (text, kind); one section over all of them."""
    sentences: list[Sentence] = []
    made: list[Page] = []
    for number, lines in enumerate(pages, 1):
        text, regions = "", []
        for line, kind in lines:
            layer = "table" if kind == "row" else "body"
            span = PageSpan(number, len(text), len(text) + len(line))
            sentences.append(Sentence(len(sentences), line, kind, layer, (span,), (section,)))  # type: ignore[arg-type]
            regions.append(Region(layer, span.start, span.end))  # type: ignore[arg-type]
            text += line + "\n"
        made.append(
            Page(number, text, tuple(regions), (), 595.0, 842.0, tables=tuple(tables) if number == 1 else ())
        )
    sha256 = hashlib.sha256(repr(pages).encode()).hexdigest()
    return Reading(sha256, "test", "pdf", tuple(made), tuple(sentences), "Velmora label", "en")


LIST = [
    [("Treatment is stopped in each of these cases:", "sentence"), (FILLER + "One.", "bullet")],
    [(FILLER + "Two.", "bullet"), ("severe hyperkalaemia", "bullet")],
]
SPLIT = [
    [("Hyperkalaemia was reported often. " + FILLER, "sentence")],
    [("In Japan the dose is 5 mg.", "sentence"), ("The dose is 20 mg.", "sentence")],
    [("Elsewhere nothing of it is said. " + FILLER, "sentence")],
]


@pytest.fixture
def searcher(db: Database) -> Searcher:
    index = MemoryIndex()
    on = Searcher(db, CountingEmbedder(), lambda _product: index).settings
    return Searcher(db, CountingEmbedder(), lambda _product: index, settings=on.without("vectors"))


def query(text: str, source: Source, k: int = 1) -> Query:
    return Query(text, source.product_id, "FR", "hcp", "promotional", k=k)


def roles(searcher: Searcher, asked: Query) -> list[tuple[str, str, int]]:
    return [(one.role, one.text, one.page) for one in searcher.search(asked)[0].around]


def test_a_bullet_brings_the_sentence_that_opens_its_list(searcher: Searcher, add_source: AddSource) -> None:
    source = add_source(reading(LIST), language="en")
    hit = searcher.search(query("severe hyperkalaemia", source))[0]
    assert [(one.role, one.text, one.page) for one in hit.around] == [
        ("lead_in", "Treatment is stopped in each of these cases:", 1)
    ]
    assert "Treatment is stopped" not in hit.text  # the passage, and so its quotes, stay exact


def test_a_neighbour_brings_what_the_passage_lacks_of_the_question(
    searcher: Searcher, add_source: AddSource
) -> None:
    source = add_source(reading(SPLIT), language="en")
    found = roles(searcher, query("hyperkalaemia reported often Japan", source))
    assert ("after", "In Japan the dose is 5 mg.", 2) in found


def test_switched_off_it_brings_nothing_and_the_hits_are_the_same(
    searcher: Searcher, add_source: AddSource
) -> None:
    source = add_source(reading(LIST), language="en")
    asked = query("severe hyperkalaemia", source, k=4)
    off = replace(searcher, settings=searcher.settings.without("expansion"))
    assert [hit.passage for hit in off.search(asked)] == [hit.passage for hit in searcher.search(asked)]
    assert not any(hit.around for hit in off.search(asked))
    assert off.look(asked).beside() == {}
    assert searcher.look(query("severe hyperkalaemia", source)).beside()


def test_a_page_that_the_approval_leaves_out_is_not_brought_as_a_neighbour(
    searcher: Searcher, add_source: AddSource
) -> None:
    source = add_source(reading(LIST), language="en", excluded_pages=(1,))
    assert roles(searcher, query("severe hyperkalaemia", source)) == []


def test_rows_without_their_heads_bring_them(searcher: Searcher, add_source: AddSource) -> None:
    rows = [("Hyperkalaemia | 11.8% | 6.1%", "row")]
    cell = Cell(0, 0, 0, 13, "Hyperkalaemia")
    heads = (Head(("Reaction",)), Head(("Velmora",)), Head(("Placebo",)))
    table = Table(0, 28, 1, 3, (cell,), heads, caption="Table 2")
    source = add_source(reading([rows], [table]), language="en")
    assert roles(searcher, query("hyperkalaemia", source)) == [
        ("table_head", "Table 2\nReaction | Velmora | Placebo", 1)
    ]


def test_what_may_only_be_referred_to_is_shown_without_its_surroundings(
    db: Database, searcher: Searcher, add_source: AddSource
) -> None:
    source = add_source(reading(LIST), language="en", display_right="reference_only")
    doctor = Actor("user_d", "A doctor", frozenset({Role.HCP}))
    shown = shown_search(db, doctor, searcher.found(query("severe hyperkalaemia", source)))
    assert (shown["hits"][0]["withheld"], shown["hits"][0]["context"]) == (True, [])
