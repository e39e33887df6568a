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
from assistant.people.roles import Permission, Role, require
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])


@router.get("/users")
def people_page(request: Request, app: Ancrage, me: Me) -> Response:
    """Everyone."""
    require(me, Permission.MANAGE_USERS)
    return _people_page(request, app, {"name": "", "role": (), "language": reader_language(request)})


@router.post("/users")
def add_person(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Add a person."""
    values: dict[str, Any] = {
        "name": text_of(form, "name"),
        "role": texts_of(form, "role"),
        "language": text_of(form, "language") or "en",
    }
    try:
        add_user(app.db, me, values["name"], values["role"], secret_of(form, "password"), values["language"])
    except AncrageError as refusal:
        require(me, Permission.MANAGE_USERS)
        return _people_page(request, app, values, refusal)
    return RedirectResponse("/users?done=user_added", 303)


@router.post("/users/{user_id}/close")
def close_account(app: Ancrage, me: Me, user_id: str) -> Response:
    """Close an account."""
    deactivate_user(app.db, me, user_id)
    return RedirectResponse("/users?done=user_closed", 303)


def _people_page(
    request: Request, app: App, values: dict[str, Any], refusal: AncrageError | None = None
) -> Response:
    return page(
        request,
        "users.html",
        status=status_of(refusal) if refusal else 200,
        users=[user_json(user) for user in list_users(app.db)],
        roles=options(request, "role", Role),
        values=values,
        refusal=refusal,
    )
