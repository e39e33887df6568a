"""Approved documents: added as jobs, approved, withdrawn, searched."""

import tempfile
import time
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile

from api.auth import Ancrage, Me
from api.refusal import error_json
from api.schemas import (
    Affected,
    Hits,
    JobOut,
    Json,
    NewApproval,
    NewRight,
    Reason,
    Recalled,
    SourceOut,
    Sources,
    Started,
)
from api.web.pages.jobs import job_of
from api.web.pages.source_forms import put_down
from assistant.corpus.model import USES, ApprovalRequest, SourceRequest
from assistant.corpus.rights import set_display_right
from assistant.corpus.showing import shown_source, sources_page
from assistant.corpus.sources import get_source, source_json
from assistant.corpus.written import civil_day, page_numbers, time_stretches
from assistant.errors import InvalidInput
from assistant.people.roles import Permission, require
from assistant.publishing.dependents import affected
from assistant.retrieval.asking import MOST_HITS, query_for
from assistant.retrieval.showing import shown_search
from ingestion.errors import AncrageError

router = APIRouter(tags=["sources"])


@router.get("/sources", response_model=Sources, summary="List the sources")
def sources(
    app: Ancrage,
    me: Me,
    product: str | None = None,
    status: str | None = None,
    after: str = "",
    limit: Annotated[int | None, Query(ge=1, le=1000)] = None,
) -> Json:
    """Of one product, or all. With `limit`, `next` is the `after` of the page that follows."""
    found, following = sources_page(app.db, me, product, status, after=after, limit=limit)
    return {"sources": found, "next": following}


@router.post("/sources", response_model=Started, status_code=202, summary="Add documents")
def add_sources(  # noqa: PLR0917  the fields of the form
    app: Ancrage,
    me: Me,
    file: Annotated[list[UploadFile], File(description="One or several: PDF, PPTX, DOCX, VTT, SRT.")],
    product: Annotated[str, Form(description="Its name; an unknown one is registered.")],
    kind: Annotated[str, Form(description="label, paper, deck, transcript, claims, guideline or opinion.")],
    market: Annotated[list[str], Form(description="No market implies another.")],
    language: Annotated[str | None, Form()] = None,
    audience: Annotated[list[str], Form()] = ["hcp"],  # noqa: B006  FastAPI copies it
    use: Annotated[list[str], Form()] = list(USES),  # noqa: B006
    title: Annotated[str | None, Form()] = None,
    approval: Annotated[str | None, Form(description="The approval's reference; all three or none.")] = None,
    approved_on: Annotated[str | None, Form()] = None,
    expires_on: Annotated[str | None, Form()] = None,
    replaces: Annotated[str | None, Form()] = None,
    cite_notes: Annotated[bool, Form()] = False,
    cite_questions: Annotated[bool, Form()] = False,
    exclude_pages: Annotated[str, Form(description="For instance 3,7-9.")] = "",
    exclude_times: Annotated[str, Form(description="For instance 00:10:00-00:12:30.")] = "",
    display_right: Annotated[str, Form(description="What may be shown outside the company.")] = "in_house",
    reference: Annotated[str | None, Form(description="Bibliographic reference, Vancouver form.")] = None,
) -> Json:
    """Each file is read as a job of its own; a bad one never stops the others."""
    require(me, Permission.ADD_SOURCE)
    request = SourceRequest(
        product=product,
        kind=kind,
        markets=tuple(dict.fromkeys(code.upper() for code in market)),
        language=language,
        audiences=tuple(audience),
        uses=tuple(use),
        title=title,
        approval=_approval(approval, approved_on, expires_on),
        replaces=replaces,
        cite_notes=cite_notes,
        cite_questions=cite_questions,
        excluded_pages=page_numbers(exclude_pages),
        excluded_times=time_stretches(exclude_times),
        display_right=display_right,
        reference=reference,
    )
    jobs, refused = [], []
    with tempfile.TemporaryDirectory(dir=app.settings.home) as folder:
        for at, upload in enumerate(file):
            path = put_down(upload, Path(folder), at)
            try:
                jobs.append({"id": app.start_ingest(me, path, request), "file": path.name})
            except AncrageError as error:
                refused.append({"file": path.name, **error_json(error)})
                if len(file) == 1:
                    raise
    return {"jobs": jobs, "refused": refused}


def _approval(
    reference: str | None, approved_on: str | None, expires_on: str | None
) -> ApprovalRequest | None:
    if not (reference or approved_on or expires_on):
        return None
    if not (reference and approved_on and expires_on):
        raise InvalidInput("An approval needs its reference and both dates.", help="Give all three, or none.")
    return ApprovalRequest(
        reference, civil_day(approved_on, "approved_on"), civil_day(expires_on, "expires_on")
    )


@router.get("/sources/{source}", response_model=SourceOut, summary="Show a source")
def show_source(app: Ancrage, me: Me, source: str, text: bool = False) -> Json:
    """With `text`, every page's text and quality too."""
    return {"source": shown_source(app.db, me, source, with_text=text)}


@router.post("/sources/{source}/approve", response_model=SourceOut, summary="Record an approval")
def approve(app: Ancrage, me: Me, source: str, body: NewApproval) -> Json:
    """From its first day on the source may be quoted."""
    request = ApprovalRequest(
        body.approval, civil_day(body.approved_on, "approved_on"), civil_day(body.expires_on, "expires_on")
    )
    return app.approve(me, source, request)


@router.post("/sources/{source}/rights", response_model=SourceOut, summary="Change what may be shown")
def rights(app: Ancrage, me: Me, source: str, body: NewRight) -> Json:
    """From now on, wherever a page, a file or a long quote is served."""
    return {"source": source_json(app.db, set_display_right(app.db, me, source, body.display, body.reason))}


@router.get("/sources/{source}/affected", response_model=Affected, summary="What a withdrawal would stop")
def would_stop(app: Ancrage, me: Me, source: str) -> Json:
    """Published pieces first."""
    require(me, Permission.READ_SOURCES)
    get_source(app.db, source)
    with app.db.read() as connection:
        return {"affected": affected(connection, [source])}


@router.post("/sources/{source}/withdraw", response_model=Recalled, summary="Withdraw a source")
def withdraw(app: Ancrage, me: Me, source: str, body: Reason) -> Json:
    """What was published from it is no longer served from this moment."""
    return app.withdraw(me, source, body.reason)


@router.get("/jobs/{job}", response_model=JobOut, summary="How far some work is", tags=["jobs"])
def job(app: Ancrage, me: Me, job: str) -> Json:
    """Your own work, or anybody's for an administrator."""
    found, _arguments = job_of(app, me, job)
    return {
        "job": {
            "id": found.id,
            "kind": found.kind,
            "status": found.status,
            "done": found.done,
            "total": found.total,
            "doing": found.doing,
            "result": found.result,
            "error": found.error,
        }
    }


@router.get("/search", response_model=Hits, summary="Search what may be used now", tags=["search"])
def search(  # noqa: PLR0917  the parameters of the query
    app: Ancrage,
    me: Me,
    q: Annotated[str, Query(min_length=1, max_length=2000, description="The words.")],
    product: str,
    market: str,
    k: Annotated[int, Query(ge=1, le=MOST_HITS)] = 8,
    audience: str = "hcp",
    use: str | None = None,
    language: str | None = None,
) -> Json:
    """Words and vectors together, best first."""
    query = query_for(app.db, me, q, product, market, use, audience, language, k)
    searcher = app.searcher
    began = time.perf_counter()
    shown = shown_search(app.db, me, searcher.found(query))
    return {**shown, "ms": round((time.perf_counter() - began) * 1000, 1)}
