"""Policies as data: steps in order, quorum, what is skipped, and the short way, on both databases."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from assistant.errors import (
    AlreadyDecided,
    IntegrityError,
    NotAllowed,
    WrongState,
)
from assistant.notices.listing import list_notices
from assistant.notices.outbox import note_for_people
from assistant.people.roles import Actor, Role
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.review.decisions import approve, request_changes
from assistant.review.expected import expected_pieces
from assistant.review.model import Piece
from assistant.review.pieces import load_piece
from assistant.review.policy import default_policy
from assistant.review.policy_reading import read_policy
from assistant.review.policy_register import policy_in_force, policy_text
from assistant.review.queue import Wanted, queue_page
from assistant.review.reassign import reassign
from assistant.review.submission import submit
from assistant.review.tasks import claim
from assistant.review.view import review_json
from assistant.store.database import Database
from assistant.store.schema import review_round, signature
from tests.builders.dossier import add_piece, document_of, edit
from tests.builders.policies import IN_ORDER, QUORUM, adopt, policy_with
from tests.builders.reading import actions

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


def short_way(data: dict[str, Any]) -> None:
    """Legal looks at every piece, but for one that says nothing new."""
    data["workflows"][0]["steps"][0]["signatures"].append({"role": "legal", "skip": {"unchanged": True}})
    data["workflows"][0]["steps"][0]["signatures"].append(
        {"role": "legal", "when": {"override_requested": True}}
    )


@pytest.fixture
def piece(db: Database, people: People, source: str) -> Piece:
    return add_piece(db, people["writer"], document_of(db, source))


@pytest.fixture
def publisher(add_person: Callable[..., Actor]) -> Actor:
    return add_person("Pia", Role.REGULATORY)


def sign(db: Database, actor: Actor, piece_id: str) -> str:
    return approve(db, actor, piece_id, PASSWORD).piece_status


def waiting_for(db: Database, actor: Actor) -> list[str]:
    return [row["task"]["role"] for row in queue_page(db, actor, Wanted()).rows]


def test_a_piece_is_reviewed_to_the_end_under_the_policy_that_it_was_submitted_under(
    db: Database, people: People, piece: Piece
) -> None:
    submit(db, people["writer"], piece.id)
    adopt(db, people, IN_ORDER)
    assert sign(db, people["regulatory"], piece.id) == "in_review"
    assert sign(db, people["medical"], piece.id) == "approved"
    shown = review_json(db, people["writer"], piece.id)
    assert {one["policy"] for one in shown["signatures"]} == {default_policy().hash}
    with db.read() as connection:
        kept = policy_text(connection, default_policy().hash)
    assert kept is not None
    assert read_policy(kept) == default_policy()


# Steps in order ----------------------------------------------------------------------------------------------


def test_a_later_step_is_expected_of_nobody_before_its_turn(
    db: Database, people: People, piece: Piece
) -> None:
    adopt(db, people, IN_ORDER)
    db = replace(db, before_commit=note_for_people)
    submit(db, people["writer"], piece.id)
    assert waiting_for(db, people["medical"]) == ["medical"]
    assert waiting_for(db, people["regulatory"]) == []
    assert not list_notices(db, people["regulatory"])
    for act in (claim, lambda d, a, p: approve(d, a, p, PASSWORD)):
        with pytest.raises(WrongState, match="not the turn of regulatory yet: first comes medical"):
            act(db, people["regulatory"], piece.id)
    sign(db, people["medical"], piece.id)
    assert waiting_for(db, people["regulatory"]) == ["regulatory"]
    assert [one.notice.action for one in list_notices(db, people["regulatory"])] == ["review.step_opened"]
    assert sign(db, people["regulatory"], piece.id) == "approved"


def test_the_review_says_who_decides_in_which_order(db: Database, people: People, piece: Piece) -> None:
    adopt(db, people, IN_ORDER)
    submit(db, people["writer"], piece.id)
    shown = review_json(db, people["writer"], piece.id)
    assert shown["workflow"]["awaited"] == ["medical"]
    assert [step["state"] for step in shown["workflow"]["steps"]] == ["now", "later"]
    assert [(t["role"], t["step"], t["status"]) for t in shown["tasks"]] == [
        ("medical", 1, "open"),
        ("regulatory", 2, "waiting"),
    ]
    sign(db, people["medical"], piece.id)
    shown = review_json(db, people["writer"], piece.id)["workflow"]
    assert [step["state"] for step in shown["steps"]] == ["done", "now"]
    assert shown["awaited"] == ["regulatory"]


def test_a_step_is_due_from_the_day_on_which_it_opens(
    db: Database, people: People, piece: Piece, clock: Any
) -> None:
    adopt(db, people, IN_ORDER)
    submitted = submit(db, people["writer"], piece.id)
    assert [task.due_on.isoformat() for task in submitted.tasks] == ["2026-06-22", "2026-06-29"]
    clock.advance(days=1)
    sign(db, people["medical"], piece.id)
    steps = review_json(db, people["writer"], piece.id)["workflow"]["steps"]
    assert steps[1]["due_on"] == "2026-06-23"


def test_a_piece_sent_back_asks_nobody_of_the_later_steps(db: Database, people: People, piece: Piece) -> None:
    adopt(db, people, IN_ORDER)
    submit(db, people["writer"], piece.id)
    request_changes(db, people["medical"], piece.id, "Say it shorter")
    shown = review_json(db, people["writer"], piece.id)
    assert [t["status"] for t in shown["tasks"]] == ["changes_requested", "cancelled"]
    assert [step["state"] for step in shown["workflow"]["steps"]] == ["closed", "closed"]


def test_a_waiting_task_is_not_handed_over(db: Database, people: People, piece: Piece) -> None:
    adopt(db, people, IN_ORDER)
    submitted = submit(db, people["writer"], piece.id)
    with pytest.raises(WrongState, match="not the turn"):
        reassign(db, people["admin"], submitted.tasks[1].id, people["regulatory"].id, "She knows it")


def test_a_crash_between_a_signature_and_the_next_step_leaves_neither(
    db: Database, people: People, piece: Piece, die_at: Callable[[str], Callable[[str], None]]
) -> None:
    adopt(db, people, IN_ORDER)
    submit(db, people["writer"], piece.id)
    with pytest.raises(RuntimeError, match="review:step"):
        sign(replace(db, failpoint=die_at("review:step")), people["medical"], piece.id)
    assert waiting_for(db, people["regulatory"]) == []
    assert sign(db, people["medical"], piece.id) == "in_review"
    assert waiting_for(db, people["regulatory"]) == ["regulatory"]


# Quorum ------------------------------------------------------------------------------------------------------


@pytest.fixture
def doctors(add_person: Callable[..., Actor]) -> list[Actor]:
    return [add_person(name, Role.MEDICAL) for name in ("Ada", "Ben", "Cleo")]


def test_two_of_three_are_enough_and_the_third_is_let_go(
    db: Database, people: People, publisher: Actor, piece: Piece, doctors: list[Actor]
) -> None:
    adopt(db, people, QUORUM)
    submit(db, people["writer"], piece.id)
    ada, ben, cleo = doctors
    assert sign(db, ada, piece.id) == "in_review"
    with pytest.raises(AlreadyDecided):
        sign(db, ada, piece.id)
    claim(db, cleo, piece.id)
    assert sign(db, people["regulatory"], piece.id) == "in_review"
    assert sign(db, ben, piece.id) == "approved"
    assert waiting_for(db, cleo) == []
    tasks = review_json(db, people["writer"], piece.id)["tasks"]
    assert sorted(t["status"] for t in tasks if t["role"] == "medical") == [
        "approved",
        "approved",
        "cancelled",
    ]
    assert actions(db).count("task.not_needed") == 1
    assert publish(db, publisher, piece.id)


def test_a_missing_signature_of_the_quorum_keeps_the_piece_from_its_readers(
    db: Database, people: People, publisher: Actor, piece: Piece, doctors: list[Actor]
) -> None:
    adopt(db, people, QUORUM)
    submit(db, people["writer"], piece.id)
    for actor in (doctors[0], doctors[1], people["regulatory"]):
        sign(db, actor, piece.id)
    with db.write() as tx:
        tx.execute(delete(signature).where(signature.c.user_id == doctors[1].id))
    with pytest.raises(IntegrityError, match="do not carry its publication"):
        publish(db, publisher, piece.id)


def test_a_plan_that_somebody_emptied_publishes_nothing(
    db: Database, people: People, publisher: Actor, piece: Piece
) -> None:
    submit(db, people["writer"], piece.id)
    with db.write() as tx:
        kept = tx.execute(select(review_round.c.plan)).scalar_one()
        forged = json.loads(json.dumps(kept))
        forged["steps"][0]["signatures"] = [{"role": "regulatory", "needed": 1, "asked": 1}]
        tx.execute(update(review_round).values(plan=forged))
    assert sign(db, people["regulatory"], piece.id) == "approved"
    with pytest.raises(IntegrityError, match="do not carry its publication"):
        publish(db, publisher, piece.id)


# What is skipped, and the short way --------------------------------------------------------------------------


def approved_piece(db: Database, people: People, source: str) -> Piece:
    first = add_piece(db, people["writer"], document_of(db, source, 3))
    submit(db, people["writer"], first.id)
    for role in ("medical", "regulatory", "legal"):
        sign(db, people[role], first.id)
    with db.read() as connection:
        assert load_piece(connection, first.id).status == "approved"
    return first


def test_a_piece_of_approved_segments_takes_the_short_way_with_two_signatures_still(
    db: Database, people: People, source: str
) -> None:
    adopt(db, people, policy_with(short_way))
    approved_piece(db, people, source)
    again = add_piece(db, people["writer"], document_of(db, source, 2))
    submit(db, people["writer"], again.id)
    shown = review_json(db, people["writer"], again.id)
    assert [t["role"] for t in shown["tasks"]] == ["medical", "regulatory"]
    assert shown["workflow"]["skipped"] == [{"role": "legal", "why": {"unchanged": True}}]
    assert sign(db, people["medical"], again.id) == "in_review"
    assert sign(db, people["regulatory"], again.id) == "approved"


def test_another_word_or_another_use_takes_the_whole_way(db: Database, people: People, source: str) -> None:
    adopt(db, people, policy_with(short_way))
    approved_piece(db, people, source)
    again = add_piece(db, people["writer"], document_of(db, source, 2))
    submit(db, people["writer"], again.id, qualification="reactive_medical")
    assert "legal" in [t["role"] for t in review_json(db, people["writer"], again.id)["tasks"]]
    edit(
        db,
        people["writer"],
        again.id,
        replace(document_of(db, source, 2), title="Velmora, anew"),
    )
    submit(db, people["writer"], again.id, qualification="internal")
    assert "legal" in [t["role"] for t in review_json(db, people["writer"], again.id)["tasks"]]


def test_approved_segments_in_another_order_take_the_whole_way(
    db: Database, people: People, source: str
) -> None:
    adopt(db, people, policy_with(short_way))
    approved_piece(db, people, source)
    whole = document_of(db, source, 3)
    title, first, second, third = whole.segments
    again = add_piece(db, people["writer"], replace(whole, segments=(title, second, first, third)))
    submit(db, people["writer"], again.id)
    assert "legal" in [t["role"] for t in review_json(db, people["writer"], again.id)["tasks"]]


def test_what_was_recalled_approves_nothing(
    db: Database, people: People, publisher: Actor, source: str
) -> None:
    adopt(db, people, policy_with(short_way))
    first = approved_piece(db, people, source)
    publish(db, publisher, first.id)
    recall_piece(db, publisher, first.id, "A wrong number")
    again = add_piece(db, people["writer"], document_of(db, source, 2))
    submit(db, people["writer"], again.id)
    assert "legal" in [t["role"] for t in review_json(db, people["writer"], again.id)["tasks"]]


def test_the_policy_in_force_also_says_who_publishes_and_for_how_long(
    db: Database, people: People, publisher: Actor, piece: Piece
) -> None:
    def shorter(data: dict[str, Any]) -> None:
        data["months_valid"] = 3
        data["publication"].insert(0, {"roles": ["pharmacist"], "when": {"markets": ["EU"]}})

    adopt(db, people, policy_with(shorter))
    submit(db, people["writer"], piece.id)
    for role in ("medical", "regulatory"):
        sign(db, people[role], piece.id)
    with pytest.raises(NotAllowed, match="may not publish"):
        publish(db, publisher, piece.id)
    published = publish(db, people["pharmacist"], piece.id)
    assert published.expires_on is not None
    assert published.expires_on.isoformat() == "2026-09-15"
    with db.read() as connection:
        assert policy_in_force(connection).months_valid == 3


def test_who_releases_and_for_how_long_is_as_it_was_when_the_round_began(
    db: Database, people: People, publisher: Actor, piece: Piece, source: str
) -> None:
    def narrow(data: dict[str, Any]) -> None:
        data["months_valid"] = 3
        data["publication"].insert(0, {"roles": ["pharmacist"], "when": {"markets": ["EU"]}})

    adopt(db, people, policy_with(narrow))
    submit(db, people["writer"], piece.id)
    adopt(db, people, policy_with(lambda data: data.update(months_valid=12)))
    for role in ("medical", "regulatory"):
        sign(db, people[role], piece.id)
    expected = {
        name: [one["expected_of_me"] for one in expected_pieces(db, who)]
        for name, who in (("regulatory", publisher), ("pharmacist", people["pharmacist"]))
    }
    assert expected == {"regulatory": [], "pharmacist": [True]}
    with pytest.raises(NotAllowed, match="may not publish"):
        publish(db, publisher, piece.id)
    published = publish(db, people["pharmacist"], piece.id)
    assert published.expires_on == date(2026, 9, 15)
    later = add_piece(db, people["writer"], document_of(db, source, 3))
    submit(db, people["writer"], later.id)
    for role in ("medical", "regulatory"):
        sign(db, people[role], later.id)
    assert publish(db, publisher, later.id).expires_on != date(2026, 9, 15), (
        "the new one holds for what began under it"
    )


def test_what_lost_the_policy_of_its_round_is_not_released_under_another(
    db: Database, people: People, publisher: Actor, piece: Piece
) -> None:
    adopt(db, people, policy_with(lambda data: data.update(months_valid=3)))
    submit(db, people["writer"], piece.id)
    for role in ("medical", "regulatory"):
        sign(db, people[role], piece.id)
    adopt(db, people, policy_with(lambda data: data.update(months_valid=12)))
    with db.write() as tx:
        tx.execute(update(review_round).values(policy_hash="0" * 64))
    with pytest.raises(IntegrityError, match="is not kept"):
        publish(db, publisher, piece.id)
