"""What is served, to whom and until when, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from assistant.corpus.products import freeze_product, unfreeze_product
from assistant.corpus.sources import withdraw_source
from assistant.errors import (
    IntegrityError,
    InvalidInput,
    NotAllowed,
)
from assistant.publishing.cascade import cascade
from assistant.publishing.errors import Gone, UnknownPublication
from assistant.publishing.expiry import mark_expired
from assistant.publishing.export import export_piece
from assistant.publishing.listing import list_published, publication_json
from assistant.publishing.model import Publication
from assistant.publishing.recalls import recall_piece
from assistant.publishing.serving import published_bytes
from assistant.review.pieces import load_piece
from assistant.store.database import Database
from assistant.store.schema import rendition
from tests.builders.dossier import add_piece, document_of
from tests.builders.publications import is_served
from tests.builders.reading import status_of
from tests.builders.release import People


def test_bytes_changed_after_publication_are_not_served(db: Database, published: Publication) -> None:
    with db.write() as tx:
        tx.execute(update(rendition).where(rendition.c.name == "pdf").values(bytes=b"%PDF"))
    with pytest.raises(IntegrityError):
        published_bytes(db, published.id, "pdf")


def test_a_withdrawn_source_stops_it_at_once_before_any_cascade(
    db: Database, people: People, source: str, published: Publication
) -> None:
    assert is_served(db, published) == (True, "")
    withdraw_source(db, people["librarian"], source, "A new risk")
    assert is_served(db, published) == (False, "source_withdrawn")
    with pytest.raises(Gone, match="A new risk"):
        published_bytes(db, published.id, "html")
    assert list_published(db) == []
    (shown,) = list_published(db, stopped=True)
    assert (shown["served"], shown["cause"]) == (False, "source_withdrawn")


def test_a_frozen_product_stops_it_and_it_comes_back_when_the_freeze_is_lifted(
    db: Database, people: People, published: Publication
) -> None:
    freeze_product(db, people["safety"], "Velmora", "Signal")
    assert is_served(db, published) == (False, "product_frozen")
    listed = cascade(db, people["safety"], "product_frozen", product_id=product_of(db, published))
    assert [item["publication"] for item in listed] == [published.id]
    unfreeze_product(db, people["safety"], "Velmora", "Closed")
    assert is_served(db, published) == (True, "")


def product_of(db: Database, publication: Publication) -> str:
    with db.read() as connection:
        return load_piece(connection, publication.piece_id).product_id


def test_it_is_served_to_the_end_of_its_last_day_on_the_markets_wall(
    db: Database, clock: Any, published: Publication
) -> None:
    clock.instant = clock.instant.replace(year=2027, month=1, day=1, hour=22, minute=30)
    assert is_served(db, published) == (True, ""), "23:30 in Brussels"
    clock.advance(hours=1)
    assert is_served(db, published) == (False, "expired"), "00:30 in Brussels, the day after"


def test_what_has_expired_is_marked_once(db: Database, clock: Any, published: Publication) -> None:
    assert mark_expired(db) == []
    clock.advance(days=365)
    (marked,) = mark_expired(db)
    assert marked["publication"] == published.id
    assert mark_expired(db) == []
    assert status_of(db, published.piece_id) == "expired"
    assert is_served(db, published) == (False, "expired")


def test_an_unknown_publication_is_named(db: Database) -> None:
    with pytest.raises(UnknownPublication, match="publication_none"):
        published_bytes(db, "publication_none", "html")


def test_an_internal_piece_is_not_shown_to_a_health_professional(
    db: Database, people: People, published: Publication
) -> None:
    assert list_published(db, reader=people["hcp"]) == []
    assert [item["id"] for item in list_published(db, reader=people["rep"])] == [published.id]
    for look in (
        lambda: published_bytes(db, published.id, "html", people["hcp"]),
        lambda: publication_json(db, published, people["hcp"]),
        lambda: export_piece(db, people["hcp"], published.piece_id, "html"),
    ):
        with pytest.raises(NotAllowed):
            look()


def test_a_copy_of_what_is_served_is_the_signed_one_and_any_other_is_marked(
    db: Database, people: People, source: str, published: Publication
) -> None:
    signed = export_piece(db, people["rep"], published.piece_id, "html")
    assert signed.approved
    assert signed.content == published_bytes(db, published.id, "html")[0]
    recall_piece(db, people["medical"], published.piece_id, "Wrong")
    copy = export_piece(db, people["writer"], published.piece_id, "html")
    assert not copy.approved
    assert b"Not an approved rendition" in copy.content
    with pytest.raises(Gone, match="It was recalled: Wrong"):
        export_piece(db, people["rep"], published.piece_id, "html")
    with pytest.raises(NotAllowed):
        export_piece(db, people["rep"], published.piece_id, "json")
    draft = add_piece(db, people["writer"], document_of(db, source, 1))
    assert export_piece(db, people["writer"], draft.id, "pdf").content.startswith(b"%PDF")
    assert export_piece(db, people["writer"], draft.id, "json").media_type == "application/json"
    with pytest.raises(InvalidInput):
        export_piece(db, people["writer"], draft.id, "docx")
    with pytest.raises(NotAllowed):
        export_piece(db, people["rep"], draft.id, "html")


@pytest.mark.parametrize("fmt", ["html", "text", "pdf"])
def test_a_copy_of_what_is_suspended_is_refused_to_a_representative_with_the_reason(
    db: Database,
    people: People,
    source: str,
    published: Publication,
    newer: Callable[..., str],
    fmt: str,
) -> None:
    newer("The recommended starting dose is 5 mg once daily.")
    cascade(db, people["librarian"], "source_superseded", [source])
    with pytest.raises(Gone, match="It is suspended: "):
        export_piece(db, people["rep"], published.piece_id, fmt)
    with pytest.raises(NotAllowed, match="own people"):
        export_piece(db, people["hcp"], published.piece_id, fmt)
    assert not export_piece(db, people["writer"], published.piece_id, fmt).approved
