"""Where a piece has gone: the affected-items report, the register of recipients, and copies to take along."""

from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, files_of, text_of
from api.errors import status_of
from api.web.choices import options_with
from api.web.rendering import page
from assistant.bootstrap import App
from assistant.corpus.sources import get_source
from assistant.corpus.written import civil_day
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.affected import affected_items
from assistant.publishing.listing import PAGE
from assistant.publishing.recipients import Use, import_uses, record_use
from assistant.publishing.register import erase_recipient, register_json
from assistant.publishing.rows import load_publication
from assistant.publishing.stamp import stamped_copy
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
_MEDIA = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}


@router.get("/affected")
def affected_page(request: Request, app: Ancrage, me: Me) -> Response:
    """What a source or a piece has led to, whom to tell, and who had received what."""
    require(me, Permission.READ_PIECES)
    asked = {name: request.query_params.get(name) or None for name in ("source", "piece")}
    after = request.query_params.get("after", "")
    found = affected_items(app.db, me, source=asked["source"], piece=asked["piece"], after=after, limit=PAGE)
    # what is out there now asks for something to be done; a draft does not
    found["items"].sort(key=lambda item: all(not one["served"] for one in item["publications"]))
    source = get_source(app.db, asked["source"]) if asked["source"] else None
    title = source.title if source else found["items"][0]["title"]
    back = f"/sources/{source.id}" if source else f"/pieces/{asked['piece']}"
    named = {name: value for name, value in asked.items() if value}
    return page(
        request,
        "affected.html",
        found=found,
        title=title,
        back=back,
        next=f"/affected?{urlencode({**named, 'after': found['next']})}" if found["next"] else "",
        first=f"/affected?{urlencode(named)}" if after else "",
    )


@router.get("/pieces/{piece_id}/register")
def register_page(request: Request, app: Ancrage, me: Me, piece_id: str) -> Response:
    """Who received what, since when, and until when names are kept."""
    return _page(request, app, me, piece_id)


@router.post("/pieces/{piece_id}/register")
def record(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Enter a use, or a whole file of them."""
    require(me, Permission.PUBLISH)
    values = {name: text_of(form, name) for name in ("mode", "used_on", "recipient")}
    files = files_of(form, "file")
    try:
        if files:
            import_uses(app.db, me, files[0].file.read())
            done = "uses_imported"
        else:
            day = civil_day(values["used_on"], "used_on")
            record_use(app.db, me, Use(piece_id, values["mode"], day, values["recipient"]))
            done = "use_recorded"
    except AncrageError as refusal:
        require(me, Permission.READ_PIECES)
        return _page(request, app, me, piece_id, refusal, values)
    return RedirectResponse(f"/pieces/{piece_id}/register?done={done}", 303)


@router.post("/pieces/{piece_id}/register/erase")
def erase(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Erase a name that need not be kept any longer."""
    require(me, Permission.ERASE_RECIPIENTS)
    try:
        erase_recipient(app.db, me, text_of(form, "use"), text_of(form, "reason"))
    except AncrageError as refusal:
        require(me, Permission.READ_PIECES)
        return _page(request, app, me, piece_id, refusal)
    return RedirectResponse(f"/pieces/{piece_id}/register?done=recipient_erased", 303)


@router.get("/published/{publication_id}/copy")
def copy(request: Request, app: Ancrage, me: Me, publication_id: str) -> Response:
    """The signed page or PDF with its stamp, to be saved: until when it holds, and where to ask whether it still does."""
    require(me, Permission.READ_PUBLISHED)
    form = request.query_params.get("as", "pdf")
    if form not in _MEDIA:
        raise InvalidInput(f"There is no stamped {form[:20]}.", help=f"One of: {', '.join(_MEDIA)}.")
    with app.db.read() as connection:
        piece_id = load_publication(connection, publication_id).piece_id
    made, _ = stamped_copy(app.db, me, piece_id, app.settings.public_url, form)
    headers = {"Content-Disposition": f'attachment; filename="{publication_id}.{form}"'}
    return Response(made, media_type=_MEDIA[form], headers=headers)


def _page(
    request: Request,
    app: App,
    me: Actor,
    piece_id: str,
    refusal: AncrageError | None = None,
    values: dict[str, str] | None = None,
) -> Response:
    register = register_json(app.db, me, piece_id)
    used = {use["mode"] for one in register["publications"] for use in one["uses"]}
    return page(
        request,
        "register.html",
        status=status_of(refusal) if refusal else 200,
        register=register,
        modes=options_with(request, "use_mode", used),
        values={"mode": "", "used_on": "", "recipient": "", **(values or {})},
        refusal=refusal,
    )
