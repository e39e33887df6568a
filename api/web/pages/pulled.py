"""What an act will stop, as the page lists it before it asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request

from api.web.language import catalogue
from api.web.rendering import reader_language
from assistant.bootstrap import App
from assistant.corpus.products import Product
from assistant.people.roles import Actor, Permission
from assistant.publishing.dependents import affected, affected_by_product


def pulled_by_source(request: Request, app: App, me: Actor, source_id: str) -> list[dict[str, Any]]:
    """The pieces that a withdrawal of the source stops."""
    with app.db.read() as connection:
        return _listed(request, me, affected(connection, [source_id]))


def pulled_by_freeze(request: Request, app: App, me: Actor, product: Product) -> list[dict[str, Any]]:
    """The publications that a freeze of the product stops."""
    with app.db.read() as connection:
        return _listed(request, me, affected_by_product(connection, product.id))


def _listed(request: Request, me: Actor, found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    say = catalogue(reader_language(request)).gettext
    return [
        {
            "title": one["title"],
            "status": one["status"],
            "address": _address(me, one),
            "note": say("published: readers lose it") if one["publication"] else "",
        }
        for one in found
    ]


def _address(me: Actor, one: Mapping[str, Any]) -> str:
    if one["publication"] and not me.may(Permission.READ_PIECES):
        return f"/published/{one['publication']}"
    return f"/pieces/{one['piece']}"
