"""Tasks past their due date: said once of each, and once more to others when nobody decides."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Row, exists, select

from assistant.audit.trail import record
from assistant.people.roles import SYSTEM, Actor
from assistant.review.policy_register import policies_of_open_rounds
from assistant.review.rounds import UNDECIDED
from assistant.review.working_days import working_days_later
from assistant.store.clock import civil_date
from assistant.store.database import Database, Transaction
from assistant.store.schema import audit_entry
from assistant.store.schema import piece as piece_table
from assistant.store.schema import review_round as round_table
from assistant.store.schema import task as task_table

_AT_ONCE = 200
"""Of each word in one transaction, the longest overdue first, so that a long backlog does not keep everybody waiting."""


def mark_overdue(db: Database, actor: Actor = SYSTEM) -> dict[str, int]:
    """Record what is overdue and what is escalated, each once; returns {"overdue", "escalated"} of this run.

    When a task is escalated stands in the policy under which its round began.
    """
    with db.write() as tx:
        overdue = _say(tx, actor, "overdue", 0)
    with db.write() as tx:
        escalated = sum(
            _say(
                tx,
                actor,
                "escalated",
                policy.escalation.after_working_days,
                round_table.c.policy_hash == named,
            )
            for named, policy in policies_of_open_rounds(tx.connection)
        )
    return {"overdue": overdue, "escalated": escalated}


def _say(
    tx: Transaction, actor: Actor, word: str, grace: int, among: ColumnElement[bool] | None = None
) -> int:
    """Record the word of the tasks of these rounds whose due date is that many working days ago."""
    said = 0
    latest = tx.now.date() + timedelta(days=1)  # the east of every market
    for task in _unsaid(tx.connection, f"task.{word}", latest, among):
        if civil_date(tx.now, task.market) <= working_days_later(task.due_on, grace, task.market):
            continue
        details = {"piece": task.piece_id, "role": task.role, "due_on": task.due_on.isoformat()}
        record(tx, actor, f"task.{word}", task.id, details)
        said += 1
    return said


def _unsaid(
    connection: Connection, action: str, before: date, among: ColumnElement[bool] | None
) -> list[Row[tuple[str, str, str, date, str]]]:
    said = exists().where(audit_entry.c.action == action, audit_entry.c.subject == task_table.c.id)
    query = (
        select(
            task_table.c.id,
            task_table.c.piece_id,
            task_table.c.role,
            task_table.c.due_on,
            piece_table.c.market,
        )
        .join(piece_table, piece_table.c.id == task_table.c.piece_id)
        .where(task_table.c.status.in_(UNDECIDED), task_table.c.due_on < before, ~said)
        .order_by(task_table.c.due_on, task_table.c.id)
        .limit(_AT_ONCE)
    )
    if among is not None:
        query = query.join(round_table, round_table.c.id == task_table.c.round_id).where(among)
    return list(connection.execute(query))
