"""The audit trail: each entry holds the hash of the one before it.

Entries hold ids and digests. Free text goes to the `note` table, salted and erasable: the entry keeps
sha256(salt + text), so erasing the text leaves the chain valid.
"""

import hashlib
import secrets
from typing import Any

import rfc8785
from sqlalchemy import insert, select, text

from assistant.people.roles import Actor
from assistant.store.database import Entry, Transaction
from assistant.store.schema import audit_entry, note

GENESIS = "0" * 64
_LONGEST_SUBJECT = 40
"""Characters of its column."""


def await_turn(tx: Transaction) -> None:
    """Be the one writer of the chain until the transaction ends: what is looked up after this stays so until then.

    `record` does it by itself; an act whose check must not be overtaken does it first.
    """
    if tx.connection.dialect.name == "postgresql":  # SQLite's immediate transactions already give that
        tx.execute(text("SELECT pg_advisory_xact_lock(7264)"))


def record(
    tx: Transaction,
    actor: Actor,
    action: str,
    subject: str,
    details: dict[str, Any] | None = None,
    free_text: str | None = None,
) -> int:
    """Append an entry within the same transaction as the change; returns its number.

    `action` is dotted and past tense ("source.withdrawn"); `details` is JSON of ids, digests, states and counts:
    no names, no free text. `free_text` (a reason, a comment) is kept apart and may be erased later.

    Raises RuntimeError where `subject` is longer than its column, which SQLite alone would take.
    """
    if len(subject) > _LONGEST_SUBJECT:
        raise RuntimeError(
            f"{action} names a subject of {len(subject)} characters: its digest belongs into the details."
        )
    await_turn(tx)
    last = tx.execute(
        select(audit_entry.c.number, audit_entry.c.hash).order_by(audit_entry.c.number.desc()).limit(1)
    ).first()
    number = 1 if last is None else last.number + 1
    previous = GENESIS if last is None else last.hash
    body: dict[str, Any] = {
        "number": number,
        "at": tx.now.isoformat(timespec="microseconds"),
        "actor": actor.id,
        "roles": sorted(actor.roles),
        "action": action,
        "subject": subject,
        "details": details or {},
        "previous": previous,
    }
    if free_text is not None:
        salt = secrets.token_hex(16)
        body["note_sha256"] = hashlib.sha256((salt + free_text).encode()).hexdigest()
        tx.execute(
            insert(note).values(
                id=f"note_{secrets.token_hex(8)}",
                audit_number=number,
                salt=salt,
                text=free_text,
                created_at=tx.now,
            )
        )
    canonical = rfc8785.dumps(body).decode()
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    tx.execute(
        insert(audit_entry).values(
            number=number,
            canonical=canonical,
            hash=digest,
            previous=previous,
            action=action,
            subject=subject,
            actor_id=actor.id,
            at=tx.now,
        )
    )
    tx.entries.append(Entry(number, digest, action, subject, tx.now))
    tx.failpoint(f"audit:{action}")
    return number
