"""What a market asks for before a signed piece is used: shown, recorded, handed over."""

from fastapi import APIRouter, Response

from api.armour import pack_response
from api.auth import Ancrage, Me
from api.schemas import (
    Deadlines,
    Json,
    NewCertificate,
    NewGrant,
    NewPermitRequest,
    NewRefusal,
    NewSubmission,
    NewWindows,
    Reason,
    ReleaseOut,
    Windows,
)
from assistant.corpus.written import civil_day
from assistant.publishing.conditions.calendars import NewCalendar, set_calendar, windows_json
from assistant.publishing.conditions.certificates import Signing, certify
from assistant.publishing.conditions.listing import deadlines_json
from assistant.publishing.conditions.permits import (
    Grant,
    grant_permit,
    refuse_permit,
    request_permit,
    void_record,
)
from assistant.publishing.conditions.standing import release_json
from assistant.publishing.conditions.submissions import record_submission
from assistant.publishing.evidence.deposit import deposit_pack

router = APIRouter(tags=["release conditions"])


@router.get("/pieces/{piece}/release", response_model=ReleaseOut, summary="Release conditions of a piece")
def conditions(app: Ancrage, me: Me, piece: str) -> Json:
    """Each with its state, who, when, and what to do next."""
    return {"release": release_json(app.db, me, piece)}


@router.post(
    "/pieces/{piece}/release/request", response_model=ReleaseOut, status_code=201, summary="Asked for"
)
def ask(app: Ancrage, me: Me, piece: str, body: NewPermitRequest) -> Json:
    """Record that the piece was deposited."""
    day = civil_day(body.requested_on, "requested_on")
    request_permit(app.db, me, piece, body.number, day, body.outside_window)
    return {"release": release_json(app.db, me, piece)}


@router.post("/pieces/{piece}/release/grant", response_model=ReleaseOut, status_code=201, summary="Granted")
def grant(app: Ancrage, me: Me, piece: str, body: NewGrant) -> Json:
    """Record that it was granted."""
    given = Grant(
        civil_day(body.granted_on, "granted_on"),
        body.number,
        civil_day(body.expires_on, "expires_on") if body.expires_on else None,
        body.reference,
    )
    grant_permit(app.db, me, piece, given)
    return {"release": release_json(app.db, me, piece)}


@router.post("/pieces/{piece}/release/refuse", response_model=ReleaseOut, status_code=201, summary="Refused")
def refuse(app: Ancrage, me: Me, piece: str, body: NewRefusal) -> Json:
    """Record that it was refused."""
    day = civil_day(body.refused_on, "refused_on")
    refuse_permit(app.db, me, piece, day, body.reason, body.number)
    return {"release": release_json(app.db, me, piece)}


@router.post(
    "/pieces/{piece}/release/certificate", response_model=ReleaseOut, status_code=201, summary="Certified"
)
def sign(app: Ancrage, me: Me, piece: str, body: NewCertificate) -> Json:
    """Certify the final form by signature."""
    signing = Signing(body.qualification, body.registration, body.manifest_hash)
    certify(app.db, me, piece, signing, app.given_password(body.password))
    return {"release": release_json(app.db, me, piece)}


@router.post(
    "/pieces/{piece}/release/submission", response_model=ReleaseOut, status_code=201, summary="Submitted"
)
def submission(app: Ancrage, me: Me, piece: str, body: NewSubmission) -> Json:
    """Record that it was sent to the authority."""
    day = civil_day(body.submitted_on, "submitted_on")
    record_submission(app.db, me, piece, body.reference, day)
    return {"release": release_json(app.db, me, piece)}


@router.post("/release/{record}/void", response_model=ReleaseOut, summary="Strike out a record")
def void(app: Ancrage, me: Me, record: str, body: Reason) -> Json:
    """What was recorded in error stays in the register, struck out."""
    found = void_record(app.db, me, record, body.reason)
    return {"release": release_json(app.db, me, found.piece_id)}


@router.post(
    "/pieces/{piece}/deposit-pack",
    summary="What the authority is given",
    response_class=Response,
    responses={
        200: {
            "description": "A ZIP file; the header X-Pack-Root holds its root.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def deposit(app: Ancrage, me: Me, piece: str) -> Response:
    """Final form, marked references, changes, the form's facts."""
    return pack_response(deposit_pack(app.db, me, piece, app.pictures), f"deposit-{piece}")


@router.get("/release/windows", response_model=Windows, summary="Windows of deposit")
def windows(app: Ancrage, me: Me, market: str = "FR") -> Json:
    """By year."""
    return windows_json(app.db, me, market)


@router.put("/release/windows", response_model=Windows, summary="Set the windows of a year")
def change_windows(app: Ancrage, me: Me, body: NewWindows) -> Json:
    """They stand for those that were shipped."""
    set_calendar(
        app.db, me, NewCalendar(body.market, body.type, body.year, body.days, body.source, body.version)
    )
    return windows_json(app.db, me, body.market)


@router.get("/release/deadlines", response_model=Deadlines, summary="What is due")
def deadlines(app: Ancrage, me: Me) -> Json:
    """Answers of authorities, ends of visas and certificates, soonest first."""
    return {"deadlines": deadlines_json(app.db, me)}
