"""How a person proves, at the moment of signing, who they are: by passphrase, or by a fresh login (21 CFR 11.200)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from assistant.errors import Conflict
from assistant.people.accounts import clear_failures, count_failure, require_open, verify_password
from assistant.people.oidc.asking import take
from assistant.people.oidc.errors import LoginRefused, UnknownPerson, WrongPerson
from assistant.people.oidc.identities import person_of, require_settled
from assistant.people.roles import Actor
from assistant.store.database import Database

if TYPE_CHECKING:
    from assistant.people.oidc.provider import Provider


@dataclass(frozen=True, slots=True)
class Proved:
    """Who it is, and by what; for a login, whose and when."""

    actor: Actor
    method: str = "password"
    issuer: str | None = None
    at: datetime | None = None

    def columns(self) -> dict[str, Any]:
        """For the signature's row."""
        return {"proof": self.method, "proof_issuer": self.issuer, "proof_at": self.at}

    def details(self) -> dict[str, Any]:
        """For the trail."""
        return {"proof": proof_json(self.method, self.issuer, self.at)}


def proof_json(method: str | None, issuer: str | None, at: datetime | None) -> dict[str, Any]:
    """As a signature shows it. Those made before it was kept were by password."""
    return {
        "method": method or "password",
        "issuer": issuer,
        "at": None if at is None else at.isoformat(timespec="seconds"),
    }


@dataclass(frozen=True, slots=True)
class FreshLogin:
    """A browser that has come back from the provider to sign one thing."""

    provider: "Provider"
    state: str
    code: str
    browser: str


Proof = str | FreshLogin
"""A text is a passphrase."""


def prove(db: Database, actor: Actor, proof: Proof, about: str | None) -> Proved:
    """Check that it is really them, for the signature on `about`; it takes its time, so never within a transaction.

    Raises WrongPassword, LockedOut, and the refusals of the login. Failures are counted and audited the same way.
    """
    if isinstance(proof, str):
        return Proved(verify_password(db, actor, proof))
    known, failures = require_open(db, actor)
    try:
        found = _logged_in(db, known, proof, about)
    except LoginRefused as refused:
        if refused.counted:
            count_failure(db, known, "user.login_wrong", {"why": refused.code})
        raise
    if failures:
        clear_failures(db, known)
    return found


def _logged_in(db: Database, actor: Actor, proof: FreshLogin, about: str | None) -> Proved:
    taken = take(db, proof.state, proof.browser)
    if taken.signing is None or taken.signing.signer_id != actor.id:
        raise _wrong_person()
    if taken.signing.about != about:
        raise Conflict(
            "What you saw is not what would be signed.", help="Open the page again, read it, and sign anew."
        )
    claims = proof.provider.redeem(proof.code, taken.asked, db.clock.now())
    try:
        logged_in = person_of(db, claims, by_email=False)
    except UnknownPerson as error:
        raise _wrong_person() from error
    if logged_in.id != actor.id:
        raise _wrong_person()
    require_settled(db, claims)
    return Proved(logged_in, "oidc", claims.issuer, claims.at)


def _wrong_person() -> WrongPerson:
    return WrongPerson(
        "The login is not that of the person who is signing.",
        help="Log in as yourself; an administrator links your login to your account.",
    )
