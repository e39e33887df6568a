"""Tasks past their due date: said once of each, and once more to others when nobody decides."""

from datetime import date, timedelta

from sqlalchemy import Connection, Row, exists, select

from assistant.audit.trail import record
from assistant.people.roles import SYSTEM, Actor
from assistant.review.policy_register import policy_in_force
from assistant.review.rounds import UNDECIDED
from assistant.review.working_days import working_days_later
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import audit_entry
from assistant.store.schema import piece as piece_table
from assistant.store.schema import task as task_table

_AT_ONCE = 200
"""Of each word in one transaction, the longest overdue first, so that a long backlog does not keep everybody waiting."""


def mark_overdue(db: Database, actor: Actor = SYSTEM) -> dict[str, int]:
    """Record what is overdue and what is escalated, each once; returns {"overdue", "escalated"} of this run."""
    found = {"overdue": 0, "escalated": 0}
    with db.write() as tx:
        after = policy_in_force(tx.connection).escalation.after_working_days
        latest = tx.now.date() + timedelta(days=1)  # the east of every market
        for word, grace in (("overdue", 0), ("escalated", after)):
            for task in _unsaid(tx.connection, f"task.{word}", latest):
                if civil_date(tx.now, task.market) <= working_days_later(task.due_on, grace, task.market):
                    continue
                details = {"piece": task.piece_id, "role": task.role, "due_on": task.due_on.isoformat()}
                record(tx, actor, f"task.{word}", task.id, details)
                found[word] += 1
    return found


def _unsaid(connection: Connection, action: str, before: date) -> list[Row[tuple[str, str, str, date, str]]]:
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
    return list(connection.execute(query))
