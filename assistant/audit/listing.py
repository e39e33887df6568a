"""The trail as people read it: newest first, with printed names, and the free text while it has not been erased."""

from typing import Any

from sqlalchemy import select

from assistant.people.roles import SYSTEM, Actor, Permission, require
from assistant.store.database import Database
from assistant.store.schema import audit_entry, note, user


def latest_entries(
    db: Database, actor: Actor, *, before: int | None = None, subject: str | None = None, limit: int = 100
) -> list[dict[str, Any]]:
    """Entries with a number below `before`, newest first: number, at (UTC), actor (name), action, subject, note.

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
    return [
        {
            "number": row.number,
            "at": row.at,
            "actor": row.name or (SYSTEM.name if row.actor_id == SYSTEM.id else row.actor_id),
            "action": row.action,
            "subject": row.subject,
            "note": row.text,
        }
        for row in rows
    ]
