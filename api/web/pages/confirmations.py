"""Published content whose source was replaced: read what stands where now, and sign that it holds or say that it does not."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, secret_of, text_of
from api.errors import status_of
from api.web.pages.leaving import leave_to_sign
from api.web.rendering import page
from assistant.bootstrap import App
from assistant.people.proof import FreshLogin
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.confirming import (
    confirm,
    confirmation_json,
    decline,
    list_confirmations,
    require_may_confirm,
)
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])


@router.get("/confirmations")
def confirmations_page(request: Request, app: Ancrage, me: Me) -> Response:
    """What waits, the soonest due first."""
    return page(request, "confirmations.html", confirmations=list_confirmations(app.db, me))


@router.get("/confirmations/{confirmation_id}")
def confirmation_page(request: Request, app: Ancrage, me: Me, confirmation_id: str) -> Response:
    """One: each quote with its old and its new place."""
    return _page(request, app, me, confirmation_id)


def _page(
    request: Request, app: App, me: Actor, confirmation_id: str, refusal: AncrageError | None = None
) -> Response:
    found = confirmation_json(app.db, me, confirmation_id)
    return page(
        request,
        "confirmation.html",
        status=status_of(refusal) if refusal else 200,
        confirmation=found,
        carried=found["content"]["carried"],
        refusal=refusal,
    )


@router.post("/confirmations/{confirmation_id}/sign")
def sign(request: Request, app: Ancrage, me: Me, form: Posted, confirmation_id: str) -> Response:
    """Sign exactly what was on the screen, with the passphrase again or a fresh login."""
    seen = text_of(form, "hash")
    try:
        if text_of(form, "by") == "login":
            require_may_confirm(app.db, me, confirmation_id)
            intent = {"act": "confirm", "confirmation": confirmation_id, "hash": seen.lower()}
            return leave_to_sign(request, app, me, seen, intent)
        confirm(app.db, me, confirmation_id, app.given_password(secret_of(form, "password")), seen or None)
    except AncrageError as refusal:
        require(me, Permission.REVIEW)
        return _page(request, app, me, confirmation_id, refusal)
    return RedirectResponse(f"/confirmations/{confirmation_id}?done=approved", 303)


def finish_signing(
    request: Request, app: App, me: Actor, came: FreshLogin | AncrageError, intent: Mapping[str, Any]
) -> Response:
    """Back from the login: sign exactly what was on the screen, or show why not."""
    confirmation_id = intent["confirmation"]
    try:
        if isinstance(came, AncrageError):
            raise came
        confirm(app.db, me, confirmation_id, came, intent["hash"])
    except AncrageError as refusal:
        require(me, Permission.REVIEW)
        return _page(request, app, me, confirmation_id, refusal)
    return RedirectResponse(f"/confirmations/{confirmation_id}?done=approved", 303)


@router.post("/confirmations/{confirmation_id}/decline")
def refuse(request: Request, app: Ancrage, me: Me, form: Posted, confirmation_id: str) -> Response:
    """It does not hold: it is suspended."""
    try:
        decline(app.db, me, confirmation_id, text_of(form, "reason"))
    except AncrageError as refusal:
        require(me, Permission.REVIEW)
        return _page(request, app, me, confirmation_id, refusal)
    return RedirectResponse(f"/confirmations/{confirmation_id}?done=declined", 303)
