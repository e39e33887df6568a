"""Pieces: drafted, checked, edited, reviewed, signed, published, recalled."""

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile

from api.auth import Ancrage, Me
from api.schemas import (
    Draft,
    Json,
    NewAttestation,
    NewComment,
    NewDraft,
    NewOverride,
    NewRelease,
    NewSignature,
    NewWording,
    Pieces,
    PublicationOut,
    Publications,
    Reason,
    Recalled,
    Review,
    Started,
    Submission,
    Tasks,
)
from api.web.pages.source_forms import put_down
from assistant.content.editing import edit_segment
from assistant.content.request import DraftRequest
from assistant.people.roles import Permission, require
from assistant.publishing.listing import list_published, publication_json
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.publishing.serving import published_bytes
from assistant.review import attestations, comments, decisions, overrides, submission, tasks
from assistant.review.listing import list_pieces
from assistant.review.view import review_json, tasks_json

router = APIRouter()
drafting, reviewing, publishing = ["drafting"], ["review"], ["publishing"]


@router.post("/drafts", response_model=Started, status_code=202, summary="Draft a piece", tags=drafting)
def draft(app: Ancrage, me: Me, body: NewDraft) -> Json:
    """As a job; its result names the piece."""
    request = DraftRequest(**{**body.model_dump(), "sources": tuple(body.sources)})
    return {"jobs": [{"id": app.start_draft(me, request), "file": ""}]}


@router.post("/check", response_model=Draft, summary="Check an existing text", tags=drafting)
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


@router.get("/pieces", response_model=Pieces, summary="List the pieces", tags=drafting)
def pieces(
    app: Ancrage, me: Me, status: str | None = None, kind: str | None = None, product: str | None = None
) -> Json:
    """Last changed first."""
    return {"pieces": list_pieces(app.db, me, status=status, kind=kind, product=product)}


@router.get("/pieces/{piece}", response_model=Draft, summary="Show a piece", tags=drafting)
def piece(app: Ancrage, me: Me, piece: str) -> Json:
    """As it was drafted or last edited."""
    require(me, Permission.READ_PIECES)
    return app.drafted(me, piece)


@router.put("/pieces/{piece}/statements/{statement}", response_model=Draft, summary="Edit", tags=drafting)
def edit(app: Ancrage, me: Me, piece: str, statement: str, body: NewWording) -> Json:
    """A new revision, which voids the signatures; the same text again changes nothing."""
    edit_segment(app.db, me, piece, statement, body.text, body.base)
    return app.drafted(me, piece)


@router.post("/pieces/{piece}/submit", response_model=Review, summary="Send to review", tags=reviewing)
def submit(app: Ancrage, me: Me, piece: str, body: Submission) -> Json:
    """What blocks at submission stops it, unless it goes with a request for override."""
    submission.submit(app.db, me, piece, **body.model_dump())
    return review_json(app.db, me, piece)


@router.get("/tasks", response_model=Tasks, summary="List tasks", tags=reviewing)
def list_all_tasks(app: Ancrage, me: Me, status: str | None = None, everybody: bool = False) -> Json:
    """Yours and those that you may take; with `everybody`, all."""
    found = tasks.list_tasks(app.db, me, status=status, everybody=everybody)
    return {"tasks": tasks_json(app.db, me, found)}


@router.get("/pieces/{piece}/review", response_model=Review, summary="Show a review", tags=reviewing)
def show_review(app: Ancrage, me: Me, piece: str) -> Json:
    """As its reviewers see it; the checks run as of now."""
    return review_json(app.db, me, piece)


@router.post("/reviews/{task}/claim", response_model=Review, summary="Take a task", tags=reviewing)
def claim(app: Ancrage, me: Me, task: str) -> Json:
    """By the id of the task, or of the piece."""
    taken = tasks.claim(app.db, me, task)
    return review_json(app.db, me, taken.piece_id, task=taken.id)


@router.post("/reviews/{task}/approve", response_model=Review, summary="Sign and approve", tags=reviewing)
def approve(app: Ancrage, me: Me, task: str, body: NewSignature) -> Json:
    """A signature names the exact manifest, the person, the time and the meaning."""
    decided = decisions.approve(
        app.db,
        me,
        task,
        body.password,
        meaning=body.meaning,
        manifest_hash=body.manifest_hash,
        changes=body.changes,
    )
    return review_json(app.db, me, decided.piece.id, task=decided.task.id)


@router.post("/reviews/{task}/request-changes", response_model=Review, summary="Send back", tags=reviewing)
def request_changes(app: Ancrage, me: Me, task: str, body: Reason) -> Json:
    """The piece returns to its writer."""
    decided = decisions.request_changes(app.db, me, task, body.reason)
    return review_json(app.db, me, decided.piece.id, task=decided.task.id)


@router.post("/reviews/{task}/reject", response_model=Review, summary="Reject", tags=reviewing)
def reject(app: Ancrage, me: Me, task: str, body: Reason) -> Json:
    """The piece ends."""
    decided = decisions.reject(app.db, me, task, body.reason)
    return review_json(app.db, me, decided.piece.id, task=decided.task.id)


@router.post(
    "/pieces/{piece}/comments", response_model=Review, status_code=201, summary="Comment", tags=reviewing
)
def comment(app: Ancrage, me: Me, piece: str, body: NewComment) -> Json:
    """On the piece, or on one of its statements."""
    comments.comment(app.db, me, piece, body.text, lineage=body.statement, mandatory=body.mandatory)
    return review_json(app.db, me, piece)


@router.post("/comments/{comment}/resolve", response_model=Review, summary="Settle a comment", tags=reviewing)
def resolve(app: Ancrage, me: Me, comment: str) -> Json:
    """A settled one stays as it is."""
    return review_json(app.db, me, comments.resolve_comment(app.db, me, comment))


@router.post(
    "/pieces/{piece}/attestations", response_model=Review, status_code=201, summary="Attest", tags=reviewing
)
def attest(app: Ancrage, me: Me, piece: str, body: NewAttestation) -> Json:
    """For a medical reviewer."""
    attestations.attest(app.db, me, piece, body.statement, body.reason)
    return review_json(app.db, me, piece)


@router.post(
    "/pieces/{piece}/overrides", response_model=Review, status_code=201, summary="Override", tags=reviewing
)
def override(app: Ancrage, me: Me, piece: str, body: NewOverride) -> Json:
    """The block falls once two named reviewers have given a reason."""
    overrides.override(app.db, me, piece, body.rule, body.place, body.reason)
    return review_json(app.db, me, piece)


@router.post(
    "/pieces/{piece}/publish",
    response_model=PublicationOut,
    status_code=201,
    summary="Publish",
    tags=publishing,
)
def release(app: Ancrage, me: Me, piece: str, body: NewRelease) -> Json:
    """Exactly the bytes that were signed."""
    publication = publish(app.db, me, piece, body.model_dump(exclude_none=True) or None)
    return {"publication": publication_json(app.db, publication)}


@router.post("/pieces/{piece}/recall", response_model=Recalled, summary="Recall", tags=publishing)
def recall(app: Ancrage, me: Me, piece: str, body: Reason) -> Json:
    """It stops being served at once."""
    return {"recalled": recall_piece(app.db, me, piece, body.reason), "sources": []}


@router.get("/publications", response_model=Publications, summary="What is served now", tags=publishing)
def publications(app: Ancrage, me: Me, product: str | None = None, stopped: bool = False) -> Json:
    """With `stopped`, also what is not served any more, and why."""
    require(me, Permission.READ_PUBLISHED)
    return {"publications": list_published(app.db, product=product, stopped=stopped)}


@router.get(
    "/publications/{publication}/{rendition}",
    summary="The signed bytes",
    tags=publishing,
    response_class=Response,
    responses={410: {"description": "It is not served any more; the message says why."}},
)
def rendition(app: Ancrage, me: Me, publication: str, rendition: str) -> Response:
    """`html`, `text` or `pdf`, byte for byte."""
    require(me, Permission.READ_PUBLISHED)
    data, media_type = published_bytes(app.db, publication, rendition)
    return Response(data, media_type=media_type)
