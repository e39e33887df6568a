"""What a whole verification found stays on record, and what is new since then is checked without reading the rest."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, delete, func, select, update

from assistant.audit.heads import Head, HeadsLog
from assistant.audit.on_record import AT_SIGHT, TrailState, trail_state, verify_and_record
from assistant.audit.trail import record
from assistant.audit.verify import HEADS, verify_trail
from assistant.errors import NotAllowed
from assistant.people.roles import Actor
from assistant.store.database import Database
from assistant.store.schema import audit_entry, signature
from tests.builders.dossier import add_piece, document_of
from tests.builders.publications import sign
from tests.builders.release import People
from tests.builders.statements import counted

Look = Callable[[], TrailState]


@pytest.fixture
def trail(db: Database, tmp_path: Path, people: People) -> Database:
    """Six entries, each its own transaction; their heads are noted."""
    anchored = replace(db, after_commit=HeadsLog(tmp_path / HEADS).append)
    _add(anchored, people, 6)
    return anchored


@pytest.fixture
def look(trail: Database, people: People, tmp_path: Path) -> Look:
    return lambda: trail_state(trail, people["auditor"], tmp_path)


def _add(db: Database, people: People, count: int) -> None:
    for number in range(count):
        with db.write() as tx:
            record(tx, people["writer"], "thing.happened", f"thing_{number}", {"n": number}, "Why.")


def _change(db: Database, number: int, **values: object) -> None:
    with db.engine.begin() as connection:
        connection.execute(update(audit_entry).where(audit_entry.c.number == number).values(**values))


def test_nothing_is_on_record_until_somebody_verifies(look: Look) -> None:
    state = look()
    assert (state.last, state.since) == (None, 6)
    assert state.tail is not None
    assert (state.tail.entries, state.tail.reason) == (6, None)


def test_a_verification_says_when_who_up_to_where_and_what_it_found(
    trail: Database, look: Look, people: People, tmp_path: Path
) -> None:
    verdict = verify_and_record(trail, people["auditor"], tmp_path)
    _add(trail, people, 2)
    state = look()
    assert state.last is not None
    assert (state.last.by, state.last.ok, state.last.up_to) == ("The auditor", True, 6)
    assert (state.last.at, state.last.head) == (trail.clock.now(), verdict["head"])
    assert state.since == 3, "its own entry, and two more"
    assert state.tail is not None
    assert (state.tail.entries, state.tail.reason) == (3, None)
    assert verify_trail(trail, tmp_path)["ok"], "what is on record is part of the trail"


def test_only_who_may_verify_the_trail_puts_it_on_record(
    trail: Database, people: People, tmp_path: Path
) -> None:
    for act in (verify_and_record, trail_state):
        with pytest.raises(NotAllowed):
            act(trail, people["writer"], tmp_path)
    assert verify_trail(trail)["entries"] == 6


@pytest.mark.parametrize("column", ["canonical", "action", "subject", "actor_id", "hash", "previous"])
@pytest.mark.parametrize("number", [6, 7, 9], ids=["where it ended", "its own entry", "written since"])
def test_what_is_changed_from_there_on_is_found_at_sight(
    trail: Database, look: Look, people: People, tmp_path: Path, column: str, number: int
) -> None:
    verify_and_record(trail, people["auditor"], tmp_path)
    _add(trail, people, 3)
    with trail.read() as connection:
        before = connection.scalar(select(audit_entry.c[column]).where(audit_entry.c.number == number))
    _change(trail, number, **{column: f"{str(before)[:-1]}~"})
    state = look()
    if number == 7 and column == "action":  # then nothing is on record, and everything is checked
        assert state.last is None
    assert state.tail is not None
    assert state.tail.first_bad == number
    assert state.tail.reason


def test_what_is_changed_before_is_left_to_a_whole_verification_and_then_on_record(
    trail: Database, look: Look, people: People, tmp_path: Path
) -> None:
    verify_and_record(trail, people["auditor"], tmp_path)
    _change(trail, 3, action="other.thing")
    state = look()
    assert state.last is not None
    assert (state.last.up_to, state.since) == (6, 1), (
        "it speaks of the entries behind the sixth, and of no other"
    )
    verify_and_record(trail, people["auditor"], tmp_path)
    state = look()
    assert state.last is not None
    assert (state.last.ok, state.last.up_to, state.last.first_bad) == (False, 2, 3)
    assert state.last.reason == "the columns action do not say what the entry says"
    assert state.tail is None, "nothing is checked behind a break"


def test_a_lost_end_is_found_at_sight_by_the_noted_heads(
    trail: Database, look: Look, people: People, tmp_path: Path
) -> None:
    verify_and_record(trail, people["auditor"], tmp_path)
    _add(trail, people, 2)
    with trail.engine.begin() as connection:
        connection.execute(delete(audit_entry).where(audit_entry.c.number > 8))
    state = look()
    assert state.tail is not None
    assert (state.tail.first_bad, state.tail.reason) == (
        9,
        "the tail is missing: a later head was noted outside",
    )


class _Meanwhile(Database):
    """Another process enters something as soon as somebody has begun to read."""

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with super().read() as connection:
            connection.execute(select(func.count()).select_from(audit_entry))
            with self.write() as tx:
                record(tx, Actor("user_o", "Another", frozenset()), "thing.happened", "thing_meanwhile")
            yield connection


def test_an_entry_that_comes_while_somebody_looks_is_no_lost_end(
    trail: Database, people: People, tmp_path: Path
) -> None:
    busy = _Meanwhile(trail.engine, trail.clock, after_commit=trail.after_commit)
    for _ in range(3):
        state = trail_state(busy, people["auditor"], tmp_path)
        assert state.tail is not None
        assert state.tail.reason is None
    verify_and_record(trail, people["auditor"], tmp_path)
    state = trail_state(busy, people["auditor"], tmp_path)
    assert state.tail is not None
    assert (state.since, state.tail.entries, state.tail.reason) == (2, 2, None)


def test_a_signature_changed_since_is_found_at_sight(
    db: Database, people: People, source: str, tmp_path: Path
) -> None:
    piece = add_piece(db, people["writer"], document_of(db, source)).id
    verify_and_record(db, people["auditor"], tmp_path)
    sign(db, people, piece)
    found = trail_state(db, people["auditor"], tmp_path).tail
    assert found is not None
    assert found.reason is None
    with db.engine.begin() as connection:
        connection.execute(update(signature).values(printed_name="Somebody Else"))
    found = trail_state(db, people["auditor"], tmp_path).tail
    assert found is not None
    assert found.reason == "the row of the signature does not say what was entered"


def test_many_new_entries_are_left_unchecked_and_that_is_said(
    trail: Database, look: Look, people: People, tmp_path: Path
) -> None:
    verify_and_record(trail, people["auditor"], tmp_path)
    with trail.write() as tx:
        for number in range(AT_SIGHT):
            record(tx, people["writer"], "thing.happened", f"thing_{number}")
    state = look()
    assert (state.since, state.tail) == (AT_SIGHT + 1, None)


def test_looking_reads_no_entry_of_those_that_were_verified(
    trail: Database, look: Look, people: People, tmp_path: Path
) -> None:
    verify_and_record(trail, people["auditor"], tmp_path)
    with counted(trail) as few:
        look()
    assert len(few) < 15
    _add(trail, people, 300)
    verify_and_record(trail, people["auditor"], tmp_path)
    with counted(trail) as many:
        look()
    assert len(many) == len(few)


def test_a_record_that_says_nothing_vouches_for_nothing(trail: Database, look: Look, people: People) -> None:
    with trail.write() as tx:
        record(tx, people["auditor"], "audit.verified", "entry_6", {"ok": True})
    state = look()
    assert state.last is None
    assert state.tail is not None
    assert state.tail.entries == 7


def test_the_newest_heads_are_those_of_all_whatever_order_they_were_noted_in(tmp_path: Path) -> None:
    draw, log = Random(5), HeadsLog(tmp_path / HEADS)
    numbers = sorted(range(1, 4001), key=lambda n: n + draw.randrange(20))  # writers pass each other
    lines = [f"{n} {n:064x} 2026-06-15T10:00:00.000000+00:00" for n in numbers]
    (tmp_path / HEADS).write_text("\n".join([*lines, "4001 cut off"]) + "\n", encoding="utf-8")
    every = log.heads()
    assert [head.number for head in every] == list(range(1, 4001))
    for after in (0, 1, 700, 2500, 3999, 4000):
        assert log.heads(after) == [Head(n, f"{n:064x}") for n in range(after + 1, 4001)]
