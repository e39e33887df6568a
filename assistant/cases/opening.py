"""Opening a case, within the transaction of the turn that reported it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert

from assistant.audit.trail import record
from assistant.people.roles import Actor
from assistant.store.database import Transaction
from assistant.store.ids import new_id
from assistant.store.schema import case as case_table
from guardrails.safety import SafetySignal

INTERNAL_DEADLINE = timedelta(hours=24)
"""From the first awareness of anyone in the company to the safety department: rule CH8 (our own limit)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A report that the safety department has to see. `triggers` are half-open offsets into the turn."""

    id: str
    kind: str
    due_at: datetime


def open_case(tx: Transaction, actor: Actor, turn_id: str, product_id: str, signal: SafetySignal) -> Case:
    """Open a case for a turn; the entry names kinds only, the words stay in the erasable turn."""
    opened = Case(new_id("case"), signal.kind, tx.now + INTERNAL_DEADLINE)
    tx.execute(
        insert(case_table).values(
            id=opened.id,
            turn_id=turn_id,
            product_id=product_id,
            kind=opened.kind,
            status="open",
            triggers=[[trigger.start, trigger.end] for trigger in signal.triggers],
            opened_at=tx.now,
            due_at=opened.due_at,
        )
    )
    details = {"turn": turn_id, "product": product_id, "kind": opened.kind, "kinds": list(signal.kinds)}
    record(tx, actor, "case.opened", opened.id, details)
    return opened
