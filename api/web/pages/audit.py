"""The audit trail: verified, read, exported."""

import tempfile
from pathlib import Path

from fastapi import APIRouter, Depends, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from api.auth import Ancrage, Me, checked_form
from api.web.rendering import page
from assistant.audit.listing import latest_entries
from assistant.audit.verify import export_trail, verify_trail
from assistant.people.roles import Permission, require

router = APIRouter(dependencies=[Depends(checked_form)])
AT_ONCE = 100


@router.get("/audit")
def audit_page(request: Request, app: Ancrage, me: Me, before: int | None = None) -> Response:
    """Whether the chain holds, and its latest entries."""
    require(me, Permission.VERIFY_AUDIT)
    entries = latest_entries(app.db, me, before=before, limit=AT_ONCE)
    return page(
        request,
        "audit.html",
        verified=verify_trail(app.db, app.settings.home),
        entries=entries,
        older=entries[-1]["number"] if len(entries) == AT_ONCE else 0,
    )


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
