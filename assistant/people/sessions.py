"""Signed-in browsers and machines' tokens. The database holds digests only: a stolen copy opens nothing."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from assistant.audit.trail import record
from assistant.errors import Conflict, InvalidInput, NotFound
from assistant.people.accounts import find_user, verify_password
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database, Transaction, nobody
from assistant.store.ids import new_id
from assistant.store.schema import api_token, session, user

_DAY_OF_WORK = timedelta(hours=10)
_STALE = timedelta(minutes=5)
_TOKEN_PREFIX = "ancrage_"  # noqa: S105  lets secret scanners know our tokens


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """A new session; the token is shown to the browser once and kept nowhere."""

    token: str
    csrf: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class CameIn:
    """How a session was opened."""

    proof: str | None = None
    """`password` or `oidc`; None of a machine's token, and of sessions from before this was kept."""
    identity_id: str | None = None
    """By which link to the company's login."""


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A session that holds."""

    actor: Actor
    csrf: str
    expires_at: datetime
    came_in: CameIn
    must_change: bool = False
    """It was opened with a passphrase for once: nothing is done before that is changed."""


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """A machine's token, without its secret."""

    id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


def open_session(db: Database, name: str, password: str) -> SessionOpened:
    """Sign in. Raises WrongPassword or LockedOut, and Conflict where the passphrase is changed meanwhile.

    Sessions that have run out are cleared on the way.
    """
    with db.read() as connection:
        known = connection.scalar(select(user.c.password_hash).where(user.c.key == name.casefold()))
    actor = verify_password(db, name, password, one_time=True)
    return begin_session(db, actor, {}, CameIn("password"), lambda tx: _require_unchanged(tx, actor, known))


def _require_unchanged(tx: Transaction, actor: Actor, known: str | None) -> None:
    """Raises Conflict where the passphrase is no longer the one of this hash: a change ends every other session, and one
    that is just being opened is not yet among them.
    """
    now = tx.execute(select(user.c.password_hash).where(user.c.id == actor.id).with_for_update()).scalar()
    if now != known:
        raise Conflict("Your passphrase was changed just now.", help="Sign in with the newer one.")


def begin_session(
    db: Database,
    actor: Actor,
    details: dict[str, Any],
    came_in: CameIn,
    beside: Callable[[Transaction], None] = nobody,
) -> SessionOpened:
    """A session of somebody who has proved who they are; `details` say how, where it was not by password.

    `beside` writes what is kept of the sign-in besides: it stands or falls with the session.
    """
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    with db.write() as tx:
        tx.execute(delete(session).where(session.c.expires_at <= tx.now))
        tx.execute(
            insert(session).values(
                token_sha256=_digest(token),
                user_id=actor.id,
                csrf=csrf,
                created_at=tx.now,
                expires_at=tx.now + _DAY_OF_WORK,
                proof=came_in.proof,
                identity_id=came_in.identity_id,
            )
        )
        beside(tx)
        record(tx, actor, "session.opened", actor.id, details)
    return SessionOpened(token, csrf, actor)


def session_actor(db: Database, token: str) -> SessionInfo | None:
    """Who this session is, or None where it is unknown, has run out, or the account is closed."""
    with db.read() as connection:
        row = connection.execute(select(session).where(session.c.token_sha256 == _digest(token))).first()
        if row is None or row.expires_at <= db.clock.now():
            return None
        found = find_user(connection, row.user_id)
    if found is None or not found.active:
        return None
    once = found.one_time and row.proof == "password"
    return SessionInfo(found.actor(), row.csrf, row.expires_at, CameIn(row.proof, row.identity_id), once)


def close_session(db: Database, token: str) -> None:
    """Sign out; a session that is gone already stays gone."""
    info = session_actor(db, token)
    with db.write() as tx:
        gone = tx.execute(delete(session).where(session.c.token_sha256 == _digest(token)))
        if gone.rowcount and info is not None:
            record(tx, info.actor, "session.closed", info.actor.id)


def make_token(db: Database, actor: Actor, name: str) -> str:
    """A token with which a machine acts as this person; shown once."""
    clean = " ".join(name.split())
    if not clean:
        raise InvalidInput("A token takes a name.", help="Say which machine will use it.")
    token = _TOKEN_PREFIX + secrets.token_urlsafe(32)
    identity = new_id("token")
    with db.write() as tx:
        tx.execute(
            insert(api_token).values(
                id=identity,
                user_id=actor.id,
                name=clean[:200],
                token_sha256=_digest(token),
                created_at=tx.now,
            )
        )
        record(tx, actor, "token.made", identity)
    return token


def token_actor(db: Database, token: str) -> Actor | None:
    """Who this token acts as, or None where it is unknown, revoked, or the account is closed."""
    with db.read() as connection:
        row = connection.execute(select(api_token).where(api_token.c.token_sha256 == _digest(token))).first()
        if row is None or row.revoked_at is not None:
            return None
        found = find_user(connection, row.user_id)
    if found is None or not found.active:
        return None
    now = db.clock.now()
    if row.last_used_at is None or now - row.last_used_at > _STALE:  # not a write for every request
        with db.write() as tx:
            tx.execute(update(api_token).where(api_token.c.id == row.id).values(last_used_at=tx.now))
    return found.actor()


def list_tokens(db: Database, actor: Actor) -> list[TokenInfo]:
    """One's own tokens, newest first."""
    with db.read() as connection:
        rows = connection.execute(
            select(api_token).where(api_token.c.user_id == actor.id).order_by(api_token.c.created_at.desc())
        )
        return [TokenInfo(r.id, r.name, r.created_at, r.last_used_at, r.revoked_at) for r in rows]


def revoke_token(db: Database, actor: Actor, token_id: str) -> None:
    """End a token: one's own, or anybody's for an admin. Raises NotFound."""
    with db.write() as tx:
        row = tx.execute(select(api_token).where(api_token.c.id == token_id)).first()
        if row is None:
            raise NotFound(f"There is no token {token_id}.", help="See the list of your tokens.")
        if row.user_id != actor.id:
            require(actor, Permission.MANAGE_USERS)
        if row.revoked_at is None:
            tx.execute(update(api_token).where(api_token.c.id == token_id).values(revoked_at=tx.now))
            record(tx, actor, "token.revoked", token_id)


def end_sessions(tx: Transaction, user_id: str, keep: str = "") -> int:
    """End the person's sessions but that with the token `keep`; returns how many."""
    others = (session.c.user_id == user_id, session.c.token_sha256 != _digest(keep))
    return tx.execute(delete(session).where(*others)).rowcount


def revoke_tokens(tx: Transaction, user_id: str, since: datetime | None = None) -> int:
    """Revoke the person's tokens, or those made since then; returns how many."""
    made = () if since is None else (api_token.c.created_at >= since,)
    live = (api_token.c.user_id == user_id, api_token.c.revoked_at.is_(None), *made)
    return tx.execute(update(api_token).where(*live).values(revoked_at=tx.now)).rowcount


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
