"""The way of a piece from draft to its readers and back, on both databases."""

import pytest

from assistant.corpus.sources import withdraw_source
from assistant.people.roles import Actor
from assistant.publishing.cascade import cascade
from assistant.publishing.errors import Gone
from assistant.publishing.publications import publish
from assistant.publishing.serving import published_bytes
from assistant.review.decisions import approve
from assistant.review.submission import submit
from assistant.review.view import review_json
from assistant.store.database import Database
from tests.builders.dossier import add_piece, add_source, document_of

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


def test_a_piece_goes_from_draft_to_its_readers_and_is_gone_when_its_source_is_withdrawn(
    db: Database, people: People
) -> None:
    source = add_source(db, people["librarian"])
    piece = add_piece(db, people["writer"], document_of(db, source))
    submitted = submit(db, people["writer"], piece.id)
    approve(db, people["medical"], piece.id, PASSWORD)
    approve(db, people["regulatory"], piece.id, PASSWORD, manifest_hash=submitted.manifest_hash)
    publication = publish(db, people["regulatory"], piece.id)
    html, media_type = published_bytes(db, publication.id, "html")
    assert b"10 mg once daily" in html
    assert media_type.startswith("text/html")
    withdraw_source(db, people["librarian"], source, "A new risk")
    with pytest.raises(Gone, match="A new risk"):
        published_bytes(db, publication.id, "html")
    recalled = cascade(db, people["librarian"], "source_withdrawn", [source])
    assert [(r["piece"], r["publication"]) for r in recalled] == [(piece.id, publication.id)]
    shown = review_json(db, people["auditor"], piece.id)
    assert shown["piece"]["status"] == "recalled"
