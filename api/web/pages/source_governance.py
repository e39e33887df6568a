"""What a librarian decides of a source beside its approval: what may be shown, and its confirmed reference."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, text_of
from api.web.pages.sources import source_page_with
from assistant.corpus.decks import set_deck
from assistant.corpus.references import confirm_reference
from assistant.corpus.rights import set_display_right
from assistant.corpus.sources import get_source
from assistant.corpus.written import civil_day
from assistant.errors import InvalidInput
from assistant.people.roles import Permission, require
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
_FIELDS = ("authors", "title", "journal", "volume", "issue", "pages", "doi", "issuer")
_BLANK = {"reference": "", "approved_on": "", "expires_on": ""}


@router.post("/sources/{source_id}/rights")
def rights(request: Request, app: Ancrage, me: Me, form: Posted, source_id: str) -> Response:
    """Change what may be shown outside the company."""
    require(me, Permission.APPROVE_SOURCE)
    try:
        set_display_right(app.db, me, source_id, text_of(form, "display"), text_of(form, "reason"))
    except AncrageError as refusal:
        return source_page_with(request, app, me, source_id, _BLANK, refusal)
    return RedirectResponse(f"/sources/{source_id}?done=right_set", 303)


@router.post("/sources/{source_id}/deck")
def deck(request: Request, app: Ancrage, me: Me, form: Posted, source_id: str) -> Response:
    """Keep the deck that a recording speaks to, or that it speaks to none."""
    require(me, Permission.ADD_SOURCE)
    try:
        set_deck(app.db, me, source_id, text_of(form, "deck") or None)
    except AncrageError as refusal:
        return source_page_with(request, app, me, source_id, _BLANK, refusal)
    return RedirectResponse(f"/sources/{source_id}?done=deck_set", 303)


@router.post("/sources/{source_id}/reference")
def reference(request: Request, app: Ancrage, me: Me, form: Posted, source_id: str) -> Response:
    """Confirm the reference as the form shows it."""
    require(me, Permission.ADD_SOURCE)
    try:
        kind = get_source(app.db, source_id).kind
        changes: dict[str, Any] = {name: text_of(form, name) for name in _FIELDS}
        changes["authors"] = [name.strip() for name in changes["authors"].split(";")]
        changes["year"] = _year(text_of(form, "year"))
        if kind in {"guideline", "opinion"}:
            day = text_of(form, "dated_on")
            changes["dated_on"] = civil_day(day, "dated_on") if day else None
        if kind == "opinion":
            changes["benefits"] = _benefits(text_of(form, "benefits"))
        confirm_reference(app.db, me, source_id, changes)
    except AncrageError as refusal:
        return source_page_with(request, app, me, source_id, _BLANK, refusal)
    return RedirectResponse(f"/sources/{source_id}?done=reference_confirmed", 303)


def _year(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal():
        raise InvalidInput(f"{text} is no year of a publication.", help="Write it as 2026.", field="year")
    return int(text)


def _benefits(text: str) -> list[dict[str, str]]:
    """A line an indication: indication; SMR; ASMR."""
    lines = [line.split(";") for line in text.splitlines() if line.strip()]
    if any(len(line) > 3 for line in lines):  # noqa: PLR2004  the three parts
        raise InvalidInput(
            "A line of the opinion has more than three parts.",
            help="Write each as: indication; SMR; ASMR.",
            field="benefits",
        )
    return [dict(zip(("indication", "smr", "asmr"), line, strict=False)) for line in lines]
