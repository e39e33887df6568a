"""The trail as people read it: newest first, with printed names, and the free text while it has not been erased."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select

from assistant.people.roles import SYSTEM, Actor, Permission, require
from assistant.store.batches import batches
from assistant.store.database import Database
from assistant.store.schema import audit_entry, note, piece, product, source, user

_TITLED = {
    "piece_": (piece.c.id, piece.c.title),
    "source_": (source.c.id, source.c.title),
    "product_": (product.c.id, product.c.name),
    "user_": (user.c.id, user.c.name),
}


def latest_entries(
    db: Database, actor: Actor, *, before: int | None = None, subject: str | None = None, limit: int = 100
) -> list[dict[str, Any]]:
    """Entries with a number below `before`, newest first: number, at (UTC), actor (name), action, subject, its title
    where it has one, note.

    Raises NotAllowed.
    """
    require(actor, Permission.VERIFY_AUDIT)
    query = (
        select(
            audit_entry.c.number,
            audit_entry.c.at,
            audit_entry.c.action,
            audit_entry.c.subject,
            audit_entry.c.actor_id,
            user.c.name,
            note.c.text,
        )
        .outerjoin(user, user.c.id == audit_entry.c.actor_id)
        .outerjoin(note, note.c.audit_number == audit_entry.c.number)
        .order_by(audit_entry.c.number.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(audit_entry.c.number < before)
    if subject is not None:
        query = query.where(audit_entry.c.subject == subject)
    with db.read() as connection:
        rows = connection.execute(query).all()
        titles = _titles(connection, {row.subject for row in rows})
    return [
        {
            "number": row.number,
            "at": row.at,
            "actor": row.name or (SYSTEM.name if row.actor_id == SYSTEM.id else row.actor_id),
            "action": row.action,
            "subject": row.subject,
            "title": titles.get(row.subject),
            "note": row.text,
        }
        for row in rows
    ]


def _titles(connection: Connection, subjects: Collection[str]) -> dict[str, str]:
    """What the things are called, by id."""
    found: dict[str, str] = {}
    for prefix, (key, title) in _TITLED.items():
        for some in batches([one for one in subjects if one.startswith(prefix)]):
            rows = connection.execute(select(key, title).where(key.in_(some)))
            found |= {row[0]: row[1] for row in rows}
    return found
