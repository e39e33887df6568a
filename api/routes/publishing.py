"""Publishing: the signed bytes, and taking them back."""

from fastapi import APIRouter, Response

from api.armour import pack_response, signed_response
from api.auth import Ancrage, Me
from api.schemas import Calendar, Json, NewRelease, PublicationOut, Publications, Reason, Recalled
from assistant.people.roles import Permission, require
from assistant.publishing.calendar import calendar, expiry_json, reminders
from assistant.publishing.evidence.pack import evidence_pack
from assistant.publishing.listing import list_published, publication_json
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.publishing.serving import published_bytes

router = APIRouter(tags=["publishing"])


@router.post("/pieces/{piece}/publish", response_model=PublicationOut, status_code=201, summary="Publish")
def release(app: Ancrage, me: Me, piece: str, body: NewRelease) -> Json:
    """Exactly the bytes that were signed."""
    publication = publish(app.db, me, piece, body.model_dump(exclude_none=True) or None)
    return {"publication": publication_json(app.db, publication)}


@router.post("/pieces/{piece}/recall", response_model=Recalled, summary="Recall")
def recall(app: Ancrage, me: Me, piece: str, body: Reason) -> Json:
    """It stops being served at once."""
    return {"recalled": recall_piece(app.db, me, piece, body.reason), "sources": []}


@router.post(
    "/pieces/{piece}/evidence-pack",
    summary="What proves the piece",
    response_class=Response,
    responses={
        200: {
            "description": "A ZIP file; the header X-Pack-Root holds its root.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def evidence(app: Ancrage, me: Me, piece: str, outside: bool = False) -> Response:
    """Everything that was signed and decided, with a program that checks it; `outside` leaves in-house pages out."""
    return pack_response(evidence_pack(app.db, me, piece, app.pictures, outside=outside), f"evidence-{piece}")


@router.get("/calendar", response_model=Calendar, summary="What runs out")
def expiries(app: Ancrage, me: Me, product: str | None = None, days: int | None = None) -> Json:
    """Approvals of sources, publications and visas, first things first; and the reminders that were made."""
    found = calendar(app.db, me, product, days)
    return {"calendar": [expiry_json(one) for one in found], "reminders": reminders(app.db, me)}


@router.get("/publications", response_model=Publications, summary="What is served now")
def publications(app: Ancrage, me: Me, product: str | None = None, stopped: bool = False) -> Json:
    """With `stopped`, also what is not served any more, and why."""
    require(me, Permission.READ_PUBLISHED)
    return {"publications": list_published(app.db, product=product, stopped=stopped, reader=me)}


@router.get(
    "/publications/{publication}/{rendition}",
    summary="The signed bytes",
    response_class=Response,
    responses={
        200: {
            "description": "The bytes.",
            "content": {
                "text/html": {"schema": {"type": "string"}},
                "text/plain": {"schema": {"type": "string"}},
                "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            },
        },
        410: {"description": "It is not served any more; the message says why."},
    },
)
def rendition(app: Ancrage, me: Me, publication: str, rendition: str) -> Response:
    """`html`, `text` or `pdf`, byte for byte."""
    require(me, Permission.READ_PUBLISHED)
    data, media_type = published_bytes(app.db, publication, rendition, me)
    return signed_response(data, media_type)
