"""Pieces: drafted, checked, listed, edited."""

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile

from api.auth import Ancrage, Me
from api.schemas import Draft, Json, NewAdaptation, NewDraft, NewWording, Pieces, Started
from api.web.pages.source_forms import put_down
from assistant.content.editing import edit_segment, remove_segment
from assistant.content.request import DraftRequest
from assistant.people.roles import Permission, require
from assistant.review.adaptation import adapt
from assistant.review.listing import MOST, pieces_page

router = APIRouter(tags=["drafting"])


@router.post("/drafts", response_model=Started, status_code=202, summary="Draft a piece")
def draft(app: Ancrage, me: Me, body: NewDraft) -> Json:
    """As a job; its result names the piece."""
    request = DraftRequest(**{**body.model_dump(), "sources": tuple(body.sources)})
    return {"jobs": [{"id": app.start_draft(me, request), "file": ""}]}


@router.post("/check", response_model=Draft, summary="Check an existing text")
def check(  # noqa: PLR0917  the fields of the form
    app: Ancrage,
    me: Me,
    file: Annotated[UploadFile, File(description="Text, Markdown, DOCX, PPTX or PDF.")],
    product: Annotated[str, Form()],
    market: Annotated[str, Form()],
    language: Annotated[str, Form()] = "",
    qualification: Annotated[str | None, Form()] = None,
) -> Json:
    """It becomes a piece whose statements have proposed citations and findings."""
    require(me, Permission.DRAFT)
    with tempfile.TemporaryDirectory(dir=app.settings.home) as folder:
        path = put_down(file, Path(folder), 0)
        request = DraftRequest(product, "text", market.upper(), language, qualification=qualification)
        return app.check(me, path, request)


@router.get("/pieces", response_model=Pieces, summary="List the pieces")
def pieces(  # noqa: PLR0917  the parameters of the address
    app: Ancrage,
    me: Me,
    status: str | None = None,
    kind: str | None = None,
    product: str | None = None,
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> Json:
    """Last changed first. `next` is the `after` of the page that follows."""
    found, following = pieces_page(
        app.db, me, status=status, kind=kind, product=product, after=after, limit=limit
    )
    return {"pieces": found, "next": following or None}


@router.get("/pieces/{piece}", response_model=Draft, summary="Show a piece")
def piece(app: Ancrage, me: Me, piece: str) -> Json:
    """As it was drafted or last edited."""
    require(me, Permission.READ_PIECES)
    return app.drafted(me, piece)


@router.put("/pieces/{piece}/statements/{statement}", response_model=Draft, summary="Edit")
def edit(app: Ancrage, me: Me, piece: str, statement: str, body: NewWording) -> Json:
    """A new revision, which voids the signatures; the same text again changes nothing."""
    edit_segment(app.db, me, piece, statement, body.text, body.base)
    return app.drafted(me, piece)


@router.delete("/pieces/{piece}/statements/{statement}", response_model=Draft, summary="Leave out")
def leave_out(
    app: Ancrage,
    me: Me,
    piece: str,
    statement: str,
    base: Annotated[str, Query(description="The id of the revision that was read.")],
) -> Json:
    """A new revision without it, which voids the signatures; a question goes with its options and feedback."""
    remove_segment(app.db, me, piece, statement, base)
    return app.drafted(me, piece)


@router.post("/pieces/{piece}/adapt", response_model=Draft, status_code=201, summary="Adapt for a market")
def adapt_piece(app: Ancrage, me: Me, piece: str, body: NewAdaptation) -> Json:
    """A new piece that begins as what is published of this one, and stays linked to that revision."""
    made = adapt(app.db, me, piece, body.market, audience=body.audience, channel=body.channel)
    return app.drafted(me, made.id)
