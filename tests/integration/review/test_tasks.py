"""Tasks: whose they are, and who sees them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from assistant.content.editing import edit_segment
from assistant.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
)
from assistant.people.accounts import deactivate_user
from assistant.people.roles import Actor, Role
from assistant.review.decisions import approve, reject, request_changes
from assistant.review.pieces import load_piece, newest_revision
from assistant.review.rounds import load_task
from assistant.review.submission import SubmitResult
from assistant.review.tasks import claim, give_back, list_tasks
from assistant.review.view import tasks_json
from assistant.store.database import Database
from assistant.store.schema import audit_entry

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


def test_a_claimed_task_is_its_holders_until_it_is_given_back(
    db: Database, people: People, submitted: SubmitResult, add_person: Callable[..., Actor]
) -> None:
    other = add_person("Other", Role.MEDICAL)
    task = claim(db, people["medical"], submitted.piece_id)
    assert claim(db, people["medical"], task.id) == task
    with pytest.raises(Conflict, match="The medical has claimed"):
        approve(db, other, task.id, PASSWORD)
    with pytest.raises(Conflict, match="The medical has claimed"):
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


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (request_changes, "The medical has sent the piece back to its writer."),
        (reject, "The medical has rejected the piece for good."),
    ],
)
def test_the_second_of_two_who_decide_at_once_reads_what_the_first_has_done(
    db: Database,
    people: People,
    submitted: SubmitResult,
    act: Callable[[Database, Actor, str, str], object],
    said: str,
) -> None:
    task = claim(db, people["regulatory"], submitted.piece_id)
    act(db, people["medical"], submitted.piece_id, "Say the duration")
    with pytest.raises(Conflict) as refused:
        approve(db, people["regulatory"], task.id, PASSWORD)
    assert refused.value.message == said


def test_whose_review_was_ended_by_an_edit_reads_so(
    db: Database, people: People, submitted: SubmitResult
) -> None:
    task = claim(db, people["regulatory"], submitted.piece_id)
    with db.read() as connection:
        newest = newest_revision(connection, load_piece(connection, submitted.piece_id))
    edit_segment(db, people["writer"], submitted.piece_id, "t1", "Velmora in short", newest.id)
    with pytest.raises(Conflict, match="The review was ended"):
        approve(db, people["regulatory"], task.id, PASSWORD)


def test_reviewers_see_what_is_theirs_and_others_see_all(
    db: Database, people: People, submitted: SubmitResult, add_person: Callable[..., Actor]
) -> None:
    other = add_person("Other", Role.MEDICAL)
    claim(db, people["medical"], submitted.piece_id)
    roles = {
        name: [t.role for t in list_tasks(db, people[name]).tasks]
        for name in ("medical", "regulatory", "legal")
    }
    assert roles == {"medical": ["medical"], "regulatory": ["regulatory"], "legal": []}
    assert list_tasks(db, other).tasks == []
    assert len(list_tasks(db, other, everybody=True).tasks) == 2
    assert len(list_tasks(db, people["auditor"]).tasks) == 2
    assert [t.status for t in list_tasks(db, people["medical"], status="claimed").tasks] == ["claimed"]
    with pytest.raises(NotAllowed):
        list_tasks(db, people["rep"])
    with pytest.raises(InvalidInput):
        list_tasks(db, people["medical"], status="lost")


@pytest.mark.usefixtures("submitted")
def test_the_queue_shows_piece_and_task(db: Database, people: People) -> None:
    (item,) = tasks_json(db, people["medical"], list_tasks(db, people["medical"]).tasks)
    assert item["task"]["role"] == "medical"
    assert item["task"]["due_on"] == "2026-06-22"
    assert item["piece"]["title"] == "Velmora: key points"
