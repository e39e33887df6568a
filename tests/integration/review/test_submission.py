"""Submitting a piece: what it waits for, and what stops it."""

import pytest

from assistant.errors import (
    Blocked,
    InvalidInput,
    NotAllowed,
    UnknownPiece,
    WrongState,
)
from assistant.people.roles import Actor
from assistant.review.decisions import approve, request_changes
from assistant.review.model import Piece
from assistant.review.submission import SubmitResult, submit
from assistant.review.view import review_json
from assistant.store.database import Database
from assistant.store.schema import rendition
from tests.builders.dossier import Terms, add_piece, document_of, reworded
from tests.builders.reading import actions, count, status_of

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


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
