"""Pieces: the list, a new draft, the piece beside its sources, editing, sending to review."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.armour import pack_response
from api.auth import Ancrage, Me, Posted, checked_form, text_of, texts_of
from api.errors import status_of
from api.web.choices import DRAFTED_KINDS, MARKETS, options, product_options, usual_market
from api.web.language import N_, catalogue
from api.web.pages.acts import Act, act_page
from api.web.pages.piece_page import piece_page
from api.web.pages.pulled import pulled_by_recall, reach_of
from api.web.paging import page_links
from api.web.rendering import page, reader_language
from assistant.bootstrap import App
from assistant.content.editing import edit_segment, remove_segment
from assistant.content.request import DraftRequest
from assistant.content.trial import try_text
from assistant.corpus.sources import list_sources
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.evidence.pack import evidence_pack
from assistant.publishing.publications import publish
from assistant.publishing.recalls import recall_piece
from assistant.review.adaptation import adapt
from assistant.review.listing import pieces_page
from assistant.review.pieces import load_piece
from assistant.review.submission import submit
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
_FILTERS = ("title", "by", "status", "kind", "product")
_WHAT = {
    "key-moments": N_("what matters in the sources, in five to nine statements"),
    "quiz": N_("four to six questions, each with its explanation"),
    "email": N_("after a visit or a webinar, with the mandatory mentions"),
    "brief": N_("for a representative: three messages, questions to expect, what must not be said"),
}


@router.get("/pieces")
def pieces_list(request: Request, app: Ancrage, me: Me) -> Response:
    """All pieces, filtered."""
    filters = {name: request.query_params.get(name, "") for name in _FILTERS}
    after = request.query_params.get("after", "")
    found, following = pieces_page(
        app.db,
        me,
        status=filters["status"] or None,
        kind=filters["kind"] or None,
        product=filters["product"] or None,
        author=me.id if filters["by"] else None,
        title=filters["title"].strip() or None,
        after=after,
    )
    return page(
        request,
        "pieces.html",
        pieces=found,
        **page_links("/pieces", filters, after, following),
        filters=filters,
        filtered=any(filters.values()),
        statuses=options(request, "piece_status"),
        kinds=options(request, "piece_kind"),
        products=product_options(app),
    )


@router.get("/pieces/new")
def new_piece_form(request: Request, app: Ancrage, me: Me) -> Response:
    """What to draft."""
    require(me, Permission.DRAFT)
    language = reader_language(request)
    given = request.query_params
    values: dict[str, Any] = {
        "kind": given.get("kind", "key-moments"),
        "product": given.get("product", ""),
        "market": given.get("market", usual_market(language)),
        "language": given.get("language", language),
        "topic": given.get("topic", ""),
        "source": tuple(given.getlist("source")),
        "qualification": given.get("qualification", ""),
        "engine": given.get("engine") or "extractive",
    }
    return _new_page(request, app, values)


@router.post("/pieces")
def new_piece(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Start drafting, as a job."""
    require(me, Permission.DRAFT)
    names = ("kind", "product", "market", "language", "topic", "qualification", "engine")
    values: dict[str, Any] = {name: text_of(form, name) for name in names}
    values["source"] = texts_of(form, "source")
    wanted = DraftRequest(
        product=values["product"],
        kind=values["kind"],
        market=values["market"],
        language=values["language"],
        topic=values["topic"] or None,
        sources=values["source"],
        engine=values["engine"] or "extractive",
        qualification=values["qualification"] or None,
    )
    try:
        job = app.start_draft(me, wanted)
    except AncrageError as refusal:
        return _new_page(request, app, values, refusal)
    return RedirectResponse(f"/jobs/{job}", 303)


def _new_page(
    request: Request, app: App, values: dict[str, Any], refusal: AncrageError | None = None
) -> Response:
    language = reader_language(request)
    products = product_options(app)
    first = products[0][0] if products else ""
    shown = values["product"] or first  # a form without a choice shows the first
    usable = sorted(
        (source for source in list_sources(app.db) if source.status == "approved"),
        key=lambda source: (source.product != shown, source.product, source.language != values["language"]),
    )
    return page(
        request,
        "piece_new.html",
        status=status_of(refusal) if refusal else 200,
        values=values,
        kinds=[(kind, catalogue(language).gettext(_WHAT[kind])) for kind in DRAFTED_KINDS],
        products=products,
        markets=options(request, "market", MARKETS),
        sources=usable,
        qualifications=options(request, "qualification"),
        engines=options(request, "engine", ("extractive", "openai")),
        refusal=refusal,
    )


@router.get("/pieces/{piece_id}")
def show_piece(request: Request, app: Ancrage, me: Me, piece_id: str) -> Response:
    """The piece beside its sources."""
    require(me, Permission.READ_PIECES)
    return piece_page(request, app, me, piece_id)


@router.post("/pieces/{piece_id}/statements/{lineage}")
def edit(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str, lineage: str) -> Response:
    """Save another wording as a new revision."""
    require(me, Permission.EDIT)
    typed = text_of(form, "text")
    base = text_of(form, "base")
    try:
        saved = edit_segment(app.db, me, piece_id, lineage, typed, base)
    except AncrageError as refusal:
        require(me, Permission.READ_PIECES)
        return piece_page(request, app, me, piece_id, refusal=refusal, editing=lineage, typed=typed)
    done = "statement_same" if saved.id == base else "statement_saved"
    return RedirectResponse(f"/pieces/{piece_id}?done={done}#{lineage}", 303)


@router.post("/pieces/{piece_id}/statements/{lineage}/leave-out")
def leave_out(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str, lineage: str) -> Response:
    """Save a new revision without the statement or the question."""
    require(me, Permission.EDIT)
    try:
        remove_segment(app.db, me, piece_id, lineage, text_of(form, "base"))
    except AncrageError as refusal:
        require(me, Permission.READ_PIECES)
        return piece_page(request, app, me, piece_id, refusal=refusal)
    return RedirectResponse(f"/pieces/{piece_id}?done=statement_left_out#piece-title", 303)


@router.post("/pieces/{piece_id}/statements/{lineage}/check")
def try_out(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str, lineage: str) -> Response:
    """Say which checks a wording would fail, without saving; a script takes only that part of the page."""
    require(me, Permission.EDIT)
    typed = text_of(form, "text")
    try:
        trial = try_text(app.db, me, piece_id, lineage, typed)
    except AncrageError as refusal:
        require(me, Permission.READ_PIECES)
        return piece_page(request, app, me, piece_id, refusal=refusal, editing=lineage, typed=typed)
    if request.headers.get("x-part") == "trial":
        return page(request, "trial.html", trial=trial)
    return piece_page(request, app, me, piece_id, editing=lineage, typed=typed, trial=trial)


@router.post("/pieces/{piece_id}/adapt")
def begin_adaptation(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Begin a market adaptation of what is published."""
    market = text_of(form, "market")
    try:
        made = adapt(app.db, me, piece_id, market)
    except AncrageError as refusal:
        require(me, Permission.READ_PIECES)
        return piece_page(request, app, me, piece_id, refusal=refusal, values={"market": market})
    return RedirectResponse(f"/pieces/{made.id}?done=adapted", 303)


@router.post("/pieces/{piece_id}/submit")
def send_to_review(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Submit."""
    names = ("qualification", "audience", "channel", "override_request")
    values = {name: text_of(form, name) for name in names}
    try:
        submit(app.db, me, piece_id, **{name: value or None for name, value in values.items()})
    except AncrageError as refusal:
        require(me, Permission.READ_PIECES)
        return piece_page(request, app, me, piece_id, refusal=refusal, values=values)
    return RedirectResponse(f"/pieces/{piece_id}?done=submitted", 303)


@router.post("/pieces/{piece_id}/publish")
def release(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Publish exactly what was signed."""
    del form  # what the market asks for is in the register
    try:
        publication = publish(app.db, me, piece_id)
    except AncrageError as refusal:
        require(me, Permission.READ_PIECES)
        return piece_page(request, app, me, piece_id, refusal=refusal)
    return RedirectResponse(f"/published/{publication.id}?done=published", 303)


@router.post("/pieces/{piece_id}/evidence-pack")
def evidence(app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Hand over what proves the piece. It leaves an entry in the trail, so it is asked for by a form."""
    made = evidence_pack(app.db, me, piece_id, app.pictures, outside=bool(text_of(form, "outside")))
    return pack_response(made, f"evidence-{piece_id}")


@router.get("/pieces/{piece_id}/recall")
def recall_form(request: Request, app: Ancrage, me: Me, piece_id: str) -> Response:
    """Ask for the reason."""
    require(me, Permission.RECALL)
    return _recall_page(request, app, me, piece_id)


@router.post("/pieces/{piece_id}/recall")
def recall(request: Request, app: Ancrage, me: Me, form: Posted, piece_id: str) -> Response:
    """Take the piece back."""
    try:
        recall_piece(app.db, me, piece_id, text_of(form, "reason"))
    except AncrageError as refusal:
        require(me, Permission.RECALL)
        return _recall_page(request, app, me, piece_id, text_of(form, "reason"), refusal)
    address = f"/pieces/{piece_id}" if me.may(Permission.READ_PIECES) else "/published"
    return RedirectResponse(f"{address}?done=recalled", 303)


def _recall_page(
    request: Request,
    app: App,
    me: Actor,
    piece_id: str,
    reason: str = "",
    refusal: AncrageError | None = None,
) -> Response:
    """What it will stop and where it has gone, then the reason."""
    say = catalogue(reader_language(request)).gettext
    with app.db.read() as connection:
        piece = load_piece(connection, piece_id)
    act = Act(
        heading=say("Recall %(title)s") % {"title": piece.title},
        lead=say("It stops being served at once; whoever opens its page sees that it was recalled and why."),
        button=say("Recall"),
        address=f"/pieces/{piece_id}/recall",
        trail=[("/pieces", say("Pieces")), (f"/pieces/{piece_id}", piece.title)],
        affected=pulled_by_recall(request, app, me, piece_id) or None,
        reach=reach_of(app, me, piece_id),
    )
    return act_page(request, act, reason, refusal)
