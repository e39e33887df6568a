"""What a new version changes, section by section and side by side, and which pieces rest on it."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.auth import Ancrage, Me, checked_form
from api.web.marking import runs
from api.web.rendering import page
from assistant.publishing.versions import source_diff

router = APIRouter(dependencies=[Depends(checked_form)])
_LONGEST_QUOTE = 1500
"""Characters of a sentence in an address."""


@router.get("/sources/{source_id}/changes")
def changes_page(request: Request, app: Ancrage, me: Me, source_id: str) -> Response:
    """The summary, the pieces concerned, and the changes of one section or of those that lead."""
    older = request.query_params.get("from") or None
    found = source_diff(app.db, me, older, source_id)
    return page(request, "changes.html", reread=None, **compared(request, found, older))


def compared(request: Request, found: Mapping[str, Any], older: str | None = None) -> dict[str, Any]:
    """What the template shows of a comparison: the sections, and the changes of those that the address asks for."""
    wanted = request.query_params.get("section", "")
    diff = found["diff"]
    sections = [{**section, "key": str(at)} for at, section in enumerate(diff["sections"])]
    keys = {_place(section): section["key"] for section in sections}
    open_ones = (
        [s for s in sections if s["key"] == wanted] or [s for s in sections if s["lead"]] or sections[:3]
    )
    grouped: dict[str, list[dict[str, Any]]] = {section["key"]: [] for section in open_ones}
    for change in diff["changes"]:
        key = keys[_place(change["section"])]
        if key in grouped:
            grouped[key].append({**change, "sides": [_side(change["old"]), _side(change["new"])]})
    return {
        "diff": diff,
        "sections": [_addressed(section, older) for section in sections],
        "shown": [{**section, "changes": grouped[section["key"]]} for section in open_ones],
        "affected": found["affected"],
    }


def _place(section: Mapping[str, Any]) -> tuple[str, str, str]:
    return section["part"], section["code"], section["title"]


def _addressed(section: Mapping[str, Any], older: str | None) -> dict[str, Any]:
    asked = {"section": section["key"], **({"from": older} if older else {})}
    return {**section, "address": f"?{urlencode(asked)}#section-{section['key']}"}


def _side(side: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A sentence cut into runs, and the page on which it is shown marked."""
    if side is None:
        return None
    number = side["spans"][0]["page"]
    asked = urlencode({"quote": side["text"][:_LONGEST_QUOTE]})
    return {
        "runs": runs(side["text"], _spans(side["marks"])),
        "page": number,
        "address": f"/sources/{side['source']}/pages/{number}?{asked}#quote",
    }


def _spans(marks: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in marks]
