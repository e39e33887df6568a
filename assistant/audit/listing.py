"""The trail as people read it: newest first, with printed names, and the free text while it has not been erased."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select

from assistant.people.roles import SYSTEM, Actor, Permission, require
from assistant.store.batches import batches
from assistant.store.clock import zone_of
from assistant.store.database import Database
from assistant.store.schema import audit_entry, note, piece, product, source, user

_TITLED = {
    "piece_": (piece.c.id, piece.c.title),
    "source_": (source.c.id, source.c.title),
    "product_": (product.c.id, product.c.name),
    "user_": (user.c.id, user.c.name),
}


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries of the trail somebody looks for; what is None or empty asks for nothing."""

    by: str = ""
    """Id of who acted."""
    action: str = ""
    """Its code."""
    about: str = ""
    """Id of the thing, or words of its title or name."""
    since: date | None = None
    """First day, as the trail's page tells it (the time of Brussels and Paris)."""
    until: date | None = None
    """Last day, itself included."""


EVERYTHING = Sought()


def latest_entries(
    db: Database,
    actor: Actor,
    *,
    before: int | None = None,
    subject: str | None = None,
    limit: int = 100,
    sought: Sought = EVERYTHING,
) -> list[dict[str, Any]]:
    """Entries with a number below `before`, newest first: number, at (UTC), actor (name), roles (those of then), action,
    subject, its title where it has one, note, details, hash, and canonical: the text that is hashed.

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
            audit_entry.c.canonical,
            audit_entry.c.hash,
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
    query = query.where(*conditions(sought))
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
            "hash": row.hash,
            "canonical": row.canonical,
            **_told(row.canonical),
        }
        for row in rows
    ]


def people_of_trail(db: Database, actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of everybody who acted, by name, and of the system where it did. Raises NotAllowed."""
    require(actor, Permission.VERIFY_AUDIT)
    acted = exists().where(audit_entry.c.actor_id == user.c.id)  # one look into the index a person
    with db.read() as connection:
        named = connection.execute(select(user.c.id, user.c.name).where(acted)).all()
        by_itself = connection.scalar(select(exists().where(audit_entry.c.actor_id == SYSTEM.id)))
    people = sorted(((row.id, row.name) for row in named), key=lambda one: one[1].casefold())
    return [*people, (SYSTEM.id, SYSTEM.name)] if by_itself else people


def conditions(sought: Sought) -> list[ColumnElement[bool]]:
    """What an entry's columns have to be."""
    asked: list[ColumnElement[bool]] = []
    if sought.by:
        asked.append(audit_entry.c.actor_id == sought.by)
    if sought.action:
        asked.append(audit_entry.c.action == sought.action)
    if sought.about:
        named = (audit_entry.c.subject.in_(query) for query in _called(sought.about))
        asked.append(or_(audit_entry.c.subject == sought.about, *named))
    since, before = within(sought)
    if since:
        asked.append(audit_entry.c.at >= since)
    if before:
        asked.append(audit_entry.c.at < before)
    return asked


def within(sought: Sought) -> tuple[datetime | None, datetime | None]:
    """The first instant of the days that are looked for, and the first one behind them, in UTC."""
    since = _begin(sought.since) if sought.since else None
    last = sought.until if sought.until and sought.until < date.max else None
    return since, _begin(last + timedelta(days=1)) if last else None


def subjects_called(connection: Connection, about: str) -> list[str]:
    """The ids of what `about` names: itself, and every thing in whose title or name it stands."""
    found = {one for query in _called(about) for one in connection.scalars(query)}
    return sorted(found | {about})


def _called(about: str) -> list[Select[Any]]:
    return [select(key).where(title.icontains(about, autoescape=True)) for key, title in _TITLED.values()]


def _begin(day: date) -> datetime:
    """When the day begins on the wall, in UTC."""
    if day == date.min:
        return datetime.min.replace(tzinfo=UTC)
    return datetime.combine(day, time.min, zone_of("")).astimezone(UTC)


def _told(canonical: str) -> dict[str, Any]:
    """What an entry says beside its columns."""
    entry = json.loads(canonical)
    return {"roles": entry.get("roles", []), "details": entry.get("details", {})}


def _titles(connection: Connection, subjects: Collection[str]) -> dict[str, str]:
    """What the things are called, by id."""
    found: dict[str, str] = {}
    for prefix, (key, title) in _TITLED.items():
        for some in batches([one for one in subjects if one.startswith(prefix)]):
            rows = connection.execute(select(key, title).where(key.in_(some)))
            found |= {row[0]: row[1] for row in rows}
    return found
