"""Who may approve, and who never."""

from collections.abc import Callable

import pytest

from assistant.errors import (
    AlreadyDecided,
    Conflict,
    InvalidInput,
    NotAllowed,
)
from assistant.people.roles import Actor, Role
from assistant.review.attestations import attest
from assistant.review.decisions import approve, reject, request_changes
from assistant.review.model import Piece
from assistant.review.submission import SubmitResult, submit
from assistant.review.tasks import claim
from assistant.store.database import Database
from assistant.store.schema import decision
from tests.builders.dossier import add_piece, document_of, edit
from tests.builders.reading import count, status_of

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


def test_the_author_does_not_approve_even_with_the_role(
    db: Database, source: str, add_person: Callable[..., Actor]
) -> None:
    both = add_person("Both", Role.WRITER, Role.MEDICAL)
    piece = add_piece(db, both, document_of(db, source))
    submit(db, both, piece.id)
    for act in (
        lambda: approve(db, both, piece.id, PASSWORD),
        lambda: claim(db, both, piece.id),
        lambda: attest(db, both, piece.id, "s1", "I wrote it"),
        lambda: reject(db, both, piece.id, "No"),
    ):
        with pytest.raises(NotAllowed, match="wrote, edited or submitted"):
            act()
    assert count(db, decision) == 0


def test_whoever_edited_any_revision_does_not_approve(
    db: Database, people: People, source: str, piece: Piece, add_person: Callable[..., Actor]
) -> None:
    editor = add_person("Editor", Role.WRITER, Role.MEDICAL)
    edit(db, editor, piece.id, document_of(db, source, 1))
    edit(db, people["writer"], piece.id, document_of(db, source, 2))
    submit(db, people["writer"], piece.id)
    with pytest.raises(NotAllowed, match="Editor wrote, edited"):
        approve(db, editor, piece.id, PASSWORD)


def test_whoever_submitted_does_not_approve(
    db: Database, piece: Piece, add_person: Callable[..., Actor]
) -> None:
    helper = add_person("Helper", Role.WRITER, Role.MEDICAL)
    submit(db, helper, piece.id)
    with pytest.raises(NotAllowed):
        approve(db, helper, piece.id, PASSWORD)


def test_an_administrator_signs_nothing_whatever_other_roles_they_have(
    db: Database, submitted: SubmitResult, add_person: Callable[..., Actor]
) -> None:
    root = add_person("Root", Role.ADMIN, Role.MEDICAL)
    with pytest.raises(NotAllowed, match="administrator"):
        approve(db, root, submitted.piece_id, PASSWORD)


def test_one_person_does_not_fill_two_roles_of_a_round(
    db: Database, submitted: SubmitResult, add_person: Callable[..., Actor]
) -> None:
    two = add_person("Two", Role.MEDICAL, Role.REGULATORY)
    medical, regulatory = submitted.tasks
    approve(db, two, medical.id, PASSWORD)
    with pytest.raises(Conflict, match="already holds the medical task"):
        approve(db, two, regulatory.id, PASSWORD)
    with pytest.raises(AlreadyDecided):
        approve(db, two, submitted.piece_id, PASSWORD)
    assert status_of(db, submitted.piece_id) == "in_review"


def test_a_person_with_two_roles_has_to_say_which_task_is_meant(
    db: Database, submitted: SubmitResult, add_person: Callable[..., Actor]
) -> None:
    two = add_person("Two", Role.MEDICAL, Role.REGULATORY)
    with pytest.raises(InvalidInput, match="Several tasks"):
        claim(db, two, submitted.piece_id)
    claim(db, two, submitted.tasks[1].id)
    assert approve(db, two, submitted.piece_id, PASSWORD).task_id == submitted.tasks[1].id


def test_a_role_that_is_not_awaited_has_no_task(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    with pytest.raises(NotAllowed, match="is for The legal"):
        approve(db, people["legal"], submitted.piece_id, PASSWORD)
    with pytest.raises(NotAllowed, match="role medical"):
        approve(db, people["regulatory"], submitted.tasks[0].id, PASSWORD)


@pytest.mark.parametrize(
    "role", ["writer", "librarian", "rep", "hcp", "auditor", "safety", "medinfo", "admin"]
)
def test_nobody_else_decides(db: Database, people: People, submitted: SubmitResult, role: str) -> None:
    for act in (
        lambda: approve(db, people[role], submitted.piece_id, PASSWORD),
        lambda: reject(db, people[role], submitted.piece_id, "No"),
        lambda: request_changes(db, people[role], submitted.piece_id, "No"),
        lambda: claim(db, people[role], submitted.piece_id),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert status_of(db, submitted.piece_id) == "in_review"
