"""Sending a browser to the company's login, with what lets it alone come back."""

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api.gate import cookie
from api.web.rendering import page
from assistant.bootstrap import App
from assistant.errors import Conflict
from assistant.people.oidc.asking import KNOWN_FOR, Signing, begin_login
from assistant.people.roles import Actor

LOGIN_COOKIE = "ancrage_login"
"""Known to this browser alone. "Lax": it must come along when the login sends the browser back from another site."""
_HASH = re.compile(r"[0-9a-f]{64}")
_KEPT = int(KNOWN_FOR.total_seconds())


def client_of(request: Request) -> str:
    """The address that the browser came from; behind a proxy that is not declared, the proxy's."""
    return request.client.host if request.client else ""


def send_to_login(
    request: Request, app: App, intent: Mapping[str, Any], signing: Signing | None = None
) -> tuple[str, Callable[[Response], None]]:
    """The login's address, and what puts this browser's secret on the answer that leads there."""
    provider = app.login
    browser = cookie(request.headers.getlist("cookie"), LOGIN_COOKIE) or secrets.token_urlsafe(32)
    state, asked = begin_login(app.db, browser, dict(intent), signing, client_of(request))
    address = provider.address(state, asked)

    def remember(response: Response) -> None:
        secure = request.url.scheme == "https"
        response.set_cookie(
            LOGIN_COOKIE, browser, httponly=True, samesite="lax", secure=secure, max_age=_KEPT, path="/"
        )

    return address, remember


def leave_to_sign(request: Request, app: App, me: Actor, about: str, intent: Mapping[str, Any]) -> Response:
    """A page that leads to the login: browsers that obey our policy follow no form to another site.

    `about` is the hash on the screen; it, and no other, is signed on return.
    """
    if not _HASH.fullmatch(about.strip().lower()):
        raise Conflict(
            "It is not said what would be signed.", help="Open the page again, read it, and sign anew."
        )
    signing = Signing(me.id, about.strip().lower())
    address, remember = send_to_login(request, app, intent, signing)
    response = page(request, "leaving.html", login_address=address)
    remember(response)
    return response
