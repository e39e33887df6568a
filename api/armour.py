"""What every answer carries and every request must not exceed: security headers and body limits."""

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import BodyTooLarge, refusal_response
from assistant.publishing.evidence.archive import Pack

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No inline script or style, nothing from another host, no framing."""
SIGNED_POLICY = (
    "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""For the signed bytes: they run nothing, load nothing, and act for nobody; only our own page may frame them."""
HEADERS: Mapping[str, str] = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}


def signed_response(data: bytes, media_type: str) -> Response:
    """The signed bytes as they are, under the policy of their own."""
    return Response(data, media_type=media_type, headers={"Content-Security-Policy": SIGNED_POLICY})


def pack_response(made: Pack, name: str) -> Response:
    """An archive to be saved under a name of ours, with its root beside it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"', "X-Pack-Root": made.root}
    return Response(made.content, media_type="application/zip", headers=headers)


MEGABYTE = 1_000_000
USUAL_LIMIT = 2 * MEGABYTE
UPLOAD_LIMIT = 600 * MEGABYTE
"""Several files may come in one form; the reader has its own limit on each."""
UPLOAD_PATHS = frozenset({"/sources", "/api/sources", "/check", "/api/check"})


class Headed:
    """ASGI middleware: adds the headers that a route did not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand around the whole app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, adding headers to the answer."""

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, headed)


class Limited:
    """ASGI middleware: refuses a body that is, or turns out to be, larger than its address takes."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand around the routes."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the body as it comes; nothing beyond the limit is kept."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = UPLOAD_LIMIT if scope["path"] in UPLOAD_PATHS else USUAL_LIMIT
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdigit() or int(announced) > limit:
            await (await run_in_threadpool(refusal_response, scope, _too_large(limit)))(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _too_large(limit)
            return message

        async def unless_refused(message: Message) -> None:
            if seen <= limit:
                await send(message)

        await self._app(scope, counted, unless_refused)
        if seen > limit:  # whatever the app made of the body's end, this is the answer
            await (await run_in_threadpool(refusal_response, scope, _too_large(limit)))(scope, receive, send)


def _too_large(limit: int) -> BodyTooLarge:
    return BodyTooLarge(
        f"That is more than the {limit // MEGABYTE} MB that this address takes.",
        help="Send less at a time.",
        megabytes=limit // MEGABYTE,
    )
