"""Who works here, their sessions and tokens."""

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text, text

from assistant.store.schema.tables import ID, SHA, metadata, ref
from assistant.store.types import Instant

user = Table(
    "user_account",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("key", String(200), nullable=False, unique=True),  # case-folded name
    Column("roles", JSON, nullable=False),  # list of role names
    Column("password_hash", Text, nullable=False),
    Column("language", String(2), nullable=False, server_default="en"),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("failed_attempts", Integer, nullable=False, server_default="0"),
    Column("locked_until", Instant),
    Column("created_at", Instant, nullable=False),
)
session = Table(
    "session",
    metadata,
    Column("token_sha256", SHA, primary_key=True),
    ref("user_id", "user_account.id"),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)
api_token = Table(
    "api_token",
    metadata,
    Column("id", ID, primary_key=True),
    ref("user_id", "user_account.id"),
    Column("name", String(200), nullable=False),
    Column("token_sha256", SHA, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    Column("revoked_at", Instant),
)
