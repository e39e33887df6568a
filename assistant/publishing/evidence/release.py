"""What was recorded so that a piece could be used: visas, certificates, submissions, deposit packs, confirmations."""

import json
from typing import Any

from sqlalchemy import Connection, select

from assistant.publishing.conditions.data import conditions_of
from assistant.publishing.conditions.records import records_of
from assistant.publishing.conditions.standing import record_json
from assistant.publishing.confirmation import confirmation_of, signatures_on
from assistant.review.model import Piece
from assistant.review.shapes import Names
from assistant.store.clock import civil_date, instant
from assistant.store.schema import audit_entry
from assistant.store.schema import confirmation as confirmation_table

_CERTIFIED = "release.certificate_signed"


def release_json(connection: Connection, piece: Piece, names: Names) -> dict[str, Any]:
    """{"records": […], "deposits": […]}: every record in full, the oldest first, with the entries of the trail that tell
    of it and how a certificate's signatory was proved; and every deposit pack that was made, by its root.

    The state of a record is as it was written, not as of today: the same piece gives the same bytes on any day.
    """
    entries = _entries(connection, piece.id)
    conditions = {one.id: one for one in conditions_of(piece)}
    records = []
    for one in reversed(records_of(connection, piece.id)):
        condition = conditions.get(one.condition)
        told = [entry for entry in entries if entry["details"].get("record") == one.id]
        written = civil_date(one.decided_at or one.recorded_at, piece.market)
        certified = [entry for entry in told if entry["action"] == _CERTIFIED]
        records.append(
            {
                **record_json(connection, one, condition, names, written),
                "title": None if condition is None else dict(condition.title),
                "revision": one.revision_id,
                "entries": [entry["number"] for entry in told],
                "proof": certified[0]["details"].get("proof") if certified else None,
            }
        )
    deposits = [
        {"entry": entry["number"], "at": entry["at"], "by": names.person(entry["actor"]), **entry["details"]}
        for entry in entries
        if entry["action"] == "deposit.packed"
    ]
    return {"records": records, "deposits": deposits}


def confirmations_json(connection: Connection, piece: Piece) -> list[dict[str, Any]]:
    """Every confirmation against a newer version of a source: what was signed, to the letter, and by whom."""
    rows = connection.execute(
        select(confirmation_table)
        .where(confirmation_table.c.piece_id == piece.id)
        .order_by(confirmation_table.c.opened_at, confirmation_table.c.id)
    )
    return [
        {
            "id": one.id,
            "publication": one.publication_id,
            "old_source": one.old_source,
            "new_source": one.new_source,
            "status": one.status,
            "meanwhile": one.meanwhile,
            "roles": list(one.roles),
            "due_on": one.due_on.isoformat(),
            "opened_at": instant(one.opened_at),
            "closed_at": instant(one.closed_at),
            "canonical": one.canonical,
            "hash": one.hash,
            "signatures": [
                {
                    "id": signed.id,
                    "by": {"id": signed.user_id, "name": signed.printed_name},
                    "role": signed.role,
                    "meaning": signed.meaning,
                    "hash": signed.hash,
                    "at": instant(signed.signed_at),
                    "proof": dict(signed.proof),
                }
                for signed in signatures_on(connection, one.id)
            ],
        }
        for one in map(confirmation_of, rows)
    ]


def _entries(connection: Connection, piece_id: str) -> list[dict[str, Any]]:
    """What the trail says of releases and deposits of the piece, in order."""
    about = audit_entry.c.action.like("release.%") | (audit_entry.c.action == "deposit.packed")
    query = select(audit_entry.c.canonical).where(audit_entry.c.subject == piece_id, about)
    return [json.loads(text) for text in connection.scalars(query.order_by(audit_entry.c.number))]
