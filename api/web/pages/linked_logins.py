"""Links to the company login: their holder confirms or rejects them; a second administrator confirms for who has no passphrase."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, CameBy, Me, Posted, checked_form, secret_of
from api.web.pages.people import people_page_with
from api.web.pages.session import account_page
from assistant.people.oidc.confirming import Vouched, confirm_link, reject_link
from assistant.people.roles import Permission, require
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])


@router.post("/me/logins/{login_id}/confirm")
def confirm_own(
    request: Request, app: Ancrage, me: Me, came_in: CameBy, form: Posted, login_id: str
) -> Response:
    """It is mine."""
    try:
        vouched = _vouched(app, came_in, form)
        confirm_link(app.db, me, login_id, vouched, passwords=app.settings.passwords)
    except AncrageError as refusal:
        return account_page(request, app, me, refusal=refusal)
    return RedirectResponse("/me?done=login_confirmed#logins", 303)


@router.post("/me/logins/{login_id}/reject")
def reject_own(
    request: Request, app: Ancrage, me: Me, came_in: CameBy, form: Posted, login_id: str
) -> Response:
    """It is not mine."""
    try:
        reject_link(app.db, me, login_id, _vouched(app, came_in, form))
    except AncrageError as refusal:
        return account_page(request, app, me, refusal=refusal)
    return RedirectResponse("/me?done=login_rejected#logins", 303)


@router.post("/users/logins/{login_id}/confirm")
def confirm_for_another(request: Request, app: Ancrage, me: Me, came_in: CameBy, login_id: str) -> Response:
    """A second administrator says whose it is."""
    require(me, Permission.MANAGE_USERS)
    try:
        confirm_link(app.db, me, login_id, came_in, passwords=app.settings.passwords)
    except AncrageError as refusal:
        return people_page_with(request, app, me, refusal)
    return RedirectResponse("/users?done=login_confirmed", 303)


def _vouched(app: Ancrage, came_in: CameBy, form: Posted) -> Vouched:
    """The passphrase where one was typed, else how the session was opened."""
    typed = secret_of(form, "password")
    return app.given_password(typed) if typed else came_in
