"""The slice of the audit trail that a pack carries: from the piece's first entry to a head that was noted."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, func, select

from assistant.store.schema import audit_entry, note

PACKED = ("evidence.packed", "deposit.packed")
"""Entries about packs stand outside of them: otherwise no two packs of the same piece would be the same."""


def slice_of(
    connection: Connection, subjects: Collection[str]
) -> tuple[bytes, list[dict[str, Any]], dict[str, Any]]:
    """JSON lines for the verifier, the reasons that belong to the piece's own entries, and the anchor.

    The slice holds every entry in between, also of other things: without them the chain could not be followed. Entries
    hold ids and digests, no names and no texts. The anchor ends the transaction of the piece's last entry, so its head
    was noted outside the database when it was committed.
    """
    about = audit_entry.c.subject.in_(sorted(subjects)) & audit_entry.c.action.not_in(PACKED)
    first, last = connection.execute(
        select(func.min(audit_entry.c.number), func.max(audit_entry.c.number)).where(about)
    ).one()
    last = _end_of_its_transaction(connection, last)
    rows = connection.execute(
        select(audit_entry).where(audit_entry.c.number.between(first, last)).order_by(audit_entry.c.number)
    ).all()
    lines = [json.dumps({"canonical": r.canonical, "hash": r.hash}, ensure_ascii=False) + "\n" for r in rows]
    notes = connection.execute(
        select(note.c.audit_number, note.c.salt, note.c.text, audit_entry.c.action)
        .join(audit_entry, audit_entry.c.number == note.c.audit_number)
        .where(about, audit_entry.c.number <= last)
        .order_by(note.c.audit_number)
    )
    reasons = [{"entry": n.audit_number, "action": n.action, "salt": n.salt, "text": n.text} for n in notes]
    return "".join(lines).encode(), reasons, {"number": rows[-1].number, "hash": rows[-1].hash}


def _end_of_its_transaction(connection: Connection, number: int) -> int:
    """All entries of one transaction bear the same instant; the last of them is the head that was noted."""
    at = connection.scalar(select(audit_entry.c.at).where(audit_entry.c.number == number))
    following = connection.execute(
        select(audit_entry.c.number, audit_entry.c.at, audit_entry.c.action)
        .where(audit_entry.c.number > number)
        .order_by(audit_entry.c.number)
        .limit(1000)
    )
    for row in following:
        if row.at != at or row.action in PACKED:
            break
        number = row.number
    return number
