"""Search by words, alike in both databases."""

import importlib
import math
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, update

from assistant.corpus.model import Source
from assistant.retrieval.evidence import citable_sources
from assistant.retrieval.extent import Extents
from assistant.retrieval.words import carried, score_words
from assistant.store import words as words_module
from assistant.store.database import Database
from assistant.store.readings import (
    StoredPassage,
    load_page,
    load_passages,
    load_sentences,
    passages_of,
    reading_row,
)
from assistant.store.schema import passage, posting
from assistant.store.words import fold_accents, pieces, query_stems, stems, word_forms
from tests.integration.conftest import reading_of

AddSource = Callable[..., Source]
PAGES = (
    "The recommended starting dose of Velmora is 5 mg once daily.",
    "The dose is increased to 10 mg after four weeks, then to 20 mg.",
    "Hyperkalaemia was reported in 11.8% of patients; potassium is measured at week 1.",
    "Velmora must not be used in severe hepatic impairment.",
    "In ORIENT-HF, 4,812 patients were randomised; the hazard ratio was 0.79.",
    "Dizziness and hypotension are common. Hypotension is dose dependent.",
    "The tablets contain lactose.",
)
EXPECTED = {
    "starting dose": 1,
    "hyperkalemia potassium": 3,
    "hepatic impairment": 4,
    "hazard ratio orient": 5,
    "hypotension": 6,
    "11,8 %": 3,
    "0.79": 5,
    "lactose": 7,
}


def search_words(connection: Connection, wanted: list[str], source_ids: list[str]) -> list[tuple[str, float]]:
    """The passages that hold a stem, best first, with their scores."""
    extent = Extents().of(connection, citable_sources(connection, source_ids))
    scores = score_words(connection, extent, wanted).passages
    found = [(extent.passage(number), float(score)) for number, score in enumerate(scores) if score]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def pages_found(db: Database, source: Source, query: str) -> list[int]:
    with db.read() as connection:
        hits = search_words(connection, query_stems(query), [source.id])
        found = load_passages(connection, [key for key, _ in hits])
        return [found[key].passage.parts[0].span.page for key, _ in hits]


@pytest.mark.parametrize(("query", "page"), EXPECTED.items())
def test_the_right_passage_stands_first(db: Database, add_source: AddSource, query: str, page: int) -> None:
    assert pages_found(db, add_source(reading_of(*PAGES)), query)[0] == page


def bm25(passages: list[StoredPassage], wanted: list[str]) -> dict[str, float]:
    """Robertson's formula, written a second time; a heading's stem counts twice."""
    words = {p.id: stems(p.passage.text, "en") + stems(p.passage.heading, "en") * 2 for p in passages}
    average = sum(p.passage.tokens for p in passages) / len(passages)
    scores = dict.fromkeys(words, 0.0)
    for stem in wanted:
        holding = sum(stem in found for found in words.values())
        rarity = math.log(1 + (len(words) - holding + 0.5) / (holding + 0.5))
        for p in passages:
            count = words[p.id].count(stem)
            scores[p.id] += rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * p.passage.tokens / average))
    return {key: score for key, score in scores.items() if score}


def test_the_scores_are_those_of_bm25_in_either_database(db: Database, add_source: AddSource) -> None:
    source = add_source(reading_of(*PAGES))
    wanted = query_stems("dose of Velmora in hypotension")
    with db.read() as connection:
        hits = search_words(connection, wanted, [source.id])
        expected = bm25(passages_of(connection, source.reading_id), wanted)
    assert [key for key, _ in hits] == sorted(expected, key=lambda key: (-expected[key], key))
    assert dict(hits) == pytest.approx(expected)


def test_accents_letter_case_and_endings_do_not_matter(db: Database, add_source: AddSource) -> None:
    source = add_source(
        reading_of("L’hyperkaliémie est fréquente.", "Autre chose.", language="fr"), language="fr"
    )
    for query in ("hyperkaliemie", "HYPERKALIÉMIES", "hyperkaliémie fréquentes"):
        assert pages_found(db, source, query) == [1]


def test_notes_are_found_only_where_they_may_be_cited(db: Database, add_source: AddSource) -> None:
    read = reading_of("Something else.", notes=["Speak about oedema."])
    silent, speaking = add_source(read), add_source(read, product="Another", cite_notes=True)
    assert pages_found(db, silent, "oedema") == []
    assert pages_found(db, speaking, "oedema") == [1]


def test_only_the_named_sources_are_searched(db: Database, add_source: AddSource) -> None:
    add_source(reading_of(*PAGES))
    other = add_source(reading_of("The tablets contain lactose and starch."))
    assert pages_found(db, other, "lactose") == [1]


@pytest.mark.parametrize("query", ["", "the of and", "les des", "'); DROP TABLE passage; --", '"', "a:b*", "OR AND", "|&!<->"])  # fmt: skip
def test_no_query_breaks_the_search(db: Database, add_source: AddSource, query: str) -> None:
    source = add_source(reading_of(*PAGES))
    assert pages_found(db, source, query) == []


def test_a_reading_comes_back_as_it_was(db: Database, add_source: AddSource) -> None:
    read = reading_of(*PAGES, notes=["Said aside."])
    source = add_source(read)
    with db.read() as connection:
        assert tuple(load_page(connection, source.reading_id, p.number) for p in read.pages) == read.pages
        assert tuple(load_sentences(connection, source.reading_id).values()) == read.sentences
        assert load_sentences(connection, source.reading_id, [2])[2] == read.sentences[2]
        stored = passages_of(connection, source.reading_id)
        assert [p.passage.ordinal for p in stored] == list(range(len(stored)))
        assert load_passages(connection, [p.id for p in stored]) == {p.id: p for p in stored}
        assert reading_row(connection, source.reading_id)["language"] == "en"


@given(st.text(), st.sampled_from(["fr", "en", None]))
def test_a_stem_is_a_plain_token(words: str, language: str | None) -> None:
    for stem in stems(words, language) + query_stems(words):
        assert stem
        assert all(c.isalnum() or c == "." for c in stem)


@given(st.text(alphabet=st.characters(categories=["L", "N", "Z", "P"])))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold_accents(fold_accents(word)) == fold_accents(word)


def test_a_decimal_comma_and_point_are_one_token() -> None:
    assert stems("12,5 mg", "fr") == ["12.5", "mg"]
    assert stems("12.5 mg", "en") == ["12.5", "mg"]


def test_negations_are_kept() -> None:
    assert "not" in stems("must not be used", "en")
    assert "pas" in stems("ne doit pas être utilisé", "fr")
    assert stems("sans effet", "fr") == ["san", "effet"]


MIXED = (
    "Serum IL-6 and TNF were measured.",
    "Serum IL6 was raised after 10mg.",
    "Nothing of the kind was seen.",
)


def _scored(db: Database, source: Source, wanted: list[str]) -> list[float]:
    with db.read() as connection:
        extent = Extents().of(connection, citable_sources(connection, [source.id]))
        return [float(score) for score in score_words(connection, extent, wanted).passages]


@pytest.mark.parametrize("written", ["IL6", "IL-6", "il 6"])
def test_letters_and_digits_find_each_other_however_they_are_joined(
    db: Database, add_source: AddSource, written: str
) -> None:
    source = add_source(reading_of(*MIXED))
    hyphened, joined, neither = _scored(db, source, [*query_stems(written), *pieces(written)])
    assert hyphened > 0
    assert joined > 0
    assert neither == 0


@pytest.mark.parametrize(
    ("text", "runs"),
    [("IL6 in 10mg", ["il", "6", "10", "mg"]), ("HbA1c", ["hba", "1", "c"]), ("12,5 mg of IL-6 in 2024", [])],
)
def test_only_a_word_that_mixes_letters_and_digits_has_runs(text: str, runs: list[str]) -> None:
    assert pieces(text) == runs


def test_passages_stored_before_are_given_their_runs_when_the_database_is_brought_up_to_date(
    db: Database, add_source: AddSource
) -> None:
    source = add_source(reading_of(*MIXED))
    expected = _words_of(db, source)
    filled = importlib.import_module("assistant.store.migrations.versions.0019_pieces")
    with db.write() as tx:
        for row in tx.execute(select(passage.c.id, passage.c.text)).all():
            tx.execute(
                update(passage).where(passage.c.id == row.id).values(stems=" ".join(stems(row.text, "en")))
            )
        tx.execute(delete(posting).where(posting.c.stem.in_(["10", "mg"])))
        with Operations.context(MigrationContext.configure(tx.connection)):
            filled.fill()
    assert _words_of(db, source) == expected


def test_wrong_stems_that_were_stored_are_put_right_when_the_database_is_brought_up_to_date(
    db: Database, add_source: AddSource
) -> None:
    source = add_source(reading_of(*MIXED))
    expected = _words_of(db, source)
    filled = importlib.import_module("assistant.store.migrations.versions.0034_stems_anew")
    with db.write() as tx:
        first = tx.execute(select(passage.c.id).order_by(passage.c.ordinal).limit(1)).scalar_one()
        tx.execute(update(passage).where(passage.c.id == first).values(stems="say"))
        tx.execute(delete(posting))
        with Operations.context(MigrationContext.configure(tx.connection)):
            filled.fill()
    assert _words_of(db, source) == expected


def test_threads_at_once_make_the_stems_that_one_makes() -> None:
    words = sorted(
        set(re.findall(r"[^\W\d_]{4,}", Path(words_module.__file__).read_text() + " ".join(MIXED)))
    )
    asked = [(word, language) for language in ("fr", "en") for word in words]
    words_module._stem.cache_clear()
    alone = {one: stems(*one) for one in asked}
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for _ in range(3):
            words_module._stem.cache_clear()
            with ThreadPoolExecutor(4) as pool:
                told = list(pool.map(lambda _: {one: stems(*one) for one in asked}, range(4)))
            assert told == [alone] * 4
    finally:
        sys.setswitchinterval(before)


def _words_of(db: Database, source: Source) -> tuple[list[str], list[tuple[object, ...]]]:
    with db.read() as connection:
        kept = connection.scalars(
            select(passage.c.stems)
            .where(passage.c.reading_id == source.reading_id)
            .order_by(passage.c.ordinal)
        )
        rows = connection.execute(
            select(posting).where(posting.c.reading_id == source.reading_id).order_by(posting.c.stem)
        )
        return list(kept), [tuple(row) for row in rows]


def test_the_share_that_words_carry_grows_with_what_the_best_passage_says_of_the_question(
    db: Database, add_source: AddSource
) -> None:
    source = add_source(reading_of(*PAGES))
    questions = ("unheard of", "hepatic jaundice", "severe hepatic impairment")

    def share(question: str) -> float:
        with db.read() as connection:
            extent = Extents().of(connection, citable_sources(connection, [source.id]))
            return carried(score_words(connection, extent, query_stems(question)), word_forms(question))

    none, some, all_of_it = (share(question) for question in questions)
    assert 0 == none < some < all_of_it <= 1
