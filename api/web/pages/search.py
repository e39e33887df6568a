"""Search in what may be used now."""

import time
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.auth import Ancrage, Me, checked_form
from api.errors import status_of
from api.web.choices import MARKETS, options, product_options, usual_market
from api.web.rendering import page, reader_language
from assistant.people.roles import Permission, require
from assistant.retrieval.asking import query_for
from assistant.retrieval.showing import shown_search
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
HITS = 10


@router.get("/search")
def search_page(request: Request, app: Ancrage, me: Me) -> Response:
    """The form, and what was found for its words."""
    require(me, Permission.SEARCH)
    language = reader_language(request)
    given = request.query_params
    values = {
        "words": given.get("words", "").strip(),
        "product": given.get("product", ""),
        "market": given.get("market", usual_market(language)),
        "use": given.get("use", "promotional"),
    }
    hits, ms, refusal = None, 0, None
    shown: dict[str, Any] = {}
    if values["words"] and values["product"]:
        began = time.perf_counter()
        try:
            query = query_for(
                app.db, me, values["words"], values["product"], values["market"], values["use"], k=HITS
            )
            shown = shown_search(app.db, me, app.searcher.found(query))
            hits = [_with_page(hit) for hit in shown["hits"]]
        except AncrageError as error:
            refusal = error
        ms = round((time.perf_counter() - began) * 1000)
    return page(
        request,
        "search.html",
        status=status_of(refusal) if refusal else 200,
        hits=hits,
        found=shown,
        ms=ms,
        values=values,
        products=product_options(app),
        markets=options(request, "market", MARKETS),
        uses=options(request, "qualification"),
        refusal=refusal,
    )


def _with_page(hit: dict[str, object]) -> dict[str, object]:
    locator = hit["locator"]
    assert isinstance(locator, dict)
    return {**hit, "page": locator.get("page") or locator.get("slide") or 1}
