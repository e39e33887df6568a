"""A page for one act with a reason: what it pulls with it is said before it is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api.errors import status_of
from api.web.rendering import page
from ingestion.errors import AncrageError


@dataclass(frozen=True, slots=True)
class Act:
    """What is about to be done. All texts are in the reader's language."""

    heading: str
    lead: str
    button: str
    address: str
    """Where the form goes."""
    trail: Sequence[tuple[str, str]]
    """(address, name) of the pages above; cancelling leads to the last."""
    affected: Sequence[Mapping[str, Any]] | None = None
    """Pieces that stop: title, status, address, note. None where nothing can stop."""
    reach: Mapping[str, Any] | None = None
    """Of a recall: where the piece has gone and who is told."""
    danger: bool = True


def act_page(request: Request, act: Act, reason: str = "", refusal: AncrageError | None = None) -> Response:
    """Show it, with what was typed before a refusal."""
    return page(
        request,
        "act.html",
        status=status_of(refusal) if refusal else 200,
        heading=act.heading,
        lead=act.lead,
        button=act.button,
        address=act.address,
        trail=act.trail,
        affected=act.affected,
        reach=act.reach,
        danger=act.danger,
        values={"reason": reason},
        refusal=refusal,
    )
