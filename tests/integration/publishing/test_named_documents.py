"""What a published brief names and does not cite: nothing that could end without it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from assistant.content.drafting import draft
from assistant.content.request import DraftRequest
from assistant.corpus.model import ApprovalRequest, Source
from assistant.corpus.sources import withdraw_source
from assistant.engines.extractive import ExtractiveEngine
from assistant.people.roles import Actor
from assistant.publishing.cascade import cascade
from assistant.publishing.dependents import affected
from assistant.publishing.publications import publish
from assistant.publishing.serving import published_bytes
from assistant.retrieval.search import Searcher
from assistant.review.documents import document_to_json
from assistant.review.pieces import load_piece, newest_revision
from assistant.store.database import Database
from ingestion.index import MemoryIndex
from tests.builders.labels import ENGLISH, label_reading
from tests.builders.publications import sign

LATER = ApprovalRequest("MLR-2026-002", date(2026, 2, 14), date(2026, 12, 31))
DECK = {"Storage": ["Velmora must be stored below 25 °C in its original carton."]}


class NoVectors:
    """An embedder of which no vector is stored: search goes by words alone."""

    name = "none"

    def embed(self, texts: list[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        return np.ones((len(texts), 4), dtype=np.float32)


def test_a_withdrawn_document_that_a_brief_does_not_cite_is_not_named_in_it(
    db: Database, people: dict[str, Actor], add_source: Callable[..., Source]
) -> None:
    label = add_source(label_reading(ENGLISH), language="en", title="Velmora label")
    deck = add_source(label_reading(DECK), language="en", kind="deck", title="Velmora slides", approval=LATER)
    words = published_brief(db, people)
    with db.read() as connection:
        assert [item["piece"] for item in affected(connection, [label.id])] == [words["piece"]]
        assert affected(connection, [deck.id]) == []
    withdraw_source(db, people["librarian"], deck.id, "Wrong figures")
    assert cascade(db, people["librarian"], "source_withdrawn", [deck.id]) == []
    served, _ = published_bytes(db, words["publication"], "text")
    assert "Newest approved document: Velmora label, approved on 1 January 2026" in " ".join(
        served.decode().split()
    )
    assert "Velmora slides" not in served.decode()
    assert "Velmora slides" not in words["document"]


def published_brief(db: Database, people: dict[str, Actor]) -> dict[str, Any]:
    """Drafted on what the deck does not speak of, signed and published."""
    request = DraftRequest("Velmora", "brief", "FR", "en", topic="hyperkalaemia")
    searcher = Searcher(db, NoVectors(), lambda _product: MemoryIndex())
    made = draft(db, searcher, ExtractiveEngine(), people["writer"], request)
    with db.read() as connection:
        revision = newest_revision(connection, load_piece(connection, made.piece_id))
    publication = publish(db, people["regulatory"], sign(db, people, made.piece_id))
    return {
        "piece": made.piece_id,
        "publication": publication.id,
        "document": document_to_json(revision.document),
    }
