"""Publishing: the signed bytes, and taking them back."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.armour import pack_response, signed_response
from api.auth import Ancrage, Me
from api.schemas import (
    AffectedItems,
    Calendar,
    Json,
    NewRelease,
    NewUse,
    PublicationOut,
    Publications,
    Reason,
    Recalled,
    RegisterOut,
    Status,
    UseOut,
)
from assistant.corpus.written import civil_day
from assistant.people.roles import Permission, require
from assistant.publishing.affected import affected_items
from assistant.publishing.calendar import calendar, expiry_json, reminders
from assistant.publishing.evidence.pack import evidence_pack
from assistant.publishing.listing import MOST, PAGE, publication_json, published_page
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.publishing.recipients import Use, record_use
from assistant.publishing.register import erase_recipient, register_json
from assistant.publishing.serving import published_bytes
from assistant.publishing.status import copy_status

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
def publications(
    app: Ancrage,
    me: Me,
    product: str | None = None,
    stopped: bool = False,
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = PAGE,
) -> Json:
    """Newest first; with `stopped`, also what is not served any more, and why. `next` is the `after` of the page that
    follows.
    """
    require(me, Permission.READ_PUBLISHED)
    found, following = published_page(app.db, me, product=product, stopped=stopped, after=after, limit=limit)
    return {"publications": found, "next": following}


@router.post(
    "/publications/{publication}/uses", response_model=UseOut, status_code=201, summary="Record a use"
)
def use(app: Ancrage, me: Me, publication: str, body: NewUse) -> Json:
    """Who received it, how and when: the register of recipients."""
    day = civil_day(body.used_on, "used_on")
    return {"use": record_use(app.db, me, Use(publication, body.mode, day, body.recipient))}


@router.get(
    "/pieces/{piece}/uses", response_model=RegisterOut, summary="The register of recipients of a piece"
)
def register(app: Ancrage, me: Me, piece: str) -> Json:
    """By publication: who received it, how and when; until when names are kept."""
    return {"register": register_json(app.db, me, piece)}


@router.post("/uses/{use}/erase", response_model=UseOut, summary="Erase a recipient's name")
def erase(app: Ancrage, me: Me, use: str, body: Reason) -> Json:
    """The line stays without the name; refused while the law asks for it."""
    return {"use": erase_recipient(app.db, me, use, body.reason)}


@router.get("/affected", response_model=AffectedItems, summary="What a source or a piece has led to")
def affected(
    app: Ancrage,
    me: Me,
    source: str | None = None,
    piece: str | None = None,
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = PAGE,
) -> Json:
    """Pieces by title, publications, the people to tell, and who had received what. `next` is the `after` of the page
    that follows; people and counts are of all pages.
    """
    return {"affected": affected_items(app.db, me, source=source, piece=piece, after=after, limit=limit)}


@router.get("/status/{prefix}", response_model=Status, summary="Is a copy in force?")
def status(app: Ancrage, prefix: str, response: Response) -> Json:
    """For anybody who holds a copy: by the first digits of its manifest's hash. Nothing of its content is told."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return {"status": copy_status(app.db, prefix)}


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
