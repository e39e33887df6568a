"""What a newer version of a source does to what rests on the older one, on both databases."""

from collections.abc import Callable

from assistant.corpus.sources import withdraw_source
from assistant.publishing.cascade import cascade
from assistant.publishing.listing import list_published
from assistant.publishing.model import Publication
from assistant.publishing.publications import publish
from assistant.review.submission import submit
from assistant.store.database import Database
from tests.builders.dossier import SENTENCES, add_piece, add_source, document_of, edit
from tests.builders.publications import is_served, sign
from tests.builders.reading import status_of
from tests.builders.release import People


def test_a_piece_whose_quotes_stand_in_the_newer_version_stays_live_once_that_is_confirmed(
    db: Database, people: People, source: str, published: Publication, newer: Callable[..., str]
) -> None:
    version = newer(*SENTENCES[:2], "A new sentence.")
    assert is_served(db, published) == (False, "source_superseded"), "not before it is confirmed"
    assert cascade(db, people["librarian"], "source_superseded", [source]) == []
    assert is_served(db, published) == (True, "")
    (shown,) = list_published(db)
    assert {s["id"] for s in shown["sources"]} == {source, version}
    withdraw_source(db, people["librarian"], version, "Withdrawn too")
    assert is_served(db, published) == (False, "source_withdrawn")
    (recalled,) = cascade(db, people["librarian"], "source_withdrawn", [version])
    assert recalled["publication"] == published.id


def test_a_piece_whose_support_changed_is_suspended_until_a_new_revision_is_signed(
    db: Database, people: People, source: str, published: Publication, newer: Callable[..., str]
) -> None:
    version = newer(SENTENCES[0], "The recommended starting dose is 5 mg once daily.")
    (stopped,) = cascade(db, people["librarian"], "source_superseded", [source])
    assert stopped["publication"] == published.id
    assert status_of(db, published.piece_id) == "suspended"
    assert is_served(db, published) == (False, "suspended")
    edit(db, people["writer"], published.piece_id, document_of(db, version, 2))
    sign(db, people, published.piece_id)
    again = publish(db, people["regulatory"], published.piece_id)
    assert is_served(db, again) == (True, "")
    assert is_served(db, published) == (False, "superseded")


def test_a_piece_is_suspended_where_the_newer_version_is_not_approved_for_its_market(
    db: Database, people: People, source: str, published: Publication
) -> None:
    add_source(db, people["librarian"], (*SENTENCES, "More."), markets=("US",), replaces=source)
    (stopped,) = cascade(db, people["librarian"], "source_superseded", [source])
    assert stopped["publication"] == published.id
    assert is_served(db, published) == (False, "suspended")


def test_a_second_newer_version_is_compared_with_what_was_quoted_at_first(
    db: Database, people: People, source: str, published: Publication, newer: Callable[..., str]
) -> None:
    second = newer(*SENTENCES[:2], "Second.")
    cascade(db, people["librarian"], "source_superseded", [source])
    third = newer(*SENTENCES[:2], "Third.", replaces=second)
    assert is_served(db, published) == (False, "source_superseded")
    cascade(db, people["librarian"], "source_superseded", [second])
    assert is_served(db, published) == (True, "")
    newer("Nothing of it is left.", replaces=third)
    cascade(db, people["librarian"], "source_superseded", [third])
    assert is_served(db, published) == (False, "suspended")


def test_a_draft_on_a_superseded_source_returns_to_its_writer(
    db: Database, people: People, source: str, newer: Callable[..., str]
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source))
    submit(db, people["writer"], piece.id)
    newer(*SENTENCES, "More.")
    (returned,) = cascade(db, people["librarian"], "source_superseded", [source])
    assert (returned["piece"], returned["publication"]) == (piece.id, None)
    assert status_of(db, piece.id) == "draft"
