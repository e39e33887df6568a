"""Opening a case, within the transaction of the turn that reported it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert

from assistant.audit.trail import record
from assistant.cases.model import MEDICAL_INFORMATION, is_question
from assistant.people.roles import Actor
from assistant.store.database import Transaction
from assistant.store.ids import new_id
from assistant.store.schema import case as case_table
from guardrails.safety import SafetySignal

SAFETY_DEADLINE = timedelta(hours=24)
"""From the first awareness of anyone in the company to the safety department: rule CH8 (our own limit)."""
MEDICAL_INFORMATION_DEADLINE = timedelta(days=3)
"""Our own limit for a question that was handed over."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a department has to see: `kind` is the safety signal's, or medical_information."""

    id: str
    kind: str
    due_at: datetime


def open_case(tx: Transaction, actor: Actor, turn_id: str, product_id: str, signal: SafetySignal) -> Case:
    """Open a safety case for a turn; the audit entry names kinds only, the words stay in the erasable turn."""
    triggers = [[trigger.start, trigger.end] for trigger in signal.triggers]
    return _open(tx, actor, turn_id, product_id, signal.kind, triggers, list(signal.kinds))


def refer(tx: Transaction, actor: Actor, turn_id: str, product_id: str) -> Case:
    """Hand a question over to medical information (rule CH10)."""
    return _open(tx, actor, turn_id, product_id, MEDICAL_INFORMATION, [], [MEDICAL_INFORMATION])


def _open(  # noqa: PLR0917  the row of a case
    tx: Transaction,
    actor: Actor,
    turn_id: str,
    product_id: str,
    kind: str,
    triggers: list[list[int]],
    kinds: list[str],
) -> Case:
    deadline = MEDICAL_INFORMATION_DEADLINE if is_question(kind) else SAFETY_DEADLINE
    opened = Case(new_id("case"), kind, tx.now + deadline)
    tx.execute(
        insert(case_table).values(
            id=opened.id,
            turn_id=turn_id,
            product_id=product_id,
            kind=kind,
            status="open",
            triggers=triggers,
            opened_at=tx.now,
            due_at=opened.due_at,
        )
    )
    details = {"turn": turn_id, "product": product_id, "kind": kind, "kinds": kinds}
    record(tx, actor, "case.opened", opened.id, details)
    return opened
