"""Rounds, tasks, decisions, signatures, and what was said on the way."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from assistant.store.schema.tables import ID, SHA, metadata, ref
from assistant.store.types import Instant

review_round = Table(
    "review_round",
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    ref("revision_id", "revision.id"),
    Column("number", Integer, nullable=False),
    Column(
        "status", String(20), nullable=False
    ),  # open | approved | changes_requested | rejected | cancelled
    Column("override_request", Text),  # the writer's reason, where a block travels with a request
    Column("submitted_by", ID, nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("closed_at", Instant),
    # One open round a piece, held by the database.
    Index(
        "uq_review_round_open",
        "piece_id",
        unique=True,
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
)
task = Table(
    "task",
    metadata,
    Column("id", ID, primary_key=True),
    ref("round_id", "review_round.id"),
    ref("piece_id", "piece.id"),
    Column("role", String(20), nullable=False),
    Column("status", String(24), nullable=False),
    Column("assignee_id", ID, index=True),
    Column("claimed_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("due_on", Date, nullable=False),
    Index("ix_task_status_role", "status", "role", "due_on"),
)
decision = Table(
    "decision",
    metadata,
    Column("id", ID, primary_key=True),
    Column("task_id", ForeignKey("task.id"), nullable=False, unique=True),  # every decision lands once
    Column("outcome", String(24), nullable=False),
    Column("decided_by", ID, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("note_id", ID),  # free text lives in `note`
)
signature = Table(
    "signature",
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    ref("revision_id", "revision.id"),
    Column("decision_id", ID),
    Column("manifest_hash", SHA, nullable=False, index=True),
    Column("user_id", ID, nullable=False),
    Column("printed_name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("meaning", Text, nullable=False),
    Column("signed_at", Instant, nullable=False),
)
comment = Table(
    "comment",
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    Column("revision_id", ID, nullable=False),
    Column("lineage", ID),  # null: on the whole piece
    Column("parent_id", ID),
    Column("author_id", ID, nullable=False),
    Column("text", Text, nullable=False),
    Column("mandatory", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("resolved_by", ID),
    Column("resolved_at", Instant),
)
attestation = Table(
    "attestation",
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    Column("lineage", ID, nullable=False),
    Column("fingerprint", SHA, nullable=False),
    Column("user_id", ID, nullable=False),
    Column("reason", Text, nullable=False),
    Column("attested_at", Instant, nullable=False),
    UniqueConstraint("piece_id", "lineage", "fingerprint", "user_id"),
)
override = Table(
    "override",
    metadata,
    Column("id", ID, primary_key=True),
    ref("revision_id", "revision.id"),
    Column("rule", String(20), nullable=False),
    Column("place", ID, nullable=False),
    Column("user_id", ID, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given_at", Instant, nullable=False),
    UniqueConstraint("revision_id", "rule", "place", "user_id"),
)
