"""Each act happens once and whole: two who decide at once, and a process that dies in the middle."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import MetaData, event, func, select

from assistant.audit.verify import verify_trail
from assistant.errors import AlreadyDecided, AncrageError, Conflict, WrongState
from assistant.people.roles import Actor, Role
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.review.attestations import attest
from assistant.review.comments import comment
from assistant.review.decisions import approve, reject, request_changes
from assistant.review.pieces import load_piece
from assistant.review.rounds import load_task
from assistant.review.submission import submit
from assistant.review.tasks import claim
from assistant.store.database import Database
from assistant.store.schema import decision, metadata, publication, signature
from tests.builders.dossier import add_piece, add_source, document_of, edit

PASSWORD = "a passphrase for the tests"

People = dict[str, Actor]


@pytest.fixture
def piece(db: Database, people: People) -> str:
    source = add_source(db, people["librarian"])
    return add_piece(db, people["writer"], document_of(db, source)).id


def together(*acts: Callable[[], object]) -> list[object]:
    """Run the acts at the same moment; what each returned or raised."""
    barrier = threading.Barrier(len(acts))
    outcomes: list[object] = [None] * len(acts)

    def run(at: int, act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            outcomes[at] = act()
        except AncrageError as refusal:
            outcomes[at] = refusal

    threads = [threading.Thread(target=run, args=(at, act)) for at, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def snapshot(db: Database, tables: MetaData = metadata) -> dict[str, list[Any]]:
    """Every row of every table."""
    with db.read() as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for name, table in tables.tables.items()
        }


def test_two_who_decide_the_same_task_at_once_decide_it_once(
    db: Database, people: People, piece: str, add_person: Callable[..., Actor]
) -> None:
    other = add_person("Other medical", Role.MEDICAL)
    task = submit(db, people["writer"], piece).tasks[0].id
    outcomes = together(
        lambda: approve(db, people["medical"], task, PASSWORD),
        lambda: reject(db, other, task, "No"),
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, AncrageError)]
    assert len(refused) == 1
    assert isinstance(refused[0], AlreadyDecided | Conflict)
    with db.read() as connection:
        assert connection.scalar(select(func.count()).select_from(decision)) == 1
        assert load_task(connection, task).status in {"approved", "rejected"}


def test_the_same_decision_sent_twice_at_once_lands_once(db: Database, people: People, piece: str) -> None:
    submit(db, people["writer"], piece)
    outcomes = together(
        *[lambda: approve(db, people["medical"], piece, PASSWORD)] * 3,
    )
    assert sum(isinstance(outcome, AlreadyDecided) for outcome in outcomes) == 2
    with db.read() as connection:
        assert connection.scalar(select(func.count()).select_from(signature)) == 1


def test_the_last_two_approvals_at_once_approve_the_piece_once(
    db: Database, people: People, piece: str
) -> None:
    submit(db, people["writer"], piece)
    together(
        lambda: approve(db, people["medical"], piece, PASSWORD),
        lambda: approve(db, people["regulatory"], piece, PASSWORD),
    )
    with db.read() as connection:
        assert load_piece(connection, piece).status == "approved"
        assert connection.scalar(select(func.count()).select_from(signature)) == 2


def test_two_who_publish_at_once_publish_once(
    db: Database, people: People, piece: str, add_person: Callable[..., Actor]
) -> None:
    other = add_person("Other regulatory", Role.REGULATORY)
    submit(db, people["writer"], piece)
    for name in ("medical", "regulatory"):
        approve(db, people[name], piece, PASSWORD)
    outcomes = together(lambda: publish(db, people["regulatory"], piece), lambda: publish(db, other, piece))
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1
    with db.read() as connection:
        assert connection.scalar(select(func.count()).select_from(publication)) == 1


def test_an_edit_and_an_approval_at_once_never_leave_a_signature_on_the_edited_text(
    db: Database, people: People, piece: str
) -> None:
    with db.read() as connection:
        source = connection.scalar(select(metadata.tables["source"].c.id))
    assert source is not None
    shorter = document_of(db, source, 1)
    submit(db, people["writer"], piece)
    together(
        lambda: approve(db, people["medical"], piece, PASSWORD),
        lambda: edit(db, people["writer"], piece, shorter),
    )
    with db.read() as connection:
        found = load_piece(connection, piece)
        signed = connection.scalars(select(signature.c.revision_id)).all()
    assert found.status == "draft"
    assert found.revision_id not in signed


Act = Callable[[Database, People, str], object]


def _submit(db: Database, people: People, piece: str) -> object:
    return submit(db, people["writer"], piece)


def _approve(db: Database, people: People, piece: str) -> object:
    return approve(db, people["regulatory"], piece, PASSWORD)


def _publish(db: Database, people: People, piece: str) -> object:
    return publish(db, people["regulatory"], piece)


def _edit(db: Database, people: People, piece: str) -> object:
    with db.read() as connection:
        source = connection.scalar(select(metadata.tables["source"].c.id))
    return edit(db, people["writer"], piece, document_of(db, source or "", 1))


def _reach(db: Database, people: People, piece: str, acts: str) -> None:
    """Bring the piece along: s(ubmitted), m(edical signed), r(egulatory signed), p(ublished)."""
    steps: dict[str, Callable[[], object]] = {
        "s": lambda: _submit(db, people, piece),
        "m": lambda: approve(db, people["medical"], piece, PASSWORD),
        "r": lambda: _approve(db, people, piece),
        "p": lambda: _publish(db, people, piece),
    }
    for act in acts:
        steps[act]()


@dataclass(frozen=True)
class Case:
    """An act, how far the piece has come before it, and the points at which the process dies."""

    reached: str
    act: Act
    points: list[str]


@pytest.mark.parametrize(
    "case",
    [
        Case("", _submit, ["checks:findings", "submit:renditions", "submit:round", "audit:piece.submitted"]),
        Case("s", lambda db, people, piece: claim(db, people["medical"], piece), ["audit:task.claimed"]),
        Case("s", lambda db, people, piece: comment(db, people["medical"], piece, "Hm"), ["audit:piece.commented"]),
        Case("s", lambda db, people, piece: attest(db, people["medical"], piece, "s1", "Read"), ["audit:statement.attested"]),
        Case("s", lambda db, people, piece: reject(db, people["medical"], piece, "No"), ["audit:piece.rejected", "review:decision", "review:round_closed"]),
        Case("s", lambda db, people, piece: request_changes(db, people["medical"], piece, "No"), ["audit:piece.changes_requested"]),
        Case("s", _edit, ["revision:row", "revision:segments", "review:round_closed", "audit:review.cancelled", "audit:revision.saved"]),
        Case("sm", _approve, ["audit:task.claimed", "review:decision", "review:signature", "audit:piece.signed", "review:round_closed", "audit:piece.approved"]),
        Case("smr", _publish, ["publish:row", "audit:piece.published"]),
        Case("smrp", lambda db, people, piece: recall_piece(db, people["medical"], piece, "No"), ["recall:publication", "recall:row", "audit:piece.recalled"]),
    ],
)  # fmt: skip
def test_an_act_that_dies_half_way_leaves_nothing_and_can_be_done_again(
    db: Database,
    people: People,
    piece: str,
    die_at: Callable[[str], Any],
    case: Case,
) -> None:
    _reach(db, people, piece, case.reached)
    before = snapshot(db)
    for point in case.points:
        with pytest.raises(RuntimeError, match=f"died at {point}"):
            case.act(replace(db, failpoint=die_at(point)), people, piece)
        assert snapshot(db) == before, point
    case.act(db, people, piece)
    assert snapshot(db) != before


class Died(RuntimeError):
    """The process is no more."""


@pytest.mark.parametrize(
    ("reached", "act", "least"),
    [
        ("", _submit, 30),
        ("sm", _approve, 30),
        ("smr", _publish, 30),
        ("smrp", lambda db, people, piece: recall_piece(db, people["medical"], piece, "No"), 10),
    ],
    ids=["submit", "approve", "publish", "recall"],
)
def test_a_process_that_dies_before_any_statement_leaves_one_state_and_a_valid_chain(
    db: Database, people: People, piece: str, reached: str, act: Act, least: int
) -> None:
    """Each statement that an act sends is a point of death, one after the other: more than a hundred in all."""
    _reach(db, people, piece, reached)
    before = snapshot(db)
    died = 0
    while _dies_before(db, died, lambda: act(db, people, piece)):
        assert snapshot(db) == before, died
        assert verify_trail(db)["ok"] is True
        died += 1
    assert died >= least
    assert snapshot(db) != before
    assert verify_trail(db)["ok"] is True


def _dies_before(db: Database, statement: int, act: Callable[[], object]) -> bool:
    """Run the act in a process that dies before its statement of that number; false where the act has fewer."""
    seen = 0

    def count(_connection: object, _cursor: object, sent: str, *_: object) -> None:
        nonlocal seen
        if sent.startswith(("BEGIN", "PRAGMA", "SET ")):
            return  # nothing has happened yet
        if seen == statement:
            raise Died
        seen += 1

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        act()
    except Died:
        return True
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return False
