"""The holder's word on a link that an administrator made: theirs, or not. Until then it signs nothing for a day."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, select, update

from assistant.audit.trail import record
from assistant.errors import Conflict, NotAllowed, NotFound
from assistant.people.accounts import NO_PASSWORD, verify_password
from assistant.people.oidc.identities import SETTLES, Identity, drop_link, identity_of
from assistant.people.roles import Actor, Permission
from assistant.people.sessions import CameIn, revoke_tokens
from assistant.store.database import Database
from assistant.store.schema import identity as table
from assistant.store.schema import user

Vouched = str | CameIn
"""What shows that it is really the person: a passphrase, or how their session was opened."""


def confirm_link(
    db: Database, actor: Actor, link_id: str, vouched: Vouched, *, passwords: bool = True
) -> Identity:
    """Say that the login is the account's holder's: it signs at once. Confirming again changes nothing.

    The holder says so. Where no passphrase opens their account, or `passwords` are off, an administrator other than the
    one who linked it may, whose account is a day old. Raises NotFound, NotAllowed, Conflict for an invitation,
    WrongPassword, LockedOut.
    """
    _check_passphrase(db, actor, vouched)
    with db.write() as tx:
        found = _load(tx.connection, actor, link_id)
        if found.subject is None:
            raise Conflict(
                "Nobody has logged in on this invitation yet.",
                help="It is confirmed once its person has come in by it.",
            )
        if found.confirmed_at is not None:
            return found
        _require_session(tx.connection, vouched, found, tx.now)
        if found.user_id != actor.id:
            _require_second(_accounts(tx.connection), actor, found, tx.now, passwords=passwords)
        done = tx.execute(
            update(table)
            .where(table.c.id == found.id, table.c.confirmed_at.is_(None))
            .values(confirmed_by=actor.id, confirmed_at=tx.now)
            .returning(table)
        ).one()
        by = "holder" if found.user_id == actor.id else "administrator"
        record(
            tx,
            actor,
            "identity.confirmed",
            found.user_id,
            {"identity": found.id, "issuer": found.issuer, "by": by},
        )
        return identity_of(done)


def reject_link(db: Database, actor: Actor, link_id: str, vouched: Vouched) -> None:
    """Say that the login, or the invited address, is not one's own: the link and what came in by it end at once.

    Tokens that were made since then end, too, since whoever used the login could have made them. Raises NotFound,
    NotAllowed, WrongPassword, LockedOut.
    """
    _check_passphrase(db, actor, vouched)
    with db.write() as tx:
        found = _load(tx.connection, actor, link_id)
        if found.user_id != actor.id:
            raise NotAllowed(
                "Only its holder rejects a link.", help="An administrator takes it away on the page People."
            )
        _require_session(tx.connection, vouched, found, tx.now)
        drop_link(tx, found.id)
        tokens = revoke_tokens(tx, found.user_id, found.linked_at)
        details = {
            "identity": found.id,
            "issuer": found.issuer,
            "linked_by": found.linked_by,
            "tokens": tokens,
        }
        record(tx, actor, "identity.rejected", found.user_id, details)


def list_links(db: Database, actor: Actor, *, passwords: bool = True) -> list[dict[str, Any]]:
    """One's own links and, for an administrator, those that they may confirm for others; the newest first, as JSON."""
    with db.read() as connection:
        now = db.clock.now()
        rows = connection.execute(select(table).order_by(table.c.created_at.desc(), table.c.id)).all()
        accounts = _accounts(connection)
        names = {row.id: row.name for row in accounts.values()}
        shown = []
        for row in rows:
            one = identity_of(row)
            open_to_me = one.state(now) == "waiting" and _may_confirm(
                accounts, actor, one, now, passwords=passwords
            )
            if one.user_id == actor.id or open_to_me:
                shown.append(link_json(one, names, now) | {"expected_of_me": open_to_me})
        return shown


def link_json(one: Identity, names: dict[str, str], now: datetime) -> dict[str, Any]:
    """As the command line and the API show it; the subject stays the login's own."""

    def person(user_id: str | None) -> dict[str, Any] | None:
        return None if user_id is None else {"id": user_id, "name": names.get(user_id, "")}

    return {
        "id": one.id,
        "user": person(one.user_id),
        "issuer": one.issuer,
        "email": one.email,
        "state": one.state(now),
        "linked_by": person(one.linked_by),
        "linked_at": one.linked_at.isoformat(timespec="seconds"),
        "signs_from": None if one.subject is None else one.signs_from().isoformat(timespec="seconds"),
        "confirmed_by": person(one.confirmed_by),
        "confirmed_at": None if one.confirmed_at is None else one.confirmed_at.isoformat(timespec="seconds"),
    }


def vouches(db: Database, came_in: CameIn) -> bool:
    """Whether the session was opened by a passphrase, or by a login that signs already."""
    with db.read() as connection:
        return _vouches(connection, came_in, db.clock.now())


def _check_passphrase(db: Database, actor: Actor, vouched: Vouched) -> None:
    """It takes its time, so never within a transaction."""
    if isinstance(vouched, str):
        verify_password(db, actor, vouched)


def _require_session(connection: Connection, vouched: Vouched, found: Identity, now: datetime) -> None:
    if isinstance(vouched, str) or _vouches(connection, vouched, now):
        return
    if vouched.identity_id == found.id:
        raise NotAllowed(
            "A login does not vouch for itself.",
            help="Sign in with your passphrase, or ask a second administrator to confirm it.",
        )
    raise NotAllowed(
        "This session does not show that it is you.",
        help="Give your passphrase, or sign in with it or with a login that is confirmed.",
    )


def _vouches(connection: Connection, came_in: CameIn, now: datetime) -> bool:
    if came_in.proof != "oidc":
        return came_in.proof == "password"
    row = connection.execute(select(table).where(table.c.id == came_in.identity_id)).first()
    return row is not None and identity_of(row).state(now) in {"confirmed", "settled"}


def _load(connection: Connection, actor: Actor, link_id: str) -> Identity:
    row = connection.execute(select(table).where(table.c.id == link_id)).first()
    if row is None or (row.user_id != actor.id and not actor.may(Permission.MANAGE_USERS)):
        raise NotFound("There is no such link of yours.", help="Your account page lists them.")
    return identity_of(row)


def _accounts(connection: Connection) -> dict[str, Row[Any]]:
    columns: list[Column[Any]] = [user.c.id, user.c.name, user.c.password_hash, user.c.created_at]
    return {row.id: row for row in connection.execute(select(*columns))}


def _may_confirm(
    accounts: dict[str, Row[Any]], actor: Actor, found: Identity, now: datetime, *, passwords: bool
) -> bool:
    if found.user_id == actor.id:
        return True
    try:
        _require_second(accounts, actor, found, now, passwords=passwords)
    except NotAllowed:
        return False
    return True


def _require_second(
    accounts: dict[str, Row[Any]], actor: Actor, found: Identity, now: datetime, *, passwords: bool
) -> None:
    """One person alone must not make somebody's signature: neither as both administrators nor by an account made for it."""
    if not actor.may(Permission.MANAGE_USERS) or actor.id == found.linked_by:
        raise NotAllowed(
            "Whoever linked a login does not confirm it.",
            help="Its holder does, or another administrator where the holder has no passphrase.",
        )
    if passwords and accounts[found.user_id].password_hash != NO_PASSWORD:
        raise NotAllowed(
            "The holder of this account has a passphrase and confirms the login themselves.",
            help="They find it on their account page.",
        )
    own = accounts.get(actor.id)
    if own is None or now < own.created_at + SETTLES:
        raise NotAllowed(
            "An account that is younger than a day confirms nobody else's login.",
            help="Another administrator does it, or the login signs after 24 hours.",
        )
