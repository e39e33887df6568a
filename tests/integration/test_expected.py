"""The list of tasks a page at a time, and what is expected of people for their own pieces, on both databases."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from assistant.errors import InvalidInput, NotAllowed
from assistant.people.roles import Actor, Role
from assistant.review.decisions import approve, request_changes
from assistant.review.expected import expected_pieces
from assistant.review.submission import submit
from assistant.review.tasks import list_tasks
from assistant.store.database import Database
from assistant.store.schema import piece as piece_table
from tests.builders.dossier import add_piece, add_source, document_of

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


@pytest.fixture
def pieces(db: Database, people: People) -> list[str]:
    source = add_source(db, people["librarian"])
    return [add_piece(db, people["writer"], document_of(db, source)).id for _ in range(3)]


def expected(db: Database, actor: Actor) -> dict[str, tuple[str, bool]]:
    return {
        one["piece"]["id"]: (one["waits_for"], one["expected_of_me"]) for one in expected_pieces(db, actor)
    }


@pytest.mark.parametrize("limit", [1, 2, 4, 6, 500])
def test_the_pages_together_are_the_list_and_each_task_stands_once(
    db: Database, people: People, pieces: list[str], limit: int
) -> None:
    for piece in pieces:
        submit(db, people["writer"], piece)
    whole = [t.id for t in list_tasks(db, people["auditor"]).tasks]
    assert len(set(whole)) == 6
    found, after, pages = [], "", 0
    while pages == 0 or after:
        page = list_tasks(db, people["auditor"], after=after, limit=limit)
        assert len(page.tasks) <= limit
        found += [t.id for t in page.tasks]
        after, pages = page.next, pages + 1
    assert found == whole
    assert pages == -(-6 // limit)


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 501}, {"after": "somewhere"}])
def test_a_page_that_cannot_be_is_refused(db: Database, people: People, asked: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        list_tasks(db, people["medical"], **asked)  # type: ignore[arg-type]  # one wrong word at a time


def test_a_writer_is_expected_to_go_on_with_what_waits_for_them(
    db: Database, people: People, pieces: list[str]
) -> None:
    draft, returned, reviewed = pieces
    for piece in (returned, reviewed):
        submit(db, people["writer"], piece)
    request_changes(db, people["medical"], returned, "Shorter")
    assert expected(db, people["writer"]) == {
        draft: ("submit", True),
        returned: ("change", True),
        reviewed: ("review", False),
    }
    assert [one["expected_of_me"] for one in expected_pieces(db, people["writer"])] == [True, True, False]
    assert expected(db, people["medical"]) == {}
    with pytest.raises(NotAllowed):
        expected_pieces(db, people["rep"])


def test_an_approved_piece_is_expected_of_who_may_release_it_and_shown_to_its_writer(
    db: Database, people: People, pieces: list[str], add_person: Callable[..., Actor]
) -> None:
    (piece, *_) = pieces
    submit(db, people["writer"], piece)
    for role in ("medical", "regulatory"):
        approve(db, people[role], piece, PASSWORD)
    assert expected(db, people["writer"])[piece] == ("release", False)
    assert expected(db, people["regulatory"]) == {piece: ("release", True)}
    assert expected(db, people["pharmacist"]) == {}, "in the EU regulatory releases"
    both = add_person("Both", Role.ADMIN, Role.REGULATORY)
    assert expected(db, both) == {}
    with db.write() as tx:
        tx.execute(update(piece_table).where(piece_table.c.id == piece).values(status="suspended"))
    assert expected(db, people["writer"])[piece] == ("renew", True)
