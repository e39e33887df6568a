"""What is published: the list, a page around each piece, and the exact signed bytes."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.armour import signed_response
from api.auth import Ancrage, Me, checked_form
from api.errors import status_of
from api.web.answer_shape import places, rows_of
from api.web.pages.proofs import with_pictures
from api.web.paging import page_links
from api.web.rendering import page
from assistant.bootstrap import App
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.errors import Gone
from assistant.publishing.listing import publication_json, published_page
from assistant.publishing.rows import load_publication
from assistant.publishing.serving import published_bytes
from assistant.publishing.status import copy_status
from assistant.retrieval.view import citation_json
from assistant.review.layout import SECTIONS, SUBSECTIONS
from assistant.review.pieces import load_revision
from guardrails.model import Segment

router = APIRouter(dependencies=[Depends(checked_form)])
_ENDINGS = {"": "html", "html": "html", "txt": "text", "pdf": "pdf"}


@router.get("/published")
def published_list(request: Request, app: Ancrage, me: Me) -> Response:
    """What is served now, newest first."""
    require(me, Permission.READ_PUBLISHED)
    after = request.query_params.get("after", "")
    found, following = published_page(app.db, me, after=after)
    return page(
        request,
        "published_list.html",
        publications=found,
        **page_links("/published", {}, after, following),
    )


@router.get("/published/{publication_id}")
def publication_page(request: Request, app: Ancrage, me: Me, publication_id: str) -> Response:
    """Who signed it, on what it rests, until when; or that it is gone, and why."""
    require(me, Permission.READ_PUBLISHED)
    found = _publication(app, me, publication_id)
    if not found["served"]:
        return _gone(
            request,
            Gone(
                f"This content is no longer available. {found['reason']}",
                help="Ask its sender for what replaces it.",
            ),
            found["piece"] if me.may(Permission.READ_PIECES) else "",
        )
    return page(
        request,
        "published.html",
        publication=found,
        signatures=found["signatures"],
        sources=found["sources"],
        statements=_statements(app, me, publication_id),
        release=[(name, value) for name, value in found["release"].items() if value],
    )


def _statements(app: App, me: Actor, publication_id: str) -> list[dict[str, Any]]:
    """What the signed revision says, each statement with its citations and the pictures that this person may see."""
    with app.db.read() as connection:
        signed = load_revision(connection, load_publication(connection, publication_id).revision_id)
    told, heading = [], ""
    for segment in signed.document.segments:
        if segment.kind == "structure" and segment.role in SECTIONS | SUBSECTIONS:
            heading = segment.text
        elif segment.kind == "statement":
            told.append(_statement(app, me, segment, heading))
    return told


def _statement(app: App, me: Actor, segment: Segment, heading: str) -> dict[str, Any]:
    """The rows of a table name their place once; of a sentence each quote is shown with its picture.

    Its heading stands with it: "Severe hepatic impairment." alone does not say that it is contraindicated.
    """
    rows = rows_of(segment.text)
    cited = with_pictures(app, me, [citation_json(c) for c in segment.citations])
    return {
        "text": segment.text,
        "heading": heading,
        "rows": rows,
        "language": segment.language,
        "citations": places(cited) if rows else cited,
    }


def _publication(app: App, me: Actor, publication_id: str) -> dict[str, Any]:
    with app.db.read() as connection:
        found = load_publication(connection, publication_id)
    return publication_json(app.db, found, me)


def _gone(request: Request, refusal: Gone, piece: str = "") -> Response:
    return page(request, "gone.html", status=status_of(refusal), refusal=refusal, piece=piece)


@router.get("/status/{prefix}")
def status_page(request: Request, app: Ancrage, prefix: str) -> Response:
    """For anybody who holds a copy: whether it is in force, and nothing of its content."""
    return page(request, "status.html", copy=copy_status(app.db, prefix))


@router.get("/p/{name}")
def signed_bytes(request: Request, app: Ancrage, me: Me, name: str) -> Response:
    """The signed rendition, byte for byte: `/p/ID`, `/p/ID.txt`, `/p/ID.pdf`."""
    require(me, Permission.READ_PUBLISHED)
    publication_id, _, ending = name.partition(".")
    try:
        data, media_type = published_bytes(app.db, publication_id, _ENDINGS.get(ending, ending), me)
    except Gone as refusal:
        return _gone(request, refusal)
    return signed_response(data, media_type)
