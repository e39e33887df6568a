"""Signing in by the company's login."""

from assistant.people.accounts import require_open
from assistant.people.oidc.asking import know_browser, take
from assistant.people.oidc.errors import LoginExpired
from assistant.people.oidc.identities import link_of, person_of
from assistant.people.proof import FreshLogin
from assistant.people.sessions import CameIn, SessionOpened, begin_session
from assistant.store.database import Database


def sign_in_by_login(db: Database, login: FreshLogin, *, by_email: bool, client: str = "") -> SessionOpened:
    """Open a session for whoever came back, from the address `client`. Raises the refusals of the login, LockedOut."""
    taken = take(db, login.state, login.browser)
    if taken.signing is not None:
        raise LoginExpired("This login was begun to sign content.", help="Sign in from the sign-in page.")
    claims = login.provider.redeem(login.code, taken.asked, db.clock.now())
    found, _ = require_open(db, person_of(db, claims, by_email=by_email))
    came_in = CameIn("oidc", link_of(db, claims))
    details = {"by": "oidc", "issuer": claims.issuer}
    return begin_session(db, found, details, came_in, lambda tx: know_browser(tx, login.browser, client))
