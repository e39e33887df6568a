"""Whether an ID token holds: OpenID Connect Core 1.0, 3.1.3.7, and the age of the login where that matters."""

from datetime import UTC, datetime
from secrets import compare_digest
from typing import Any

from joserfc import jwt
from joserfc.errors import (
    ExpiredTokenError,
    InvalidClaimError,
    InvalidKeyIdError,
    JoseError,
    MissingClaimError,
)
from joserfc.jwk import KeySet

from assistant.people.oidc.errors import LoginStale, clock_skew, token_not_valid, wrong_issuer
from assistant.people.oidc.model import Claims, Expected

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a key pair alone: neither "none" nor a secret that both sides know."""
SKEW_SECONDS = 30
"""How far the two clocks may be apart."""
_LONGEST = 16_384
_LONGEST_SUBJECT = 255


def read_token(token: str, keys: KeySet, expected: Expected, now: datetime, *, last: bool = False) -> Claims:
    """The claims, once everything about the token holds.

    Raises InvalidKeyIdError for a key that is not among these, unless this is the last try; TokenNotValid, WrongIssuer,
    ClockSkew, LoginStale.
    """
    try:
        if len(token) > _LONGEST:
            raise token_not_valid()
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
    except InvalidKeyIdError as error:
        if last:
            raise token_not_valid() from error
        raise
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise token_not_valid() from error
    _check_claims(claims, expected, now)
    return Claims(expected.issuer, _subject(claims), _login_time(claims, expected, now), _email(claims))


def _check_claims(claims: dict[str, Any], expected: Expected, now: datetime) -> None:
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=SKEW_SECONDS,
        iss={"essential": True},
        sub={"essential": True},
        aud={"essential": True, "value": expected.client_id},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True},
    )
    try:
        registry.validate(claims)
    except (
        ExpiredTokenError
    ) as error:  # it comes straight from the provider: what is over now was over when it was made
        raise clock_skew() from error
    except InvalidClaimError as error:
        timed = error.claim in {"iat", "nbf"} and isinstance(claims.get(str(error.claim)), int | float)
        raise (clock_skew() if timed else token_not_valid()) from error
    except (MissingClaimError, JoseError, ValueError, TypeError) as error:
        raise token_not_valid() from error
    if claims["iss"] != expected.issuer:
        raise wrong_issuer()
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != expected.client_id:
        raise token_not_valid()
    nonce = claims["nonce"]
    if not isinstance(nonce, str) or not compare_digest(nonce.encode(), expected.nonce.encode()):
        raise token_not_valid()


def _subject(claims: dict[str, Any]) -> str:
    found = claims["sub"]
    if not isinstance(found, str) or not 0 < len(found) <= _LONGEST_SUBJECT or not found.isprintable():
        raise token_not_valid()
    return found


def _login_time(claims: dict[str, Any], expected: Expected, now: datetime) -> datetime | None:
    given = claims.get("auth_time")
    at = _instant(given) if given is not None else None
    if expected.fresh_since is None:
        return at
    if at is None:
        raise LoginStale(
            "The company login does not say when you logged in, and a signature needs that.",
            help="An administrator has it send the claim auth_time.",
        )
    if (at - now).total_seconds() > SKEW_SECONDS:
        raise clock_skew()
    if (expected.fresh_since - at).total_seconds() > SKEW_SECONDS:
        raise LoginStale(
            "The company login did not ask you again, and a signature needs a fresh login.",
            help="Sign again and log in when asked; if you are not asked, tell your administrator.",
        )
    return at


def _instant(given: Any) -> datetime:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise token_not_valid()
    try:
        return datetime.fromtimestamp(given, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise token_not_valid() from error


def _email(claims: dict[str, Any]) -> str | None:
    given = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(given, str) or not given:
        return None
    return given.strip().casefold()
