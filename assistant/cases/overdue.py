"""Cases whose clock has run out: said once of each clock, so that those who handle them are told."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from assistant.audit.trail import record
from assistant.cases.model import AUTHORITY_DAYS, is_overdue
from assistant.cases.running import unreported
from assistant.people.roles import SYSTEM, Actor
from assistant.store.clock import instant
from assistant.store.database import Database
from assistant.store.schema import audit_entry
from assistant.store.schema import case as case_table

_AT_ONCE = 200
"""In one transaction, the longest overdue first."""


def mark_overdue_cases(db: Database, actor: Actor = SYSTEM) -> dict[str, int]:
    """Record of each case once that nobody acknowledged it in time, and that it was not handed over in time; how many."""
    with db.write() as tx:
        late = tx.execute(
            _unsaid("case.overdue", case_table.c.status == "open", case_table.c.due_at < tx.now)
        )
        unacknowledged = [row for row in late.mappings() if is_overdue(row, tx.now)]
        for row in unacknowledged:
            record(tx, actor, "case.overdue", row["id"], {"due_at": instant(row["due_at"])})
        late = tx.execute(_unsaid("case.report_overdue", _unreported(tx.now)))
        unreported = [row for row in late.mappings() if is_overdue(row, tx.now)]
        for row in unreported:
            record(tx, actor, "case.report_overdue", row["id"], {"opened_at": instant(row["opened_at"])})
    return {"cases_overdue": len(unacknowledged) + len(unreported)}


def _unreported(now: datetime) -> ColumnElement[bool]:
    """What `is_overdue` says of acknowledged cases, so that those whose time runs on do not stand before others."""
    opened = case_table.c.opened_at
    return or_(
        *(
            and_(*unreported(serious), opened < now - timedelta(days=days))
            for serious, days in AUTHORITY_DAYS.items()
        )
    )


def _unsaid(action: str, *conditions: ColumnElement[bool]) -> Any:
    said = exists().where(audit_entry.c.action == action, audit_entry.c.subject == case_table.c.id)
    return (
        select(case_table)
        .where(*conditions, ~said)
        .order_by(case_table.c.due_at, case_table.c.id)
        .limit(_AT_ONCE)
    )
