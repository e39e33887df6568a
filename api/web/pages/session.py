"""Signing in and out, the language, and one's own account."""

import secrets
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, secret_of, text_of, the_app
from api.errors import CrossSite, status_of
from api.gate import SESSION_COOKIE, cookie, same_token
from api.web.choices import options
from api.web.language import LANGUAGES
from api.web.rendering import LANGUAGE_COOKIE, page
from assistant.bootstrap import App
from assistant.corpus.written import civil_day
from assistant.errors import InvalidInput, LockedOut, WrongPassword
from assistant.people.accounts import set_language
from assistant.people.oidc.confirming import list_links, vouches
from assistant.people.oidc.errors import PasswordsOff
from assistant.people.passphrase import change_passphrase
from assistant.people.roles import Actor, Permission, require
from assistant.people.sessions import (
    SessionOpened,
    close_session,
    list_tokens,
    make_token,
    open_session,
    revoke_token,
)
from assistant.review.delegation import (
    NewDelegation,
    delegate,
    delegations,
    end_delegation,
    possible_deputies,
)
from ingestion.errors import AncrageError

VISIT_COOKIE = "ancrage_visit"
"""Before there is a session, the token of the sign-in form is kept in this cookie, which no other site can set."""
_YEAR = 365 * 24 * 3600
_DEPUTY = ("deputy", "role", "starts_on", "ends_on", "reason")

open_router = APIRouter()
router = APIRouter(dependencies=[Depends(checked_form)])


def inside(address: str) -> str:
    """The address if it is one of ours, else the home page: nobody is sent elsewhere by a link to the sign-in page."""
    fits = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if fits and "\\" not in address else "/"


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _visit(request: Request) -> str:
    return cookie(request.headers.getlist("cookie"), VISIT_COOKIE) or secrets.token_urlsafe(24)


def sign_in_page(
    request: Request, *, name: str = "", wanted: str = "/", refusal: AncrageError | None = None
) -> Response:
    """The ways in, with what was typed before a refusal."""
    visit = _visit(request)
    response = page(
        request,
        "sign_in.html",
        status=status_of(refusal) if refusal else 200,
        visit=visit,
        name=name,
        next=inside(wanted),
        refusal=refusal,
    )
    response.set_cookie(
        VISIT_COOKIE, visit, httponly=True, samesite="strict", secure=_secure(request), max_age=_YEAR
    )
    return response


def _require_own_form(request: Request, given: str) -> None:
    expected = cookie(request.headers.getlist("cookie"), VISIT_COOKIE)
    if not expected or not same_token(given, expected):
        raise CrossSite.missing_token()


@open_router.get("/sign-in")
def sign_in_form(request: Request, next: str = "/") -> Response:  # noqa: A002  the address says "next"
    """The form; somebody who is signed in goes on."""
    if request.state.visitor is not None:
        return RedirectResponse(inside(next), 303)
    return sign_in_page(request, wanted=next)


@open_router.post("/sign-in")
def sign_in(
    request: Request,
    app: Annotated[App, Depends(the_app)],
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    csrf: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Open a session."""
    _require_own_form(request, csrf)
    try:
        opened = open_session(app.db, name, app.given_password(password))
    except (WrongPassword, LockedOut, PasswordsOff) as refusal:
        return sign_in_page(request, name=name, wanted=next, refusal=refusal)
    return open_browser(request, opened, next)


def open_browser(request: Request, opened: SessionOpened, wanted: str) -> Response:
    """Give the session to the browser and send it on."""
    response = RedirectResponse(inside(wanted), 303)
    response.set_cookie(
        SESSION_COOKIE, opened.token, httponly=True, samesite="lax", secure=_secure(request), path="/"
    )
    return response


@open_router.post("/language")
def choose_language(
    request: Request,
    app: Annotated[App, Depends(the_app)],
    language: Annotated[str, Form()] = "en",
    back: Annotated[str, Form()] = "/",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """Set the language: of the account, or of this browser before signing in."""
    response = RedirectResponse(inside(back), 303)
    if language not in LANGUAGES:
        return response
    visitor = request.state.visitor
    if visitor is None:
        _require_own_form(request, csrf)
    else:
        if visitor.csrf is not None and not same_token(csrf, visitor.csrf):
            raise CrossSite.missing_token()
        set_language(app.db, visitor.actor, language)
    response.set_cookie(
        LANGUAGE_COOKIE, language, httponly=True, samesite="lax", secure=_secure(request), max_age=_YEAR
    )
    return response


@router.post("/sign-out")
def sign_out(request: Request, app: Ancrage) -> Response:
    """Close the session."""
    close_session(app.db, cookie(request.headers.getlist("cookie"), SESSION_COOKIE))
    response = RedirectResponse("/sign-in?done=signed_out", 303)
    response.delete_cookie(SESSION_COOKIE)
    return response


@router.get("/me")
def my_account(request: Request, app: Ancrage, me: Me) -> Response:
    """One's roles and tokens."""
    return account_page(request, app, me)


def account_page(
    request: Request,
    app: App,
    me: Actor,
    made: str = "",
    refusal: AncrageError | None = None,
    values: Mapping[str, str] | None = None,
) -> Response:
    """One's account, with what was typed before a refusal."""
    reviews = me.may(Permission.REVIEW)
    with app.db.read() as connection:
        deputies = possible_deputies(connection, me) if reviews else []
    return page(
        request,
        "me.html",
        status=status_of(refusal) if refusal else 200,
        tokens=list_tokens(app.db, me),
        made=made,
        refusal=refusal,
        values=dict.fromkeys(_DEPUTY, "") | dict(values or {}),
        logins=[
            one
            for one in list_links(app.db, me, passwords=app.settings.passwords)
            if one["user"]["id"] == me.id
        ],
        vouches=vouches(app.db, request.state.visitor.came_in),
        reviews=reviews,
        delegations=delegations(app.db, me) if reviews else [],
        deputies=[(user_id, name) for user_id, name, _ in deputies],
        delegable=[
            choice
            for choice in options(request, "role")
            if any(choice[0] in roles for _, _, roles in deputies)
        ],
    )


@router.get("/me/passphrase")
def passphrase_form(request: Request, app: Ancrage) -> Response:
    """Change one's passphrase."""
    app.given_password("")  # where nobody comes in by one, there is none to change
    return _passphrase_page(request)


@router.post("/me/passphrase")
def new_passphrase(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Change it: the old one is asked again, and all other sessions end."""
    kept = cookie(request.headers.getlist("cookie"), SESSION_COOKIE)
    try:
        old, new = (app.given_password(secret_of(form, name)) for name in ("old", "new"))
        if new != secret_of(form, "again"):
            raise InvalidInput("The two new passphrases differ.", help="Type it twice.", field="again")
        change_passphrase(app.db, me, old, new, kept)
    except AncrageError as refusal:
        return _passphrase_page(request, refusal)
    return RedirectResponse("/me?done=passphrase_changed", 303)


def _passphrase_page(request: Request, refusal: AncrageError | None = None) -> Response:
    return page(
        request,
        "passphrase.html",
        status=status_of(refusal) if refusal else 200,
        must_change=request.state.visitor.must_change,
        refusal=refusal,
    )


@router.post("/me/delegations")
def name_deputy(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Name a deputy."""
    require(me, Permission.REVIEW)
    given = {name: text_of(form, name) for name in _DEPUTY}
    try:
        first, last = (civil_day(given[name], name) for name in ("starts_on", "ends_on"))
        delegate(app.db, me, NewDelegation(given["deputy"], given["role"], first, last), given["reason"])
    except AncrageError as refusal:
        return account_page(request, app, me, refusal=refusal, values=given)
    return RedirectResponse("/me?done=deputy_named#deputies", 303)


@router.post("/me/delegations/{delegation_id}/end")
def end_of_deputy(request: Request, app: Ancrage, me: Me, delegation_id: str) -> Response:
    """End a delegation now."""
    try:
        end_delegation(app.db, me, delegation_id)
    except AncrageError as refusal:
        return account_page(request, app, me, refusal=refusal)
    return RedirectResponse("/me?done=delegation_ended#deputies", 303)


@router.post("/me/tokens")
def new_token(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Make a token; it is on this page and nowhere else."""
    try:
        made = make_token(app.db, me, text_of(form, "name"))
    except AncrageError as refusal:
        return account_page(request, app, me, refusal=refusal)
    return account_page(request, app, me, made)


@router.post("/me/tokens/{token_id}/revoke")
def end_token(app: Ancrage, me: Me, token_id: str) -> Response:
    """End a token."""
    revoke_token(app.db, me, token_id)
    return RedirectResponse("/me?done=token_revoked", 303)
