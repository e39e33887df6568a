"""Whole verifications of the trail that are on record in the trail itself, and what was entered since the last."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from assistant.audit.heads import HeadsLog
from assistant.audit.trail import GENESIS, record
from assistant.audit.verify import HEADS, verify_tail, verify_trail
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database
from assistant.store.schema import audit_entry, user

VERIFIED = "audit.verified"
AT_SIGHT = 1000
"""Entries since the last whole verification that are checked whenever somebody looks; of more, none."""


@dataclass(frozen=True, slots=True)
class Verification:
    """A whole verification that somebody asked for, as its entry says it."""

    at: datetime
    by: str
    ok: bool
    up_to: int
    """The last entry that was good."""
    head: str
    """That entry's hash."""
    first_bad: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Tail:
    """What was found just now behind the last whole verification."""

    entries: int
    first_bad: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class TrailState:
    """What can be said of the trail without reading it whole."""

    last: Verification | None
    since: int
    """Entries of which the last whole verification says nothing."""
    tail: Tail | None
    """None where they were not checked: they are many, or the trail was found broken."""


def verify_and_record(db: Database, actor: Actor, home: Path) -> dict[str, Any]:
    """A whole verification; its verdict is entered in the trail, also where it does not hold. Returns it."""
    require(actor, Permission.VERIFY_AUDIT)
    verdict = verify_trail(db, home)
    with db.write() as tx:
        up_to = _number_of(tx.connection, verdict["head"])
        told = {name: verdict[name] for name in ("ok", "head", "first_bad", "reason")}
        record(tx, actor, VERIFIED, f"entry_{up_to}", {"up_to": up_to, **told})
    return verdict


def trail_state(db: Database, actor: Actor, home: Path) -> TrailState:
    """The last whole verification on record, and the entries since then: checked from there on, where they are few.

    It reads nothing of the entries before, so it says nothing of what became of them since.
    """
    require(actor, Permission.VERIFY_AUDIT)
    with db.read() as connection:
        last = last_verification(connection)
    begin = (last.up_to, last.head) if last else (0, GENESIS)
    # Read before the state that they are held against: an entry that comes in between is no lost tail.
    heads = HeadsLog(home / HEADS).heads(begin[0])
    with db.read() as connection:
        newest = connection.scalar(select(func.max(audit_entry.c.number))) or 0
        since = newest - begin[0]
        broken = last is not None and not last.ok
        if broken or since > AT_SIGHT:
            return TrailState(last, since, None)
        return TrailState(last, since, Tail(*verify_tail(connection, begin, heads)))


def last_verification(connection: Connection) -> Verification | None:
    """The newest on record, whatever it found."""
    row = connection.execute(
        select(audit_entry.c.canonical, audit_entry.c.at, audit_entry.c.actor_id, user.c.name)
        .outerjoin(user, user.c.id == audit_entry.c.actor_id)
        .where(audit_entry.c.action == VERIFIED)
        .order_by(audit_entry.c.number.desc())
        .limit(1)
    ).first()
    return None if row is None else _read(row)


def _read(row: Any) -> Verification | None:
    """None where the entry does not say what an entry of this kind says: then it vouches for nothing."""
    try:
        told = json.loads(row.canonical)["details"]
        said = {name: told[name] for name in ("ok", "up_to", "head", "first_bad", "reason")}
    except (ValueError, KeyError, TypeError):
        return None
    return Verification(row.at, row.name or row.actor_id, **said)


def _number_of(connection: Connection, head: str) -> int:
    return connection.scalar(select(audit_entry.c.number).where(audit_entry.c.hash == head)) or 0
