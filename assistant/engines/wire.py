"""The connection to a model's endpoint: one host, bounded in time and size, never past ANCRAGE_EGRESS."""

import time
from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

from assistant.engines.endpoint import LOCAL, host_of, require_egress
from assistant.engines.model_errors import ModelTooLong, no_model, timed_out
from assistant.engines.unstreamed import as_stream

CONNECT_SECONDS = 10.0
MOST_BYTES = 8_000_000
"""Of one answer as it comes over the wire. Each token is some 300 bytes there."""


def client(address: str, model: str, *, egress: bool, between: float, longest: float) -> httpx2.Client:
    """A client for the host of that address. `between`: seconds between two pieces of an answer; `longest`: for the whole of it.

    It follows no redirection: the sources go where the settings say and nowhere else.
    """
    timeout = httpx2.Timeout(between, connect=min(CONNECT_SECONDS, between))
    transport = Bounded(_transport(address, egress=egress), model, egress=egress, longest=longest)
    return httpx2.Client(transport=transport, timeout=timeout, follow_redirects=False)


def _transport(address: str, *, egress: bool) -> httpx2.BaseTransport:
    host = host_of(address)
    proxies = getproxies() if egress and host not in LOCAL and not proxy_bypass(host) else {}
    return httpx2.HTTPTransport(proxy=proxies.get(urlsplit(address).scheme) or proxies.get("all"))


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
        return _streamed(response) if response.is_success and kind == "application/json" else response

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


def _streamed(response: httpx2.Response) -> httpx2.Response:
    """A whole answer as a stream, read under the same watch."""
    body = as_stream(response.read())
    response.close()
    return httpx2.Response(
        response.status_code,
        headers={"content-type": "text/event-stream"},
        content=body,
    )


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
