"""The review policy: who signs what, what a proposal changes, who adopted which; and the states of a piece."""

from collections.abc import Mapping
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, secret_of, text_of
from api.errors import status_of
from api.web.choices import options, usual_market
from api.web.pages.leaving import leave_to_sign
from api.web.rendering import page, reader_language
from api.web.state_picture import picture_of
from assistant.bootstrap import App
from assistant.people.proof import FreshLogin
from assistant.people.roles import Actor, Permission, require
from assistant.review.policy_proposals import (
    adopt_proposal,
    close_proposal,
    propose_policy,
    require_may_adopt,
)
from assistant.review.policy_view import PolicyQuestion, as_file, policy_changes, show_policy, who_signs
from assistant.review.states import PIECE
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])


def _question(request: Request, kind: str = "", market: str = "", qualification: str = "") -> PolicyQuestion:
    return PolicyQuestion(
        kind or "key-moments",
        market or usual_market(reader_language(request)),
        qualification or "promotional",
    )


@router.get("/policy")
def policy_page(
    request: Request,
    app: Ancrage,
    me: Me,
    asked: Annotated[PolicyQuestion, Depends(_question)],
    hash: str = "",  # noqa: A002  the word of the address
) -> Response:
    """The one in force, or another beside it."""
    return _policy_page(request, app, me, hash, asked)


@router.post("/policy/proposals")
def propose(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Put a policy before the others."""
    require(me, Permission.SET_POLICY)
    typed = {"text": text_of(form, "text"), "reason": text_of(form, "reason")}
    try:
        propose_policy(app.db, me, typed["text"], typed["reason"])
    except AncrageError as refusal:
        return _policy_page(request, app, me, "", refusal=refusal, typed=typed)
    return RedirectResponse("/policy?done=policy_proposed#proposals", 303)


@router.post("/policy/proposals/{proposal_id}/adopt")
def adopt(request: Request, app: Ancrage, me: Me, form: Posted, proposal_id: str) -> Response:
    """Put a proposal in force, as it was compared on the screen, with the passphrase again or a fresh login."""
    reason, before = text_of(form, "reason"), text_of(form, "before")
    try:
        if text_of(form, "by") == "login":
            wanted = require_may_adopt(app.db, me, proposal_id, reason)
            told = {"proposal": proposal_id, "hash": wanted, "before": before, "reason": reason}
            return leave_to_sign(request, app, me, wanted, {"act": "adopt", **told})
        proof = app.given_password(secret_of(form, "password"))
        adopt_proposal(app.db, me, proposal_id, reason, proof, before)
    except AncrageError as refusal:
        return _policy_page(request, app, me, text_of(form, "hash"), refusal=refusal)
    return RedirectResponse("/policy?done=policy_adopted", 303)


def finish_signing(
    request: Request, app: App, me: Actor, came: FreshLogin | AncrageError, intent: Mapping[str, Any]
) -> Response:
    """Back from the login: adopt what was compared on the screen, or show why not."""
    try:
        if isinstance(came, AncrageError):
            raise came
        adopt_proposal(app.db, me, intent["proposal"], intent["reason"], came, intent["before"])
    except AncrageError as refusal:
        return _policy_page(request, app, me, intent["hash"], refusal=refusal)
    return RedirectResponse("/policy?done=policy_adopted", 303)


@router.post("/policy/proposals/{proposal_id}/close")
def close(request: Request, app: Ancrage, me: Me, form: Posted, proposal_id: str) -> Response:
    """Withdraw a proposal, or turn it down."""
    require(me, Permission.SET_POLICY)
    try:
        close_proposal(app.db, me, proposal_id, text_of(form, "reason"))
    except AncrageError as refusal:
        return _policy_page(request, app, me, text_of(form, "hash"), refusal=refusal)
    return RedirectResponse("/policy?done=proposal_closed#proposals", 303)


_USUAL = PolicyQuestion("key-moments", "EU", "promotional")


def _policy_page(
    request: Request,
    app: App,
    me: Actor,
    wanted: str,
    asked: PolicyQuestion = _USUAL,
    *,
    refusal: AncrageError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    shown = show_policy(app.db, me, wanted or None)
    policy = shown["policy"]
    compared = policy_changes(app.db, me, policy["hash"])
    here = [one for one in shown["proposals"] if one["hash"] == policy["hash"] and one["status"] == "open"]
    return page(
        request,
        "policy.html",
        status=status_of(refusal) if refusal else 200,
        policy=policy,
        in_force=compared["before"],
        sections=_sections(compared["rows"]),
        changed=any(row["state"] != "same" for row in compared["rows"]),
        adoptions=shown["adoptions"],
        proposals=shown["proposals"],
        proposal=here[0] if here else None,
        asked=asked,
        signs=who_signs(app.db, me, asked, policy["hash"]),
        kinds=options(request, "piece_kind"),
        markets=_markets(request, policy, asked.market),
        qualifications=options(request, "qualification"),
        picture=picture_of(PIECE, "draft"),
        states=PIECE,
        typed=typed or {"text": as_file(policy), "reason": ""},
        refusal=refusal,
    )


def _sections(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"section": section, "name": name, "rows": list(some)}
        for (section, name), some in groupby(rows, key=lambda row: (row["section"], row["name"]))
    ]


def _markets(request: Request, policy: dict[str, Any], asked: str) -> list[tuple[str, str]]:
    """Those with rules of their own, and those that the policy names."""
    known = options(request, "market")
    conditions = [row["when"] for row in (*policy["workflows"], *policy["publication"])]
    named = {market for when in conditions for market in when.get("markets", ())} | {asked}
    return known + [(code, code) for code in sorted(named - {code for code, _ in known})]
