"""Which login is which account's. Administrators link them; roles stay here and come from no provider.

`confirming` has the holder's word on a link.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from assistant.audit.trail import record
from assistant.errors import Conflict, InvalidInput, NotAllowed, NotFound
from assistant.people.accounts import User, find_user
from assistant.people.oidc.errors import LoginTooNew, UnknownPerson
from assistant.people.oidc.model import Claims
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database, Transaction
from assistant.store.ids import new_id
from assistant.store.schema import identity as table
from assistant.store.schema import session as session_table

SETTLES = timedelta(hours=24)
"""A link opens sessions at once and signs only after this: its holder was told of it and can object."""
_LONGEST_SUBJECT = 255
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Identity:
    """A link of an account to a login, or an invitation that waits for its first login."""

    id: str
    user_id: str
    issuer: str
    subject: str | None
    email: str | None
    linked_by: str
    linked_at: datetime
    """Of an invitation that was taken up: when it was."""
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None

    def signs_from(self) -> datetime:
        """From when on it signs: at once where its holder made or anybody confirmed it, else after a day."""
        if self.linked_by == self.user_id:
            return self.linked_at
        return self.confirmed_at or self.linked_at + SETTLES

    def state(self, now: datetime) -> str:
        """`invited`, `waiting` (signs nothing yet), `confirmed`, or `settled` (by time, or the holder's own)."""
        if self.subject is None:
            return "invited"
        if self.confirmed_at is not None:
            return "confirmed"
        return "waiting" if now < self.signs_from() else "settled"


def link(
    db: Database,
    actor: Actor,
    name: str,
    issuer: str,
    *,
    subject: str = "",
    email: str = "",
) -> Identity:
    """Link an account by the login's subject, or invite it by the e-mail with which its person will log in first.

    The trail names the link and the issuer, never the subject or the address. Raises NotAllowed, NotFound,
    InvalidInput, Conflict for a login that is linked already, one's own above all. The account's holder is told.
    """
    require(actor, Permission.MANAGE_USERS)
    clean, address = subject.strip(), email.strip().casefold()
    _require_one(clean, address)
    with db.write() as tx:
        found = _account(tx.connection, name)
        column, value = (table.c.subject, clean) if clean else (table.c.email, address)
        taken = tx.execute(select(table.c.user_id).where(table.c.issuer == issuer, column == value)).first()
        if taken is not None and taken.user_id == actor.id != found.id:
            raise Conflict(
                "This is your own login: nobody links it to another person's account.",
                help="Ask that person for the subject of their login.",
            )
        if taken is not None:
            raise Conflict("This login is linked already.", help="Unlink the other account first.")
        made = Identity(
            new_id("identity"), found.id, issuer, clean or None, address or None, actor.id, tx.now
        )
        tx.execute(
            insert(table).values(
                id=made.id,
                user_id=found.id,
                issuer=issuer,
                subject=made.subject,
                email=made.email,
                linked_by=actor.id,
                created_at=tx.now,
            )
        )
        details = {"identity": made.id, "issuer": issuer, "by": "subject" if clean else "email"}
        record(tx, actor, "identity.linked" if clean else "identity.invited", found.id, details)
    return made


def unlink(db: Database, actor: Actor, name: str) -> int:
    """Take away every link and invitation of an account; returns how many there were.

    Raises NotAllowed for an administrator's own: a login that is free again could be linked to somebody else.
    """
    require(actor, Permission.MANAGE_USERS)
    with db.write() as tx:
        found = _account(tx.connection, name)
        if found.id == actor.id:
            raise NotAllowed(
                "Nobody takes away the links of their own account.",
                help="Another administrator does it.",
            )
        links = tx.execute(select(table.c.id).where(table.c.user_id == found.id)).scalars().all()
        for one in links:
            drop_link(tx, one)
        if links:
            record(tx, actor, "identity.unlinked", found.id, {"links": len(links)})
    return len(links)


def drop_link(tx: Transaction, link_id: str) -> None:
    """Take the link away and end the sessions that it opened; the caller writes the audit entry."""
    tx.execute(delete(session_table).where(session_table.c.identity_id == link_id))
    tx.execute(delete(table).where(table.c.id == link_id))


def identities(db: Database, issuer: str) -> dict[str, Identity]:
    """The link of each account at this issuer, by the account's id; a link comes before an invitation."""
    with db.read() as connection:
        rows = connection.execute(
            select(table).where(table.c.issuer == issuer).order_by(table.c.subject.is_not(None), table.c.id)
        )
        return {row.user_id: identity_of(row) for row in rows}


def person_of(db: Database, claims: Claims, *, by_email: bool) -> Actor:
    """The active account of that login; with `by_email`, also of an invitation to its verified address.

    Raises UnknownPerson, the same for a closed account.
    """
    with db.read() as connection:
        row = connection.execute(
            select(table.c.user_id).where(table.c.issuer == claims.issuer, table.c.subject == claims.subject)
        ).first()
        found = None if row is None else find_user(connection, row.user_id)
    if found is None and by_email and claims.email is not None:
        found = _accept_invitation(db, claims)
    if found is None or not found.active:
        raise UnknownPerson(
            "No account here is linked to this login.",
            help="An administrator links your login to your account.",
        )
    return found.actor()


def link_of(db: Database, claims: Claims) -> str | None:
    """The id of the link by which that login is somebody's."""
    with db.read() as connection:
        found: str | None = connection.scalar(
            select(table.c.id).where(table.c.issuer == claims.issuer, table.c.subject == claims.subject)
        )
    return found


def require_settled(db: Database, claims: Claims) -> None:
    """Raise LoginTooNew where an administrator linked the login less than a day ago and nobody confirmed it since."""
    now = db.clock.now()
    with db.read() as connection:
        row = connection.execute(
            select(table).where(table.c.issuer == claims.issuer, table.c.subject == claims.subject)
        ).first()
    if row is not None and identity_of(row).state(now) == "waiting":
        raise LoginTooNew(
            "This login was linked to your account less than 24 hours ago and signs nothing yet.",
            help="Confirm it on your account page, sign with your passphrase, or wait a day. If the login is not yours, reject it there.",
            until=identity_of(row).signs_from().isoformat(timespec="minutes"),
        )


def _accept_invitation(db: Database, claims: Claims) -> User | None:
    with db.write() as tx:
        invited = tx.execute(
            select(table).where(
                table.c.issuer == claims.issuer, table.c.email == claims.email, table.c.subject.is_(None)
            )
        ).first()
        found = None if invited is None else find_user(tx.connection, invited.user_id)
        if invited is None or found is None or not found.active:
            return None
        bound = {"subject": claims.subject, "email": None, "created_at": tx.now}
        tx.execute(update(table).where(table.c.id == invited.id).values(**bound))
        details = {"identity": invited.id, "issuer": claims.issuer, "by": "email"}
        record(tx, found.actor(), "identity.linked", found.id, details)
        return found


def _require_one(subject: str, email: str) -> None:
    if bool(subject) == bool(email):
        raise InvalidInput(
            "A link takes the login's subject, or an e-mail address, and not both.",
            help="The subject is the login's own name of the person (the claim sub).",
        )
    if len(subject) > _LONGEST_SUBJECT or not subject.isprintable():
        raise InvalidInput("That cannot be a subject.", help="It has at most 255 printable characters.")
    if email and not _EMAIL.fullmatch(email):
        raise InvalidInput("That is not an e-mail address.", help="For instance name@company.example.")


def _account(connection: Connection, name: str) -> User:
    found = find_user(connection, name)
    if found is None or not found.active:
        raise NotFound(f"There is no active user named {name}.", help="See `ancrage user list`.")
    return found


def identity_of(row: Any) -> Identity:
    """A row as a value."""
    return Identity(
        row.id,
        row.user_id,
        row.issuer,
        row.subject,
        row.email,
        row.linked_by,
        row.created_at,
        row.confirmed_by,
        row.confirmed_at,
    )
