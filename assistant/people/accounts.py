"""Who is known here, and whether it is really them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from assistant.audit.trail import record
from assistant.errors import Conflict, InvalidInput, LockedOut, NotAllowed, NotSignedIn, WrongPassword
from assistant.people.passwords import hash_password, matches, spend_the_time
from assistant.people.roles import Actor, Permission, Role, require
from assistant.store.database import Database, Transaction
from assistant.store.ids import new_id
from assistant.store.schema import task, user

LANGUAGES = ("en", "fr")
NO_PASSWORD = ""
"""In place of a hash: no passphrase opens the account."""
_TRIES = 5
_REST = timedelta(minutes=15)
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class User:
    """An account, without its secret."""

    id: str
    name: str
    roles: frozenset[Role]
    language: str
    active: bool
    created_at: datetime
    one_time: bool = False
    """Its passphrase was given by an administrator and has not been changed."""

    def actor(self) -> Actor:
        """The person, acting."""
        return Actor(self.id, self.name, self.roles, self.language)


def add_user(
    db: Database,
    actor: Actor | None,
    name: str,
    roles: Collection[str],
    password: str | None,
    language: str = "en",
) -> User:
    """Add an account. On an empty home anyone may add the first, which must be an admin.

    Without a passphrase the person comes in by the company login alone.

    Raises InvalidInput for a bad name, role, language or passphrase, Conflict for a name that is taken,
    NotSignedIn or NotAllowed.
    """
    known = _known_roles(roles)
    clean = _clean_name(name)
    _require_language(language)
    hashed = NO_PASSWORD if password is None else hash_password(password)
    with db.write() as tx:
        acting = _who_adds(tx, actor, known)
        if tx.execute(select(user.c.id).where(user.c.key == clean.casefold())).first():
            raise Conflict(f"There is a user named {clean} already.", help="Choose another name.", name=clean)
        identity = new_id("user")
        tx.execute(
            insert(user).values(
                id=identity,
                name=clean,
                key=clean.casefold(),
                roles=sorted(known),
                password_hash=hashed,
                language=language,
                created_at=tx.now,
            )
        )
        acting = acting or Actor(identity, clean, known, language)
        record(tx, acting, "user.added", identity, {"roles": sorted(known)})
    return User(identity, clean, known, language, active=True, created_at=tx.now)


def find_user(connection: Connection, name_or_id: str) -> User | None:
    """The account of that name (letter case does not matter) or id."""
    row = connection.execute(
        select(user).where((user.c.key == name_or_id.casefold()) | (user.c.id == name_or_id))
    ).first()
    return None if row is None else _user(row)


def find_actor(db: Database, name: str) -> Actor:
    """The active user of that name. Raises NotSignedIn."""
    with db.read() as connection:
        found = find_user(connection, name)
    if found is None or not found.active:
        raise NotSignedIn(
            f"There is no active user named {name}.",
            help="Name a user with --as or ANCRAGE_USER; an admin adds users with `ancrage user add`.",
            name=name,
        )
    return found.actor()


def list_users(db: Database) -> list[User]:
    """Every account, by name."""
    with db.read() as connection:
        return [_user(row) for row in connection.execute(select(user).order_by(user.c.name))]


def user_json(found: User) -> dict[str, Any]:
    """As the command line and the API show it."""
    return {
        "id": found.id,
        "name": found.name,
        "roles": sorted(found.roles),
        "language": found.language,
        "active": found.active,
    }


def set_language(db: Database, actor: Actor, language: str) -> None:
    """Choose one's own language for pages and messages."""
    _require_language(language)
    with db.write() as tx:
        changed = tx.execute(
            update(user).where(user.c.id == actor.id, user.c.language != language).values(language=language)
        )
        if changed.rowcount:
            record(tx, actor, "user.language_set", actor.id, {"language": language})


def deactivate_user(db: Database, actor: Actor, name: str) -> None:
    """Close an account; what the person did stays theirs, what they had only claimed is open to others again.

    The last active admin cannot be closed.
    """
    require(actor, Permission.MANAGE_USERS)
    with db.write() as tx:
        found = find_user(tx.connection, name)
        if found is None or not found.active:
            raise InvalidInput(f"There is no active user named {name}.", help="See `ancrage user list`.")
        others = [u for u in _active(tx) if u.id != found.id and Role.ADMIN in u.roles]
        if Role.ADMIN in found.roles and not others:
            raise Conflict("This is the last active admin.", help="Add another admin first.")
        tx.execute(update(user).where(user.c.id == found.id).values(active=False))
        record(tx, actor, "user.deactivated", found.id)
        _free_tasks(tx, actor, found.id)


def _free_tasks(tx: Transaction, actor: Actor, user_id: str) -> None:
    """Open the undecided tasks that the person held, or that a deputy holds for them: nobody else could sign them."""
    held = tx.execute(
        update(task)
        .where(or_(task.c.assignee_id == user_id, task.c.for_id == user_id), task.c.status == "claimed")
        .values(status="open", assignee_id=None, claimed_at=None, lease_until=None, for_id=None)
        .returning(task.c.id, task.c.piece_id, task.c.role)
    ).all()
    for row in sorted(held):
        details = {"task": row.id, "role": row.role, "holder_closed": user_id}
        record(tx, actor, "task.given_back", row.piece_id, details)


def verify_password(db: Database, who: Actor | str, password: str, *, one_time: bool = False) -> Actor:
    """Check that it is really them; returns the actor as now known.

    Raises WrongPassword (the same for an unknown name), LockedOut for 15 minutes after five wrong ones in a row.
    A failure and a lock are written and audited although the act is refused. A passphrase for once proves nobody, but where
    `one_time` lets it in to be changed: raises NotAllowed.
    """
    with db.read() as connection:
        row = connection.execute(_by(who)).first()
    if row is None or not row.active:
        spend_the_time(password)
        raise _wrong(who)
    found = _user(row).actor()
    if row.locked_until is not None and row.locked_until > db.clock.now():
        raise _locked()
    if row.password_hash == NO_PASSWORD:
        spend_the_time(password)
    once = row.one_time_until
    if not matches(row.password_hash, password) or (once is not None and once < db.clock.now()):
        count_failure(db, found, "user.password_wrong")
        raise _wrong(who)
    if row.failed_attempts or row.locked_until is not None:
        clear_failures(db, found)
    if once is not None and not one_time:
        raise NotAllowed("That passphrase is for once.", help="Sign in with it and choose your own first.")
    return found


def require_open(db: Database, actor: Actor) -> tuple[Actor, bool]:
    """The actor as now known, and whether failures are to be cleared. Raises NotSignedIn for a closed account, LockedOut."""
    with db.read() as connection:
        row = connection.execute(_by(actor)).first()
    if row is None or not row.active:
        raise NotSignedIn("This account is closed.", help="Ask an administrator.")
    if row.locked_until is not None and row.locked_until > db.clock.now():
        raise _locked()
    return _user(row).actor(), bool(row.failed_attempts) or row.locked_until is not None


def clear_failures(db: Database, found: Actor) -> None:
    """It was them: wrong ones before it no longer count."""
    with db.write() as tx:
        tx.execute(update(user).where(user.c.id == found.id).values(failed_attempts=0, locked_until=None))
        record(tx, found, "user.failures_cleared", found.id)


def count_failure(db: Database, found: Actor, action: str, details: dict[str, Any] | None = None) -> None:
    """One transaction of its own, so that it stands when the act itself is refused."""
    with db.write() as tx:
        row = tx.execute(
            update(user)
            .where(user.c.id == found.id)
            .values(failed_attempts=user.c.failed_attempts + 1)
            .returning(user.c.failed_attempts)
        ).one()
        record(tx, found, action, found.id, {"in_a_row": row.failed_attempts, **(details or {})})
        if row.failed_attempts >= _TRIES:
            until = tx.now + _REST
            tx.execute(
                update(user).where(user.c.id == found.id).values(failed_attempts=0, locked_until=until)
            )
            record(tx, found, "user.locked", found.id, {"until": until.isoformat(timespec="seconds")})


def _by(who: Actor | str) -> Any:
    if isinstance(who, Actor):
        return select(user).where(user.c.id == who.id)
    return select(user).where(user.c.key == who.casefold())


def _wrong(who: Actor | str) -> WrongPassword:
    return WrongPassword(
        "The passphrase is wrong." if isinstance(who, Actor) else "The name or the passphrase is wrong.",
        help="Type the passphrase again; after five wrong ones in a row the account rests for 15 minutes.",
    )


def _locked() -> LockedOut:
    return LockedOut(
        "This account rests after too many wrong passwords.",
        help="Wait 15 minutes, then try again.",
        minutes=int(_REST.total_seconds() // 60),
    )


def _who_adds(tx: Transaction, actor: Actor | None, roles: frozenset[Role]) -> Actor | None:
    first = tx.execute(select(user.c.id).limit(1)).first() is None
    if first:
        if Role.ADMIN not in roles:
            raise NotAllowed("The first user must be an admin.", help="Add the first user with --role admin.")
        return None  # the first user adds themselves
    if actor is None:
        raise NotSignedIn("Only an admin adds users.", help="Name an admin with --as or ANCRAGE_USER.")
    require(actor, Permission.MANAGE_USERS)
    return actor


def _known_roles(roles: Collection[str]) -> frozenset[Role]:
    try:
        known = frozenset(Role(role) for role in roles)
    except ValueError as error:
        raise InvalidInput(
            f"{str(error).split(' is not')[0].strip(chr(39))} is not a role.",
            help=f"The roles are {', '.join(Role)}.",
        ) from error
    if not known:
        raise InvalidInput("A user takes at least one role.", help=f"The roles are {', '.join(Role)}.")
    return known


def _clean_name(name: str) -> str:
    clean = " ".join(name.split())
    if not clean or len(clean) > _LONGEST_NAME or not clean.isprintable() or clean.casefold() == "system":
        raise InvalidInput("That cannot be a user's name.", help="Use 1 to 200 printable characters.")
    return clean


def _require_language(language: str) -> None:
    if language not in LANGUAGES:
        raise InvalidInput(f"{language} is not a language of the pages.", help="Choose en or fr.")


def _active(tx: Transaction) -> list[User]:
    return [_user(row) for row in tx.execute(select(user).where(user.c.active))]


def _user(row: Any) -> User:
    return User(
        id=row.id,
        name=row.name,
        roles=frozenset(Role(role) for role in row.roles),
        language=row.language,
        active=row.active,
        created_at=row.created_at,
        one_time=row.one_time_until is not None,
    )
