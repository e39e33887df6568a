"""Publishing exactly what was signed, on both databases."""

import hashlib
from collections.abc import Callable

import pytest
from sqlalchemy import update

from assistant.corpus.products import freeze_product
from assistant.corpus.sources import withdraw_source
from assistant.errors import (
    IntegrityError,
    NotAllowed,
    NotFound,
    ProductFrozen,
    SourceNotUsable,
    WrongState,
)
from assistant.people.roles import Actor, Role
from assistant.publishing.listing import publication_json
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.serving import published_bytes
from assistant.review.decisions import approve, request_changes
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.store.database import Database
from assistant.store.schema import rendition, revision
from tests.builders.dossier import add_piece, document_of
from tests.builders.publications import sign
from tests.builders.reading import status_of
from tests.builders.release import PASSWORD, People


def test_what_is_served_is_what_was_signed_byte_for_byte(
    db: Database, people: People, published: Publication
) -> None:
    signed = review_json(db, people["auditor"], published.piece_id)["manifest"]["content"]["renditions"]
    for made in signed:
        data, media_type = published_bytes(db, published.id, made["name"])
        assert hashlib.sha256(data).hexdigest() == made["sha256"]
        assert media_type == made["media_type"]
    with pytest.raises(NotFound, match="no rendition docx"):
        published_bytes(db, published.id, "docx")


def test_a_publication_says_what_when_and_until_when(
    db: Database, people: People, published: Publication
) -> None:
    shown = publication_json(db, published)
    assert shown["piece"] == published.piece_id
    assert shown["hash"] == review_json(db, people["auditor"], published.piece_id)["manifest"]["hash"]
    assert shown["published_at"] == "2026-06-15T10:00:00+00:00"
    assert shown["expires_on"] == "2027-01-01", "the source's approval ends first"
    assert shown["status"] == "published"
    assert [(s["role"], s["by"]["name"]) for s in shown["signatures"]] == [
        ("medical", "The medical"),
        ("regulatory", "The regulatory"),
    ]


@pytest.mark.parametrize("signed", [[], ["medical"]])
def test_nothing_is_published_before_the_last_signature(
    db: Database, people: People, source: str, signed: list[str]
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source))
    with pytest.raises(WrongState):
        publish(db, people["regulatory"], piece.id)
    submit(db, people["writer"], piece.id)
    for name in signed:
        approve(db, people[name], piece.id, PASSWORD)
    with pytest.raises(WrongState, match="in review"):
        publish(db, people["regulatory"], piece.id)


def test_a_text_sent_back_and_submitted_again_unchanged_is_published_on_its_last_signatures(
    db: Database, people: People, source: str, add_person: Callable[..., Actor]
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source)).id
    turned = add_person("Turned", Role.MEDICAL, Role.WRITER)
    submit(db, people["writer"], piece)
    approve(db, turned, piece, PASSWORD)
    request_changes(db, people["regulatory"], piece, "Explain the dose.")
    submit(db, turned, piece)  # who signed the first round submits the second: that signature counts no more
    for role in ("medical", "regulatory"):
        approve(db, people[role], piece, PASSWORD)
    shown = review_json(db, people["writer"], piece)
    published = publication_json(db, publish(db, people["regulatory"], piece))
    for signatures in (shown["signatures"], published["signatures"]):
        assert [s["by"]["name"] for s in signatures] == ["The medical", "The regulatory"]


def test_publishing_twice_is_refused(db: Database, people: People, published: Publication) -> None:
    with pytest.raises(WrongState, match="published"):
        publish(db, people["regulatory"], published.piece_id)


@pytest.mark.parametrize("role", ["writer", "medical", "legal", "pharmacist", "librarian", "admin", "rep"])
def test_in_the_eu_only_regulatory_publishes(db: Database, people: People, approved: str, role: str) -> None:
    with pytest.raises(NotAllowed):
        publish(db, people[role], approved)
    assert status_of(db, approved) == "approved"


def test_the_author_does_not_publish(
    db: Database, people: People, source: str, add_person: Callable[..., Actor]
) -> None:
    both = add_person("Both", Role.WRITER, Role.REGULATORY)
    piece = add_piece(db, both, document_of(db, source))
    sign(db, people, piece.id)
    with pytest.raises(NotAllowed, match="Both wrote"):
        publish(db, both, piece.id)


def test_an_approved_piece_whose_source_has_gone_is_not_published(
    db: Database, people: People, source: str, approved: str
) -> None:
    withdraw_source(db, people["librarian"], source, "Wrong file")
    with pytest.raises(SourceNotUsable, match="withdrawn"):
        publish(db, people["regulatory"], approved)


def test_a_piece_of_a_frozen_product_is_not_published(db: Database, people: People, approved: str) -> None:
    freeze_product(db, people["safety"], "Velmora", "Signal")
    with pytest.raises(ProductFrozen, match="Signal"):
        publish(db, people["regulatory"], approved)


@pytest.mark.parametrize("table", ["rendition", "document"])
def test_bytes_that_are_not_those_signed_are_neither_published_nor_served(
    db: Database, people: People, approved: str, table: str
) -> None:
    def tamper() -> None:
        with db.write() as tx:
            if table == "rendition":
                tx.execute(update(rendition).where(rendition.c.name == "html").values(bytes=b"<p>20 mg</p>"))
            else:
                tx.execute(update(revision).values(document=revision.c.document + " "))

    tamper()
    with pytest.raises(IntegrityError, match="not what was signed"):
        publish(db, people["regulatory"], approved)
    assert status_of(db, approved) == "approved"
