"""What safety and medical information do with a case. Each act is one transaction with its audit entry; words go to the
erasable note of that entry, and the case's history is read from the trail.
"""

import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import RowMapping, select, update

from assistant.audit.reasons import require_reason
from assistant.audit.trail import record
from assistant.cases.model import CRITERIA, is_question, no_case, outcomes_of, permission_for
from assistant.corpus.products import find_product
from assistant.errors import AlreadyDecided, InvalidInput, WrongState
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database, Transaction
from assistant.store.schema import case as case_table

_REFERENCE = re.compile(r"(?=.*\d)[^\W_][\w./:#-]{0,79}")


def acknowledge(db: Database, actor: Actor, case_id: str, *, serious: bool | None = None) -> None:
    """Take an open case: its first clock stops. `serious` sets the authority's clock; not known counts as serious.

    Raises NotAllowed, NotFound, WrongState for a case that is not open, AlreadyDecided.
    """
    with db.write() as tx:
        found = _handled(tx, actor, case_id, ("open",))
        facts = {"acknowledged_at": tx.now, "acknowledged_by": actor.id, "serious": serious}
        _move(tx, found, status="acknowledged", **facts)
        record(tx, actor, "case.acknowledged", case_id, {"serious": serious})
        tx.failpoint("case:acknowledged")


def forward(
    db: Database, actor: Actor, case_id: str, reference: str, criteria: Collection[str] = (), text: str = ""
) -> None:
    """Record that it is in the company's safety database, under which number, and which of the four criteria are known.

    Said again, the newer number counts; the earlier one stays in the trail. Raises NotAllowed, NotFound, InvalidInput,
    WrongState for a question or a case that is not acknowledged.
    """
    clean = " ".join(reference.split())
    if not _REFERENCE.fullmatch(clean):
        raise InvalidInput(
            "That is no number of a safety database.",
            help="1 to 80 letters, digits (at least one) and . / : # - without spaces; no name of a person.",
            field="reference",
        )
    unknown = sorted(set(criteria) - set(CRITERIA))
    if unknown:
        raise InvalidInput(f"{unknown[0][:40]} is no criterion.", help=f"One of: {', '.join(CRITERIA)}.")
    with db.write() as tx:
        found = _handled(tx, actor, case_id, ("acknowledged",))
        if is_question(found["kind"]):
            raise WrongState(
                "A question to medical information is in no safety database.",
                help="Close it as answered; what reports something is reported as a case of its own.",
            )
        _move(tx, found, reference=clean)
        known = [one for one in CRITERIA if one in criteria]
        note = require_reason(text, "A remark") if text.strip() else None
        record(tx, actor, "case.forwarded", case_id, {"reference": clean, "criteria": known}, free_text=note)
        tx.failpoint("case:forwarded")


def add_note(db: Database, actor: Actor, case_id: str, text: str, *, follow_up: bool = False) -> None:
    """Note what was learnt, or with `follow_up` what the reporter was asked for; also of a closed case.

    Raises NotAllowed, NotFound, InvalidInput.
    """
    clean = require_reason(text, "A note")
    with db.write() as tx:
        _handled(tx, actor, case_id, ("open", "acknowledged", "closed"))
        if follow_up:
            record(tx, actor, "case.follow_up_asked", case_id, free_text=clean)
        else:
            record(tx, actor, "case.noted", case_id, free_text=clean)


def correct_product(db: Database, actor: Actor, case_id: str, product: str, reason: str) -> None:
    """Say that a case is about another medicine, by its name or id, with the reason: a conversation about one may report
    on another. A closed case is reopened first.

    Raises NotAllowed, NotFound, InvalidInput, WrongState for a closed case, AlreadyDecided.
    """
    clean = require_reason(reason, "Correcting a case")
    with db.write() as tx:
        found = _handled(tx, actor, case_id, ("open", "acknowledged"))
        meant = find_product(tx.connection, product)
        if meant.id == found["product_id"]:
            raise InvalidInput(
                f"The case is about {meant.name} already.", help="Choose the other medicine.", field="product"
            )
        _move(tx, found, product_id=meant.id)
        details = {"from": found["product_id"], "to": meant.id}
        record(tx, actor, "case.product_corrected", case_id, details, free_text=clean)
        tx.failpoint("case:product_corrected")


def close(
    db: Database, actor: Actor, case_id: str, outcome: str, reason: str = "", duplicate_of: str | None = None
) -> None:
    """End a case: reported (its number in the safety database is known), answered (a question), not a case (with the
    reason), or a duplicate of another one. An open case is acknowledged by that.

    Raises NotAllowed, NotFound, InvalidInput, WrongState, AlreadyDecided.
    """
    if outcome in {"not_a_case", "duplicate"} or reason.strip():
        reason = require_reason(reason, "Closing a case so" if outcome == "not_a_case" else "Closing a case")
    with db.write() as tx:
        found = _handled(tx, actor, case_id, ("open", "acknowledged"))
        if outcome not in outcomes_of(found["kind"]):
            raise InvalidInput(
                f"Such a case does not end as {outcome[:40]}.",
                help=f"One of: {', '.join(outcomes_of(found['kind']))}.",
                field="outcome",
            )
        if outcome == "reported" and found["reference"] is None:
            raise WrongState(
                "Its number in the safety database is not recorded.", help="Record the number, then close it."
            )
        other = _original(tx, found, duplicate_of) if outcome == "duplicate" else None
        first = {"acknowledged_at": tx.now, "acknowledged_by": actor.id} if found["status"] == "open" else {}
        ended = {"outcome": outcome, "duplicate_of": other, "closed_at": tx.now, "closed_by": actor.id}
        _move(tx, found, status="closed", **first, **ended)
        details = {"outcome": outcome, "from": found["status"], "duplicate_of": other}
        record(tx, actor, "case.closed", case_id, details, free_text=reason or None)
        tx.failpoint("case:closed")


def reopen(db: Database, actor: Actor, case_id: str, reason: str) -> None:
    """Take a closed case up again, with the reason: it is acknowledged, and its clocks run from when it was received.

    Raises NotAllowed, NotFound, InvalidInput, WrongState, AlreadyDecided.
    """
    clean = require_reason(reason, "Reopening a case")
    with db.write() as tx:
        found = _handled(tx, actor, case_id, ("closed",))
        _move(
            tx, found, status="acknowledged", outcome=None, duplicate_of=None, closed_at=None, closed_by=None
        )
        record(tx, actor, "case.reopened", case_id, {"outcome": found["outcome"]}, free_text=clean)
        tx.failpoint("case:reopened")


def _handled(tx: Transaction, actor: Actor, case_id: str, states: Collection[str]) -> RowMapping:
    require(actor, Permission.HANDLE_CASES)
    found = tx.execute(select(case_table).where(case_table.c.id == case_id)).mappings().first()
    if found is None:
        raise no_case(case_id)
    require(actor, permission_for(found["kind"]))
    if found["status"] not in states:
        raise WrongState(
            f"The case is {found['status']}.", help="Look at it again: somebody may have gone on with it."
        )
    return found


def _move(tx: Transaction, found: RowMapping, **values: Any) -> None:
    moved = tx.execute(
        update(case_table)
        .where(*(case_table.c[name] == found[name] for name in ("id", "status", "product_id")))
        .values(**values)
    )
    if not moved.rowcount:
        raise AlreadyDecided("Somebody else has gone on with this case already.", help="Look at it again.")


def _original(tx: Transaction, found: RowMapping, case_id: str | None) -> str:
    """The case that is kept. Duplicates lead to one that is none, so that no two of them name each other."""
    wanted = (case_id or "").strip()
    query = select(case_table.c.id, case_table.c.outcome).where(case_table.c.id == wanted)
    other = tx.execute(query.with_for_update()).first()
    if other is None or other.id == found["id"] or other.outcome == "duplicate":
        raise InvalidInput(
            "It is no duplicate of that.",
            help="Name another case that is no duplicate itself.",
            field="duplicate_of",
        )
    copies = select(case_table.c.id).where(case_table.c.duplicate_of == found["id"])
    if tx.execute(copies.limit(1)).first():
        raise InvalidInput(
            "Other cases are kept as duplicates of this one.",
            help="Close the other one as a duplicate of this.",
            field="duplicate_of",
        )
    return str(other.id)
