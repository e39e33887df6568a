"""Cases: what was reported in conversations, and what safety and medical information do about it."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import Ancrage, Me
from api.schemas import (
    Acknowledgement,
    CaseClosing,
    CaseNote,
    CaseOut,
    CaseProduct,
    Cases,
    Forwarding,
    Json,
    Reason,
)
from assistant.cases import acts
from assistant.cases.desk import MOST, case_json, cases_page

router = APIRouter(tags=["cases"])


@router.get("/cases", response_model=Cases, summary="List the cases")
def cases(
    app: Ancrage,
    me: Me,
    status: str | None = None,
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> Json:
    """Open ones first, the soonest due first. `next` is the `after` of the page that follows."""
    found, following = cases_page(app.db, me, status, after=after, limit=limit)
    return {"cases": found, "next": following}


@router.get("/cases/{case}", response_model=CaseOut, summary="Show a case")
def show_case(app: Ancrage, me: Me, case: str) -> Json:
    """With its conversation and its history."""
    return {"case": case_json(app.db, me, case)}


@router.post("/cases/{case}/acknowledge", response_model=CaseOut, summary="Acknowledge a case")
def acknowledge_case(app: Ancrage, me: Me, case: str, body: Acknowledgement) -> Json:
    """Its first clock stops."""
    acts.acknowledge(app.db, me, case, serious=body.serious)
    return {"case": case_json(app.db, me, case)}


@router.post(
    "/cases/{case}/forward", response_model=CaseOut, summary="Record a case's number in the safety database"
)
def forward_case(app: Ancrage, me: Me, case: str, body: Forwarding) -> Json:
    """And which of the four criteria are known."""
    acts.forward(app.db, me, case, body.reference, body.criteria, body.remark)
    return {"case": case_json(app.db, me, case)}


@router.post("/cases/{case}/notes", response_model=CaseOut, summary="Note something about a case")
def note_on_case(app: Ancrage, me: Me, case: str, body: CaseNote) -> Json:
    """What was learnt, or with `follow_up` what the reporter was asked for."""
    acts.add_note(app.db, me, case, body.text, follow_up=body.follow_up)
    return {"case": case_json(app.db, me, case)}


@router.post("/cases/{case}/product", response_model=CaseOut, summary="Correct the medicine of a case")
def correct_case(app: Ancrage, me: Me, case: str, body: CaseProduct) -> Json:
    """Where the conversation was about another one than the report."""
    acts.correct_product(app.db, me, case, body.product, body.reason)
    return {"case": case_json(app.db, me, case)}


@router.post("/cases/{case}/close", response_model=CaseOut, summary="Close a case")
def close_case(app: Ancrage, me: Me, case: str, body: CaseClosing) -> Json:
    """With its outcome."""
    acts.close(app.db, me, case, body.outcome, body.reason, body.duplicate_of)
    return {"case": case_json(app.db, me, case)}


@router.post("/cases/{case}/reopen", response_model=CaseOut, summary="Reopen a case")
def reopen_case(app: Ancrage, me: Me, case: str, body: Reason) -> Json:
    """Its clocks run from when it was received."""
    acts.reopen(app.db, me, case, body.reason)
    return {"case": case_json(app.db, me, case)}
