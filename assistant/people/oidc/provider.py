"""The provider: what it says of itself, its keys, where a browser is sent, and the code for a token."""

import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus, urlencode

from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from assistant.people.oidc.errors import unfit, wrong_issuer
from assistant.people.oidc.model import Asked, Claims, Expected, Registration
from assistant.people.oidc.tokens import SKEW_SECONDS, read_token
from assistant.people.oidc.wire import Wire, is_safe

_KEPT_SECONDS = 3600.0
_AGAIN_SECONDS = 10.0
"""Keys are asked for again at most this often: a forged token cannot make us flood the provider."""
_ASYMMETRIC = frozenset({"RSA", "EC", "OKP"})


class Provider:
    """Knows one issuer. Made once a process; what it learns is kept for an hour."""

    def __init__(self, registration: Registration, wire: Wire) -> None:
        """Nothing is asked before it is needed."""
        self.registration = registration
        self._wire = wire
        self._lock = threading.Lock()
        self._about: dict[str, Any] = {}
        self._about_at = self._keys_at = float("-inf")
        self._keys: KeySet | None = None
        self._way = 0
        """How the secret was last taken: asked for first the next time."""

    @property
    def issuer(self) -> str:
        """As it stands in every token."""
        return self.registration.issuer

    def address(self, state: str, asked: Asked) -> str:
        """Where the browser is sent. Raises ProviderUnreachable, ProviderUnfit, WrongIssuer, EgressOff."""
        wanted = {
            "response_type": "code",
            "client_id": self.registration.client_id,
            "redirect_uri": self.registration.return_address,
            "scope": "openid email",
            "state": state,
            "nonce": asked.nonce,
            "code_challenge": challenge(asked.verifier),
            "code_challenge_method": "S256",
        }
        if asked.fresh:
            # As old as a login may be here: at 0, some providers ask again and again, since every login is older by then.
            wanted |= {"prompt": "login", "max_age": str(SKEW_SECONDS)}
        endpoint = self._endpoint("authorization_endpoint")
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(wanted)}"

    def require_return_from(self, issuer: str | None) -> None:
        """Raise WrongIssuer where the return says that it comes from another, or must say and does not (RFC 9207)."""
        must = self._self_description().get("authorization_response_iss_parameter_supported") is True
        if (issuer is None and must) or issuer not in {None, self.issuer}:
            raise wrong_issuer()

    def redeem(self, code: str, asked: Asked, now: datetime) -> Claims:
        """Who came back with this code. Raises the refusals of this package."""
        registered = self.registration
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": registered.return_address,
            "code_verifier": asked.verifier,
            "client_id": registered.client_id,
        }
        status, answer = self._exchange(form)
        token = answer.get("id_token")
        if status != OK or not isinstance(token, str):
            raise unfit("the token")
        expected = Expected(
            registered.issuer,
            registered.client_id,
            asked.nonce,
            asked.begun_at if asked.fresh else None,
        )
        try:
            return read_token(token, self._key_set(), expected, now)
        except InvalidKeyIdError:  # the provider has changed its keys
            return read_token(token, self._key_set(newer=True), expected, now, last=True)

    def _exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The code for a token, with the secret in the first form that is taken: a refused client has not used up the code."""
        endpoint = self._endpoint("token_endpoint")  # asked first: it tells how the secret is given
        status, answer = 0, dict[str, Any]()
        ways = sorted(enumerate(self._credentials()), key=lambda way: way[0] != self._way)
        for at, (more, basic) in ways:
            status, answer = self._wire.post(endpoint, form | more, basic, "the token")
            if status == OK:
                self._way = at
            if status != UNAUTHORIZED and answer.get("error") != "invalid_client":
                break
        return status, answer

    def _credentials(self) -> Iterator[tuple[dict[str, str], tuple[str, str] | None]]:
        """What goes into the form, and what into the header.

        In the header both are encoded (RFC 6749, 2.3.1), which not every provider undoes; and some that take either way
        in general hold each client to one.
        """
        name, secret = self.registration.client_id, self.registration.client_secret
        if not secret:
            yield {}, None
            return
        offered = self._self_description().get("token_endpoint_auth_methods_supported")
        ways = offered if isinstance(offered, list) else ["client_secret_basic"]
        in_form = "client_secret_post" in ways
        if "client_secret_basic" in ways or not in_form:
            encoded = quote_plus(name), quote_plus(secret)
            yield {}, encoded
            if encoded != (name, secret):
                yield {}, (name, secret)
        if in_form:
            yield {"client_secret": secret}, None

    def _endpoint(self, name: str) -> str:
        found = self._self_description().get(name)
        if not isinstance(found, str) or not is_safe(found):
            raise unfit(name)
        return found

    def _self_description(self) -> Mapping[str, Any]:
        with self._lock:
            if time.monotonic() - self._about_at < _KEPT_SECONDS:
                return self._about
            address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            found = self._wire.get(address, "its description")
            if found.get("issuer") != self.issuer:
                raise wrong_issuer()
            self._about, self._about_at = found, time.monotonic()
            return found

    def _key_set(self, *, newer: bool = False) -> KeySet:
        address = self._endpoint("jwks_uri")
        with self._lock:
            age = time.monotonic() - self._keys_at
            if self._keys is not None and age < (_AGAIN_SECONDS if newer else _KEPT_SECONDS):
                return self._keys
            given = self._wire.get(address, "its keys").get("keys")
            if not isinstance(given, list):
                raise unfit("its keys")
            usable: Any = [k for k in given if _verifies(k)]
            try:
                self._keys = KeySet.import_key_set({"keys": usable})
            except (JoseError, ValueError, TypeError, KeyError) as error:
                raise unfit("its keys") from error
            self._keys_at = time.monotonic()
            return self._keys


OK, UNAUTHORIZED = 200, 401


def challenge(verifier: str) -> str:
    """Of PKCE, S256 (RFC 7636)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _verifies(key: Any) -> bool:
    """Whether it is a public key for signatures; never a secret one, with which anybody could sign."""
    return isinstance(key, dict) and key.get("kty") in _ASYMMETRIC and key.get("use", "sig") == "sig"
