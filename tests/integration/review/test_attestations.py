"""Comments, attestations and overrides: who gives them, and how long they count."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.content.editing import edit_segment
from assistant.errors import (
    Blocked,
    InvalidInput,
    NotAllowed,
    NotFound,
    WrongState,
)
from assistant.people.roles import Actor, Role
from assistant.review.attestations import attest
from assistant.review.comments import comment, resolve_comment
from assistant.review.decisions import approve, request_changes
from assistant.review.model import Piece
from assistant.review.overrides import override
from assistant.review.pieces import load_revision
from assistant.review.submission import SubmitResult, submit
from assistant.review.view import review_json
from assistant.store.database import Database
from tests.builders.dossier import add_piece, document_of, edit, reworded

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


def test_nobody_approves_while_a_mandatory_comment_is_open(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    said = comment(db, people["regulatory"], submitted.piece_id, "Date it", lineage="s1", mandatory=True)
    with pytest.raises(Blocked, match="mandatory comments"):
        approve(db, people["medical"], submitted.piece_id, PASSWORD)
    with pytest.raises(NotAllowed):
        resolve_comment(db, people["writer"], said)
    assert resolve_comment(db, people["regulatory"], said) == submitted.piece_id
    approve(db, people["medical"], submitted.piece_id, PASSWORD)


def test_an_ordinary_comment_stops_nothing_and_the_writer_may_resolve_it(
    db: Database, people: People, clock: Any, submitted: SubmitResult
) -> None:
    said = comment(db, people["medical"], submitted.piece_id, "Nice")
    clock.advance(minutes=1)
    answer = comment(db, people["writer"], submitted.piece_id, "Thank you", parent=said)
    resolve_comment(db, people["writer"], said)
    shown = review_json(db, people["writer"], submitted.piece_id)["comments"]
    assert [(c["id"], c["parent"], c["resolved"]) for c in shown] == [
        (said, None, True),
        (answer, said, False),
    ]
    approve(db, people["medical"], submitted.piece_id, PASSWORD)


def test_a_mandatory_comment_is_made_and_resolved_by_independent_reviewers_alone(
    db: Database, people: People, submitted: SubmitResult, add_person: Callable[..., Actor]
) -> None:
    said = comment(db, people["regulatory"], submitted.piece_id, "Date it", mandatory=True)
    admin = add_person("Admin too", Role.ADMIN, Role.MEDICAL)
    for who in (admin, people["admin"], people["writer"]):
        with pytest.raises(NotAllowed):
            comment(db, who, submitted.piece_id, "Must", mandatory=True)
        with pytest.raises(NotAllowed):
            resolve_comment(db, who, said)
    assert review_json(db, people["medical"], submitted.piece_id)["open"]["comments"] == [said]
    resolve_comment(db, people["medical"], said)
    assert review_json(db, people["medical"], submitted.piece_id)["open"]["comments"] == []


def test_a_comment_is_on_something_and_says_something(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    with pytest.raises(NotFound, match="no statement s9"):
        comment(db, people["medical"], submitted.piece_id, "?", lineage="s9")
    with pytest.raises(InvalidInput):
        comment(db, people["medical"], submitted.piece_id, " ")
    with pytest.raises(NotFound):
        comment(db, people["medical"], submitted.piece_id, "?", parent="comment_none")
    with pytest.raises(NotFound):
        resolve_comment(db, people["medical"], "comment_none")
    with pytest.raises(NotAllowed, match="mandatory"):
        comment(db, people["writer"], submitted.piece_id, "Must", mandatory=True)


@pytest.fixture
def reworded_piece(db: Database, people: People, source: str) -> Piece:
    """Its second statement says the same in other words: code cannot decide, a medical reviewer has to."""
    document = reworded(
        document_of(db, source), "s2", "The starting dose that is recommended is 10 mg once daily."
    )
    return add_piece(db, people["writer"], document)


def test_a_reworded_statement_waits_for_a_medical_attestation(
    db: Database, people: People, reworded_piece: Piece
) -> None:
    submit(db, people["writer"], reworded_piece.id)
    shown = review_json(db, people["medical"], reworded_piece.id)
    assert [s["verdict"] for s in shown["statements"]] == ["pass", "needs_review"]
    assert shown["open"]["unattested"] == ["s2"]
    with pytest.raises(Blocked, match="attestation: s2"):
        approve(db, people["medical"], reworded_piece.id, PASSWORD)
    with pytest.raises(NotAllowed):
        attest(db, people["regulatory"], reworded_piece.id, "s2", "Same meaning")
    first = attest(db, people["medical"], reworded_piece.id, "s2", "Same meaning")
    assert attest(db, people["medical"], reworded_piece.id, "s2", "Same meaning") == first
    shown = review_json(db, people["medical"], reworded_piece.id)
    assert [s["verdict"] for s in shown["statements"]] == ["pass", "pass"]
    approve(db, people["medical"], reworded_piece.id, PASSWORD)


def test_an_attestation_outlives_an_edit_elsewhere_and_no_edit_of_its_statement(
    db: Database, people: People, reworded_piece: Piece
) -> None:
    submit(db, people["writer"], reworded_piece.id)
    attest(db, people["medical"], reworded_piece.id, "s2", "Same meaning")
    with db.read() as connection:
        document = load_revision(connection, reworded_piece.revision_id or "").document
    edit(db, people["writer"], reworded_piece.id, reworded(document, "t1", "Velmora: what matters"))
    assert review_json(db, people["writer"], reworded_piece.id)["open"]["unattested"] == ["t1"]
    edit(
        db,
        people["writer"],
        reworded_piece.id,
        reworded(document, "s2", "As a starting dose, 10 mg once daily is recommended."),
    )
    assert review_json(db, people["writer"], reworded_piece.id)["open"]["unattested"] == ["s2"]


def test_an_attestation_does_not_count_once_its_giver_has_edited_the_piece(
    db: Database, people: People, reworded_piece: Piece, add_person: Callable[..., Actor]
) -> None:
    turned = add_person("Turned", Role.MEDICAL, Role.WRITER)
    submit(db, people["writer"], reworded_piece.id)
    attest(db, turned, reworded_piece.id, "s2", "Same meaning")
    with db.read() as connection:
        document = load_revision(connection, reworded_piece.revision_id or "").document
    edit(db, turned, reworded_piece.id, reworded(document, "t1", "Velmora: what matters"))
    assert review_json(db, people["writer"], reworded_piece.id)["open"]["unattested"] == ["t1", "s2"]


def test_a_title_that_a_person_wrote_waits_for_a_medical_attestation(
    db: Database, people: People, piece: Piece
) -> None:
    base = piece.revision_id or ""
    edit_segment(db, people["writer"], piece.id, "t1", "Did you know that Velmora halves mortality?", base)
    submit(db, people["writer"], piece.id)
    assert review_json(db, people["medical"], piece.id)["open"]["unattested"] == ["t1"]
    with pytest.raises(Blocked, match="attestation: t1"):
        approve(db, people["medical"], piece.id, PASSWORD)
    attest(db, people["medical"], piece.id, "t1", "It asks, it does not state.")
    approve(db, people["medical"], piece.id, PASSWORD)


def test_only_a_statement_under_review_is_attested(db: Database, people: People, piece: Piece) -> None:
    with pytest.raises(WrongState):
        attest(db, people["medical"], piece.id, "s1", "Read")
    submit(db, people["writer"], piece.id)
    for lineage in ("s9", "t1"):
        with pytest.raises(NotFound):
            attest(db, people["medical"], piece.id, lineage, "Read")
    with pytest.raises(InvalidInput):
        attest(db, people["medical"], piece.id, "s1", "")


def test_a_block_falls_only_when_two_named_reviewers_give_a_reason(
    db: Database, people: People, with_request: Piece
) -> None:
    blocks = review_json(db, people["legal"], with_request.id)["open"]["blocks"]
    assert blocks
    for block in blocks:
        override(db, people["legal"], with_request.id, block["rule"], block["where"], "Agency letter")
        override(db, people["legal"], with_request.id, block["rule"], block["where"], "Agency letter")
    with pytest.raises(Blocked, match="blocking findings"):
        approve(db, people["legal"], with_request.id, PASSWORD)
    for block in blocks:
        override(db, people["regulatory"], with_request.id, block["rule"], block["where"], "Agency letter")
    assert review_json(db, people["legal"], with_request.id)["open"]["blocks"] == []
    approve(db, people["legal"], with_request.id, PASSWORD)


def test_an_override_does_not_count_once_its_giver_has_submitted_the_piece(
    db: Database, people: People, with_request: Piece, add_person: Callable[..., Actor]
) -> None:
    turned = add_person("Turned", Role.REGULATORY, Role.WRITER)
    blocks = review_json(db, people["legal"], with_request.id)["open"]["blocks"]
    for block in blocks:
        for who in (turned, people["legal"]):
            override(db, who, with_request.id, block["rule"], block["where"], "Agency letter")
    assert review_json(db, people["legal"], with_request.id)["open"]["blocks"] == []
    request_changes(db, people["medical"], with_request.id, "Look again")
    submit(db, turned, with_request.id, override_request="Agreed with the agency")
    assert review_json(db, people["legal"], with_request.id)["open"]["blocks"] == blocks


def test_an_override_is_of_something_that_was_found(
    db: Database, people: People, with_request: Piece
) -> None:
    with pytest.raises(NotFound):
        override(db, people["legal"], with_request.id, "FR99", "piece", "Why not")
    with pytest.raises(NotAllowed):
        override(db, people["writer"], with_request.id, "FR1", "piece", "Why not")


def test_overrides_do_not_outlive_an_edit(
    db: Database, people: People, source: str, with_request: Piece
) -> None:
    block = review_json(db, people["legal"], with_request.id)["open"]["blocks"][0]
    for name in ("legal", "regulatory"):
        override(db, people[name], with_request.id, block["rule"], block["where"], "Agency letter")
    edit(db, people["writer"], with_request.id, document_of(db, source, 1))
    shown = review_json(db, people["legal"], with_request.id)
    assert shown["overrides"] == []
    assert block in shown["open"]["blocks"]
