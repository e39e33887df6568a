"""`kill -9` in the middle of submit, approve, publish and recall, at more than a hundred points: one state, one chain."""

import os
import signal
from collections.abc import Callable

import pytest
from sqlalchemy import event

from assistant.audit.verify import verify_trail
from assistant.people.roles import Actor
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.review.decisions import approve
from assistant.review.pieces import load_piece
from assistant.review.submission import submit
from assistant.store.database import Database, open_database
from tests.builders.dossier import add_piece, add_source, document_of
from tests.integration.conftest import PASSWORD, FakeClock
from tests.integration.test_review_once import snapshot

Act = Callable[[Database], object]


def killed_at(url: str, clock: FakeClock, point: int, act: Act) -> bool:
    """Do the act in a process of its own that dies by SIGKILL at its point of that number; false where it has fewer.

    A point is just before a statement, or just before the commit. The process opens the database for itself.
    """
    pid = os.fork()
    if pid == 0:
        try:
            _do_and_die(open_database(url, clock), point, act)
        finally:
            os._exit(1)  # nothing of the tests goes on in here
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the act failed by itself"
    return False


def _do_and_die(db: Database, point: int, act: Act) -> None:
    seen = 0

    def pass_by() -> None:
        nonlocal seen
        if seen == point:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1

    def before_statement(_connection: object, _cursor: object, sent: str, *_: object) -> None:
        if not sent.startswith(("PRAGMA", "SET ")):
            pass_by()

    event.listen(db.engine, "before_cursor_execute", before_statement)
    event.listen(db.engine, "commit", lambda _connection: pass_by())
    act(db)
    os._exit(0)


@pytest.mark.timeout(900)
def test_kill_9_at_a_hundred_points_leaves_each_piece_in_one_state_and_the_chain_whole(
    db: Database, database_url: str, clock: FakeClock, people: dict[str, Actor]
) -> None:
    source = add_source(db, people["librarian"])
    piece = add_piece(db, people["writer"], document_of(db, source)).id
    acts: dict[str, tuple[Act, str]] = {
        "submit": (lambda at: submit(at, people["writer"], piece), "in_review"),
        "approve": (lambda at: approve(at, people["regulatory"], piece, PASSWORD), "approved"),
        "publish": (lambda at: publish(at, people["regulatory"], piece), "published"),
        "recall": (lambda at: recall_piece(at, people["medical"], piece, "No longer true."), "recalled"),
    }
    points: dict[str, int] = {}
    for name, (act, afterwards) in acts.items():
        if name == "approve":
            approve(db, people["medical"], piece, PASSWORD)  # the other signature that the policy asks for
        before = snapshot(db)
        point = 0 if db.is_sqlite else 2
        while killed_at(database_url, clock, point, act):
            restarted = open_database(database_url, clock)
            assert snapshot(restarted) == before, (name, point)
            assert verify_trail(restarted)["ok"] is True, (name, point)
            restarted.engine.dispose()
            points[name] = points.get(name, 0) + 1
            point = _next(point, db)
        assert points[name] > 3
        with db.read() as connection:
            assert load_piece(connection, piece).status == afterwards, name
        assert verify_trail(db)["ok"] is True
    assert sum(points.values()) >= (100 if db.is_sqlite else 50), points


def _next(point: int, db: Database) -> int:
    """Two points of three on SQLite and the others on PostgreSQL: test_review_once dies at each, without a process."""
    if not db.is_sqlite:
        return point + 3
    return point + 1 if point % 3 == 0 else point + 2
