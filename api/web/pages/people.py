"""People and their roles."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, secret_of, text_of, texts_of
from api.errors import status_of
from api.web.choices import options
from api.web.rendering import page, reader_language
from assistant.bootstrap import App
from assistant.people.accounts import add_user, deactivate_user, list_users, user_json
from assistant.people.oidc.confirming import list_links
from assistant.people.oidc.identities import Identity, identities, link, unlink
from assistant.people.passphrase import reset_passphrase
from assistant.people.roles import Actor, Permission, Role, require
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
_NOTHING: dict[str, Any] = {"name": "", "role": (), "language": "en", "user": "", "subject": "", "email": ""}


@router.get("/users")
def people_page(request: Request, app: Ancrage, me: Me) -> Response:
    """Everyone."""
    require(me, Permission.MANAGE_USERS)
    return _people_page(request, app, me, {"language": reader_language(request)})


@router.post("/users")
def add_person(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Add a person."""
    values: dict[str, Any] = {
        "name": text_of(form, "name"),
        "role": texts_of(form, "role"),
        "language": text_of(form, "language") or "en",
    }
    try:
        password = app.given_password(secret_of(form, "password")) if app.settings.passwords else None
        add_user(app.db, me, values["name"], values["role"], password, values["language"])
    except AncrageError as refusal:
        require(me, Permission.MANAGE_USERS)
        return _people_page(request, app, me, values, refusal)
    return RedirectResponse("/users?done=user_added", 303)


@router.post("/users/{user_id}/close")
def close_account(app: Ancrage, me: Me, user_id: str) -> Response:
    """Close an account."""
    deactivate_user(app.db, me, user_id)
    return RedirectResponse("/users?done=user_closed", 303)


@router.post("/users/{user_id}/reset")
def reset_person(request: Request, app: Ancrage, me: Me, user_id: str) -> Response:
    """A passphrase for once; it is on this page and nowhere else."""
    require(me, Permission.MANAGE_USERS)
    app.given_password("")
    try:
        given = reset_passphrase(app.db, me, user_id)
    except AncrageError as refusal:
        return people_page_with(request, app, me, refusal)
    return _people_page(request, app, me, {"language": reader_language(request)}, given=given)


@router.post("/users/link")
def link_person(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Link an account to a login, or invite its person by e-mail."""
    values = {
        "user": text_of(form, "user"),
        "subject": text_of(form, "subject"),
        "email": text_of(form, "email"),
    }
    try:
        require(me, Permission.MANAGE_USERS)
        link(app.db, me, values["user"], app.login.issuer, subject=values["subject"], email=values["email"])
    except AncrageError as refusal:
        require(me, Permission.MANAGE_USERS)
        return _people_page(request, app, me, {**_NOTHING, **values}, refusal)
    return RedirectResponse("/users?done=user_linked", 303)


@router.post("/users/{user_id}/unlink")
def unlink_person(app: Ancrage, me: Me, user_id: str) -> Response:
    """Take the links of an account away."""
    unlink(app.db, me, user_id)
    return RedirectResponse("/users?done=user_unlinked", 303)


def people_page_with(request: Request, app: App, me: Actor, refusal: AncrageError) -> Response:
    """Everyone, with a refusal."""
    return _people_page(request, app, me, {"language": reader_language(request)}, refusal)


def _people_page(
    request: Request,
    app: App,
    me: Actor,
    values: dict[str, Any],
    refusal: AncrageError | None = None,
    given: str = "",
) -> Response:
    users = list_users(app.db)
    links = _links(app)
    return page(
        request,
        "users.html",
        status=status_of(refusal) if refusal else 200,
        users=[user_json(user) for user in users],
        people=[(user.id, user.name) for user in users if user.active],
        roles=options(request, "role", Role),
        links=links,
        link_state={one.id: one.state(app.db.clock.now()) for one in links.values()},
        confirmable=[
            one["id"]
            for one in list_links(app.db, me, passwords=app.settings.passwords)
            if one["expected_of_me"] and one["user"]["id"] != me.id
        ],
        by_email=app.settings.oidc_by_email,
        values={**_NOTHING, **values},
        given=given,
        refusal=refusal,
    )


def _links(app: App) -> dict[str, Identity]:
    return identities(app.db, app.settings.oidc_issuer) if app.settings.oidc_issuer else {}
