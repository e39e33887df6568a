"""A source that an older reader read: read again as a job, compared, and moved to the newer reading by who may."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, text_of
from api.web.pages.changes import compared
from api.web.pages.sources import source_page_with
from api.web.rendering import page
from assistant.people.roles import Permission, require
from assistant.publishing.reread import reread_diff
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
_BLANK = {"reference": "", "approved_on": "", "expires_on": ""}


@router.post("/sources/{source_id}/reread")
def read_again(request: Request, app: Ancrage, me: Me, form: Posted, source_id: str) -> Response:
    """Begin to read it again: the source stays as it is until somebody takes the newer reading."""
    del form
    require(me, Permission.ADD_SOURCE)
    try:
        job = app.rereading.start(me, source_id)
    except AncrageError as refusal:
        return source_page_with(request, app, me, source_id, _BLANK, refusal)
    return RedirectResponse(f"/jobs/{job}", 303)


@router.get("/sources/{source_id}/reread")
def reread_page(request: Request, app: Ancrage, me: Me, source_id: str) -> Response:
    """What the newer reading says otherwise, and the pieces that quote it."""
    found = reread_diff(app.db, me, source_id)
    told = {name: found[name] for name in ("reader", "reading")}
    return page(request, "changes.html", reread=told, **compared(request, found))


@router.post("/sources/{source_id}/reread/take")
def take(request: Request, app: Ancrage, me: Me, form: Posted, source_id: str) -> Response:
    """Move the source to the newer reading that the page showed."""
    require(me, Permission.APPROVE_SOURCE)
    try:
        answer = app.rereading.take(me, source_id, text_of(form, "before"), text_of(form, "reading"))
    except AncrageError as refusal:
        return source_page_with(request, app, me, source_id, _BLANK, refusal)
    done = "reread_pending" if "follow_up" in answer else "source_reread"
    return RedirectResponse(f"/sources/{source_id}?done={done}", 303)
