"""The audit trail: read, exported, and verified whole on demand."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, RedirectResponse, Response

from api.auth import Ancrage, Me, checked_form
from api.schemas import EntryNumber
from api.web.choices import options
from api.web.days import day_of
from api.web.rendering import page, reader_language
from api.web.words import word
from assistant.audit.listing import EVERYTHING, Sought, latest_entries, people_of_trail
from assistant.audit.on_record import trail_state, verify_and_record
from assistant.audit.part import export_part
from assistant.audit.verify import export_trail
from assistant.people.roles import Actor, Permission, require

router = APIRouter(dependencies=[Depends(checked_form)])
AT_ONCE = 100
_FILTERS = ("by", "action", "about", "since", "until")
_FACTS = ("rule", "role", "meaning", "reference", "number", "approved_on", "expires_on", "due_on")
"""Of an entry's details, those that say in a few words what happened; the rest stands in the entry itself."""
_PAGES = (
    ("piece_", Permission.READ_PIECES, "/pieces/"),
    ("source_", Permission.READ_SOURCES, "/sources/"),
    ("product_", Permission.READ_SOURCES, "/products/"),
)


@router.get("/audit")
def audit_page(request: Request, app: Ancrage, me: Me, before: EntryNumber | None = None) -> Response:
    """What the last whole verification found and what is new since then, and the latest entries."""
    require(me, Permission.VERIFY_AUDIT)
    filters, sought = _filters(request)
    entries = latest_entries(app.db, me, before=before, limit=AT_ONCE, sought=sought)
    language = reader_language(request)
    given = {name: value for name, value in filters.items() if value}
    return page(
        request,
        "audit.html",
        trail=trail_state(app.db, me, app.settings.home),
        entries=[
            {**entry, "address": _address(me, entry["subject"]), "facts": _facts(entry["details"], language)}
            for entry in entries
        ],
        older=f"?{urlencode({**given, 'before': entries[-1]['number']})}" if len(entries) == AT_ONCE else "",
        newest=f"/audit?{urlencode(given)}" if before is not None else "",
        filters=filters,
        filtered=bool(given),
        part=f"/audit/export?{urlencode(given)}" if given else "",
        people=people_of_trail(app.db, me),
        actions=sorted(options(request, "audit_action"), key=lambda one: one[1].casefold()),
    )


@router.post("/audit/verify")
def verify(app: Ancrage, me: Me) -> Response:
    """Read the whole trail, and put on record what was found."""
    found = verify_and_record(app.db, me, app.settings.home)
    return RedirectResponse("/audit?done=trail_verified" if found["ok"] else "/audit", 303)


@router.get("/audit/export")
def export(request: Request, app: Ancrage, me: Me) -> Response:
    """The trail as JSON lines, for the independent verifier; with filters, the entries that fit and what they are a part of."""
    require(me, Permission.VERIFY_AUDIT)
    _, sought = _filters(request)
    with tempfile.NamedTemporaryFile(dir=app.settings.home, suffix=".jsonl", delete=False) as file:
        path = Path(file.name)
    if sought == EVERYTHING:
        export_trail(app.db, path)
    else:
        export_part(app.db, me, path, sought)
    return FileResponse(
        path,
        media_type="application/jsonl",
        filename="audit-trail.jsonl" if sought == EVERYTHING else "audit-trail-part.jsonl",
        background=BackgroundTask(path.unlink, missing_ok=True),
    )


def _filters(request: Request) -> tuple[dict[str, str], Sought]:
    """As they were given, and as they are looked for. Raises InvalidInput."""
    given = {name: _written(request.query_params.get(name, "")) for name in _FILTERS}
    days = (day_of(given["since"]), day_of(given["until"]))
    return given, Sought(given["by"], given["action"], given["about"], *days)


def _written(text: str) -> str:
    """Without what no key writes: a database refuses it."""
    return "".join(sign for sign in text if sign.isprintable()).strip()


def _facts(details: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """(what, value) of the details that tell what happened: dates are for the page to write out."""
    told = [(name, details[name]) for name in _FACTS if isinstance(details.get(name), str) and details[name]]
    return [(name, word("role", value, language) if name == "role" else value) for name, value in told]


def _address(me: Actor, subject: str) -> str:
    """The page of what an entry is about, where it has one that this reader may open."""
    for prefix, permission, place in _PAGES:
        if subject.startswith(prefix) and me.may(permission):
            return place + subject
    return ""
