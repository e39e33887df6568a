"""A frozen product stops every act and every reading about it, at once; lifting the freeze brings everything back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from assistant.chat.ask import ask
from assistant.content.drafting import draft
from assistant.content.editing import edit_segment
from assistant.content.from_text import check_text
from assistant.content.quoting import Means
from assistant.content.request import DraftRequest
from assistant.corpus.eligibility import eligible_sources
from assistant.corpus.products import find_product, freeze_product, unfreeze_product
from assistant.engines.extractive import ExtractiveEngine
from assistant.errors import ProductFrozen
from assistant.people.roles import Actor
from assistant.publishing.errors import Gone
from assistant.publishing.export import export_piece
from assistant.publishing.listing import list_published
from assistant.publishing.publications import publish
from assistant.publishing.serving import published_bytes
from assistant.retrieval.looked import Query
from assistant.retrieval.search import Searcher
from assistant.review.attestations import attest
from assistant.review.decisions import approve, reject, request_changes
from assistant.review.overrides import override
from assistant.review.submission import submit
from assistant.review.tasks import claim
from assistant.store.clock import civil_date
from assistant.store.database import Database
from ingestion.errors import AncrageError
from ingestion.index import MemoryIndex
from tests.builders.dossier import Terms, add_piece, add_source, document_of, edit

PASSWORD = "a passphrase for the tests"
WHY = "Benefit and risk are under re-evaluation"


class NoVectors:
    """An embedder of which no vector is stored: search goes by words alone."""

    name = "none"

    def embed(self, texts: list[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        return np.ones((len(texts), 4), dtype=np.float32)


@dataclass(frozen=True)
class World:
    """A source, and a piece in each state."""

    db: Database
    people: dict[str, Actor]
    searcher: Searcher
    source: str
    draft: str
    in_review: str
    approved: str
    published: str
    publication: str


@pytest.fixture
def world(db: Database, people: dict[str, Actor]) -> World:
    source = add_source(db, people["librarian"])
    terms = Terms(qualification="reactive_medical")
    made = [add_piece(db, people["writer"], document_of(db, source, 1), terms).id for _ in range(4)]
    for piece in made[1:]:
        submit(db, people["writer"], piece)
    for piece in made[2:]:
        approve(db, people["medical"], piece, PASSWORD)
        approve(db, people["regulatory"], piece, PASSWORD)
    publication = publish(db, people["regulatory"], made[3])
    searcher = Searcher(db, NoVectors(), lambda _product: MemoryIndex())
    return World(db, people, searcher, source, *made, publication.id)


Act = Callable[[World], Any]
REQUEST = DraftRequest("Velmora", "key-moments", "EU", "en")

MUTATIONS: dict[str, Act] = {
    "draft": lambda w: draft(w.db, w.searcher, ExtractiveEngine(), w.people["writer"], REQUEST),
    "check": lambda w: check_text(
        w.db, Means(w.searcher, NoVectors()), w.people["writer"], "The recommended starting dose is 10 mg once daily.", REQUEST
    ),
    "make a piece": lambda w: add_piece(w.db, w.people["writer"], document_of(w.db, w.source, 2)),
    "edit": lambda w: edit(w.db, w.people["writer"], w.draft, document_of(w.db, w.source, 2)),
    "edit a statement": lambda w: edit_segment(
        w.db, w.people["writer"], w.draft, "s1", "Other.", _base(w)
    ),
    "submit": lambda w: submit(w.db, w.people["writer"], w.draft),
    "claim": lambda w: claim(w.db, w.people["medical"], w.in_review),
    "attest": lambda w: attest(w.db, w.people["medical"], w.in_review, "s1", "Read."),
    "override": lambda w: override(w.db, w.people["medical"], w.in_review, "FR8", "piece", "Read."),
    "approve": lambda w: approve(w.db, w.people["medical"], w.in_review, PASSWORD),
    "request changes": lambda w: request_changes(w.db, w.people["medical"], w.in_review, "No."),
    "reject": lambda w: reject(w.db, w.people["medical"], w.in_review, "No."),
    "publish": lambda w: publish(w.db, w.people["regulatory"], w.approved),
}  # fmt: skip


def _base(world: World) -> str:
    from assistant.review.pieces import load_piece

    with world.db.read() as connection:
        return str(load_piece(connection, world.draft).revision_id)


def _search(world: World) -> int:
    product = find_product(world.db, "Velmora")
    query = Query("starting dose", product.id, "EU", "hcp", None)
    return len(world.searcher.find(query))


def _eligible(world: World) -> int:
    with world.db.read() as connection:
        today = civil_date(world.db.clock.now(), "EU")
        product = find_product(connection, "Velmora")
        return len(eligible_sources(connection, product.id, "EU", "hcp", None, today))


def _rendition(name: str) -> Act:
    def read(world: World) -> bool:
        try:
            return bool(published_bytes(world.db, world.publication, name, world.people["hcp"])[0])
        except Gone as gone:
            return WHY not in gone.message  # without the reason it counts as shown, and the test says so

    return read


def _answer(world: World) -> bool:
    asked = ask(world.db, world.searcher, world.people["hcp"], "What is the starting dose?", "Velmora", "EU")
    assert asked.status == "answered" or not asked.statements
    return asked.status == "answered"


READINGS: dict[str, Act] = {
    # each is true where something about the product is found or served
    "search": _search,
    "what may be used": _eligible,
    "chat": _answer,
    "published list": lambda w: list_published(w.db, reader=w.people["hcp"]),
    "published page": _rendition("html"),
    "published text": _rendition("text"),
    "published pdf": _rendition("pdf"),
    "approved export, html": lambda w: export_piece(w.db, w.people["writer"], w.published, "html").approved,
    "approved export, pdf": lambda w: export_piece(w.db, w.people["writer"], w.published, "pdf").approved,
}  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_an_act_is_refused_with_the_reason_and_works_again_after(world: World, name: str) -> None:
    freeze_product(world.db, world.people["safety"], "Velmora", WHY)
    with pytest.raises(ProductFrozen, match=WHY):
        MUTATIONS[name](world)
    unfreeze_product(world.db, world.people["safety"], "Velmora", "The re-evaluation is closed.")
    assert not isinstance(_outcome(MUTATIONS[name], world), ProductFrozen)


def _outcome(act: Act, world: World) -> Any:
    """What the act gives: it may still be refused, for reasons of its own."""
    try:
        return act(world)
    except AncrageError as refusal:
        return refusal


@pytest.mark.parametrize("name", READINGS)
def test_a_reading_shows_nothing_and_everything_again_after(world: World, name: str) -> None:
    assert READINGS[name](world)
    freeze_product(world.db, world.people["safety"], "Velmora", WHY)
    assert not READINGS[name](world)
    unfreeze_product(world.db, world.people["safety"], "Velmora", "The re-evaluation is closed.")
    assert READINGS[name](world)
