"""The review queue: what is expected of the reader first, each choice with its own address."""

from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, text_of
from api.errors import status_of
from api.web.choices import MARKETS, options
from api.web.rendering import page
from assistant.bootstrap import App
from assistant.corpus.products import list_products
from assistant.people.roles import Actor, Permission, require
from assistant.review.delegation import stands_for
from assistant.review.expected import expected_pieces
from assistant.review.queue import COUNTED_TO, Wanted, queue_counts, queue_page
from assistant.review.saved_filters import KEPT, delete_filter, save_filter, saved_filters
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
_OWN = 10
"""One's own pieces beside the tasks, at most; the page of the pieces has them all."""
_FACETS = ("product", "market", "kind", "risk", "due", "words", "order")


@router.get("/review")
def queue(request: Request, app: Ancrage, me: Me) -> Response:
    """A page of the queue."""
    require(me, Permission.READ_PIECES)
    return _page(request, app, me)


@router.post("/review/filters")
def keep_filter(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Save the filters that are set under a name."""
    require(me, Permission.READ_PIECES)
    query = text_of(form, "query")
    try:
        save_filter(app.db, me, text_of(form, "name"), query)
    except AncrageError as refusal:
        return _page(request, app, me, refusal)
    return RedirectResponse(f"/review?{query}&done=filter_saved", 303)


@router.post("/review/filters/{filter_id}/delete")
def drop_filter(request: Request, app: Ancrage, me: Me, filter_id: str) -> Response:
    """Forget a saved filter."""
    require(me, Permission.READ_PIECES)
    try:
        delete_filter(app.db, me, filter_id)
    except AncrageError as refusal:
        return _page(request, app, me, refusal)
    return RedirectResponse("/review?done=filter_deleted", 303)


def _page(request: Request, app: App, me: Actor, refusal: AncrageError | None = None) -> Response:
    given = {name: request.query_params.get(name, "") for name in (*KEPT, "after")}
    given["view"] = given["view"] or ("expected" if me.may(Permission.REVIEW) else "all")
    given["order"] = given["order"] or "due"
    try:
        found = queue_page(app.db, me, Wanted(**given))
    except AncrageError as wrong:
        found, refusal = queue_page(app.db, me, Wanted()), refusal or wrong
    kept = {name: given[name] for name in KEPT if given[name]}
    counts = queue_counts(app.db, me)
    products = list_products(app.db)
    usual = "expected" if me.may(Permission.REVIEW) else "all"
    first = given["view"] == usual and not given["after"] and not any(given[name] for name in _FACETS[:-1])
    with app.db.read() as connection:
        stead = stands_for(connection, me, app.clock.now(), "")
    own = expected_pieces(app.db, me, _OWN) if first else []
    return page(
        request,
        "review_queue.html",
        status=status_of(refusal) if refusal else 200,
        tasks=found.rows,
        stead=stead,
        own=[one for one in own if one["expected_of_me"]],
        next=f"/review?{urlencode({**kept, 'after': found.next})}" if found.next else "",
        first=f"/review?{urlencode(kept)}" if given["after"] else "",
        views=[
            (f"/review?{urlencode({**kept, 'view': code})}", name, counts.get(code), code == given["view"])
            for code, name in options(request, "queue_view")
            if me.may(Permission.REVIEW) or code in {"unassigned", "overdue", "all"}
        ],
        counted_to=COUNTED_TO,
        filters=given,
        filtered=any(given[name] for name in _FACETS if name != "order"),
        query=urlencode(kept),
        saved=saved_filters(app.db, me),
        products=[(product.id, product.name) for product in products],
        markets=options(request, "market", MARKETS),
        kinds=options(request, "piece_kind"),
        risks=options(request, "queue_risk"),
        dues=options(request, "queue_due"),
        orders=options(request, "queue_order"),
        refusal=refusal,
    )
