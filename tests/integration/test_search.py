"""Search over words and vectors, on both databases."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import update

from assistant.corpus.model import Source
from assistant.corpus.sources import withdraw_source
from assistant.people.roles import Actor
from assistant.retrieval import gathering
from assistant.retrieval.evidence import all_evidence, evidence_of
from assistant.retrieval.looked import Query
from assistant.retrieval.search import Searcher
from assistant.retrieval.view import hit_json
from assistant.store.abbreviations import load_abbreviations
from assistant.store.database import Database
from assistant.store.readings import passages_of
from assistant.store.schema import product
from assistant.store.vectors import save_vectors
from ingestion.embed import Vectors
from ingestion.index import MemoryIndex
from tests.builders.labels import ENGLISH, FRENCH, label_reading
from tests.integration.conftest import reading_of

AddSource = Callable[..., Source]
WORDS = ("dose", "potassium", "liver", "hyperkalaemia", "hepatic", "posologie", "kaliémie")


class CountingEmbedder:
    """A vector counts a few words; "liver" and "hepatic" point the same way."""

    name = "counting"

    def embed(self, texts: list[str]) -> Vectors:
        rows = np.array(
            [[float(text.casefold().count(word)) for word in WORDS] for text in texts], dtype=np.float32
        )
        rows[:, WORDS.index("hepatic")] += rows[:, WORDS.index("liver")]
        rows[:, WORDS.index("liver")] = 0.01
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


@pytest.fixture
def index() -> MemoryIndex:
    return MemoryIndex()


@pytest.fixture
def searcher(db: Database, index: MemoryIndex) -> Searcher:
    return Searcher(db, CountingEmbedder(), lambda _product: index)


@pytest.fixture
def add_label(db: Database, index: MemoryIndex, add_source: AddSource) -> AddSource:
    """Add a label with its vectors, in SQL and in the index."""

    def add(sections: object = ENGLISH, language: str = "en", **request: object) -> Source:
        source = add_source(label_reading(sections, language), language=language, **request)  # type: ignore[arg-type]
        with db.write() as tx:
            stored = passages_of(tx.connection, source.reading_id)
            vectors = CountingEmbedder().embed([p.passage.text for p in stored])
            save_vectors(tx, "counting", {p.text_sha256: v for p, v in zip(stored, vectors, strict=True)})
        index.upsert([p.id for p in stored], vectors)
        return source

    return add


def query(text: str, source: Source, **changes: object) -> Query:
    values = {"market": "FR", "audience": "hcp", "use": "promotional", "k": 3, **changes}
    return Query(text, source.product_id, **values)  # type: ignore[arg-type]


def test_a_dose_is_found_however_it_is_joined_to_its_unit_unless_that_part_is_off(
    searcher: Searcher, add_label: AddSource
) -> None:
    words = replace(searcher, settings=searcher.settings.only("words", "pieces"))
    label = add_label()
    assert (
        words.search(query("20mg", label))[0].locator.section == "4.2 Posology and method of administration"
    )
    assert replace(words, settings=words.settings.without("pieces")).search(query("20mg", label)) == []


def test_the_right_section_comes_first_with_its_scores(searcher: Searcher, add_label: AddSource) -> None:
    hits = searcher.search(query("recommended starting dose", add_label()))
    assert hits[0].locator.section == "4.2 Posology and method of administration"
    assert {"words", "vectors", "fused"} <= set(hits[0].scores)
    assert [h.scores["fused"] for h in hits] == sorted((h.scores["fused"] for h in hits), reverse=True)


def test_vectors_find_what_the_words_do_not(searcher: Searcher, add_label: AddSource) -> None:
    hits = searcher.search(query("liver", add_label()))
    assert hits[0].locator.section == "4.3 Contraindications"


def test_the_same_question_gives_the_same_order(searcher: Searcher, add_label: AddSource) -> None:
    asked = query("dose potassium hyperkalaemia", add_label(), k=8)
    assert [h.passage for h in searcher.search(asked)] == [h.passage for h in searcher.search(asked)]


def test_a_withdrawn_source_is_not_found_though_the_index_still_holds_it(
    db: Database, searcher: Searcher, add_label: AddSource, people: dict[str, Actor]
) -> None:
    source = add_label()
    withdraw_source(db, people["librarian"], source.id, "Error in section 4.2")
    assert searcher.search(query("dose", source)) == []


@pytest.mark.parametrize(
    "elsewhere", [{"market": "EU"}, {"audience": "public"}, {"use": "internal"}, {"language": "fr"}]
)
def test_only_what_is_meant_for_it_is_found(
    searcher: Searcher, add_label: AddSource, elsewhere: dict[str, str]
) -> None:
    assert searcher.search(query("dose", add_label(uses=("promotional",)), **elsewhere)) == []


def test_excluded_pages_are_not_found(searcher: Searcher, add_label: AddSource) -> None:
    hits = searcher.search(query("recommended starting dose", add_label(excluded_pages=(2,)), k=8))
    assert all(hit.locator.page != 2 for hit in hits)


def test_what_says_the_same_twice_is_one_hit(searcher: Searcher, add_label: AddSource) -> None:
    said = {
        "4.2 Posology": ["The dose is 10 mg."],
        "4.8 Effects": ["The dose is 10 mg."],
        "5.1 More": ["Potassium."],
    }
    hits = searcher.search(query("dose", add_label(said), k=8))
    assert [hit.text for hit in hits].count("The dose is 10 mg.") == 1


def test_where_old_passages_crowd_the_index_the_exact_scan_still_finds(
    searcher: Searcher, index: MemoryIndex, add_label: AddSource
) -> None:
    source = add_label()
    crowd = CountingEmbedder().embed(["hepatic"] * 80)
    index.upsert([f"old{number}" for number in range(80)], crowd)
    assert searcher.search(query("liver", source))[0].locator.section == "4.3 Contraindications"


def test_a_named_source_is_the_only_one_searched(searcher: Searcher, add_label: AddSource) -> None:
    english = add_label()
    french = add_label(FRENCH, "fr")
    hits = searcher.search(query("Velmora", english, sources=(french.id,), k=8))
    assert {hit.source for hit in hits} == {french.id}


def test_an_empty_question_finds_nothing(searcher: Searcher, add_label: AddSource) -> None:
    assert searcher.search(query("  ", add_label())) == []


def test_a_hit_is_shown_with_its_place_and_scores(searcher: Searcher, add_label: AddSource) -> None:
    shown = hit_json(searcher.search(query("dose", add_label()))[0])
    assert {"passage", "source", "title", "locator", "rectangles", "text", "score", "scores"} <= set(shown)
    assert shown["locator"] == {"page": 2, "section": "4.2 Posology and method of administration"}


def test_every_sentence_of_the_evidence_stands_at_its_place(db: Database, add_label: AddSource) -> None:
    source = add_label()
    with db.read() as connection:
        found = list(all_evidence(connection, [source.id]))
    assert [item.locator.page for item in found] == sorted(item.locator.page or 0 for item in found)
    for item in found:
        for sentence in item.sentences:
            assert item.text[sentence.start : sentence.end] == sentence.text


def test_a_reading_that_serves_two_products_is_evidence_of_each(db: Database, add_label: AddSource) -> None:
    first, second = add_label(), add_label(product="Other")
    with db.read() as connection:
        passage = next(all_evidence(connection, [first.id])).passage
        owners = [item.source for item in evidence_of(connection, [passage])]
        only = [item.source for item in evidence_of(connection, [passage], [second.id])]
    assert owners == sorted([first.id, second.id])
    assert only == [second.id]


def test_the_products_other_names_are_looked_for_too(
    db: Database, searcher: Searcher, add_label: AddSource
) -> None:
    said = {"4.2 Posology": ["Cardorelone is taken once daily."], "5.1 More": ["Potassium."]}
    source = add_label(said)
    with db.write() as tx:
        tx.execute(
            update(product)
            .where(product.c.id == source.product_id)
            .values(sheet={"inn": {"en": "cardorelone"}})
        )
    asked = query("Velmora", source)
    assert next(hit.text for hit in searcher.search(asked)) == "Cardorelone is taken once daily."
    alone = replace(searcher, settings=searcher.settings.only("words"))
    assert alone.search(asked) == []


def test_the_products_names_weigh_nothing_beside_what_is_asked_of_it(
    searcher: Searcher, add_label: AddSource
) -> None:
    said = {
        "4.1 Indications": ["Velmora is for adults, and Velmora alone."],
        "4.4 Warnings": ["Treatment is stopped above that level."],
        "5.1 Trial": ["Eplerenone was given beside it."],
    }
    source = add_label(said)
    words = replace(searcher, settings=searcher.settings.only("words", "subject"))

    def found(asked: str, of: Searcher = words) -> list[str]:
        return [hit.locator.section or "" for hit in of.search(query(asked, source))]

    assert found("When is Velmora stopped?") == ["4.4 Warnings"]
    assert found("Velmora beside eplerenone?") == ["5.1 Trial"]
    assert found("What is Velmora?") == ["4.1 Indications"]
    assert found("Does Velmora linger?") == ["4.1 Indications"]
    weighed = replace(searcher, settings=words.settings.without("subject"))
    assert "4.1 Indications" in found("When is Velmora stopped?", weighed)


ABBREVIATED = {
    "5.1 Trial": ["Progression-free survival (PFS) was the primary endpoint."],
    "5.2 Results": ["Median PFS was 12.1 months."],
    "6.1 Tablet": ["The tablet is white."],
    "5.3 Other": ["The time during which the disease did not advance is progression-free survival."],
}


@pytest.mark.parametrize(
    ("asked", "only_so"),
    [("PFS", "5.3 Other"), ("progression-free survival", "5.2 Results")],
)
def test_what_a_document_abbreviates_is_found_in_either_writing(
    searcher: Searcher, add_label: AddSource, asked: str, only_so: str
) -> None:
    source = add_label(ABBREVIATED)
    words = searcher.settings.only("words", "abbreviations")
    found = [hit.locator.section for hit in replace(searcher, settings=words).search(query(asked, source))]
    plain = replace(searcher, settings=words.without("abbreviations")).search(query(asked, source))
    assert only_so in found
    assert only_so not in [hit.locator.section for hit in plain]


def test_a_word_in_a_heading_counts_for_more_than_one_in_the_text_unless_that_part_is_off(
    searcher: Searcher, add_label: AddSource
) -> None:
    told = {
        "4.9 Overdose": ["Haemodialysis removes cardorelone slowly and incompletely from the blood."],
        "5.1 Other": ["An overdose of potassium is treated in another way."],
    }
    source = add_label(told)
    words = searcher.settings.only("words", "heading_words")
    weighed = replace(searcher, settings=words).search(query("overdose", source))
    plain = replace(searcher, settings=words.without("heading_words")).search(query("overdose", source))
    assert weighed[0].locator.section == "4.9 Overdose"
    assert plain[0].locator.section == "5.1 Other"


def test_an_abbreviation_of_speaker_notes_widens_nothing(db: Database, add_source: AddSource) -> None:
    source = add_source(reading_of("The dose is 10 mg.", notes=["Overall survival (OS) is not shown."]))
    with db.read() as connection:
        assert list(load_abbreviations(connection, [source.reading_id])) == []


def test_a_hit_in_another_language_than_the_question_says_so(
    searcher: Searcher, add_label: AddSource
) -> None:
    source = add_label(ENGLISH)
    add_label(FRENCH, "fr")
    hits = searcher.search(query("Quelle est la dose de Velmora ?", source, k=8))
    assert {hit.language: hit.cross_language for hit in hits} == {"en": True, "fr": False}


def test_a_repeat_is_shown_under_the_hit_that_it_repeats(searcher: Searcher, add_label: AddSource) -> None:
    said = {"4.2 Posology": ["The dose is 10 mg."], "4.8 Effects": ["The dose is 10 mg."]}
    shown = hit_json(searcher.search(query("dose", add_label(said), k=8))[0])
    assert [item["locator"]["section"] for item in shown["repeats"]] == ["4.8 Effects"]


def test_beyond_the_exact_scan_the_index_names_the_nearest(
    searcher: Searcher, add_label: AddSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = add_label()
    exact = searcher.search(query("liver potassium", source, k=8))
    monkeypatch.setattr(gathering, "EXACT_UP_TO", 0)
    found = searcher.search(query("liver potassium", source, k=8))
    assert [h.passage for h in found][:3] == [h.passage for h in exact][:3]


def test_a_sample_of_all_passages_scales_the_scores_as_all_do(
    searcher: Searcher, add_label: AddSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = add_label()
    exact = searcher.search(query("liver potassium", source, k=8))
    monkeypatch.setattr(gathering, "EXACT_UP_TO", 0)
    for hit, other in zip(searcher.search(query("liver potassium", source, k=8)), exact, strict=True):
        assert hit.scores == pytest.approx(other.scores, abs=1e-4)
