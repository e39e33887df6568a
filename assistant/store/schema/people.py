"""Who works here, their sessions and tokens."""

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text, UniqueConstraint, text

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
    Column(
        "one_time_until", Instant
    ),  # of a passphrase that an administrator gave, to be changed first of all
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
    Column("proof", String(10)),  # password | oidc: how it was opened; null: before this was kept
    Column("identity_id", ID),  # by which link, where a login opened it
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
identity = Table(  # how a person is known at the company's login
    "identity",
    metadata,
    Column("id", ID, primary_key=True),
    ref("user_id", "user_account.id"),
    Column("issuer", String(500), nullable=False),
    Column("subject", String(255)),  # null: invited by e-mail, and not come yet
    Column("email", String(320)),  # case-folded; of an invitation alone
    Column("linked_by", ID, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("confirmed_by", ID),  # the holder, or a second administrator; null: nobody yet
    Column("confirmed_at", Instant),
    UniqueConstraint("issuer", "subject"),
    UniqueConstraint("issuer", "email"),
)
login_request = Table(  # a browser that was sent to the company's login, until it comes back: minutes
    "login_request",
    metadata,
    Column("state_sha256", SHA, primary_key=True),
    Column("browser_sha256", SHA, nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("signer_id", ID),  # null: a sign-in; else the person whose signature this is for
    Column("about", SHA),  # the hash that is to be signed
    Column("intent", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("client", SHA),  # digest of the address that a sign-in was begun from
)

known_browser = Table(  # that somebody has come in by: a stranger's beginnings end none of its own
    "known_browser",
    metadata,
    Column("browser_sha256", SHA, primary_key=True),
    Column("client", SHA, nullable=False),  # digest of the address that it came from last
    Column("seen_at", Instant, nullable=False),
)


def proof_columns() -> list[Column[Any]]:
    """Of a signature: how the person proved who they are. Null in those made before this was kept: by password."""
    return [Column("proof", String(10)), Column("proof_issuer", String(500)), Column("proof_at", Instant)]


def salt_column() -> Column[Any]:
    """With what the audit trail salted its digest of the row. Null in those made before it had one."""
    return Column("salt", String(32))
