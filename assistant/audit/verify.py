"""Is the trail whole? Numbering, canonical form, hashes, chain, copies, notes, anchor, and the rows that entries made."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import rfc8785
from sqlalchemy import Connection, Table, func, select, update

from assistant.audit.heads import Head, HeadsLog
from assistant.audit.rows import RecordedRows
from assistant.audit.trail import GENESIS, record
from assistant.errors import NotFound
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database, Transaction
from assistant.store.originals import storage_error
from assistant.store.schema import attestation, audit_entry, comment, note, override, review_round, source

HEADS = "audit-heads.log"
_AT_ONCE = 1000
_LOST = "the tail is missing: a later head was noted outside"


def verify_trail(db: Database, home: Path | None = None) -> dict[str, Any]:
    """Check every entry and the rows that it made, and with `home` that no head noted there is missing or different.

    Returns {"ok", "entries", "first_bad": number or None, "head": hash of the last good entry, "reason": text or None,
    "anchored": number of the last head noted}. A row that no entry made has a reason and no number.
    """
    heads = {head.number: head.hash for head in HeadsLog(home / HEADS).heads()} if home else {}
    number, previous = 0, GENESIS
    with db.read() as connection:
        total = connection.execute(select(func.count()).select_from(audit_entry)).scalar_one()
        erased, rows = _erased(connection), RecordedRows(connection)
        for entries in _parts(connection):
            whole, broken = _followed(connection, entries, (number, previous), heads, erased)
            if lies := rows.wrong(whole):
                first = min(lies)
                return _verdict(total, _head_before(connection, first), first, lies[first], heads)
            if whole:
                number, previous = whole[-1].number, whole[-1].hash
            if broken is not None:
                return _verdict(total, previous, number + 1, broken, heads)
        beside: tuple[str, int | None, str] | None = None
        if stray := rows.at_the_end():
            first_bad, reason = stray
            beside = (_head_before(connection, first_bad) if first_bad else previous, first_bad, reason)
    if heads and max(heads) > number:
        return _verdict(number, previous, number + 1, _LOST, heads)
    if beside is not None:
        return _verdict(total, *beside, heads)
    return _verdict(total, previous, None, None, heads)


def verify_tail(
    connection: Connection, after: tuple[int, str], noted: Sequence[Head]
) -> tuple[int, int | None, str | None]:
    """Check the entries behind one that was verified when it had this hash, that one itself, and the rows that each made.

    `noted` are the heads behind it, read before the connection's state began.
    Returns how many there are, the number of the first that is wrong, and what is wrong. Entries before, rows that
    several entries change and rows that none made are for `verify_trail` alone.
    """
    heads = {head.number: head.hash for head in noted}
    if after[0] and (wrong := _wrong_anchor(connection, after)):
        return 0, after[0], wrong
    last, erased, rows = after, _erased(connection), RecordedRows(connection)
    for entries in _parts(connection, after[0]):
        whole, broken = _followed(connection, entries, last, heads, erased)
        if lies := rows.made_wrong(whole):
            first = min(lies)
            return first - after[0] - 1, first, lies[first]
        if whole:
            last = (whole[-1].number, whole[-1].hash)
        if broken is not None:
            return last[0] - after[0], last[0] + 1, broken
    if heads and max(heads) > last[0]:
        return last[0] - after[0], last[0] + 1, _LOST
    return last[0] - after[0], None, None


def _wrong_anchor(connection: Connection, anchor: tuple[int, str]) -> str | None:
    row = connection.execute(select(audit_entry).where(audit_entry.c.number == anchor[0])).first()
    if row is None:
        return f"entry {anchor[0]} is missing"
    if row.hash != anchor[1]:
        return "the entry was changed since it was verified"
    return _wrong(row, anchor[0], row.previous)


def export_trail(db: Database, file: Path) -> dict[str, Any]:
    """Write the trail as JSON lines {"canonical", "hash"}, oldest first; returns {"entries", "head"}."""
    number, head = 0, GENESIS
    try:
        with db.read() as connection, file.open("w", encoding="utf-8") as out:
            for row in chain.from_iterable(_parts(connection)):
                number, head = row.number, row.hash
                out.write(
                    json.dumps({"canonical": row.canonical, "hash": row.hash}, ensure_ascii=False) + "\n"
                )
    except OSError as error:
        raise storage_error(error) from error
    return {"entries": number, "head": head}


def erase_note(db: Database, actor: Actor, audit_number: int) -> None:
    """Erase the free text of an entry, as data protection may demand; the chain stays valid. Raises NotFound."""
    require(actor, Permission.RUN_SYSTEM)
    with db.write() as tx:
        erase_text(tx, actor, audit_number)


def erase_text(tx: Transaction, actor: Actor, audit_number: int) -> None:
    """The same within a transaction whose caller has checked the permission. Raises NotFound."""
    erased = tx.execute(
        update(note).where(note.c.audit_number == audit_number, note.c.text.is_not(None)).values(text=None)
    )
    if not erased.rowcount:
        raise NotFound(f"Entry {audit_number} has no text to erase.", help="See the trail for its number.")
    _erase_copy(tx, audit_number)
    record(tx, actor, "note.erased", f"entry_{audit_number}")


def _erase_copy(tx: Transaction, audit_number: int) -> None:
    """The text where a row keeps it, too: a request for an override, a comment, the reason of an attestation, an override or a withdrawal.

    Where the details name no row, it is the entry's subject.
    """
    query = select(audit_entry.c.canonical).where(audit_entry.c.number == audit_number)
    body = json.loads(tx.execute(query).scalar_one())
    copies: dict[str, tuple[Table, str, dict[str, str | None]]] = {
        "piece.submitted": (review_round, "round", {"override_request": None}),
        "statement.attested": (attestation, "attestation", {"reason": ""}),
        "finding.overridden": (override, "override", {"reason": ""}),
        "piece.commented": (comment, "comment", {"text": ""}),
        "source.withdrawn": (source, "source", {"withdrawn_reason": ""}),
    }
    if body["action"] in copies:
        table, name, emptied = copies[body["action"]]
        tx.execute(
            update(table).where(table.c.id == body["details"].get(name, body["subject"])).values(**emptied)
        )


def _parts(connection: Connection, after: int = 0) -> Iterator[Sequence[Any]]:
    """Every entry behind `after`, by number, a thousand in memory at once."""
    query, last = select(audit_entry).order_by(audit_entry.c.number).limit(_AT_ONCE), after
    while rows := connection.execute(query.where(audit_entry.c.number > last)).all():
        yield rows
        last = rows[-1].number


def _followed(
    connection: Connection,
    entries: Sequence[Any],
    last: tuple[int, str],
    heads: dict[int, str],
    erased: set[str],
) -> tuple[Sequence[Any], str | None]:
    """The entries up to the first that is wrong, and what is wrong with that one; `last` is the one before them."""
    number, previous = last
    for at, row in enumerate(entries):
        wrong = _wrong(row, number + 1, previous)
        if wrong is None and heads.get(row.number, row.hash) != row.hash:
            wrong = "the head noted outside is another"
        if wrong is None:
            wrong = _wrong_notes(connection, row, erased)
        if wrong is not None:
            return entries[:at], wrong
        number, previous = row.number, row.hash
    return entries, None


def _head_before(connection: Connection, number: int) -> str:
    """The hash of the last entry before this one."""
    found = connection.scalar(select(audit_entry.c.hash).where(audit_entry.c.number == number - 1))
    return found or GENESIS


def _wrong(row: Any, number: int, previous: str) -> str | None:
    """What is wrong with an entry that should have this number and this predecessor."""
    if row.number != number:
        return f"entry {number} is missing"
    if hashlib.sha256(row.canonical.encode()).hexdigest() != row.hash:
        return "the entry was changed: its hash is another"
    if row.previous != previous:
        return "the entry does not follow the one before"
    try:
        body = json.loads(row.canonical)
        canonical = rfc8785.dumps(body).decode()
    except (ValueError, rfc8785.CanonicalizationError):
        return "the entry is not JSON"
    if canonical != row.canonical:
        return "the entry is not in canonical form"
    copies = {
        "number": row.number,
        "previous": row.previous,
        "action": row.action,
        "subject": row.subject,
        "actor": row.actor_id,
        "at": row.at.isoformat(timespec="microseconds"),
    }
    different = [name for name, value in copies.items() if body.get(name) != value]
    return f"the columns {', '.join(different)} do not say what the entry says" if different else None


def _erased(connection: Connection) -> set[str]:
    """The entries whose erasure is an entry of its own, which the chain holds like any other."""
    query = select(audit_entry.c.subject).where(audit_entry.c.action == "note.erased")
    return set(connection.execute(query).scalars())


def _wrong_notes(connection: Connection, row: Any, erased: set[str]) -> str | None:
    expected = json.loads(row.canonical).get("note_sha256")
    if expected is None:
        return None
    kept = connection.execute(
        select(note.c.salt, note.c.text, note.c.created_at).where(note.c.audit_number == row.number)
    ).first()
    if kept is None:
        return "the note's row is missing"
    if kept.created_at != row.at:
        return "the note's date was changed"
    if kept.text is None:
        return (
            None
            if f"entry_{row.number}" in erased
            else "the note's text is gone and no entry says who erased it"
        )
    if hashlib.sha256((kept.salt + kept.text).encode()).hexdigest() != expected:
        return "the note's text was changed"
    return None


def _verdict(
    entries: int, head: str, first_bad: int | None, reason: str | None, heads: dict[int, str]
) -> dict[str, Any]:
    return {
        "ok": reason is None,
        "entries": entries,
        "first_bad": first_bad,
        "head": head,
        "reason": reason,
        "anchored": max(heads, default=0),
    }
