"""Work under way: a job, or the jobs of several files, with progress that refreshes by itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from sqlalchemy import select
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, checked_form
from api.web.language import N_, catalogue
from api.web.pages.source_forms import as_sent
from api.web.pages.source_text import warnings_text
from api.web.paging import page_links
from api.web.refusals import Refusal, in_language
from api.web.rendering import page, reader_language
from assistant.bootstrap import App
from assistant.corpus.sources import get_source
from assistant.corpus.view import source_json
from assistant.jobs import JobProgress
from assistant.jobs.ingest import request_from_json
from assistant.jobs.refusals import error_from_json
from assistant.jobs.table import load_job, no_such_job
from assistant.people.roles import Actor, Permission, require
from assistant.store.schema import job as job_table
from assistant.store.schema import piece as piece_table

router = APIRouter(dependencies=[Depends(checked_form)])
UNDER_WAY = frozenset({"queued", "running"})
_MOST = 50
_CHOSEN = ("kind", "product", "market", "language", "topic", "qualification", "engine")
_DOING = {
    "reading": N_("reading"),
    "embedding": N_("indexing"),
    "choosing": N_("choosing sentences"),
    "writing": N_("writing"),
    "checking": N_("checking"),
    "asking": N_("asking the model"),
    "repairing": N_("asking the model to mend what did not stand"),
    "waiting": N_("waiting for the model's endpoint"),
}


def job_of(app: App, me: Actor, job_id: str) -> tuple[JobProgress, Mapping[str, Any]]:
    """One's own job, or anybody's for who runs the system, with its arguments. Raises NotFound."""
    with app.db.read() as connection:
        row = load_job(connection, job_id)
    if row.created_by != me.id and not me.may(Permission.RUN_SYSTEM):
        raise no_such_job(job_id)
    return app.jobs.progress(job_id), row.arguments


@router.get("/jobs")
def jobs_page(request: Request, app: Ancrage, me: Me) -> Response:
    """The newest jobs."""
    require(me, Permission.RUN_SYSTEM)
    after = request.query_params.get("after", "")
    found, following = app.jobs.recent(after)
    links = page_links("/jobs", {}, after, following)
    return page(request, "jobs.html", jobs=_named(app, found), **links)


def _named(app: App, jobs: Sequence[JobProgress]) -> list[tuple[JobProgress, str, datetime]]:
    """Each job with what it is about, the file that is read or the piece that was drafted, and when it was begun."""
    written = {job.id: str((job.result or {}).get("piece", "")) for job in jobs}
    table = job_table.c
    with app.db.read() as connection:
        titles = {
            row.id: row.title
            for row in connection.execute(
                select(piece_table.c.id, piece_table.c.title).where(piece_table.c.id.in_(written.values()))
            )
        }
        begun = {
            row.id: row
            for row in connection.execute(
                select(table.id, table.arguments, table.created_at).where(table.id.in_(written))
            )
        }
    return [
        (
            job,
            titles.get(written[job.id]) or str(begun[job.id].arguments.get("name", "")),
            begun[job.id].created_at,
        )
        for job in jobs
    ]


@router.get("/jobs/{job_ids}")
def job_page(request: Request, app: Ancrage, me: Me, job_ids: str) -> Response:
    """How far the work is; a draft that is done leads to its piece."""
    language = reader_language(request)
    say = catalogue(language).gettext
    found = [job_of(app, me, job_id) for job_id in job_ids.split(",")[:_MOST]]
    progress = [one for one, _arguments in found]
    if len(found) == 1 and progress[0].status == "done":
        address = _result_address(progress[0])
        if address and progress[0].kind == "draft":
            return RedirectResponse(f"{address}?done=drafted", 303)
        if address and progress[0].kind == "reread":
            return RedirectResponse(address, 303)
    back = (
        ("/pieces", say("See the pieces"))
        if progress[0].kind == "draft"
        else ("/sources", say("See the sources"))
    )
    return page(
        request,
        "job.html",
        jobs=[_shown(app, one, arguments, language) for one, arguments in found],
        under_way=any(one.status in UNDER_WAY for one in progress),
        back=back,
    )


def _shown(app: App, job: JobProgress, arguments: Mapping[str, Any], language: str) -> dict[str, Any]:
    say = catalogue(language).gettext
    result = job.result or {}
    note, warnings = "", list[str]()
    if job.kind == "ingest" and job.status == "done":
        source = get_source(app.db, result["source"])
        note = source.title
        if result.get("already_known"):
            note = say("%(title)s was there already: nothing was changed.") % {"title": source.title}
        warnings = warnings_text(source_json(app.db, source)["warnings"], language)
    doing = job.doing.partition(" ")[0]  # the file's name follows it, which stands above already
    return {
        "id": job.id,
        "kind": job.kind,
        "status": job.status,
        "done": job.done,
        "total": job.total,
        "doing": say(_DOING[doing]) if doing in _DOING else job.doing,
        "name": arguments.get("name", ""),
        "note": note,
        "warnings": warnings,
        "refusal": _refusal(job, language),
        "again": _again(job, arguments),
        "address": _result_address(job),
        "action": say("Open the piece") if result.get("piece") else say("Open the source"),
    }


def _again(job: JobProgress, arguments: Mapping[str, Any]) -> str:
    """Of a refused draft or file: the form, as it was sent."""
    if not job.error:
        return ""
    if job.kind == "ingest" and "request" in arguments:
        return f"/sources/new?{urlencode(as_sent(request_from_json(arguments['request'])), doseq=True)}"
    if job.kind != "draft":
        return ""
    kept = {name: arguments.get(name) or "" for name in _CHOSEN}
    return f"/pieces/new?{urlencode({**kept, 'source': arguments.get('sources') or []}, doseq=True)}"


def _refusal(job: JobProgress, language: str) -> Refusal | None:
    return in_language(error_from_json(job.error), language) if job.error else None


def _result_address(job: JobProgress) -> str:
    result = job.result or {}
    if result.get("piece"):
        return f"/pieces/{result['piece']}"
    return f"/sources/{result['source']}" if result.get("source") else ""
