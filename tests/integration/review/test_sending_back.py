"""Changes, rejection, and the reason that each needs."""

from collections.abc import Callable

import pytest

from assistant.errors import (
    InvalidInput,
    WrongState,
)
from assistant.people.roles import Actor
from assistant.review.decisions import approve, reject, request_changes
from assistant.review.submission import SubmitResult, submit
from assistant.review.view import review_json
from assistant.store.database import Database
from assistant.store.schema import signature
from tests.builders.dossier import document_of, edit
from tests.builders.reading import count, status_of

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


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
