"""Review: submission, tasks, comments, attestations, overrides, signatures."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import Ancrage, Me
from api.schemas import (
    Json,
    NewAttestation,
    NewComment,
    NewDispute,
    NewOverride,
    NewSignature,
    Reason,
    Review,
    Submission,
    Tasks,
)
from assistant.review import attestations, comments, decisions, disputes, overrides, submission, tasks
from assistant.review.expected import expected_pieces
from assistant.review.view import review_json, tasks_json

router = APIRouter(tags=["review"])


@router.post("/pieces/{piece}/submit", response_model=Review, summary="Send to review")
def submit(app: Ancrage, me: Me, piece: str, body: Submission) -> Json:
    """What blocks at submission stops it, unless it goes with a request for override."""
    submission.submit(app.db, me, piece, **body.model_dump())
    return review_json(app.db, me, piece)


@router.get("/tasks", response_model=Tasks, summary="List tasks")
def list_all_tasks(
    app: Ancrage,
    me: Me,
    status: str | None = None,
    everybody: bool = False,
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=tasks.MOST)] = tasks.PAGE,
) -> Json:
    """Yours and those that you may take, the soonest due first; with `everybody`, all. `next` is the `after` of the
    page that follows; your own pieces and those that you may release stand beside the first page.
    """
    found = tasks.list_tasks(app.db, me, status=status, everybody=everybody, after=after, limit=limit)
    return {
        "tasks": tasks_json(app.db, me, found.tasks),
        "next": found.next or None,
        "pieces": [] if after else expected_pieces(app.db, me),
    }


@router.get("/pieces/{piece}/review", response_model=Review, summary="Show a review")
def show_review(app: Ancrage, me: Me, piece: str) -> Json:
    """As its reviewers see it; the checks run as of now."""
    return review_json(app.db, me, piece)


@router.post("/reviews/{task}/claim", response_model=Review, summary="Take a task")
def claim(app: Ancrage, me: Me, task: str) -> Json:
    """By the id of the task, or of the piece."""
    taken = tasks.claim(app.db, me, task)
    return review_json(app.db, me, taken.piece_id, task=taken.id)


@router.post("/reviews/{task}/approve", response_model=Review, summary="Sign and approve")
def approve(app: Ancrage, me: Me, task: str, body: NewSignature) -> Json:
    """A signature names the exact manifest, the person, the time and the meaning."""
    decided = decisions.approve(
        app.db,
        me,
        task,
        app.given_password(body.password),
        meaning=body.meaning,
        manifest_hash=body.manifest_hash,
        changes=body.changes,
    )
    return review_json(app.db, me, decided.piece_id, task=decided.task_id)


@router.post("/reviews/{task}/request-changes", response_model=Review, summary="Send back")
def request_changes(app: Ancrage, me: Me, task: str, body: Reason) -> Json:
    """The piece returns to its writer."""
    decided = decisions.request_changes(app.db, me, task, body.reason)
    return review_json(app.db, me, decided.piece_id, task=decided.task_id)


@router.post("/reviews/{task}/reject", response_model=Review, summary="Reject")
def reject(app: Ancrage, me: Me, task: str, body: Reason) -> Json:
    """The piece ends."""
    decided = decisions.reject(app.db, me, task, body.reason)
    return review_json(app.db, me, decided.piece_id, task=decided.task_id)


@router.post("/pieces/{piece}/comments", response_model=Review, status_code=201, summary="Comment")
def comment(app: Ancrage, me: Me, piece: str, body: NewComment) -> Json:
    """On the piece, or on one of its statements."""
    comments.comment(
        app.db,
        me,
        piece,
        body.text,
        lineage=body.statement,
        mandatory=body.mandatory,
        parent=body.parent,
        quoted=body.quoted,
        at=body.at,
    )
    return review_json(app.db, me, piece)


@router.post("/comments/{comment}/resolve", response_model=Review, summary="Settle a comment")
def resolve(app: Ancrage, me: Me, comment: str) -> Json:
    """A settled one stays as it is."""
    return review_json(app.db, me, comments.resolve_comment(app.db, me, comment))


@router.post("/pieces/{piece}/attestations", response_model=Review, status_code=201, summary="Attest")
def attest(app: Ancrage, me: Me, piece: str, body: NewAttestation) -> Json:
    """For a medical reviewer."""
    attestations.attest(app.db, me, piece, body.statement, body.reason)
    return review_json(app.db, me, piece)


@router.post("/pieces/{piece}/overrides", response_model=Review, status_code=201, summary="Override")
def override(app: Ancrage, me: Me, piece: str, body: NewOverride) -> Json:
    """The block falls once two named reviewers have given a reason."""
    overrides.override(app.db, me, piece, body.rule, body.place, body.reason)
    return review_json(app.db, me, piece)


@router.post("/pieces/{piece}/disputes", response_model=Review, status_code=201, summary="Dispute a finding")
def contest(app: Ancrage, me: Me, piece: str, body: NewDispute) -> Json:
    """It stands, and becomes an evaluation example."""
    disputes.dispute(app.db, me, piece, body.rule, body.place, body.reason)
    return review_json(app.db, me, piece)
