"""The entries that somebody looked for, as a file that an auditor can hold against the whole trail."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from assistant.audit.listing import Sought, conditions, subjects_called, within
from assistant.audit.trail import GENESIS
from assistant.people.roles import Actor, Permission, require
from assistant.store.clock import instant
from assistant.store.database import Database
from assistant.store.originals import storage_error
from assistant.store.schema import audit_entry

_AT_ONCE = 1000
LEFT_OUT = (
    "the entries that do not fit",
    "names and titles: an entry holds ids",
    "the words of reasons, comments and notes: an entry holds their salted digest",
)


def export_part(db: Database, actor: Actor, file: Path, sought: Sought) -> dict[str, Any]:
    """Write the entries that fit as JSON lines {"canonical", "hash"}, oldest first, under a line {"part": …} that tells of them.

    That line, which is returned, says what was sought, in the words of the entries, how many fit and how many are left
    out, and the head of the chain at that moment: with the whole trail `eval/verify_audit.py` shows from it that each
    entry is the chain's and that none that fits is missing. Raises NotAllowed, and StorageFull where the disk is.
    """
    require(actor, Permission.VERIFY_AUDIT)
    try:
        with db.read() as connection, file.open("w", encoding="utf-8") as out:
            told = _told(connection, sought) | {
                "exported_at": instant(db.clock.now()),
                "exported_by": actor.id,
                "left_out": LEFT_OUT,
            }
            out.write(json.dumps({"part": told}, ensure_ascii=False) + "\n")
            for canonical, digest in _entries(connection, sought):
                out.write(json.dumps({"canonical": canonical, "hash": digest}, ensure_ascii=False) + "\n")
    except OSError as error:
        raise storage_error(error) from error
    return told


def _told(connection: Connection, sought: Sought) -> dict[str, Any]:
    fitting = connection.scalar(select(func.count()).where(*conditions(sought)).select_from(audit_entry))
    last = connection.execute(
        select(audit_entry.c.number, audit_entry.c.hash).order_by(audit_entry.c.number.desc()).limit(1)
    ).first()
    number, head = (0, GENESIS) if last is None else last
    since, before = within(sought)
    asked = {
        "actor": sought.by or None,
        "action": sought.action or None,
        "subjects": subjects_called(connection, sought.about) if sought.about else None,
        "since": since and since.isoformat(timespec="microseconds"),
        "before": before and before.isoformat(timespec="microseconds"),
    }
    return {
        "sought": {name: value for name, value in asked.items() if value},
        "about": sought.about or None,
        "entries": fitting,
        "others": number - (fitting or 0),
        "head": {"number": number, "hash": head},
    }


def _entries(connection: Connection, sought: Sought) -> Iterator[tuple[str, str]]:
    """(canonical text, hash) of each that fits, by number, a thousand in memory at once."""
    columns = (audit_entry.c.number, audit_entry.c.canonical, audit_entry.c.hash)
    query = select(*columns).where(*conditions(sought)).order_by(audit_entry.c.number).limit(_AT_ONCE)
    last = 0
    while rows := connection.execute(query.where(audit_entry.c.number > last)).all():
        yield from ((row.canonical, row.hash) for row in rows)
        last = rows[-1].number
