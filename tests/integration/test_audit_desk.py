"""Comments, deputies, tasks, sources, approvals and windows of deposit are held to the entries that made and changed them."""

import importlib
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, ColumnElement, delete, func, insert, select, true, update

from assistant.audit.followed import FOLLOWED
from assistant.audit.verify import erase_note, verify_trail
from assistant.corpus.model import ApprovalRequest
from assistant.corpus.products import add_product
from assistant.corpus.rights import set_display_right
from assistant.corpus.sources import approve_source, withdraw_source
from assistant.people.roles import Actor, Role
from assistant.publishing.conditions.calendars import NewCalendar, set_calendar
from assistant.review.comments import comment as say
from assistant.review.comments import resolve_comment
from assistant.review.decisions import approve, request_changes
from assistant.review.delegation import NewDelegation, delegate, end_delegation
from assistant.review.reassign import reassign
from assistant.review.submission import submit
from assistant.review.tasks import claim, give_back
from assistant.store.database import Database
from assistant.store.schema import (
    approval,
    audit_entry,
    comment,
    delegation,
    deposit_calendar,
    metadata,
    original,
    reading,
    source,
    source_scope,
    task,
)
from tests.builders.altered import as_an_older_version_entered_it, other
from tests.builders.dossier import SENTENCES, add_piece, add_source, document_of
from tests.integration.conftest import PASSWORD, FakeClock, insert_person

People = dict[str, Actor]
TABLES = {
    comment: "comment",
    delegation: "delegation",
    task: "task",
    source: "source",
    approval: "approval",
    deposit_calendar: "calendar of deposits",
}
NOT_HELD: dict[Column[Any], str] = {
    task.c.id: "the database's own keys hold it: rows that name it",
    source.c.id: "the database's own keys hold it: rows that name it",
    task.c.lease_until: "moves whenever its holder touches the piece; it says only from when others may take the task",
    source.c.reference: "printed from what source_reference holds",
    source.c.deck: "a likeness that is computed, and shows a slide beside a talk",
    source.c.indexed_at: "says that search has it: without, less is found",
}
"""Columns of these tables that the trail does not hold, and why; as docs/audit-trail.md lists them."""
NEWER = (
    {"statement", "answers", "range", "quoted_sha256"}  # piece.commented
    | {"tasks", "queued_sha256"}  # piece.submitted
    | {"approval", "calendar", "named_sha256"}  # source.approved, windows.set, source.registered
)
NOT_IN_OLDER = {
    *(comment.c.lineage, comment.c.parent_id, comment.c.quoted, comment.c.range_start, comment.c.range_end),
    *(source.c.title, source.c.file_name, source.c.language),
    *(approval.c.id, deposit_calendar.c.id),
    *(task.c.round_id, task.c.step, task.c.due_on, task.c.created_at),
    *(task.c.product_id, task.c.market, task.c.kind, task.c.title, task.c.risk),
}


@pytest.fixture
def acted(db: Database, people: People, source: str, clock: FakeClock, password_hash: str) -> Database:
    """Everything that happens to these rows has happened to one of them."""
    with db.write() as tx:
        deputy = insert_person(tx, "Deputy", [Role.MEDICAL], password_hash)
        insert_person(tx, "Nobody", [Role.REP], password_hash)
        for table, own in ((original, {}), (reading, {"id": "reading_0"})):
            made = dict(tx.execute(select(table)).mappings().one())
            tx.execute(insert(table).values(**(made | own | {"sha256": "0" * 64})))
    add_product(db, people["librarian"], "Other", {})
    medical, librarian = people["medical"], people["librarian"]
    sent_back, waits, piece = (
        add_piece(db, people["writer"], document_of(db, source, 1)).id for _ in range(3)
    )
    for one in (sent_back, waits, piece):
        submit(db, people["writer"], one)
    clock.advance(minutes=1)
    day = clock.now().date()
    named = NewDelegation("Deputy", "medical", day, day + timedelta(days=3))
    end_delegation(db, medical, delegate(db, medical, named, "Away."))
    delegate(db, medical, named, "Away after all.")
    first = say(db, medical, piece, "Say how often.", lineage="s1", mandatory=True, quoted="Velmora")
    say(db, people["writer"], piece, "It does.", parent=first)
    say(db, medical, piece, "Still open.", mandatory=True)
    clock.advance(minutes=1)
    resolve_comment(db, medical, first)
    request_changes(db, medical, sent_back, "Say how often.")
    claim(db, medical, piece)
    clock.advance(minutes=1)
    claim(db, deputy, piece)
    give_back(db, deputy, piece)
    approve(db, medical, waits, PASSWORD)
    with db.read() as connection:
        left = select(task.c.id).where(task.c.piece_id == waits, task.c.role == "regulatory")
        regulatory = connection.scalars(left).one()
    reassign(db, people["admin"], regulatory, people["regulatory"].id, "You know it.")
    clock.advance(minutes=1)
    newer = add_source(db, librarian, (*SENTENCES, "More."), replaces=source)
    clock.advance(minutes=1)
    approve_source(db, librarian, newer, ApprovalRequest("REF-2", date(2026, 6, 1), date(2027, 6, 1)))
    set_display_right(db, librarian, newer, "handout", "Public.")
    withdraw_source(db, librarian, add_source(db, librarian, ("Gone.",)), "Wrong file.")
    windows = [("2027-01-05", "2027-01-20")]
    set_calendar(db, people["regulatory"], NewCalendar("FR", "PM", 2027, windows, "ANSM"))
    set_calendar(db, people["regulatory"], NewCalendar("FR", "PM", 2027, windows[:1], "ANSM, corrected"))
    return db


def verdict(db: Database) -> str:
    found = verify_trail(db)
    return "" if found["ok"] else str(found["reason"])


def found_by_columns(db: Database, tasks: ColumnElement[bool] | None = None) -> dict[Column[Any], set[str]]:
    """By column, what is said once a value is another: where there was one, and where there was none.

    Each is put back before the next.
    """
    said: dict[Column[Any], set[str]] = {}
    for table in TABLES:
        among = tasks if table is task and tasks is not None else true()
        with db.read() as connection:
            rows = connection.execute(select(table).where(among).order_by(table.c.id)).mappings().all()
        for column in [one for one in table.c if one not in NOT_HELD]:
            said[column] = set()
            for row in {row[column.name] is None: row for row in rows}.values():
                with db.write() as tx:
                    changed = other(tx.connection, column, row[column.name])
                    assert changed != row[column.name]
                    tx.execute(update(table).where(table.c.id == row["id"]).values({column.name: changed}))
                said[column].add(verdict(db))
                now = changed if column.primary_key else row["id"]
                with db.write() as tx:
                    tx.execute(update(table).where(table.c.id == now).values({column.name: row[column.name]}))
    assert verdict(db) == ""
    return said


def test_any_changed_value_of_any_column_is_found_or_listed_with_its_reason(acted: Database) -> None:
    assert verdict(acted) == ""
    for column, said in found_by_columns(acted).items():
        name = TABLES[column.table]  # type: ignore[index]  # columns of tables
        held = "is gone" if column.primary_key else "does not say what was entered"
        assert said == {f"the row of the {name} {held}"}, column


def test_a_trail_of_an_older_version_raises_no_alarm_and_holds_what_it_tells(acted: Database) -> None:
    as_an_older_version_entered_it(acted, NEWER)
    assert verdict(acted) == ""
    said = found_by_columns(acted, tasks=task.c.claimed_at.is_not(None))
    assert {column for column, found in said.items() if "" in found} == NOT_IN_OLDER


def test_a_row_taken_away_or_put_in_by_hand_is_found(acted: Database) -> None:
    for table, name in TABLES.items():
        if table in (task, source):
            continue
        with acted.write() as tx:
            row = dict(tx.execute(select(table).order_by(table.c.id)).mappings().all()[0])
            tx.execute(delete(table).where(table.c.id == row["id"]))
        assert verdict(acted) == f"the row of the {name} is gone"
        with acted.write() as tx:
            tx.execute(insert(table).values(**row))
    for table, own in (
        (comment, {}),
        (delegation, {}),
        (task, {}),
        (approval, {}),
        (source, {"sha256": "0" * 64}),
        (deposit_calendar, {"year": 2028}),
    ):
        with acted.write() as tx:
            row = dict(tx.execute(select(table).order_by(table.c.id)).mappings().all()[0])
            tx.execute(insert(table).values(**(row | {"id": "one_by_hand"} | own)))
        assert verdict(acted) == f"the database holds a {TABLES[table]} that no entry made"
        with acted.write() as tx:
            tx.execute(delete(table).where(table.c.id == "one_by_hand"))
    assert verdict(acted) == ""


def test_for_which_markets_audiences_and_uses_a_source_is_approved_is_held(
    acted: Database, source: str
) -> None:
    own = source_scope.c.source_id == source
    with acted.read() as connection:
        scopes = [dict(row) for row in connection.execute(select(source_scope).where(own)).mappings()]
    held = "the row of the source does not say what was entered"
    for row in scopes:
        this = own & (source_scope.c.scope == row["scope"]) & (source_scope.c.value == row["value"])
        with acted.write() as tx:
            tx.execute(delete(source_scope).where(this))
        assert verdict(acted) == held
        with acted.write() as tx:
            tx.execute(insert(source_scope).values(**(row | {"value": "US"})))
        assert verdict(acted) == held
        with acted.write() as tx:
            tx.execute(insert(source_scope).values(**row))
        assert verdict(acted) == held
        added = own & (source_scope.c.scope == row["scope"]) & (source_scope.c.value == "US")
        with acted.write() as tx:
            tx.execute(delete(source_scope).where(added))
        assert verdict(acted) == ""


def test_a_comment_is_erased_wherever_its_words_stand(acted: Database, people: People) -> None:
    with acted.read() as connection:
        entry = connection.scalar(
            select(func.min(audit_entry.c.number)).where(audit_entry.c.action == "piece.commented")
        )
    assert entry is not None
    erase_note(acted, people["admin"], entry)
    assert verdict(acted) == ""
    with acted.write() as tx:
        assert tx.execute(select(comment.c.id).where(comment.c.text == "Say how often.")).first() is None
        tx.execute(update(comment).where(comment.c.text == "").values(text="Fine as it is."))
    assert verdict(acted) == "the row of the comment does not say what was entered"
    with acted.write() as tx:  # the words as an earlier version left them
        tx.execute(update(comment).where(comment.c.text == "Fine as it is.").values(text="Say how often."))
    assert verdict(acted) == ""
    migration = importlib.import_module("assistant.store.migrations.versions.0031_erased_comments")
    with acted.write() as tx:
        migration.empty_copies(tx.connection)
        assert set(tx.execute(select(comment.c.text)).scalars()) == {"", "It does.", "Still open."}
    assert verdict(acted) == ""


def test_the_reason_of_a_withdrawal_is_erased_from_its_source_too(acted: Database, people: People) -> None:
    with acted.read() as connection:
        said = connection.execute(
            select(audit_entry.c.number, audit_entry.c.subject).where(
                audit_entry.c.action == "source.withdrawn"
            )
        ).one()
    erase_note(acted, people["admin"], said.number)
    with acted.read() as connection:
        kept = select(source.c.withdrawn_reason).where(source.c.id == said.subject)
        assert connection.scalar(kept) == ""
    assert verdict(acted) == ""


def test_the_documentation_lists_every_table_and_what_is_not_held_of_it() -> None:
    told = (Path(__file__).parents[2] / "docs" / "audit-trail.md").read_text(encoding="utf-8")
    assert {name for name in metadata.tables if f"`{name}`" not in told} == set()
    rows = [line.split(" | ") for line in told.splitlines()]
    why = {
        column: row[1].rstrip(" |")
        for row in rows
        if len(row) > 1
        for column in re.findall("`([^`]+)`", row[0])
    }
    assert {str(column): reason for column, reason in NOT_HELD.items()} == {
        str(column): why.get(str(column)) for column in NOT_HELD
    }


def test_every_followed_table_of_the_desk_is_mutated_here() -> None:
    elsewhere = {"publication", "release record", "round of review", "proposed policy"}
    assert {name: table for table, name in TABLES.items()} == {
        name: table for name, table in FOLLOWED.items() if name not in elsewhere
    }
