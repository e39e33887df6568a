"""The better tier: made bit by bit, used once it is complete, and said where it was used."""

from collections.abc import Callable

import numpy as np
import pytest

from assistant.corpus.model import Source
from assistant.corpus.sources import withdraw_source
from assistant.people.roles import Actor
from assistant.retrieval import tier
from assistant.retrieval.search import Query, Searcher
from assistant.store.database import Database
from ingestion.embed import Vectors
from ingestion.index import MemoryIndex
from tests.builders.labels import ENGLISH, label_reading

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
