"""Deputies: who may be named, what they see, and in whose name they sign, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from assistant.content.editing import edit_segment
from assistant.errors import Conflict, IntegrityError, InvalidInput, NotAllowed, NotFound
from assistant.notices.listing import list_notices
from assistant.notices.outbox import note_for_people
from assistant.people.accounts import deactivate_user
from assistant.people.roles import Actor, Role
from assistant.publishing.publications import publish
from assistant.review.decisions import approve, request_changes
from assistant.review.delegation import NewDelegation, delegate, delegations, end_delegation
from assistant.review.model import Piece
from assistant.review.pieces import load_piece
from assistant.review.queue import Wanted, queue_page
from assistant.review.reassign import candidates, reassign
from assistant.review.rounds import load_task
from assistant.review.submission import submit
from assistant.review.tasks import claim, give_back, list_tasks
from assistant.review.view import review_json
from assistant.store.database import Database
from assistant.store.schema import signature, task, user
from tests.builders.dossier import add_piece, add_source, document_of
from tests.builders.policies import put_in_force, with_steps

PASSWORD = "a passphrase for the tests"
JUNE = (date(2026, 6, 10), date(2026, 6, 20))  # the clock stands on 15 June

People = dict[str, Actor]


@pytest.fixture
def piece(db: Database, people: People) -> Piece:
    return add_piece(db, people["writer"], document_of(db, add_source(db, people["librarian"])))


@pytest.fixture
def ada(add_person: Callable[..., Actor]) -> Actor:
    return add_person("Ada", Role.MEDICAL)


@pytest.fixture
def ben(add_person: Callable[..., Actor]) -> Actor:
    return add_person("Ben", Role.MEDICAL, Role.WRITER)


def name_deputy(db: Database, by: Actor, deputy: Actor, days: tuple[date, date] = JUNE) -> str:
    return delegate(db, by, NewDelegation(deputy.name, "medical", *days), "On leave")


@pytest.fixture
def held(db: Database, people: People, piece: Piece, ada: Actor) -> str:
    """A piece in review whose medical task Ada holds."""
    submit(db, people["writer"], piece.id)
    claim(db, ada, piece.id)
    return piece.id


def mine(db: Database, actor: Actor, view: str = "expected") -> list[tuple[str, str | None]]:
    rows = queue_page(db, actor, Wanted(view=view)).rows
    return [(r["task"]["role"], (r["task"]["assignee"] or {}).get("name")) for r in rows]


def test_a_deputy_sees_takes_and_signs_what_is_in_the_absent_persons_hands(
    db: Database, people: People, held: str, ada: Actor, ben: Actor
) -> None:
    assert mine(db, ben) == []
    with pytest.raises(Conflict, match="Ada has claimed the task"):
        claim(db, ben, held)
    name_deputy(db, ada, ben)
    assert mine(db, ben) == [("medical", "Ada")]
    assert mine(db, ben, "mine") == [("medical", "Ada")]
    assert [t.role for t in list_tasks(db, ben).tasks] == ["medical"]
    approve(db, ben, held, PASSWORD)
    (signed,) = review_json(db, people["writer"], held)["signatures"]
    assert (signed["by"]["name"], signed["for"]) == ("Ben", {"id": ada.id, "name": "Ada"})
    approve(db, people["regulatory"], held, PASSWORD)
    with db.read() as connection:
        assert load_piece(connection, held).status == "approved"
    assert publish(db, people["regulatory"], held)


@pytest.mark.parametrize(
    ("days", "sees"),
    [
        ((date(2026, 6, 15), date(2026, 6, 15)), True),
        ((date(2026, 6, 16), date(2026, 6, 20)), False),
        ((date(2026, 6, 1), date(2026, 6, 15)), True),
    ],
)
def test_a_delegation_holds_from_its_first_to_its_last_day(
    db: Database, held: str, ada: Actor, ben: Actor, days: tuple[date, date], sees: bool
) -> None:
    name_deputy(db, ada, ben, days)
    assert bool(mine(db, ben)) is sees
    if not sees:
        with pytest.raises(Conflict):
            claim(db, ben, held)


def test_once_it_has_ended_a_task_taken_under_it_is_not_signed(
    db: Database, held: str, ada: Actor, ben: Actor
) -> None:
    given = name_deputy(db, ada, ben)
    claim(db, ben, held)
    end_delegation(db, ada, given)
    end_delegation(db, ada, given)
    for act in (
        lambda: approve(db, ben, held, PASSWORD),
        lambda: request_changes(db, ben, held, "Shorter"),
    ):
        with pytest.raises(Conflict, match="delegation under which you hold this task has ended"):
            act()
    assert give_back(db, ben, held).assignee_id == ada.id
    approve(db, ada, held, PASSWORD)


def test_whoever_is_back_takes_their_task_from_their_deputy(
    db: Database, people: People, held: str, ada: Actor, ben: Actor
) -> None:
    name_deputy(db, ada, ben)
    claim(db, ben, held)
    approve(db, ada, held, PASSWORD)
    (signed,) = review_json(db, people["writer"], held)["signatures"]
    assert (signed["by"]["name"], signed["for"]) == ("Ada", None)


def test_a_deputy_signs_nothing_of_their_own(
    db: Database, people: People, piece: Piece, ada: Actor, ben: Actor
) -> None:
    with db.read() as connection:
        revision = load_piece(connection, piece.id).revision_id
    assert revision is not None
    edit_segment(db, ben, piece.id, "s2", "The recommended starting dose is 10 mg once a day.", revision)
    submit(db, people["writer"], piece.id)
    claim(db, ada, piece.id)
    name_deputy(db, ada, ben)
    with pytest.raises(NotAllowed, match="wrote, edited or submitted"):
        approve(db, ben, piece.id, PASSWORD)


QUORUM = with_steps([{"role": "medical", "needed": 2}, {"role": "regulatory"}])


@pytest.fixture
def medical(db: Database, people: People, piece: Piece, ada: Actor, ben: Actor) -> list[str]:
    """Two medical tasks of one piece; Ada holds the first, and Ben is her deputy."""
    put_in_force(db, QUORUM, people["pharmacist"], people["regulatory"])
    submitted = submit(db, people["writer"], piece.id)
    tasks = [t.id for t in submitted.tasks if t.role == "medical"]
    claim(db, ada, tasks[0])
    name_deputy(db, ada, ben)
    return tasks


def test_nobody_signs_twice_in_their_own_name_and_for_another(
    db: Database, medical: list[str], ben: Actor
) -> None:
    approve(db, ben, medical[1], PASSWORD)
    with pytest.raises(Conflict, match="Ben already holds the medical task"):
        approve(db, ben, medical[0], PASSWORD)


def test_nobody_signs_twice_by_a_deputy(db: Database, medical: list[str], ada: Actor, ben: Actor) -> None:
    approve(db, ben, medical[0], PASSWORD)
    with pytest.raises(Conflict, match="Ada already holds the medical task"):
        approve(db, ada, medical[1], PASSWORD)


def test_a_second_signature_for_the_same_person_publishes_nothing(
    db: Database, people: People, held: str, ada: Actor, ben: Actor
) -> None:
    name_deputy(db, ada, ben)
    approve(db, ben, held, PASSWORD)
    approve(db, people["regulatory"], held, PASSWORD)
    with db.write() as tx:
        tx.execute(
            update(signature)
            .where(signature.c.role == "regulatory")
            .values(on_behalf_of=ada.id, behalf_name="Ada")
        )
    with pytest.raises(IntegrityError, match="do not carry its publication"):
        publish(db, people["regulatory"], held)


def test_a_deputy_of_a_deputy_is_none(
    db: Database, held: str, ada: Actor, ben: Actor, add_person: Callable[..., Actor]
) -> None:
    cleo = add_person("Cleo", Role.MEDICAL)
    name_deputy(db, ada, ben)
    name_deputy(db, ben, cleo)
    claim(db, ben, held)
    with pytest.raises(Conflict, match="Ben has claimed the task"):
        claim(db, cleo, held)


def test_a_role_that_was_lost_is_delegated_no_longer(db: Database, held: str, ada: Actor, ben: Actor) -> None:
    name_deputy(db, ada, ben)
    with db.write() as tx:
        tx.execute(update(user).where(user.c.id == ada.id).values(roles=["legal"]))
    assert mine(db, ben) == []
    with pytest.raises(Conflict, match="Ada has claimed the task"):
        claim(db, ben, held)


def test_who_may_be_named(db: Database, people: People, ada: Actor, ben: Actor) -> None:
    for deputy, said in ((people["legal"], "cannot sign as medical"), (ada, "their own deputy")):
        with pytest.raises(InvalidInput, match=said):
            name_deputy(db, ada, deputy)
    with pytest.raises(InvalidInput, match="no such active person"):
        delegate(db, ada, NewDelegation("Nobody", "medical", *JUNE), "On leave")
    with pytest.raises(NotAllowed, match="does not have the role legal"):
        delegate(db, ada, NewDelegation("Ben", "legal", *JUNE), "On leave")
    with pytest.raises(NotAllowed):
        name_deputy(db, people["writer"], ben)
    with pytest.raises(NotAllowed, match="does not have the role writer"):
        delegate(db, ben, NewDelegation("Ada", "writer", *JUNE), "On leave")


@pytest.mark.parametrize(
    "days",
    [
        (date(2026, 6, 20), date(2026, 6, 10)),
        (date(2026, 5, 1), date(2026, 6, 14)),
        (date(2026, 6, 15), date(2028, 6, 15)),
    ],
)
def test_a_period_that_cannot_be_is_refused(
    db: Database, ada: Actor, ben: Actor, days: tuple[date, date]
) -> None:
    with pytest.raises(InvalidInput):
        name_deputy(db, ada, ben, days)


def test_the_same_days_are_not_delegated_twice_and_only_ones_own_are_ended(
    db: Database, people: People, ada: Actor, ben: Actor
) -> None:
    given = name_deputy(db, ada, ben)
    with pytest.raises(Conflict, match="named for a part of these days"):
        name_deputy(db, ada, ben, (date(2026, 6, 20), date(2026, 6, 25)))
    with pytest.raises(NotFound):
        end_delegation(db, ben, given)
    (listed,) = delegations(db, ben)
    assert (listed["by"]["name"], listed["deputy"]["name"], listed["status"]) == ("Ada", "Ben", "now")
    assert delegations(db, people["legal"]) == []
    end_delegation(db, people["admin"], given)
    assert [one["status"] for one in delegations(db, people["admin"])] == ["over"]


def test_a_deputy_is_told_of_what_is_given_to_the_absent_person(
    db: Database, people: People, piece: Piece, ada: Actor, ben: Actor
) -> None:
    told = replace(db, before_commit=note_for_people)
    name_deputy(told, ada, ben)
    submitted = submit(db, people["writer"], piece.id)
    medical = next(t.id for t in submitted.tasks if t.role == "medical")
    reassign(told, people["admin"], medical, ada.id, "She knows it")
    assert [one.notice.action for one in list_notices(db, ben)] == ["task.reassigned", "delegation.named"]


def test_a_deputy_is_told_that_they_are_named_by_whom_and_that_it_has_ended(
    db: Database, people: People, ada: Actor, ben: Actor
) -> None:
    told = replace(db, before_commit=note_for_people)
    given = name_deputy(told, ada, ben)
    (named,) = list_notices(db, ben)
    assert (named.notice.action, named.title, named.link) == ("delegation.named", "Ada", "/me#deputies")
    end_delegation(told, people["admin"], given)
    assert [one.notice.action for one in list_notices(db, ben)] == ["delegation.ended", "delegation.named"]
    assert not list_notices(db, ada), "who is away named them"


def test_a_task_handed_to_another_is_nobodys_stead(
    db: Database, people: People, held: str, ada: Actor, ben: Actor
) -> None:
    name_deputy(db, ada, ben)
    claimed = claim(db, ben, held)
    assert claimed.for_id == ada.id
    assert reassign(db, people["admin"], claimed.id, people["medical"].id, "Both are away").for_id is None
    with db.read() as connection:
        assert connection.scalar(select(task.c.for_id).where(task.c.id == claimed.id)) is None


def test_a_deputy_s_task_is_open_to_all_once_the_absent_person_s_account_is_closed(
    db: Database, people: People, held: str, ada: Actor, ben: Actor
) -> None:
    name_deputy(db, ada, ben)
    taken = claim(db, ben, held)
    deactivate_user(db, people["admin"], "Ada")
    with db.read() as connection:
        now = load_task(connection, taken.id)
    assert (now.status, now.assignee_id, now.for_id) == ("open", None, None)
    approve(db, ben, held, PASSWORD)
    (signed,) = review_json(db, people["writer"], held)["signatures"]
    assert (signed["by"]["name"], signed["for"]) == ("Ben", None)


def test_a_task_is_open_to_all_once_the_deputy_s_account_is_closed(
    db: Database, people: People, held: str, ada: Actor, ben: Actor
) -> None:
    name_deputy(db, ada, ben)
    taken = claim(db, ben, held)
    deactivate_user(db, people["admin"], "Ben")
    with db.read() as connection:
        now = load_task(connection, taken.id)
    assert (now.status, now.assignee_id, now.for_id) == ("open", None, None)
    approve(db, ada, held, PASSWORD)


def test_a_deputy_gives_nothing_back_to_a_closed_account(
    db: Database, held: str, ada: Actor, ben: Actor
) -> None:
    name_deputy(db, ada, ben)
    claim(db, ben, held)
    with db.write() as tx:  # closed before closing freed such tasks
        tx.execute(update(user).where(user.c.id == ada.id).values(active=False))
    given = give_back(db, ben, held)
    assert (given.status, given.assignee_id, given.for_id) == ("open", None, None)


def test_a_coordinator_hands_a_deputy_s_task_back_to_the_absent_person(
    db: Database, people: People, held: str, ada: Actor, ben: Actor
) -> None:
    name_deputy(db, ada, ben)
    taken = claim(db, ben, held)
    with db.read() as connection:
        offered = dict(candidates(connection, taken))
    assert ada.id in offered
    assert ben.id not in offered
    back = reassign(db, people["admin"], taken.id, ada.id, "She is back")
    assert (back.status, back.assignee_id, back.for_id) == ("claimed", ada.id, None)
