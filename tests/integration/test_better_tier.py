"""The better tier: made bit by bit, used once it is complete, and said where it was used."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from assistant.corpus.model import Source
from assistant.corpus.sources import withdraw_source
from assistant.people.roles import Actor
from assistant.retrieval import tier
from assistant.retrieval.looked import Query
from assistant.retrieval.nearness import ENGLISH as ENGLISH_TEXTS
from assistant.retrieval.search import Searcher
from assistant.store.database import Database
from ingestion.e5.encoder import Read
from ingestion.embed import Vectors
from ingestion.index import MemoryIndex
from tests.builders.labels import ENGLISH, FRENCH, label_reading

AddSource = Callable[..., Source]


class Letters:
    """A vector counts letters; it remembers what it was asked."""

    def __init__(self, name: str = "letters") -> None:
        self.name = name
        self.seen: list[str] = []

    def embed(self, texts: list[str]) -> Vectors:
        self.seen += texts
        rows = np.array(
            [[1.0 + text.casefold().count(c) for c in "aeioumps"] for text in texts], dtype=np.float32
        )
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def embed_question(self, text: str) -> Vectors:
        row: Vectors = self.embed([text])[0]
        return row


class Reader(Letters):
    """A word's row points one way, which its letters choose; a question's rows as well."""

    def read(self, text: str) -> Read:
        pieces = tuple(f"▁{word}" for word in text.split())
        rows = np.stack([_direction(word.strip(".,").casefold()) for word in text.split()])
        return Read(self.embed([text])[0], pieces, rows)

    def read_question(self, text: str) -> Read:
        return self.read(text)


def _direction(word: str) -> Vectors:
    signs = np.random.default_rng(list(word.encode())).choice([-1.0, 1.0], 64)
    return (signs / 8).astype(np.float32)


@pytest.fixture
def source(add_source: AddSource) -> Source:
    return add_source(label_reading(ENGLISH, "en"), language="en")


@pytest.fixture
def searcher(db: Database) -> Searcher:
    return Searcher(db, Letters("fast"), lambda _product: MemoryIndex(), better=Letters())


def question(source: Source) -> Query:
    return Query("recommended starting dose", source.product_id, "FR", "hcp", "promotional", k=3)


def state(db: Database) -> tier.TierState:
    with db.read() as connection:
        return tier.tier_state(connection, "letters")


def test_every_passage_and_heading_gets_its_vector_once(db: Database, source: Source) -> None:
    model = Letters()
    made = tier.improve(db, model)
    assert made == len(model.seen) == len(set(model.seen)) == state(db).texts
    assert state(db).complete
    assert tier.improve(db, model) == 0
    assert source.id


def test_what_was_made_before_a_stop_is_kept(
    db: Database, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tier, "BATCH", 2)
    model = Letters()
    assert tier.improve(db, model, stop=lambda: len(model.seen) >= 4) == 4
    assert state(db).missing == state(db).texts - 4
    tier.improve(db, model)
    assert len(model.seen) == state(db).texts
    assert source.id


def test_it_takes_part_in_search_only_when_it_is_complete(
    db: Database, source: Source, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tier, "BATCH", 1)
    model = Letters()
    tier.improve(db, model, stop=lambda: len(model.seen) >= state(db).texts - 1)
    assert state(db).missing == 1
    assert searcher.provenance(question(source))["tier"] == "fast"
    assert all("better" not in hit.scores for hit in searcher.search(question(source)))
    tier.improve(db, model)
    assert searcher.provenance(question(source)) | {"weights": ""} == {
        "tier": "better", "models": ["fast", "letters"], "weights": "",
    }  # fmt: skip
    assert all("better" in hit.scores for hit in searcher.search(question(source)))


def test_a_new_source_takes_a_search_back_to_the_fast_tier_until_it_is_done(
    db: Database, source: Source, searcher: Searcher, add_source: AddSource
) -> None:
    tier.improve(db, Letters())
    add_source(label_reading({"4.4 Warnings": ["Potassium is measured."]}, "en"), language="en")
    assert searcher.provenance(question(source))["tier"] == "fast"
    tier.improve(db, Letters())
    assert searcher.provenance(question(source))["tier"] == "better"


def test_a_withdrawn_source_wants_no_vectors(db: Database, source: Source, people: dict[str, Actor]) -> None:
    withdraw_source(db, people["librarian"], source.id, "Error in section 4.2")
    assert tier.improve(db, Letters()) == 0


def unread(db: Database) -> int:
    with db.read() as connection:
        return tier.unread(connection, "letters")


def test_reading_closely_gives_each_passage_its_rows_and_its_vector_and_goes_on_after_a_stop(
    db: Database, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tier, "BATCH", 2)
    passages, reader = unread(db), Reader()
    assert tier.read_closely(db, reader, stop=lambda: len(reader.seen) >= 4) == 4
    assert unread(db) == passages - 4
    assert tier.read_closely(db, reader) == passages - 4
    assert (unread(db), len(reader.seen)) == (0, passages)
    assert state(db).missing == state(db).texts - passages  # the headings' vectors
    assert source.id


def test_words_are_compared_one_by_one_once_the_best_passages_were_read_closely(
    db: Database, source: Source, searcher: Searcher
) -> None:
    close = replace(searcher, reader=Reader())
    tier.improve(db, Reader())
    assert all("tokens" not in hit.scores for hit in close.search(question(source)))
    tier.read_closely(db, Reader())
    hits = close.search(question(source))
    assert hits[0].scores["tokens"] == 1.0
    assert "recommended starting dose" in hits[0].text
    assert [hit.scores["fused"] for hit in hits] == sorted(
        (hit.scores["fused"] for hit in hits), reverse=True
    )
    off = replace(close, settings=close.settings.without("tokens"))
    assert off.search(question(source)) == searcher.search(question(source))
    fast = replace(close, settings=close.settings.without("better"))
    assert all("tokens" not in hit.scores for hit in fast.search(question(source)))


QUESTION = "What is the recommended starting dose?"


@pytest.fixture
def french(add_source: AddSource, source: Source) -> Source:
    assert source.id
    return add_source(label_reading(FRENCH, "fr"), language="fr")


@pytest.fixture
def bilingual(searcher: Searcher, db: Database) -> Searcher:
    """With a model for English beside the better one; the better one is complete."""
    tier.improve(db, Letters())
    return replace(searcher, english=Letters("english"))


def uses_english(searcher: Searcher, source: Source, text: str) -> bool:
    asked = replace(question(source), text=text)
    said = "english" in searcher.provenance(asked)["models"]
    assert all(("english" in hit.scores) is said for hit in searcher.search(asked))
    return said


def test_the_model_for_english_reads_english_sources_alone(
    db: Database, source: Source, french: Source
) -> None:
    model = Letters("english")
    made = tier.improve(db, model, of=ENGLISH_TEXTS)
    assert made == len(model.seen) < state(db).texts
    assert not any("recommandée" in text for text in model.seen)
    assert all(". " in text for text in model.seen)  # passages behind their headings, no heading by itself
    with db.read() as connection:
        assert tier.tier_state(connection, "english", ENGLISH_TEXTS) == tier.TierState(made, 0)
    assert source.id != french.id


def test_it_is_asked_english_questions_once_its_vectors_are_there(
    db: Database, french: Source, source: Source, bilingual: Searcher
) -> None:
    assert not uses_english(bilingual, source, QUESTION)
    tier.improve(db, Letters("english"), of=ENGLISH_TEXTS)
    tier.improve(db, Letters())
    assert uses_english(bilingual, source, QUESTION)
    assert not uses_english(bilingual, source, "Quelle est la dose initiale recommandée ?")
    assert uses_english(bilingual, source, "hyperkalaemia")  # so spelt in English alone
    assert not uses_english(bilingual, source, "potassium")  # either language, and there are sources in both
    off = replace(bilingual, settings=bilingual.settings.without("english"))
    assert not uses_english(off, source, QUESTION)
    assert french.id


def test_a_question_in_no_certain_language_is_english_where_all_sources_are(
    db: Database, source: Source, bilingual: Searcher
) -> None:
    tier.improve(db, Letters("english"), of=ENGLISH_TEXTS)
    assert uses_english(bilingual, source, "potassium")


def test_a_french_passage_is_found_by_an_english_question_as_before(
    db: Database, french: Source, source: Source, bilingual: Searcher
) -> None:
    tier.improve(db, Letters("english"), of=ENGLISH_TEXTS)
    tier.improve(db, Letters())
    asked = replace(question(source), text="What does Velmora treat in an adult?", k=40)
    without = replace(bilingual, settings=bilingual.settings.without("english"))
    places = [
        [hit.source == french.id for hit in searcher.search(asked)].index(True)
        for searcher in (bilingual, without)
    ]
    assert abs(places[0] - places[1]) <= 2
