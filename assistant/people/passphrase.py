"""A person's own passphrase, changed by them; and one for once, given by an administrator to somebody who has lost theirs."""

import secrets
from datetime import timedelta

from sqlalchemy import select, update

from assistant.audit.trail import record
from assistant.errors import Conflict, InvalidInput
from assistant.people.accounts import NO_PASSWORD, find_user, verify_password
from assistant.people.passwords import hash_password, require_fit
from assistant.people.roles import Actor, Permission, require
from assistant.people.sessions import end_sessions, revoke_tokens
from assistant.store.database import Database
from assistant.store.schema import user

ONE_TIME = timedelta(days=3)
"""How long a passphrase for once opens the account."""


def change_passphrase(db: Database, actor: Actor, old: str, new: str, keep: str = "") -> int:
    """Put a new passphrase in the place of one's own; all other sessions end. Returns how many did.

    `keep` is the token of the session in which it is asked for. Raises WrongPassword and LockedOut, counted as at signing
    in, InvalidInput for a passphrase that is too short or the same, and Conflict for who comes in by the company login.
    """
    with db.read() as connection:
        known = connection.scalar(select(user.c.password_hash).where(user.c.id == actor.id))
    if known == NO_PASSWORD:
        raise Conflict(
            "No passphrase opens your account: you come in by the company login.",
            help="Change your password there, where your company keeps it.",
        )
    require_fit(new)  # before the old one is tried: a short new one costs no attempt
    verify_password(db, actor, old, one_time=True)
    if old == new:
        raise InvalidInput("That is the passphrase which you have.", help="Choose another one.", field="new")
    hashed = hash_password(new)
    with db.write() as tx:
        changed = tx.execute(
            update(user)
            .where(user.c.id == actor.id, user.c.password_hash == known)
            .values(password_hash=hashed, one_time_until=None)
        )
        if not changed.rowcount:
            raise Conflict("Your passphrase was changed just now.", help="Sign in with the newer one.")
        ended = end_sessions(tx, actor.id, keep)
        record(tx, actor, "user.password_changed", actor.id, {"sessions_ended": ended})
    return ended


def reset_passphrase(db: Database, actor: Actor, name: str) -> str:
    """A passphrase for once, shown once: it opens the account for three days, and nothing is done before it is changed.

    The account's sessions end and its tokens are revoked: whoever holds one would act beside it. It no longer rests.
    Raises NotAllowed, InvalidInput for nobody of that name, Conflict for one's own account and for one that a company
    login opens.
    """
    require(actor, Permission.MANAGE_USERS)
    given = "-".join(secrets.token_hex(2) for _ in range(6))
    hashed = hash_password(given)
    with db.write() as tx:
        found = find_user(tx.connection, name)
        if found is None or not found.active:
            raise InvalidInput(
                f"There is no active user named {name[:200]}.", help="See `ancrage user list`."
            )
        if found.id == actor.id:
            raise Conflict("This is your own account.", help="Change your passphrase on your account page.")
        row = tx.execute(select(user.c.password_hash).where(user.c.id == found.id)).one()
        if row.password_hash == NO_PASSWORD:
            raise Conflict(
                f"{found.name} comes in by the company login.", help="A passphrase would be a second way in."
            )
        fresh = {"failed_attempts": 0, "locked_until": None}
        tx.execute(
            update(user)
            .where(user.c.id == found.id)
            .values(password_hash=hashed, one_time_until=tx.now + ONE_TIME, **fresh)
        )
        ended = end_sessions(tx, found.id)
        details = {"sessions_ended": ended, "tokens_revoked": revoke_tokens(tx, found.id)}
        record(tx, actor, "user.password_reset", found.id, details)
    return given
