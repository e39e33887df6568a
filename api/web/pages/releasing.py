"""Release conditions: recorded on the piece's page; windows of deposit and what is due on a page of their own."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from api.armour import pack_response
from api.auth import Ancrage, Me, Posted, checked_form, secret_of, text_of, texts_of
from api.errors import status_of
from api.web.pages.leaving import leave_to_sign
from api.web.pages.piece_page import RELEASE_FIELDS, piece_page
from api.web.rendering import page
from assistant.bootstrap import App
from assistant.corpus.written import civil_day
from assistant.errors import InvalidInput
from assistant.people.proof import FreshLogin
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.conditions.calendars import NewCalendar, kinds_of, set_calendar, windows_json
from assistant.publishing.conditions.certificates import Signing, certify, require_may_certify
from assistant.publishing.conditions.data import MARKETS
from assistant.publishing.conditions.listing import deadlines_json
from assistant.publishing.conditions.permits import (
    Grant,
    grant_permit,
    refuse_permit,
    request_permit,
    void_record,
)
from assistant.publishing.conditions.submissions import record_submission
from assistant.publishing.evidence.deposit import deposit_pack
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
Act = Callable[[App, Actor, str, FormData], object]
_SPARE_WINDOWS = 2
"""Empty rows below those that are there."""


def _request(app: App, me: Actor, piece_id: str, form: FormData) -> object:
    day = civil_day(text_of(form, "requested_on"), "requested_on")
    outside = text_of(form, "outside_window") or None
    return request_permit(app.db, me, piece_id, text_of(form, "number"), day, outside)


def _grant(app: App, me: Actor, piece_id: str, form: FormData) -> object:
    ends = text_of(form, "expires_on")
    grant = Grant(
        civil_day(text_of(form, "granted_on"), "granted_on"),
        text_of(form, "number") or None,
        civil_day(ends, "expires_on") if ends else None,
        text_of(form, "reference") or None,
    )
    return grant_permit(app.db, me, piece_id, grant)


def _refuse(app: App, me: Actor, piece_id: str, form: FormData) -> object:
    day = civil_day(text_of(form, "refused_on"), "refused_on")
    return refuse_permit(app.db, me, piece_id, day, text_of(form, "reason"), text_of(form, "number") or None)


def _certify(app: App, me: Actor, piece_id: str, form: FormData) -> object:
    signing = Signing(
        text_of(form, "signatory"), text_of(form, "registration"), text_of(form, "hash") or None
    )
    return certify(app.db, me, piece_id, signing, app.given_password(secret_of(form, "password")))


def _submit(app: App, me: Actor, piece_id: str, form: FormData) -> object:
    day = civil_day(text_of(form, "submitted_on"), "submitted_on")
    return record_submission(app.db, me, piece_id, text_of(form, "reference"), day)


def _void(app: App, me: Actor, piece_id: str, form: FormData) -> object:
    del piece_id  # the record knows its piece
    return void_record(app.db, me, text_of(form, "record"), text_of(form, "reason"))


_ACTS: Mapping[str, tuple[Permission, Act]] = {
    "request": (Permission.RECORD_RELEASE, _request),
    "grant": (Permission.RECORD_RELEASE, _grant),
    "refuse": (Permission.RECORD_RELEASE, _refuse),
    "certify": (Permission.CERTIFY, _certify),
    "submit": (Permission.RECORD_RELEASE, _submit),
    "void": (Permission.RECORD_RELEASE, _void),
}


@router.post("/pieces/{piece_id}/release")
def record(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Record what the form says: a request, a grant, a refusal, a certificate, a submission, or that one was wrong."""
    require(me, Permission.RECORD_RELEASE if text_of(form, "act") != "certify" else Permission.CERTIFY)
    values = {name: text_of(form, name) for name in RELEASE_FIELDS}
    try:
        if values["act"] not in _ACTS:
            raise InvalidInput("Nothing is recorded that way.", help="Use the forms of the piece's page.")
        permission, act = _ACTS[values["act"]]
        require(me, permission)
        if values["act"] == "certify" and text_of(form, "by") == "login":
            return _leave_to_certify(request, app, me, form, piece_id)
        act(app, me, piece_id, form)
    except AncrageError as refusal:
        require(me, Permission.READ_PIECES)
        return piece_page(request, app, me, piece_id, refusal=refusal, values=values)
    return RedirectResponse(f"/pieces/{piece_id}?done=release_{values['act']}#release", 303)


def _leave_to_certify(request: Request, app: App, me: Actor, form: FormData, piece_id: str) -> Response:
    seen = text_of(form, "hash").lower()
    signing = Signing(text_of(form, "signatory"), text_of(form, "registration"), seen)
    require_may_certify(app.db, me, piece_id, signing)
    named = {"signatory": signing.qualification, "registration": signing.registration}
    return leave_to_sign(request, app, me, seen, {"act": "certify", "piece": piece_id, "hash": seen, **named})


def finish_signing(
    request: Request, app: App, me: Actor, came: FreshLogin | AncrageError, intent: Mapping[str, Any]
) -> Response:
    """Back from the login: certify exactly what was on the screen, or show why not."""
    piece_id = str(intent["piece"])
    try:
        if isinstance(came, AncrageError):
            raise came
        signing = Signing(intent["signatory"], intent["registration"], intent["hash"])
        certify(app.db, me, piece_id, signing, came)
    except AncrageError as refusal:
        require(me, Permission.READ_PIECES)
        values = {"act": "certify", "signatory": intent["signatory"], "registration": intent["registration"]}
        return piece_page(request, app, me, piece_id, refusal=refusal, values=values)
    return RedirectResponse(f"/pieces/{piece_id}?done=release_certify#release", 303)


@router.post("/pieces/{piece_id}/deposit-pack")
def deposit(app: Ancrage, me: Me, piece_id: str) -> Response:
    """Hand over what the authority is given. It leaves an entry in the trail, so it is asked for by a form."""
    return pack_response(deposit_pack(app.db, me, piece_id, app.pictures), f"deposit-{piece_id}")


@router.get("/release")
def release_page(request: Request, app: Ancrage, me: Me) -> Response:
    """What is due, and the windows of deposit."""
    return _page(request, app, me)


@router.post("/release/windows")
def change_windows(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Set the windows of a year."""
    require(me, Permission.SET_WINDOWS)
    days = [
        (opens, closes)
        for opens, closes in zip(texts_of(form, "opens_on"), texts_of(form, "closes_on"), strict=False)
        if opens or closes
    ]
    try:
        year, version = text_of(form, "year"), text_of(form, "version")
        if not year.isdecimal():
            raise InvalidInput(f"{year[:20]} is no year.", help="Write it as 2027.", field="year")
        seen = int(version) if version.isdecimal() else None
        set_calendar(
            app.db,
            me,
            NewCalendar(
                text_of(form, "market"),
                text_of(form, "type"),
                int(year[:4]),
                days,
                text_of(form, "source"),
                seen,
            ),
        )
    except AncrageError as refusal:
        typed = {name: text_of(form, name) for name in ("market", "type", "year", "source", "version")}
        return _page(request, app, me, refusal, typed, days)
    return RedirectResponse("/release?done=windows_set#windows", 303)


def _page(
    request: Request,
    app: App,
    me: Actor,
    refusal: AncrageError | None = None,
    typed: Mapping[str, str] | None = None,
    days: list[tuple[str, str]] | None = None,
) -> Response:
    due = deadlines_json(app.db, me)
    kept = [windows_json(app.db, me, market) for market in MARKETS if kinds_of(market)]
    shown = [one for market in kept for one in market["windows"]]
    missing = [one for market in kept for one in market["missing"]]
    edited = request.query_params.get("edit", "")
    chosen = next((one for one in shown if f"{one['market']}-{one['type']}-{one['year']}" == edited), None)
    if chosen is not None and typed is None:
        typed = {name: str(chosen[name]) for name in ("market", "type", "year", "source", "version")}
        days = [(one["opens_on"], one["closes_on"]) for one in chosen["windows"]]
    empty = {"market": "FR", "type": "PM", "year": "", "source": "", "version": ""}
    rows = [*(days or []), *[("", "")] * (_SPARE_WINDOWS if days else 4)]
    return page(
        request,
        "release.html",
        status=status_of(refusal) if refusal else 200,
        deadlines=due,
        calendars=shown,
        missing=missing,
        editing=typed is not None,
        typed={**empty, **_named(missing, request.query_params.get("enter", "")), **(typed or {})},
        rows=rows,
        types=[(kind, kind) for kind in kinds_of("FR")],
        refusal=refusal,
    )


def _named(missing: list[dict[str, Any]], wanted: str) -> dict[str, str]:
    """The fields of the form for the calendar whose entry was chosen."""
    for one in missing:
        if f"{one['market']}-{one['type']}-{one['year']}" == wanted:
            return {name: str(value) for name, value in one.items()}
    return {}
