"""To the company's login and back: to sign in, or to sign one thing. It comes back here and nowhere else."""

import secrets
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import the_app, the_visitor
from api.errors import refusal_response
from api.gate import cookie
from api.web.pages import confirmations, policy, releasing, review
from api.web.pages.leaving import LOGIN_COOKIE, client_of, send_to_login
from api.web.pages.session import inside, open_browser, sign_in_page
from assistant.bootstrap import App
from assistant.people.oidc.asking import look_up, take
from assistant.people.oidc.errors import login_declined
from assistant.people.oidc.signing_in import sign_in_by_login
from assistant.people.proof import FreshLogin
from assistant.people.roles import Actor
from ingestion.errors import AncrageError

open_router = APIRouter()
Finish = Callable[[Request, App, Actor, FreshLogin | AncrageError, Mapping[str, Any]], Response]
SIGNED: Mapping[str, Finish] = {
    "approve": review.finish_signing,
    "confirm": confirmations.finish_signing,
    "adopt": policy.finish_signing,
    "certify": releasing.finish_signing,
}
"""What was to be signed, by the name that its intent gives it."""
_LONGEST = 4_000


@open_router.get("/sign-in/company")
def go_and_sign_in(
    request: Request,
    app: Annotated[App, Depends(the_app)],
    next: str = "/",  # noqa: A002  the address says "next"
) -> Response:
    """Send the browser to the login; somebody who is signed in goes on."""
    if request.state.visitor is not None:
        return RedirectResponse(inside(next), 303)
    try:
        address, browser = send_to_login(request, app, {"next": inside(next)})
    except AncrageError as refusal:
        return sign_in_page(request, wanted=next, refusal=refusal)
    response = RedirectResponse(address, 303)
    browser(response)
    return response


@open_router.get("/sign-in/return")
def come_back(
    request: Request,
    app: Annotated[App, Depends(the_app)],
    state: str = "",
    code: str = "",
    error: str = "",
    iss: str | None = None,
) -> Response:
    """Do what the browser went for, once: open a session, or sign exactly what was on the screen."""
    browser = cookie(request.headers.getlist("cookie"), LOGIN_COOKIE) or secrets.token_urlsafe(8)
    try:
        provider = app.login
        taken = look_up(app.db, state[:_LONGEST], browser)
    except AncrageError as refusal:
        return refusal_response(request.scope, refusal)
    came: FreshLogin | AncrageError = FreshLogin(provider, state, code[:_LONGEST], browser)
    try:
        if error or not code:
            take(app.db, state, browser)
            raise login_declined()
        provider.require_return_from(iss)
    except AncrageError as refusal:
        came = refusal
    if taken.signing is None:
        return _sign_in(request, app, came, str(taken.intent.get("next", "/")))
    return SIGNED[taken.intent["act"]](request, app, the_visitor(request).actor, came, taken.intent)


def _sign_in(request: Request, app: App, came: FreshLogin | AncrageError, wanted: str) -> Response:
    try:
        if isinstance(came, AncrageError):
            raise came
        by_email = app.settings.oidc_by_email
        opened = sign_in_by_login(app.db, came, by_email=by_email, client=client_of(request))
    except AncrageError as refusal:
        return sign_in_page(request, wanted=wanted, refusal=refusal)
    return open_browser(request, opened, wanted)
