"""The rules of review that never bend, on both databases."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from assistant.content.editing import edit_segment
from assistant.corpus.products import freeze_product, unfreeze_product
from assistant.corpus.sources import withdraw_source
from assistant.errors import (
    AlreadyDecided,
    Blocked,
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    ProductFrozen,
    SourceNotUsable,
    UnknownPiece,
    WrongPassword,
    WrongState,
)
from assistant.people.accounts import deactivate_user
from assistant.people.roles import Actor, Role
from assistant.review.attestations import attest
from assistant.review.checking import context_for
from assistant.review.comments import comment, resolve_comment
from assistant.review.decisions import approve, reject, request_changes
from assistant.review.gate import require_open_gate, standing
from assistant.review.model import Piece
from assistant.review.overrides import override
from assistant.review.pieces import load_piece, load_revision, newest_revision, save_revision
from assistant.review.rounds import load_task, signatures_of
from assistant.review.submission import SubmitResult, submit
from assistant.review.tasks import claim, give_back, list_tasks
from assistant.review.view import review_json, tasks_json
from assistant.store.database import Database
from assistant.store.schema import audit_entry, decision, manifest, rendition, signature
from guardrails.checks import CHECKS
from guardrails.model import Finding
from guardrails.runner import run
from tests.builders.dossier import SENTENCES, Terms, add_piece, add_source, document_of, edit, reworded

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


@pytest.fixture
def source(db: Database, people: People) -> str:
    return add_source(db, people["librarian"])


@pytest.fixture
def piece(db: Database, people: People, source: str) -> Piece:
    return add_piece(db, people["writer"], document_of(db, source))


@pytest.fixture
def submitted(db: Database, people: People, piece: Piece) -> SubmitResult:
    return submit(db, people["writer"], piece.id)


def status_of(db: Database, piece_id: str) -> str:
    with db.read() as connection:
        return load_piece(connection, piece_id).status


def count(db: Database, table: Any) -> int:
    with db.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def actions(db: Database) -> list[str]:
    with db.read() as connection:
        return list(connection.scalars(select(audit_entry.c.action).order_by(audit_entry.c.number)))


# Submission --------------------------------------------------------------------------------------------------


def test_a_submitted_piece_waits_for_medical_and_regulatory_for_five_working_days(
    db: Database, submitted: SubmitResult
) -> None:
    assert [task.role for task in submitted.tasks] == ["medical", "regulatory"]
    assert {task.due_on.isoformat() for task in submitted.tasks} == {"2026-06-22"}
    assert status_of(db, submitted.piece_id) == "in_review"
    assert count(db, rendition) == 3


def test_what_is_to_be_signed_names_the_text_its_sources_and_its_bytes(
    db: Database, people: People, piece: Piece, source: str, submitted: SubmitResult
) -> None:
    shown = review_json(db, people["medical"], piece.id)["manifest"]
    assert shown["hash"] == submitted.manifest_hash
    content = shown["content"]
    assert (
        content["revision"]["document_sha256"]
        == review_json(db, people["medical"], piece.id)["piece"]["hash"]
    )
    assert [(s["id"], s["approval"]) for s in content["sources"]] == [(source, "REF-1")]
    assert [r["name"] for r in content["renditions"]] == ["html", "text", "pdf"]
    assert content["outside"] == ["visa_number", "visa_granted_on", "visa_expires_on"]


def test_a_piece_in_review_cannot_be_submitted_again(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    with pytest.raises(WrongState, match="in review"):
        submit(db, people["writer"], submitted.piece_id)


def test_only_a_writer_submits(db: Database, people: People, piece: Piece) -> None:
    with pytest.raises(NotAllowed):
        submit(db, people["medical"], piece.id)


def test_an_unknown_piece_is_named(db: Database, people: People) -> None:
    with pytest.raises(UnknownPiece, match="piece_none"):
        submit(db, people["writer"], "piece_none")


def test_qualification_audience_and_channel_are_fixed_at_submission(
    db: Database, people: People, piece: Piece
) -> None:
    submit(db, people["writer"], piece.id, qualification="reactive_medical", channel="email")
    shown = review_json(db, people["medical"], piece.id)
    assert (shown["piece"]["qualification"], shown["piece"]["channel"]) == ("reactive_medical", "email")
    assert shown["manifest"]["content"]["qualification"] == "reactive_medical"


@pytest.mark.parametrize("terms", [{"qualification": "secret"}, {"channel": " "}, {"audience": "x" * 41}])
def test_terms_that_cannot_be_are_refused(
    db: Database, people: People, piece: Piece, terms: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput):
        submit(db, people["writer"], piece.id, **terms)
    assert status_of(db, piece.id) == "draft"


def test_a_number_that_its_quote_does_not_hold_stops_the_submission_and_the_finding_is_kept(
    db: Database, people: People, source: str
) -> None:
    wrong = reworded(document_of(db, source), "s2", "The recommended starting dose is 20 mg once daily.")
    piece = add_piece(db, people["writer"], wrong)
    with pytest.raises(Blocked, match="GR3") as refusal:
        submit(db, people["writer"], piece.id, override_request="Please")
    assert any(finding.rule == "GR3" for finding in refusal.value.params["findings"])
    assert status_of(db, piece.id) == "draft"
    assert "piece.submission_refused" in actions(db)
    assert any(f["rule"] == "GR3" for f in review_json(db, people["writer"], piece.id)["findings"])


def test_an_overridable_block_travels_with_a_request_and_calls_for_legal(
    db: Database, people: People, source: str
) -> None:
    piece = add_piece(
        db, people["writer"], document_of(db, source), Terms(qualification="promotional", market="FR")
    )
    with pytest.raises(Blocked):
        submit(db, people["writer"], piece.id)
    result = submit(db, people["writer"], piece.id, override_request="Agreed with the agency")
    assert "legal" in [task.role for task in result.tasks]
    assert review_json(db, people["legal"], piece.id)["round"]["override_request"] == "Agreed with the agency"


def test_the_same_text_under_other_terms_becomes_a_new_revision_so_that_old_signatures_do_not_count(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    approve(db, people["medical"], submitted.piece_id, PASSWORD)
    request_changes(db, people["regulatory"], submitted.piece_id, "For another channel")
    again = submit(db, people["writer"], submitted.piece_id, channel="email")
    assert again.manifest_hash != submitted.manifest_hash
    assert review_json(db, people["medical"], submitted.piece_id)["piece"]["revision"] == 2
    assert review_json(db, people["medical"], submitted.piece_id)["signatures"] == []


# Who may approve ---------------------------------------------------------------------------------------------


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


# Signing -----------------------------------------------------------------------------------------------------


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
    with pytest.raises(Conflict, match="cancelled"):
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


# Sending back ------------------------------------------------------------------------------------------------


def test_requested_changes_return_the_piece_to_its_writer_with_the_reason(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    request_changes(db, people["medical"], submitted.piece_id, "Say who was studied")
    shown = review_json(db, people["writer"], submitted.piece_id)
    assert shown["piece"]["status"] == "changes_requested"
    assert [d["reason"] for d in shown["decisions"]] == ["Say who was studied"]
    assert {t["status"] for t in shown["tasks"]} == {"changes_requested", "cancelled"}


def test_an_approval_with_changes_returns_and_signs_nothing(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    decided = approve(db, people["medical"], submitted.piece_id, PASSWORD, changes="Add the dose")
    assert (decided.outcome, decided.piece_status) == ("approved_with_changes", "changes_requested")
    assert count(db, signature) == 0


def test_a_rejected_piece_ends(db: Database, people: People, source: str, submitted: SubmitResult) -> None:
    reject(db, people["regulatory"], submitted.piece_id, "Off label")
    assert status_of(db, submitted.piece_id) == "rejected"
    with pytest.raises(WrongState):
        submit(db, people["writer"], submitted.piece_id)
    with pytest.raises(WrongState, match="cannot be edited"):
        edit(db, people["writer"], submitted.piece_id, document_of(db, source, 1))


@pytest.mark.parametrize("decide", [request_changes, reject])
def test_sending_back_needs_a_reason(
    db: Database, people: People, submitted: SubmitResult, decide: Callable[..., object]
) -> None:
    with pytest.raises(InvalidInput, match="reason"):
        decide(db, people["medical"], submitted.piece_id, "  ")
    assert status_of(db, submitted.piece_id) == "in_review"


# Tasks -------------------------------------------------------------------------------------------------------


def test_a_claimed_task_is_its_holders_until_it_is_given_back(
    db: Database, people: People, submitted: SubmitResult, add_person: Callable[..., Actor]
) -> None:
    other = add_person("Other", Role.MEDICAL)
    task = claim(db, people["medical"], submitted.piece_id)
    assert claim(db, people["medical"], task.id) == task
    with pytest.raises(Conflict, match="Somebody else"):
        approve(db, other, task.id, PASSWORD)
    with pytest.raises(Conflict, match="Somebody else"):
        give_back(db, other, task.id)
    give_back(db, people["medical"], task.id)
    assert approve(db, other, submitted.piece_id, PASSWORD).outcome == "approved"


def test_a_claimed_task_is_open_again_once_its_holders_account_is_closed(
    db: Database, people: People, submitted: SubmitResult, add_person: Callable[..., Actor]
) -> None:
    held = claim(db, people["medical"], submitted.piece_id)
    approve(db, people["regulatory"], submitted.piece_id, PASSWORD)
    deactivate_user(db, people["admin"], "The medical")
    deactivate_user(db, people["admin"], "The regulatory")
    with db.read() as connection:
        assert load_task(connection, held.id).status == "open"
        given_back = connection.scalars(
            select(audit_entry.c.subject).where(audit_entry.c.action == "task.given_back")
        ).all()
    assert given_back == [submitted.piece_id], "what was decided stays decided"
    approve(db, add_person("Another", Role.MEDICAL), submitted.piece_id, PASSWORD)


def test_reviewers_see_what_is_theirs_and_others_see_all(
    db: Database, people: People, submitted: SubmitResult, add_person: Callable[..., Actor]
) -> None:
    other = add_person("Other", Role.MEDICAL)
    claim(db, people["medical"], submitted.piece_id)
    roles = {
        name: [t.role for t in list_tasks(db, people[name])] for name in ("medical", "regulatory", "legal")
    }
    assert roles == {"medical": ["medical"], "regulatory": ["regulatory"], "legal": []}
    assert list_tasks(db, other) == []
    assert len(list_tasks(db, other, everybody=True)) == 2
    assert len(list_tasks(db, people["auditor"])) == 2
    assert [t.status for t in list_tasks(db, people["medical"], status="claimed")] == ["claimed"]
    with pytest.raises(NotAllowed):
        list_tasks(db, people["rep"])
    with pytest.raises(InvalidInput):
        list_tasks(db, people["medical"], status="lost")


@pytest.mark.usefixtures("submitted")
def test_the_queue_shows_piece_and_task(db: Database, people: People) -> None:
    (item,) = tasks_json(db, people["medical"], list_tasks(db, people["medical"]))
    assert item["task"]["role"] == "medical"
    assert item["task"]["due_on"] == "2026-06-22"
    assert item["piece"]["title"] == "Velmora: key points"


# Comments, attestations, overrides ---------------------------------------------------------------------------


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


@pytest.fixture
def with_request(db: Database, people: People, source: str) -> Piece:
    """In review with blocks that may be overridden: a French promotional piece without any mention."""
    terms = Terms(qualification="promotional", market="FR")
    piece = add_piece(db, people["writer"], document_of(db, source), terms)
    submit(db, people["writer"], piece.id, override_request="Agreed with the agency")
    return piece


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


# The world moves on ------------------------------------------------------------------------------------------


def test_a_source_that_expired_since_the_submission_stops_the_approval(
    db: Database, people: People, clock: Any, submitted: SubmitResult
) -> None:
    clock.advance(days=365)
    with pytest.raises(SourceNotUsable, match="expired"):
        approve(db, people["medical"], submitted.piece_id, PASSWORD)
    assert count(db, signature) == 0


def test_a_withdrawn_source_stops_submission_and_approval(
    db: Database, people: People, source: str, submitted: SubmitResult
) -> None:
    draft = add_piece(db, people["writer"], document_of(db, source, 1))
    withdraw_source(db, people["librarian"], source, "Wrong file")
    with pytest.raises(SourceNotUsable, match="withdrawn"):
        submit(db, people["writer"], draft.id)
    with pytest.raises(SourceNotUsable, match="withdrawn"):
        approve(db, people["medical"], submitted.piece_id, PASSWORD)


def test_a_frozen_product_stops_every_act_and_says_why(
    db: Database, people: People, source: str, submitted: SubmitResult
) -> None:
    document = document_of(db, source, 1)
    draft = add_piece(db, people["writer"], document)
    freeze_product(db, people["safety"], "Velmora", "Signal under review")
    for act in (
        lambda: submit(db, people["writer"], draft.id),
        lambda: edit(db, people["writer"], draft.id, document_of(db, source, 2)),
        lambda: add_piece(db, people["writer"], document),
        lambda: claim(db, people["medical"], submitted.piece_id),
        lambda: approve(db, people["medical"], submitted.piece_id, PASSWORD),
        lambda: attest(db, people["medical"], submitted.piece_id, "s1", "Read"),
        lambda: reject(db, people["medical"], submitted.piece_id, "No"),
    ):
        with pytest.raises(ProductFrozen, match="Signal under review"):
            act()
    unfreeze_product(db, people["safety"], "Velmora", "Closed")
    approve(db, people["medical"], submitted.piece_id, PASSWORD)


def test_a_check_that_crashed_stops_approval_and_nobody_attests_it(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    def crash(*_: object) -> list[Finding]:
        raise ZeroDivisionError

    attest(db, people["medical"], submitted.piece_id, "s1", "Read")
    with db.read() as connection:
        piece = load_piece(connection, submitted.piece_id)
        revision = newest_revision(connection, piece)
        context = context_for(connection, db.clock.now(), piece, revision, "approve")
        report = run(revision.document, context, {**CHECKS, "sources_in_force": crash})
        found = standing(connection, db.clock.now(), piece, revision, "approve", report)
    assert set(report.verdicts.values()) == {"needs_review"}
    for role in ("medical", "regulatory"):
        with pytest.raises(Blocked, match="could not decide: GR7"):
            require_open_gate(found, role, piece)


def test_what_is_shown_reads_in_the_reviewers_language(
    db: Database, people: People, with_request: Piece
) -> None:
    french = review_json(db, replace(people["legal"], language="fr"), with_request.id)["findings"]
    english = review_json(db, people["legal"], with_request.id)["findings"]
    assert [f["rule"] for f in french] == [f["rule"] for f in english]
    assert french[0]["message"] != english[0]["message"]


def test_a_signature_is_found_by_its_manifest_alone(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    approve(db, people["medical"], submitted.piece_id, PASSWORD)
    with db.read() as connection:
        assert [s.role for s in signatures_of(connection, submitted.manifest_hash)] == ["medical"]
        assert signatures_of(connection, "0" * 64) == []
        assert connection.scalar(select(func.count()).select_from(manifest)) == 1


def test_the_sentences_of_the_dossier_pass_the_checks(db: Database, people: People, source: str) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source, len(SENTENCES)))
    shown = review_json(db, people["writer"], piece.id)
    assert [s["verdict"] for s in shown["statements"]] == ["pass"] * len(SENTENCES)
