"""Taking back what is published, on both databases."""

import pytest

from assistant.errors import (
    InvalidInput,
    NotAllowed,
    WrongState,
)
from assistant.publishing.errors import Gone
from assistant.publishing.listing import list_published
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.publishing.serving import published_bytes
from assistant.store.database import Database
from tests.builders.dossier import document_of, edit
from tests.builders.publications import is_served, sign
from tests.builders.reading import actions, status_of
from tests.builders.release import People


def test_a_recalled_piece_is_gone_and_the_reason_is_told(
    db: Database, people: People, published: Publication
) -> None:
    (recalled,) = recall_piece(db, people["safety"], published.piece_id, "Wrong dose")
    assert recalled == {
        "piece": published.piece_id,
        "publication": published.id,
        "reason": "Wrong dose",
        "cause": "recalled",
    }
    with pytest.raises(Gone, match="Wrong dose"):
        published_bytes(db, published.id, "html")
    assert status_of(db, published.piece_id) == "recalled"
    assert actions(db)[-1] == "piece.recalled"
    with pytest.raises(WrongState, match="recalled already"):
        recall_piece(db, people["safety"], published.piece_id, "Again")


def test_only_what_is_published_is_recalled_by_those_who_may(
    db: Database, people: People, approved: str
) -> None:
    with pytest.raises(WrongState, match="never published"):
        recall_piece(db, people["medical"], approved, "No")
    for role in ("writer", "librarian", "rep", "admin", "legal"):
        with pytest.raises(NotAllowed):
            recall_piece(db, people[role], approved, "No")
    with pytest.raises(InvalidInput):
        recall_piece(db, people["medical"], approved, "")


def test_an_edit_of_a_published_piece_leaves_what_is_published_until_the_next_is_signed(
    db: Database, people: People, source: str, published: Publication
) -> None:
    before, _ = published_bytes(db, published.id, "html")
    edit(db, people["writer"], published.piece_id, document_of(db, source, 3))
    assert status_of(db, published.piece_id) == "draft"
    assert published_bytes(db, published.id, "html")[0] == before
    with pytest.raises(WrongState):
        publish(db, people["regulatory"], published.piece_id)
    sign(db, people, published.piece_id)
    newer = publish(db, people["regulatory"], published.piece_id)
    assert is_served(db, newer) == (True, "")
    assert is_served(db, published) == (False, "superseded")
    assert [p["id"] for p in list_published(db)] == [newer.id]


def test_recalling_a_piece_whose_next_revision_is_on_its_way_stops_what_is_published(
    db: Database, people: People, source: str, published: Publication
) -> None:
    edit(db, people["writer"], published.piece_id, document_of(db, source, 3))
    recall_piece(db, people["medical"], published.piece_id, "Wrong")
    assert is_served(db, published) == (False, "recalled")
    assert status_of(db, published.piece_id) == "draft"
