"""What an act will stop, as the page lists it before it asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request

from api.web.language import catalogue
from api.web.rendering import reader_language
from assistant.bootstrap import App
from assistant.corpus.products import Product
from assistant.people.roles import Actor, Permission
from assistant.publishing.affected import affected_items
from assistant.publishing.dependents import Dependent, affected, affected_by_product
from assistant.publishing.rows import live_publication
from assistant.review.adaptation import adaptations_json
from assistant.review.pieces import load_piece

MOST_NAMES = 12
"""Recipients that the page names; the register has all."""


def pulled_by_source(request: Request, app: App, me: Actor, source_id: str) -> list[dict[str, Any]]:
    """The pieces that a withdrawal of the source stops."""
    with app.db.read() as connection:
        return _listed(request, me, affected(connection, [source_id]))


def pulled_by_freeze(request: Request, app: App, me: Actor, product: Product) -> list[dict[str, Any]]:
    """The publications that a freeze of the product stops."""
    with app.db.read() as connection:
        return _listed(request, me, affected_by_product(connection, product.id))


def pulled_by_recall(request: Request, app: App, me: Actor, piece_id: str) -> list[dict[str, Any]]:
    """The piece itself, where it is served."""
    with app.db.read() as connection:
        live = live_publication(connection, piece_id)
        found = (
            [] if live is None else [Dependent(load_piece(connection, piece_id), live, newest_cites=False)]
        )
    return _listed(request, me, [one.as_json() for one in found])


def reach_of(app: App, me: Actor, piece_id: str) -> dict[str, Any]:
    """Where a piece has gone: what is served of it, who had it, who is told, and what a recall leaves alone."""
    found = affected_items(app.db, me, piece=piece_id)
    with app.db.read() as connection:
        live = live_publication(connection, piece_id)
        adaptations = adaptations_json(connection, piece_id)
    uses = [use for item in found["items"] for one in item["publications"] for use in one["uses"]]
    names = list(dict.fromkeys(use["recipient"] for use in uses if use["recipient"]))
    return {
        "served_since": None if live is None else live.published_at,
        "uses": len(uses),
        "names": names[:MOST_NAMES],
        "more": len(names[MOST_NAMES:]),
        "register": f"/pieces/{piece_id}/register",
        "people": found["people"],
        "adaptations": adaptations,
    }


def _listed(request: Request, me: Actor, found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    say = catalogue(reader_language(request)).gettext
    return [
        {
            "title": one["title"],
            "status": one["status"],
            "address": _address(me, one),
            "note": say("its readers lose it") if one["publication"] else "",
        }
        for one in found
    ]


def _address(me: Actor, one: Mapping[str, Any]) -> str:
    if one["publication"] and not me.may(Permission.READ_PIECES):
        return f"/published/{one['publication']}"
    return f"/pieces/{one['piece']}"
