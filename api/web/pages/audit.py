"""The audit trail: read, exported, and verified whole on demand."""

import tempfile
from pathlib import Path

from fastapi import APIRouter, Depends, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, RedirectResponse, Response

from api.auth import Ancrage, Me, checked_form
from api.schemas import EntryNumber
from api.web.rendering import page
from assistant.audit.listing import latest_entries
from assistant.audit.on_record import trail_state, verify_and_record
from assistant.audit.verify import export_trail
from assistant.people.roles import Actor, Permission, require

router = APIRouter(dependencies=[Depends(checked_form)])
AT_ONCE = 100
_PAGES = (
    ("piece_", Permission.READ_PIECES, "/pieces/"),
    ("source_", Permission.READ_SOURCES, "/sources/"),
    ("product_", Permission.READ_SOURCES, "/products/"),
)


@router.get("/audit")
def audit_page(request: Request, app: Ancrage, me: Me, before: EntryNumber | None = None) -> Response:
    """What the last whole verification found and what is new since then, and the latest entries."""
    require(me, Permission.VERIFY_AUDIT)
    entries = latest_entries(app.db, me, before=before, limit=AT_ONCE)
    return page(
        request,
        "audit.html",
        trail=trail_state(app.db, me, app.settings.home),
        entries=[{**entry, "address": _address(me, entry["subject"])} for entry in entries],
        older=entries[-1]["number"] if len(entries) == AT_ONCE else 0,
    )


@router.post("/audit/verify")
def verify(app: Ancrage, me: Me) -> Response:
    """Read the whole trail, and put on record what was found."""
    found = verify_and_record(app.db, me, app.settings.home)
    return RedirectResponse("/audit?done=trail_verified" if found["ok"] else "/audit", 303)


@router.get("/audit/export")
def export(app: Ancrage, me: Me) -> Response:
    """The trail as JSON lines, for the independent verifier."""
    require(me, Permission.VERIFY_AUDIT)
    with tempfile.NamedTemporaryFile(dir=app.settings.home, suffix=".jsonl", delete=False) as file:
        path = Path(file.name)
    export_trail(app.db, path)
    return FileResponse(
        path,
        media_type="application/jsonl",
        filename="audit-trail.jsonl",
        background=BackgroundTask(path.unlink, missing_ok=True),
    )


def _address(me: Actor, subject: str) -> str:
    """The page of what an entry is about, where it has one that this reader may open."""
    for prefix, permission, place in _PAGES:
        if subject.startswith(prefix) and me.may(permission):
            return place + subject
    return ""
