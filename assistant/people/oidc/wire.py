"""Questions to the provider: bounded in time and size, to https alone, never past ANCRAGE_EGRESS, never redirected."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2

from assistant.people.oidc.errors import ProviderUnreachable, unfit

_SECONDS = 10.0
_MOST_BYTES = 1_000_000
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_safe(address: str) -> bool:
    """Whether secrets may go there: https, or this machine; no user, no fragment."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        whole = bool(host) and parts.username is None and not parts.fragment and parts.port != 0
    except ValueError:
        return False
    plain = parts.scheme == "http" and host in LOOPBACK
    return whole and address.isascii() and address.isprintable() and (parts.scheme == "https" or plain)


@dataclass(frozen=True, slots=True)
class Wire:
    """The way to the provider."""

    require_host: Callable[[str], None]
    """Raises where a connection to the host may not be opened."""

    def get(self, address: str, what: str) -> dict[str, Any]:
        """A JSON object. Raises ProviderUnreachable, ProviderUnfit, EgressOff."""
        status, body = self._ask("GET", address, what)
        if status != httpx2.codes.OK:
            raise unfit(what)
        return body

    def post(
        self, address: str, form: Mapping[str, str], basic: tuple[str, str] | None, what: str
    ) -> tuple[int, dict[str, Any]]:
        """The status and the JSON object that answers a form."""
        return self._ask("POST", address, what, data=dict(form), auth=basic)

    def _ask(self, method: str, address: str, what: str, **more: Any) -> tuple[int, dict[str, Any]]:
        if not is_safe(address):
            raise unfit(what)
        host = urlsplit(address).hostname or ""
        self.require_host(host)
        trust = host not in LOOPBACK  # a proxy is for other machines
        try:
            with (
                httpx2.Client(timeout=_SECONDS, follow_redirects=False, trust_env=trust) as client,
                client.stream(method, address, headers={"Accept": "application/json"}, **more) as answer,
            ):
                return answer.status_code, _object(_read(answer, what), what)
        except (httpx2.HTTPError, OSError) as error:
            raise unreachable() from error


def unreachable() -> ProviderUnreachable:
    """It may pass."""
    return ProviderUnreachable(
        "The company login cannot be reached.",
        help="Try again in a minute. Nothing was signed and nothing was changed.",
    )


def _read(answer: httpx2.Response, what: str) -> bytes:
    until = time.monotonic() + _SECONDS
    found = bytearray()
    for piece in answer.iter_bytes():
        found += piece
        if len(found) > _MOST_BYTES:
            raise unfit(what)
        if time.monotonic() > until:
            raise unreachable()
    return bytes(found)


def _object(body: bytes, what: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise unfit(what) from error
    if not isinstance(found, dict):
        raise unfit(what)
    return found
