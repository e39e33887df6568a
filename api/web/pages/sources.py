"""Sources: the list, adding, approving, withdrawing, and the pages of one document."""

import tempfile
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import FileResponse, RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, files_of, text_of
from api.errors import status_of
from api.web.choices import MARKETS, options, product_options
from api.web.language import catalogue
from api.web.pages.acts import Act, act_page
from api.web.pages.pulled import pulled_by_source
from api.web.pages.source_forms import approval_request, brought_back, put_down, source_request, typed
from api.web.pages.source_text import beginnings, warnings_text
from api.web.paging import page_links
from api.web.rendering import page, reader_language
from assistant.bootstrap import App
from assistant.corpus.catalogue import SORTS, choose, corpus, cut, query_of
from assistant.corpus.claims import claims_json
from assistant.corpus.model import LANGUAGES, Source
from assistant.corpus.products import list_products
from assistant.corpus.references import reference_json
from assistant.corpus.rereading import reader_json
from assistant.corpus.rights import hands_over_file, require_file, shows_pages
from assistant.corpus.sources import get_source, list_sources, source_json
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.calendar import reminders
from assistant.review.listing import pieces_citing
from ingestion.bibliography.model import BibliographicReference
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
FIRST_PAGES = 30
"""Shown before the reader asks for all."""


@router.get("/sources")
def sources_page(request: Request, app: Ancrage, me: Me) -> Response:
    """All sources, filtered."""
    require(me, Permission.READ_SOURCES)
    every = corpus(app.db, me)
    query = query_of(request.query_params)
    column, backwards = query.sorted_by()
    known = {
        name: sorted({value for row in every for value in row[name]}) for name in ("markets", "audiences")
    }
    fitting, after = choose(every, query), request.query_params.get("after", "")
    shown, following = cut(fitting, after)
    kept = {name: value for name, value in request.query_params.items() if name not in {"after", "done"}}
    return page(
        request,
        "sources.html",
        sources=shown,
        fitting=len(fitting),
        **page_links("/sources", kept, after, following),
        total=len(every),
        query=query,
        filtered=query.filtered(),
        sort_column=column,
        backwards=backwards,
        sort_addresses={name: _sort_address(request, name, column, backwards) for name in SORTS},
        products=product_options(app),
        kinds=options(request, "source_kind"),
        statuses=options(request, "source_status"),
        spoken=options(request, "language", LANGUAGES),
        uses=options(request, "qualification"),
        rights=options(request, "display_right"),
        pages_of=options(request, "pages_filter"),
        references=options(request, "reference_filter"),
        spans=options(request, "expiry_span"),
        audiences=options(request, "audience", known["audiences"]),
        markets=[(code, code) for code in known["markets"]],
    )


def _sort_address(request: Request, name: str, column: str, backwards: bool) -> str:
    """The same filters, sorted by this column; the column that sorts already, the other way round."""
    wanted = f"-{name}" if name == column and not backwards else name
    given = {
        key: value for key, value in request.query_params.items() if key not in {"sort", "after"} and value
    }
    return f"/sources?{urlencode({**given, 'sort': wanted})}"


@router.get("/sources/new")
def new_source_form(request: Request, app: Ancrage, me: Me) -> Response:
    """The form: empty, or as the address fills it in after a file was refused."""
    require(me, Permission.ADD_SOURCE)
    return _new_page(request, app, brought_back(request.query_params, reader_language(request)))


@router.post("/sources")
def new_source(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Take the files in: each is read as a job of its own."""
    require(me, Permission.ADD_SOURCE)
    try:
        wanted = source_request(form)
        uploads = files_of(form, "files")
        if not uploads:
            raise InvalidInput("No file was chosen.", help="Choose at least one file.", field="files")
        with tempfile.TemporaryDirectory(dir=app.settings.home) as folder:
            paths = [put_down(upload, Path(folder), at) for at, upload in enumerate(uploads)]
            jobs = [app.start_ingest(me, path, wanted) for path in paths]
    except AncrageError as refusal:
        return _new_page(request, app, typed(form), refusal)
    return RedirectResponse(f"/jobs/{','.join(jobs)}", 303)


def _new_page(
    request: Request, app: App, values: dict[str, Any], refusal: AncrageError | None = None
) -> Response:
    older = [source for source in list_sources(app.db) if source.status == "approved"]
    return page(
        request,
        "source_new.html",
        status=status_of(refusal) if refusal else 200,
        values=values,
        products=[product.name for product in list_products(app.db)],
        kinds=options(request, "source_kind"),
        markets=options(request, "market", MARKETS),
        audiences=options(request, "audience"),
        uses=options(request, "qualification"),
        rights=options(request, "display_right"),
        replaceable=[(source.id, f"{source.product}: {source.title}") for source in older],
        refusal=refusal,
    )


@router.get("/sources/{source_id}")
def source_page(request: Request, app: Ancrage, me: Me, source_id: str) -> Response:
    """One source."""
    require(me, Permission.READ_SOURCES)
    values = {"reference": "", "approved_on": "", "expires_on": ""}
    return source_page_with(request, app, me, source_id, values)


def source_page_with(
    request: Request,
    app: App,
    me: Actor,
    source_id: str,
    values: Mapping[str, str],
    refusal: AncrageError | None = None,
) -> Response:
    """The source's page, with what was typed before a refusal."""
    language = reader_language(request)
    source = get_source(app.db, source_id)
    found = source_json(app.db, source, with_text=True)
    pages = found.pop("text") if shows_pages(me, source.display_right) else []
    with app.db.read() as connection:
        reference = reference_json(connection, source)
        claims = claims_json(connection, source_id)
        reader = reader_json(connection, source)
    reference["fields"] = {one.name: "" for one in fields(BibliographicReference)} | reference["fields"]
    shown = pages if request.query_params.get("all") else pages[:FIRST_PAGES]
    firsts = beginnings([one["text"] for one in pages])
    made = pieces_citing(app.db, me, source_id) if me.may(Permission.READ_PIECES) else []
    return page(
        request,
        "source.html",
        status=status_of(refusal) if refusal else 200,
        source=found,
        pages=[
            {
                **one,
                "place": place_of_page(found["format"], one["number"], language),
                "begins": begins,
            }
            for one, begins in zip(shown, firsts, strict=False)
        ],
        more_pages=len(pages) - len(shown),
        warnings=warnings_text(found["warnings"], language),
        claims=claims,
        made=[{**piece, "address": f"/pieces/{piece['id']}"} for piece in made],
        values=values,
        rights=options(request, "display_right"),
        decks=_decks_of(app, source),
        reminded=[one for one in reminders(app.db, me, ("source",)) if one["id"] == source_id],
        may_have_file=hands_over_file(me, source.display_right),
        reference=reference,
        reader=reader,
        authors="; ".join(reference["fields"]["authors"]),
        refusal=refusal,
    )


def _decks_of(app: App, source: Source) -> list[tuple[str, str]]:
    """The decks that a recording may speak to, by id and title."""
    if source.kind != "transcript":
        return []
    every = list_sources(app.db, source.product)
    return [(one.id, one.title) for one in every if one.kind == "deck" and one.status != "withdrawn"]


def place_of_page(file_format: str, number: int, language: str) -> str:
    """The page's name as a person says it: Page 3, Slide 3 or Turn 3."""
    say = catalogue(language).gettext
    name = {"pptx": say("Slide %(n)s"), "transcript": say("Turn %(n)s")}.get(file_format, say("Page %(n)s"))
    return name % {"n": number}


@router.post("/sources/{source_id}/approve")
def approve(request: Request, app: Ancrage, me: Me, form: Posted, source_id: str) -> Response:
    """Record an approval."""
    require(me, Permission.APPROVE_SOURCE)
    try:
        asked = approval_request(form, required=True)
        assert asked is not None
        answer = app.approve(me, source_id, asked)
    except AncrageError as refusal:
        require(me, Permission.READ_SOURCES)
        values = {name: text_of(form, name) for name in ("reference", "approved_on", "expires_on")}
        return source_page_with(request, app, me, source_id, values, refusal)
    return RedirectResponse(f"/sources/{source_id}?done={_done(answer, 'source_approved')}", 303)


@router.get("/sources/{source_id}/withdraw")
def withdraw_form(request: Request, app: Ancrage, me: Me, source_id: str) -> Response:
    """What a withdrawal stops, before it is asked for."""
    require(me, Permission.WITHDRAW_SOURCE)
    return _withdraw_page(request, app, me, source_id)


@router.post("/sources/{source_id}/withdraw")
def withdraw(request: Request, app: Ancrage, me: Me, form: Posted, source_id: str) -> Response:
    """Withdraw, and stop what rests on it."""
    try:
        answer = app.withdraw(me, source_id, text_of(form, "reason"))
    except AncrageError as refusal:
        require(me, Permission.WITHDRAW_SOURCE)
        return _withdraw_page(request, app, me, source_id, text_of(form, "reason"), refusal)
    return RedirectResponse(f"/sources/{source_id}?done={_done(answer, 'source_withdrawn')}", 303)


def _done(answer: dict[str, Any], code: str) -> str:
    """The outcome's code, or that something is still to follow."""
    return "follow_up_pending" if "follow_up" in answer else code


def _withdraw_page(
    request: Request,
    app: App,
    me: Actor,
    source_id: str,
    reason: str = "",
    refusal: AncrageError | None = None,
) -> Response:
    say = catalogue(reader_language(request)).gettext
    source = get_source(app.db, source_id)
    act = Act(
        heading=say("Withdraw %(title)s") % {"title": source.title},
        lead=say(
            "A withdrawn source is never found or quoted again, and what was made from it stops at once."
        ),
        button=say("Withdraw"),
        address=f"/sources/{source_id}/withdraw",
        trail=[("/sources", say("Sources")), (f"/sources/{source_id}", source.title)],
        affected=pulled_by_source(request, app, me, source_id),
    )
    return act_page(request, act, reason, refusal)


@router.get("/sources/{source_id}/original")
def original(app: Ancrage, me: Me, source_id: str) -> Response:
    """The file as it came; a browser saves it and does not open it here."""
    source = get_source(app.db, source_id)
    require_file(me, source)
    return FileResponse(
        app.originals.open(source.sha256), media_type="application/octet-stream", filename=source.file_name
    )
