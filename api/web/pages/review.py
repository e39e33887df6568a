"""The review queue and the review screen, and every act of a reviewer."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from api.armour import SIGNED_POLICY
from api.auth import Ancrage, Me, Posted, checked_form, secret_of, text_of
from api.web.pages.leaving import leave_to_sign
from api.web.pages.piece_page import piece_page
from api.web.pages.review_page import review_page
from api.web.pages.review_pane import remember_view
from assistant.bootstrap import App
from assistant.errors import InvalidInput
from assistant.people.proof import FreshLogin
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.export import export_piece
from assistant.review.attestations import attest
from assistant.review.changes import first_to_read
from assistant.review.comments import comment, resolve_comment
from assistant.review.decisions import approve, reject, request_changes, require_may_sign
from assistant.review.disputes import dispute
from assistant.review.overrides import override
from assistant.review.reassign import reassign
from assistant.review.seen import accept_statement, record_opened
from assistant.review.tasks import claim, give_back
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
_LONGEST_PLACE = 9
"""Digits of a place in a text."""


@router.get("/review/{piece_id}")
def review(request: Request, app: Ancrage, me: Me, piece_id: str, statement: str = "") -> Response:
    """The review screen, at one statement. That a reviewer opened it is noted."""
    require(me, Permission.READ_PIECES)
    statement = statement or first_to_read(app.db, piece_id)
    record_opened(app.db, me, piece_id, statement)
    return remember_view(request, review_page(request, app, me, piece_id, statement))


@router.get("/review/{piece_id}/preview")
def preview(app: Ancrage, me: Me, piece_id: str) -> Response:
    """The piece as its readers will see it: it says that it is not approved until it is."""
    require(me, Permission.READ_PIECES)
    copy = export_piece(app.db, me, piece_id, "html")
    return Response(
        copy.content, media_type=copy.media_type, headers={"Content-Security-Policy": SIGNED_POLICY}
    )


@router.post("/review/{piece_id}/claim")
def take(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Take the task."""
    try:
        claim(app.db, me, _task(form, piece_id))
    except AncrageError as refusal:
        return review_page(request, app, me, piece_id, "", refusal)
    return RedirectResponse(f"/review/{piece_id}?done=claimed", 303)


@router.post("/review/{piece_id}/give-back")
def let_go(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Give the task back."""
    try:
        give_back(app.db, me, _task(form, piece_id))
    except AncrageError as refusal:
        return review_page(request, app, me, piece_id, "", refusal)
    return RedirectResponse(f"/review/{piece_id}?done=given_back", 303)


@router.post("/review/{piece_id}/reassign")
def hand_over(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Give a task to another person."""
    try:
        reassign(app.db, me, _task(form, piece_id), text_of(form, "to") or None, text_of(form, "reason"))
    except AncrageError as refusal:
        return review_page(request, app, me, piece_id, "", refusal)
    return RedirectResponse(f"/review/{piece_id}?done=reassigned", 303)


@router.post("/review/{piece_id}/accept")
def accept(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Accept a statement and go on to the next."""
    at, after = text_of(form, "statement"), text_of(form, "after")
    try:
        accept_statement(app.db, me, piece_id, at)
    except AncrageError as refusal:
        return review_page(request, app, me, piece_id, at, refusal, _at_task(form))
    show = "&show=all" if text_of(form, "show") == "all" else ""
    if not after:
        done = f"accepted{show}{_and_task(form)}"
        return RedirectResponse(f"/review/{piece_id}?done={done}&statement={quote(at)}#decide", 303)
    return _back(piece_id, f"accepted{show}", after, form)


@router.post("/review/{piece_id}/comment")
def say(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Comment on the piece or on a statement."""
    at, begins, parent = text_of(form, "statement"), text_of(form, "quoted_at"), text_of(form, "parent")
    try:
        comment(
            app.db,
            me,
            piece_id,
            text_of(form, "text"),
            lineage=at or None,
            mandatory=bool(text_of(form, "mandatory")),
            parent=parent or None,
            quoted=text_of(form, "quoted") or None,
            at=int(begins) if begins.isdecimal() and len(begins) <= _LONGEST_PLACE else None,
        )
    except AncrageError as refusal:
        typed = {name: text_of(form, name) for name in ("text", "quoted", "quoted_at", "mandatory")}
        values = {**typed, **_at_task(form), "form": f"answer {parent}" if parent else f"comment {at}"}
        if _from_its_writer(form):
            require(me, Permission.READ_PIECES)
            return piece_page(request, app, me, piece_id, refusal=refusal, values=values)
        return review_page(request, app, me, piece_id, at, refusal, values)
    if _from_its_writer(form):
        return RedirectResponse(f"/pieces/{piece_id}?done=commented#comments", 303)
    return _back(piece_id, "commented", at, form)


@router.post("/review/{piece_id}/comments/{comment_id}/resolve")
def settle(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str, comment_id: str) -> Response:
    """Settle a comment, and stay at the statement beside which it stood."""
    at = text_of(form, "statement")
    try:
        resolve_comment(app.db, me, comment_id)
    except AncrageError as refusal:
        if _from_its_writer(form):
            require(me, Permission.READ_PIECES)
            return piece_page(request, app, me, piece_id, refusal=refusal)
        return review_page(request, app, me, piece_id, at, refusal, _at_task(form))
    if _from_its_writer(form):
        return RedirectResponse(f"/pieces/{piece_id}?done=settled#comments", 303)
    beside = f"&statement={quote(at)}" if at else ""
    return RedirectResponse(f"/review/{piece_id}?done=settled{_and_task(form)}{beside}", 303)


@router.post("/review/{piece_id}/attest")
def vouch(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Attest a statement."""
    at = text_of(form, "statement")
    try:
        attest(app.db, me, piece_id, at, text_of(form, "reason"))
    except AncrageError as refusal:
        values = {"form": f"attest {at}", "text": text_of(form, "reason"), **_at_task(form)}
        return review_page(request, app, me, piece_id, at, refusal, values)
    return _back(piece_id, "attested", at, form)


@router.post("/review/{piece_id}/override")
def overrule(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Give a reason against a block."""
    place = text_of(form, "place")
    at = "" if place == "piece" else place
    try:
        override(app.db, me, piece_id, text_of(form, "rule"), place or "piece", text_of(form, "reason"))
    except AncrageError as refusal:
        values = {
            "form": f"override {text_of(form, 'rule')} {place}",
            "text": text_of(form, "reason"),
            **_at_task(form),
        }
        return review_page(request, app, me, piece_id, at, refusal, values)
    return _back(piece_id, "overridden", at, form)


@router.post("/review/{piece_id}/dispute")
def contest(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Say that a finding is wrong."""
    place = text_of(form, "place") or "piece"
    at = "" if place == "piece" else place
    try:
        dispute(app.db, me, piece_id, text_of(form, "rule"), place, text_of(form, "reason"))
    except AncrageError as refusal:
        values = {
            "form": f"dispute {text_of(form, 'rule')} {place}",
            "text": text_of(form, "reason"),
            **_at_task(form),
        }
        return review_page(request, app, me, piece_id, at, refusal, values)
    return _back(piece_id, "disputed", at, form)


@router.post("/review/{piece_id}/approve")
def sign(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Sign and approve: the meaning, the manifest that was on the screen, and the passphrase again or a fresh login."""
    task, manifest = _task(form, piece_id), text_of(form, "manifest_hash")
    values = {"meaning": text_of(form, "meaning"), "reason": "", "task": task}
    try:
        if text_of(form, "by") == "login":
            require_may_sign(app.db, me, task, values["meaning"])
            intent = {"act": "approve", "piece": piece_id, "task": task, "meaning": values["meaning"]}
            return leave_to_sign(request, app, me, manifest, {**intent, "manifest": manifest.lower()})
        passphrase = app.given_password(secret_of(form, "password"))
        approve(app.db, me, task, passphrase, meaning=values["meaning"], manifest_hash=manifest or None)
    except AncrageError as refusal:
        return review_page(request, app, me, piece_id, "", refusal, values)
    return _back(piece_id, "approved", "")


def finish_signing(
    request: Request, app: App, me: Actor, came: FreshLogin | AncrageError, intent: Mapping[str, Any]
) -> Response:
    """Back from the login: sign exactly what was on the screen, or show why not."""
    piece_id = intent["piece"]
    try:
        if isinstance(came, AncrageError):
            raise came
        approve(
            app.db,
            me,
            intent["task"],
            came,
            meaning=intent["meaning"],
            manifest_hash=intent["manifest"],
        )
    except AncrageError as refusal:
        values = {"meaning": intent["meaning"], "reason": "", "task": intent["task"]}
        return review_page(request, app, me, piece_id, "", refusal, values)
    return _back(piece_id, "approved", "")


@router.post("/review/{piece_id}/send-back")
def send_back(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Request changes, or reject for good."""
    rejecting = text_of(form, "outcome") == "reject"
    values = {
        "form": "reject" if rejecting else "changes",
        "reason": text_of(form, "reason"),
        "task": text_of(form, "task"),
    }
    act = reject if rejecting else request_changes
    try:
        if rejecting and not text_of(form, "final"):
            raise InvalidInput(
                "A rejection is final: it has to be confirmed.",
                help="Tick the box above the button, or request changes instead.",
                field="final",
            )
        act(app.db, me, _task(form, piece_id), values["reason"])
    except AncrageError as refusal:
        return review_page(request, app, me, piece_id, "", refusal, values)
    return _back(piece_id, "rejected" if rejecting else "changes_requested", "")


def _from_its_writer(form: FormData) -> bool:
    """Sent from the piece's own page, and not from the review: there one goes on reading."""
    return text_of(form, "back") == "piece"


def _task(form: FormData, piece_id: str) -> str:
    return text_of(form, "task") or piece_id


def _at_task(form: FormData) -> dict[str, str]:
    """The task at which the page was opened: a deputy's page may be at that of another person."""
    return {"task": task} if (task := text_of(form, "task")) else {}


def _and_task(form: FormData | None) -> str:
    task = text_of(form, "task") if form is not None else ""
    return f"&task={quote(task)}" if task else ""


def _back(piece_id: str, done: str, statement: str, form: FormData | None = None) -> Response:
    """To the page again, at the statement and at the task of the form where one is given."""
    at = f"&statement={quote(statement)}#{quote(statement)}" if statement else ""
    return RedirectResponse(f"/review/{piece_id}?done={done}{_and_task(form)}{at}", 303)
