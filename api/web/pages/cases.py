"""The desk of safety and medical information: what was reported, by clock."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.auth import Ancrage, Me, checked_form
from api.web.formats import as_instant
from api.web.marking import runs
from api.web.rendering import page
from assistant.cases.desk import list_cases

router = APIRouter(dependencies=[Depends(checked_form)])


@router.get("/cases")
def cases_page(request: Request, app: Ancrage, me: Me) -> Response:
    """All cases, the soonest due first, with the words that opened them marked."""
    now = app.clock.now()

    def shown(case: dict[str, Any]) -> dict[str, Any]:
        return {
            **case,
            "runs": runs(case["question"], [(start, end) for start, end in case["triggers"]]),
            "overdue": case["status"] == "open" and as_instant(case["due_at"]) < now,
        }

    return page(request, "cases.html", cases=[shown(case) for case in list_cases(app.db, me)])
