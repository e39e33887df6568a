"""The trail, and the free text that may be erased from it."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from assistant.store.schema.tables import ID, SHA, metadata
from assistant.store.types import Instant

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("canonical", Text, nullable=False),  # the bytes that are hashed
    Column("hash", SHA, nullable=False, unique=True),
    Column("previous", SHA, nullable=False),
    Column(
        "action", String(60), nullable=False, index=True
    ),  # copies for queries; `canonical` is what counts
    Column("subject", ID, nullable=False, index=True),
    Column("actor_id", ID, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_audit_entry_actor", "actor_id", "number"),
)
note = Table(
    "note",
    metadata,
    Column("id", ID, primary_key=True),
    Column("audit_number", Integer, index=True),
    Column("salt", String(64), nullable=False),
    Column("text", Text),  # null once erased; the audit entry holds sha256(salt + text)
    Column("created_at", Instant, nullable=False),
)
