"""The desk of safety and medical information: what was reported, by clock, and what is done about it."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from api.auth import Ancrage, Me, Posted, checked_form, text_of, texts_of
from api.errors import status_of
from api.web.choices import options
from api.web.marking import runs
from api.web.paging import page_links
from api.web.rendering import page
from assistant.bootstrap import App
from assistant.cases import acts
from assistant.cases.desk import case_json, cases_page
from assistant.cases.model import CRITERIA, STATUSES
from assistant.corpus.products import list_products
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
_SERIOUS = {"yes": True, "no": False}
_TYPED = ("act", "serious", "reference", "remark", "text", "outcome", "duplicate_of", "reason", "product")


def _acknowledge(app: App, me: Actor, case_id: str, form: FormData) -> None:
    acts.acknowledge(app.db, me, case_id, serious=_SERIOUS.get(text_of(form, "serious")))


def _forward(app: App, me: Actor, case_id: str, form: FormData) -> None:
    known = texts_of(form, "criteria")
    acts.forward(app.db, me, case_id, text_of(form, "reference"), known, text_of(form, "remark"))


def _note(app: App, me: Actor, case_id: str, form: FormData) -> None:
    acts.add_note(app.db, me, case_id, text_of(form, "text"), follow_up=text_of(form, "follow_up") == "on")


def _correct(app: App, me: Actor, case_id: str, form: FormData) -> None:
    acts.correct_product(app.db, me, case_id, text_of(form, "product"), text_of(form, "reason"))


def _close(app: App, me: Actor, case_id: str, form: FormData) -> None:
    acts.close(
        app.db, me, case_id, text_of(form, "outcome"), text_of(form, "reason"), text_of(form, "duplicate_of")
    )


def _reopen(app: App, me: Actor, case_id: str, form: FormData) -> None:
    acts.reopen(app.db, me, case_id, text_of(form, "reason"))


_ACTS: Mapping[str, Callable[[App, Actor, str, FormData], None]] = {
    "acknowledge": _acknowledge,
    "forward": _forward,
    "note": _note,
    "correct": _correct,
    "close": _close,
    "reopen": _reopen,
}


@router.get("/cases")
def cases_list(request: Request, app: Ancrage, me: Me) -> Response:
    """Open cases first, the soonest due first, with the words that opened them marked."""
    status, after = (request.query_params.get(name, "") for name in ("status", "after"))
    found, following = cases_page(app.db, me, status or None, after=after)
    return page(
        request,
        "cases.html",
        cases=[{**case, "runs": _marked(case, case["question"])} for case in found],
        status_filter=status,
        statuses=options(request, "case_status", STATUSES),
        **page_links("/cases", {"status": status}, after, following),
    )


@router.get("/cases/{case_id}")
def case_page(request: Request, app: Ancrage, me: Me, case_id: str) -> Response:
    """One case: its conversation, its clock, its history, and what may be done."""
    return _page(request, app, me, case_id)


@router.post("/cases/{case_id}")
def act_on_case(request: Request, app: Ancrage, me: Me, form: Posted, case_id: str) -> Response:
    """Acknowledge, hand over, note, correct the medicine, close or reopen, as the form says."""
    require(me, Permission.HANDLE_CASES)
    act = text_of(form, "act")
    try:
        if act not in _ACTS:
            raise InvalidInput("Nothing is done that way.", help="Use the forms of the case's page.")
        _ACTS[act](app, me, case_id, form)
    except AncrageError as refusal:
        values = {name: text_of(form, name) for name in _TYPED}
        return _page(request, app, me, case_id, {**values, "criteria": texts_of(form, "criteria")}, refusal)
    return RedirectResponse(f"/cases/{case_id}?done=case_{act}", 303)


def _page(
    request: Request,
    app: App,
    me: Actor,
    case_id: str,
    values: Mapping[str, Any] | None = None,
    refusal: AncrageError | None = None,
) -> Response:
    found = case_json(app.db, me, case_id)
    medicines = {product.id: product.name for product in list_products(app.db)}
    return page(
        request,
        "case.html",
        status=status_of(refusal) if refusal else 200,
        case=found,
        turns=[
            {
                **turn,
                "runs": _marked(found, turn["question"])
                if turn["id"] == found["turn"]
                else [(turn["question"], False)],
            }
            for turn in found["turns"]
        ],
        seriousness=options(request, "seriousness"),
        criteria=options(request, "case_criterion", CRITERIA),
        outcomes=options(request, "case_outcome", found["outcomes"]),
        medicines=medicines,
        others=[(name, name) for name in medicines.values() if name != found["product"]],
        values=values or {**dict.fromkeys(_TYPED, ""), "criteria": ()},
        refusal=refusal,
    )


def _marked(case: Mapping[str, Any], text: str) -> Any:
    return runs(text, [(start, end) for start, end in case["triggers"]])
