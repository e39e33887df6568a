"""The calendar of what runs out, as a page and as a file for other calendars."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.auth import Ancrage, Me, checked_form
from api.web.choices import options, product_options
from api.web.rendering import page, reader_language
from assistant.bootstrap import App
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.calendar import THRESHOLDS, Expiry, calendar, expiry_json
from assistant.publishing.ical import icalendar
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
_ADDRESSES = {
    "source": "/sources/",
    "publication": "/published/",
    "visa": "/published/",
    "certificate": "/published/",
}


@router.get("/calendar")
def calendar_page(request: Request, app: Ancrage, me: Me) -> Response:
    """Filtered by product, kind and how soon."""
    require(me, Permission.READ_SOURCES)
    filters = _filters(request)
    try:
        found, refusal = _found(app, me, filters), None
    except AncrageError as error:
        found, refusal = [], error
    return page(
        request,
        "calendar.html",
        items=[{**expiry_json(one), "address": _ADDRESSES[one.kind] + one.id} for one in found],
        filters=filters,
        filtered=any(filters.values()),
        products=product_options(app),
        kinds=options(request, "expiry_kind"),
        spans=[(str(days), str(days)) for days in reversed(THRESHOLDS)],
        file=f"/calendar.ics?{request.url.query}",
        refusal=refusal,
    )


@router.get("/calendar.ics")
def calendar_file(request: Request, app: Ancrage, me: Me) -> Response:
    """The same as an iCalendar file."""
    require(me, Permission.READ_SOURCES)
    body = icalendar(_found(app, me, _filters(request)), app.clock.now(), reader_language(request))
    headers = {"Content-Disposition": 'attachment; filename="ancrage.ics"'}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


def _filters(request: Request) -> dict[str, str]:
    return {name: request.query_params.get(name, "").strip() for name in ("product", "kind", "days")}


def _found(app: App, me: Actor, filters: dict[str, str]) -> list[Expiry]:
    days = int(filters["days"][:4]) if filters["days"].isdecimal() else None
    found = calendar(app.db, me, filters["product"] or None, days)
    return [one for one in found if filters["kind"] in {"", one.kind}]
