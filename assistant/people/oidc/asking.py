"""A browser that was sent to the provider, remembered here until it comes back: once, soon, and the same one."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, insert, select, update

from assistant.people.oidc.errors import LoginExpired, LoginReplayed
from assistant.people.oidc.model import Asked
from assistant.store.by_text import insert_into
from assistant.store.database import Database, Transaction
from assistant.store.schema import known_browser, login_request

_MINUTES = timedelta(minutes=10)
_MOST_SIGN_INS = 10_000
"""Anybody may begin to sign in: what nobody finishes must not fill the disk. The oldest make room; nobody is refused."""
_MOST_OF_ONE_ADDRESS = 500
"""Sign-ins from one address, behind which a whole company may sit: whoever floods crowds out their neighbours at most."""
_MOST_OF_ONE_BROWSER = 20
"""Of a browser by which somebody has signed in before, beside what strangers begin at its address."""
KNOWN_FOR = timedelta(days=90)
"""How long a browser is known by which somebody has signed in."""
_MOST_SIGNATURES = 50
"""The same of one person's signatures, which no stranger can crowd out."""


@dataclass(frozen=True, slots=True)
class Signing:
    """Whose signature the login is for, and the hash that is to be signed."""

    signer_id: str
    about: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What was remembered."""

    asked: Asked
    signing: Signing | None
    intent: dict[str, Any]


def begin_login(
    db: Database, browser: str, intent: dict[str, Any], signing: Signing | None = None, client: str = ""
) -> tuple[str, Asked]:
    """Remember it; returns the state and what binds the answer. `browser` is the secret in its cookie, `client` its address.

    It is no act on content and leaves no entry in the trail; what comes of it does.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    with db.write() as tx:
        tx.execute(delete(login_request).where(login_request.c.expires_at <= tx.now))
        came_from = digest(network_of(client))
        _make_room(tx, signing, came_from, digest(browser))
        tx.execute(
            insert(login_request).values(
                state_sha256=digest(state),
                browser_sha256=digest(browser),
                nonce=nonce,
                verifier=verifier,
                signer_id=signing.signer_id if signing else None,
                about=signing.about if signing else None,
                intent=intent,
                created_at=tx.now,
                expires_at=tx.now + _MINUTES,
                client=None if signing else came_from,
            )
        )
        return state, Asked(nonce, verifier, tx.now, fresh=signing is not None)


def network_of(client: str) -> str:
    """What counts as one address: of IPv6 the network of 64 bits, which one machine has for itself."""
    try:
        found = ip_address(client)
    except ValueError:
        return client
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Network((found.packed, 64), strict=False))
    return str(found)


def know_browser(tx: Transaction, browser: str, client: str) -> None:
    """Somebody signs in by it: what strangers begin at its address ends none of its sign-ins from now on."""
    seen = {"client": digest(network_of(client))}
    tx.execute(delete(known_browser).where(known_browser.c.seen_at <= tx.now - KNOWN_FOR))
    row = insert_into(tx, known_browser).values(browser_sha256=digest(browser), seen_at=tx.now, **seen)
    again = {"seen_at": tx.now, **seen}
    tx.execute(row.on_conflict_do_update(index_elements=["browser_sha256"], set_=again))


def _make_room(tx: Transaction, signing: Signing | None, client: str, browser: str) -> None:
    """Forget the oldest of the same sort beyond the most that are kept: of the browser, of the address, of all.

    Whoever has never signed in can begin in as many browsers as they like: they make room among themselves.
    """
    mine = login_request.c.signer_id
    if signing is not None:
        _forget(tx, mine == signing.signer_id, _MOST_SIGNATURES)
        return
    own = login_request.c.browser_sha256 == browser
    known = known_browser.c.browser_sha256 == login_request.c.browser_sha256
    strange = mine.is_(None) & ~exists().where(known, known_browser.c.seen_at > tx.now - KNOWN_FOR)
    _forget(tx, mine.is_(None) & own, _MOST_OF_ONE_BROWSER)
    _forget(tx, strange & (login_request.c.client == client), _MOST_OF_ONE_ADDRESS)
    _forget(tx, strange, _MOST_SIGN_INS)


def _forget(tx: Transaction, same: ColumnElement[bool], most: int) -> None:
    """Keep room for one more: what was used already goes before what was not, then the oldest."""
    kept = select(login_request.c.state_sha256).where(same)
    newest_first = (login_request.c.used_at.is_not(None), login_request.c.created_at.desc())
    beyond = tx.execute(kept.order_by(*newest_first).offset(most - 1)).scalars().all()
    for state in beyond:
        tx.execute(delete(login_request).where(login_request.c.state_sha256 == state))


def look_up(db: Database, state: str, browser: str) -> Taken:
    """What this browser went for, without using it up. Raises LoginExpired, LoginReplayed."""
    with db.read() as connection:
        return _taken(_row(connection, state, browser, db.clock.now()))


def take(db: Database, state: str, browser: str) -> Taken:
    """Use it up: whatever comes of it, the same return does nothing a second time. Raises as `look_up`."""
    with db.write() as tx:
        row = _row(tx.connection, state, browser, tx.now)
        used = tx.execute(
            update(login_request)
            .where(login_request.c.state_sha256 == row.state_sha256, login_request.c.used_at.is_(None))
            .values(used_at=tx.now)
        )
        if not used.rowcount:
            raise _replayed()
        tx.failpoint("login:taken")
        return _taken(row)


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _row(connection: Connection, state: str, browser: str, now: datetime) -> Row[Any]:
    row = connection.execute(
        select(login_request).where(login_request.c.state_sha256 == digest(state))
    ).first()
    same = row is not None and secrets.compare_digest(row.browser_sha256, digest(browser))
    if row is None or not same or row.expires_at <= now:
        raise LoginExpired(
            "This login was not begun in this browser, or took more than ten minutes.",
            help="Begin again from the page where you wanted to sign in or to sign.",
        )
    if row.used_at is not None:
        raise _replayed()
    return row


def _replayed() -> LoginReplayed:
    return LoginReplayed(
        "This return from the company login was used already; nothing was done a second time.",
        help="Open the page again to see where it stands.",
    )


def _taken(row: Row[Any]) -> Taken:
    signing = None if row.signer_id is None else Signing(row.signer_id, row.about)
    return Taken(
        Asked(row.nonce, row.verifier, row.created_at, fresh=signing is not None), signing, row.intent
    )
