"""What concerns the reader, and how they are told of it."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, text_of
from api.errors import status_of
from api.web.choices import options
from api.web.paging import page_links
from api.web.rendering import page
from assistant.bootstrap import App
from assistant.notices.choices import Wanted, choice_json, choice_of, choose
from assistant.notices.listing import mark_read, notice_json, notices_page
from assistant.notices.model import ALWAYS_SHOWN, KINDS
from assistant.people.roles import Actor
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])


@router.get("/notices")
def notices_list(request: Request, app: Ancrage, me: Me) -> Response:
    """One's own, and one's choice."""
    return _page(request, app, me, choice_json(choice_of(app.db, me)))


@router.post("/notices/read")
def read_all(app: Ancrage, me: Me) -> Response:
    """Mark all as read."""
    mark_read(app.db, me)
    return RedirectResponse("/notices?done=notices_read", 303)


@router.post("/notices/choice")
def change_choice(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Change how one is told."""
    kinds: dict[str, dict[str, Any]] = {
        kind: {
            "app": kind in ALWAYS_SHOWN or text_of(form, f"{kind}-app") == "on",
            "email": text_of(form, f"{kind}-email") or "off",
            "webhook": text_of(form, f"{kind}-webhook") == "on",
        }
        for kind in KINDS
    }
    values: dict[str, Any] = {name: text_of(form, name) for name in ("email", "webhook", "form")}
    try:
        choose(app.db, me, Wanted(**values, kinds=kinds), app.outside)
    except AncrageError as refusal:
        return _page(request, app, me, {**values, "kinds": kinds}, refusal)
    return RedirectResponse("/notices?done=notices_chosen", 303)


def _page(
    request: Request, app: App, me: Actor, choice: dict[str, Any], refusal: AncrageError | None = None
) -> Response:
    after = request.query_params.get("after", "")
    found, following = notices_page(app.db, me, after=after)
    return page(
        request,
        "notices.html",
        status=status_of(refusal) if refusal else 200,
        notices=[{**notice_json(said), "at": said.notice.at} for said in found],
        **page_links("/notices", {}, after, following),
        choice=choice,
        kinds=options(request, "notice_kind", KINDS),
        always=ALWAYS_SHOWN,
        paces=options(request, "notice_pace"),
        forms=options(request, "webhook_form"),
        refusal=refusal,
    )
