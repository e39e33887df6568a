"""Signing: what a signature holds, and what voids it."""

import json

import pytest
from sqlalchemy import select

from assistant.errors import (
    AlreadyDecided,
    Conflict,
    InvalidInput,
    NotAllowed,
    UnknownPiece,
    WrongPassword,
)
from assistant.people.roles import Actor
from assistant.review.decisions import approve, reject, request_changes
from assistant.review.model import Piece
from assistant.review.pieces import save_revision
from assistant.review.rounds import load_task
from assistant.review.submission import SubmitResult, submit
from assistant.review.view import review_json
from assistant.store.database import Database
from assistant.store.schema import audit_entry, decision, signature
from tests.builders.dossier import document_of, edit
from tests.builders.reading import actions, count, status_of

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


def test_a_signature_names_the_manifest_the_person_the_time_and_the_meaning(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    approve(db, people["medical"], submitted.piece_id, PASSWORD, meaning="medical approval")
    shown = review_json(db, people["medical"], submitted.piece_id)
    signed = shown["signature"]
    assert signed["manifest_hash"] == submitted.manifest_hash
    assert signed["by"]["name"] == "The medical"
    assert signed["meaning"] == "medical approval"
    assert signed["at"] == "2026-06-15T10:00:00+00:00"
    assert shown["decision"]["outcome"] == "approved"
    assert "piece.signed" in actions(db)


def test_a_wrong_password_signs_nothing_and_is_in_the_trail(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    with pytest.raises(WrongPassword):
        approve(db, people["medical"], submitted.piece_id, "not the passphrase")
    assert count(db, signature) == 0
    assert "user.password_wrong" in actions(db)
    with db.read() as connection:
        assert load_task(connection, submitted.tasks[0].id).status == "open"


def test_whoever_tries_to_sign_and_may_not_is_in_the_trail_with_piece_and_task(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    medical = next(task.id for task in submitted.tasks if task.role == "medical")
    with pytest.raises(WrongPassword):
        approve(db, people["medical"], submitted.piece_id, "not the passphrase")
    with pytest.raises(WrongPassword):
        approve(db, people["medical"], medical, "not the passphrase", changes="Date it")
    with pytest.raises(NotAllowed):
        approve(db, people["writer"], submitted.piece_id, PASSWORD)
    with pytest.raises(NotAllowed):
        approve(db, people["admin"], medical, PASSWORD)
    with pytest.raises(UnknownPiece):
        approve(db, people["medical"], "piece_none", PASSWORD)
    with db.read() as connection:
        rows = connection.execute(
            select(audit_entry)
            .where(audit_entry.c.action == "signature.refused")
            .order_by(audit_entry.c.number)
        ).all()
    assert {row.subject for row in rows} == {submitted.piece_id}
    details = [(row.actor_id, json.loads(row.canonical)["details"]) for row in rows]
    assert details == [
        (people["medical"].id, {"task": medical, "why": "wrong_password"}),
        (people["medical"].id, {"task": medical, "why": "wrong_password"}),
        (people["writer"].id, {"task": None, "why": "not_allowed"}),
        (people["admin"].id, {"task": medical, "why": "not_allowed"}),
    ]


def test_the_hash_that_was_seen_has_to_be_the_hash_that_is_signed(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    with pytest.raises(Conflict, match="not what would be signed"):
        approve(db, people["medical"], submitted.piece_id, PASSWORD, manifest_hash="0" * 64)
    approve(db, people["medical"], submitted.piece_id, PASSWORD, manifest_hash=submitted.manifest_hash)


@pytest.mark.parametrize("meaning", ["", "  ", "x" * 201])
def test_a_signature_without_a_meaning_is_refused(
    db: Database, people: People, submitted: SubmitResult, meaning: str
) -> None:
    with pytest.raises(InvalidInput, match="meaning"):
        approve(db, people["medical"], submitted.piece_id, PASSWORD, meaning=meaning)


def test_the_last_approval_that_is_needed_approves_the_piece(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    assert approve(db, people["medical"], submitted.piece_id, PASSWORD).piece_status == "in_review"
    assert approve(db, people["regulatory"], submitted.piece_id, PASSWORD).piece_status == "approved"


def test_a_second_decision_changes_nothing(db: Database, people: People, submitted: SubmitResult) -> None:
    approve(db, people["medical"], submitted.piece_id, PASSWORD)
    entries = count(db, audit_entry)
    for act in (
        lambda: approve(db, people["medical"], submitted.piece_id, PASSWORD),
        lambda: approve(db, people["medical"], submitted.tasks[0].id, PASSWORD),
        lambda: reject(db, people["medical"], submitted.tasks[0].id, "Changed my mind"),
        lambda: request_changes(db, people["medical"], submitted.piece_id, "Changed my mind"),
    ):
        with pytest.raises(AlreadyDecided, match="decided already"):
            act()
    assert (count(db, decision), count(db, signature), count(db, audit_entry)) == (1, 1, entries)


def test_an_edit_voids_the_signatures_and_the_round(
    db: Database, people: People, source: str, submitted: SubmitResult
) -> None:
    approve(db, people["medical"], submitted.piece_id, PASSWORD)
    edit(db, people["writer"], submitted.piece_id, document_of(db, source, 1))
    assert status_of(db, submitted.piece_id) == "draft"
    assert review_json(db, people["medical"], submitted.piece_id)["signatures"] == []
    with pytest.raises(Conflict, match="The review was ended"):
        approve(db, people["regulatory"], submitted.tasks[1].id, PASSWORD)
    again = submit(db, people["writer"], submitted.piece_id)
    assert approve(db, people["regulatory"], again.piece_id, PASSWORD).piece_status == "in_review"


def test_saving_the_same_text_keeps_the_signatures(
    db: Database, people: People, source: str, submitted: SubmitResult
) -> None:
    approve(db, people["medical"], submitted.piece_id, PASSWORD)
    entries = count(db, audit_entry)
    edit(db, people["writer"], submitted.piece_id, document_of(db, source))
    assert count(db, audit_entry) == entries
    assert approve(db, people["regulatory"], submitted.piece_id, PASSWORD).piece_status == "approved"


def test_two_who_edit_the_same_revision_do_not_overwrite_each_other(
    db: Database, people: People, source: str, piece: Piece
) -> None:
    edit(db, people["writer"], piece.id, document_of(db, source, 1))
    with pytest.raises(Conflict, match="newer revision"), db.write() as tx:
        save_revision(tx, people["writer"], piece.id, document_of(db, source, 3), {}, base=piece.revision_id)
