"""Who may pass: nobody gets beyond a short list of open addresses without a session or a token.

This stands before routing and before any body is read, so a new route is closed until somebody opens it here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from secrets import compare_digest
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import CrossSite, refusal_response
from assistant.errors import NotAllowed, NotSignedIn
from assistant.people.roles import Actor
from assistant.people.sessions import CameIn, session_actor, token_actor
from assistant.store.database import Database
from ingestion.errors import AncrageError

SESSION_COOKIE = "ancrage_session"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = frozenset(
    {
        "/sign-in",
        "/sign-in/company",
        "/sign-in/return",
        "/language",
        "/api/health",
        "/api/openapi.json",
        "/favicon.ico",
    }
)
TO_CHANGE = "/me/passphrase"
_BEFORE_CHANGING = frozenset({TO_CHANGE, "/sign-out"})
OPEN_FOLDERS = ("/static/", "/status/", "/api/status/")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking, and how they proved it."""

    actor: Actor
    csrf: str | None
    """The session's synchroniser token; None for a machine's bearer token, which no other site can make a browser send."""
    came_in: CameIn = field(default_factory=CameIn)
    """How the session was opened; by nothing that vouches for the person, for a machine's token."""
    must_change: bool = False
    """A passphrase for once opened it."""


def is_open(path: str) -> bool:
    """Whether the address answers strangers."""
    return path in OPEN_PATHS or path.startswith(OPEN_FOLDERS)


class Gate:
    """ASGI middleware: finds the visitor, turns strangers away, and refuses machine-addressed changes from other sites."""

    def __init__(self, app: ASGIApp, db: Database) -> None:
        """`db` knows the sessions and the tokens."""
        self._app, self._db = app, db

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through with `request.state.visitor`, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path: str = scope["path"]
        visitor = None if path.startswith(OPEN_FOLDERS) else await run_in_threadpool(self._visitor, headers)
        scope.setdefault("state", {})["visitor"] = visitor
        answer = None
        if visitor is None and not is_open(path):
            answer = await run_in_threadpool(_turn_away, scope)
        elif visitor is not None and _forged(scope, headers, visitor):
            answer = await run_in_threadpool(refusal_response, scope, CrossSite.missing_token())
        elif (
            visitor is not None and visitor.must_change and not is_open(path) and path not in _BEFORE_CHANGING
        ):
            answer = await run_in_threadpool(_send_to_change, scope)
        await (answer or self._app)(scope, receive, send)

    def _visitor(self, headers: Headers) -> Visitor | None:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            actor = token_actor(self._db, token.strip())
            return None if actor is None else Visitor(actor, None)
        token = cookie(headers.getlist("cookie"), SESSION_COOKIE)
        info = session_actor(self._db, token) if token else None
        return None if info is None else Visitor(info.actor, info.csrf, info.came_in, info.must_change)


def cookie(lines: Iterable[str], name: str) -> str:
    """The value of a cookie, or an empty string."""
    jar: SimpleCookie = SimpleCookie()
    for line in lines:
        try:
            jar.load(line)
        except CookieError:
            continue
    return jar[name].value if name in jar else ""


def same_token(given: object, expected: str) -> bool:
    """Compare in constant time."""
    return isinstance(given, str) and compare_digest(given.encode(), expected.encode())


def _forged(scope: Scope, headers: Headers, visitor: Visitor) -> bool:
    """A change under /api with a browser's cookie must carry the token in a header.

    Pages carry it in their forms; `api.auth.checked_form` looks there.
    """
    if visitor.csrf is None or scope["method"] in SAFE_METHODS:
        return False
    if headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
        return True
    is_api: bool = scope["path"].startswith("/api/")
    return is_api and not same_token(headers.get("x-csrf-token"), visitor.csrf)


def _send_to_change(scope: Scope) -> ASGIApp:
    refusal = NotAllowed("Your passphrase is for once.", help="Change it on the page /me/passphrase first.")
    return _instead(scope, refusal, TO_CHANGE)


def _turn_away(scope: Scope) -> ASGIApp:
    path: str = scope["path"]
    query = scope["query_string"].decode("latin-1")
    wanted = quote(path + ("?" + query if query else ""), safe="/")
    refusal = NotSignedIn(
        "Nobody is signed in.", help="Sign in, or send a token as `Authorization: Bearer …`."
    )
    return _instead(scope, refusal, "/sign-in" if path == "/" else f"/sign-in?next={wanted}")


def _instead(scope: Scope, refusal: AncrageError, address: str) -> ASGIApp:
    """A machine, and whoever sends something, is refused; whoever opens a page is led to another first."""
    if scope["path"].startswith("/api/") or scope["method"] not in SAFE_METHODS:
        return refusal_response(scope, refusal)
    return RedirectResponse(address, status_code=303)
