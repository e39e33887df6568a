"""The connection to a model's endpoint: one host, bounded in time and size, never past ANCRAGE_EGRESS."""

import time
from collections.abc import Iterator
from urllib.request import getproxies, proxy_bypass

import httpx2

from assistant.engines.model_errors import EgressOff, ModelTooLong, no_model, timed_out

CONNECT_SECONDS = 10.0
MOST_BYTES = 8_000_000
"""Of one answer as it comes over the wire. Each token is some 300 bytes there."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def require_egress(host: str, *, egress: bool) -> None:
    """Raise EgressOff where the host is another machine and connections there are switched off."""
    if not egress and host not in LOCAL:
        raise EgressOff(
            f"Connections to other hosts are switched off, and {host} is one.",
            help="Draft with --engine extractive, use an endpoint on this machine, or set ANCRAGE_EGRESS=on.",
            host=host,
        )


def client(host: str, model: str, *, egress: bool, between: float, longest: float) -> httpx2.Client:
    """A client for that host. `between`: seconds between two pieces of an answer; `longest`: for the whole of it.

    It follows no redirection: the sources go where the settings say and nowhere else.
    """
    timeout = httpx2.Timeout(between, connect=min(CONNECT_SECONDS, between))
    transport = Bounded(_transport(host, egress=egress), model, egress=egress, longest=longest)
    return httpx2.Client(transport=transport, timeout=timeout, follow_redirects=False)


def _transport(host: str, *, egress: bool) -> httpx2.BaseTransport:
    proxies = getproxies() if egress and host not in LOCAL and not proxy_bypass(host) else {}
    return httpx2.HTTPTransport(proxy=proxies.get("https") or proxies.get("all"))


class Bounded(httpx2.BaseTransport):
    """Passes requests on, and watches over what comes back."""

    def __init__(self, inner: httpx2.BaseTransport, model: str, *, egress: bool, longest: float) -> None:
        """`longest` in seconds."""
        self._inner = inner
        self._model = model
        self._egress = egress
        self._longest = longest

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it. Raises EgressOff, or a ModelError where a web page answers instead of a model."""
        require_egress(request.url.host, egress=self._egress)
        begun = time.monotonic()
        response = self._inner.handle_request(request)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.is_success and kind in {"text/html", "application/xhtml+xml"}:
            response.close()
            raise no_model("a web page")
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _Watched(response.stream, self._model, begun + self._longest)
        return response

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class _Watched(httpx2.SyncByteStream):
    """Ends an answer that drips for ever or never ends: a time-out between two pieces does not see the first."""

    def __init__(self, inner: httpx2.SyncByteStream, model: str, until: float) -> None:
        self._inner = inner
        self._model = model
        self._until = until

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._inner:
            size += len(piece)
            if time.monotonic() > self._until:
                raise timed_out(self._model)
            if size > MOST_BYTES:
                raise ModelTooLong(
                    f"The answer of {self._model} does not end.",
                    help="Use a model that supports structured output, or draft with --engine extractive.",
                    model=self._model,
                )
            yield piece

    def close(self) -> None:
        self._inner.close()
