"""Figures for the team: charts, each with its table, and the same as CSV."""

from textwrap import shorten
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.auth import Ancrage, Me, checked_form
from api.errors import status_of
from api.web.bars import chart
from api.web.choices import options, product_options
from api.web.days import day_of
from api.web.formats import number_text, typeset
from api.web.rendering import page, reader_language
from api.web.words import word
from assistant.figures.measure import Scope, figures, markets
from assistant.figures.table import figures_csv
from assistant.people.roles import Permission, require
from guardrails.packs import title_of
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
_LONGEST_LABEL = 46
_CHARTED = (
    ("cycle", "stage", "median", "cycle_stage"),
    ("findings", "rule", "revisions", ""),
    ("recalls", "cause", "count", "recall_cause"),
)


@router.get("/figures")
def figures_page(request: Request, app: Ancrage, me: Me) -> Response:
    """Filtered by product, market and time."""
    require(me, Permission.READ_FIGURES)
    filters = _filters(request)
    refusal: AncrageError | None = None
    try:
        found = figures(app.db, me, _scope(filters))
    except AncrageError as error:
        refusal, found = error, figures(app.db, me, Scope())
    language = reader_language(request)
    codes = {item["rule"] for name in ("findings", "overrides") for item in found[name]}
    return page(
        request,
        "figures.html",
        rules={code: _title(code, language) for code in codes},
        status=status_of(refusal) if refusal else 200,
        found=found,
        charts={
            name: _chart(found, name, key, measure, group, language) for name, key, measure, group in _CHARTED
        },
        filters=filters,
        filtered=any(filters.values()),
        products=product_options(app),
        markets=options(request, "market", markets(app.db)),
        file=f"/figures.csv?{request.url.query}",
        refusal=refusal,
    )


@router.get("/figures.csv")
def figures_file(request: Request, app: Ancrage, me: Me) -> Response:
    """The same as CSV."""
    require(me, Permission.READ_FIGURES)
    body = figures_csv(figures(app.db, me, _scope(_filters(request))))
    headers = {"Content-Disposition": 'attachment; filename="ancrage-figures.csv"'}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


def _chart(found: dict[str, Any], name: str, key: str, measure: str, group: str, language: str) -> Any:
    return chart(
        [
            (
                word(group, item[key], language) if group else _shortened(item[key], language),
                item[measure],
                "" if item[measure] is None else number_text(item[measure], language),
            )
            for item in found[name]
        ]
    )


def _shortened(rule: str, language: str) -> str:
    """The rule's title, as much of it as stands over a bar; the table below says all of it, with the code."""
    return shorten(_title(rule, language), _LONGEST_LABEL, placeholder="…")


def _title(rule: str, language: str) -> str:
    return typeset(title_of(rule, language) or rule, language)


def _filters(request: Request) -> dict[str, str]:
    return {
        name: request.query_params.get(name, "").strip() for name in ("product", "market", "since", "until")
    }


def _scope(filters: dict[str, str]) -> Scope:
    return Scope(
        filters["product"] or None,
        filters["market"] or None,
        day_of(filters["since"]),
        day_of(filters["until"]),
    )
