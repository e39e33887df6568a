"""Sources as a person may see them: the one place that asks whether they may."""

from typing import Any

from assistant.corpus.catalogue import behind
from assistant.corpus.rights import require_text
from assistant.corpus.sources import get_source, list_sources
from assistant.corpus.view import source_json
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database


def shown_sources(
    db: Database, actor: Actor, product: str | None = None, status: str | None = None
) -> list[dict[str, Any]]:
    """The JSON of the sources, of one product or all, of one status (as it is now) or all.

    Raises NotAllowed or UnknownProduct.
    """
    return sources_page(db, actor, product, status)[0]


def sources_page(
    db: Database,
    actor: Actor,
    product: str | None = None,
    status: str | None = None,
    *,
    after: str = "",
    limit: int | None = None,
) -> tuple[list[dict[str, Any]], str | None]:
    """The sources behind the one with the id `after`, `limit` of them or all, and the `after` of what follows.

    Raises NotAllowed or UnknownProduct; an id that is not among them begins at the beginning.
    """
    require(actor, Permission.READ_SOURCES)
    shown, following = behind(list_sources(db, product, status), after, limit, lambda one: one.id)
    return [source_json(db, source) for source in shown], following or None


def shown_source(db: Database, actor: Actor, source_id: str, *, with_text: bool = False) -> dict[str, Any]:
    """The JSON of one source, with its pages' text where that is asked for. Raises NotAllowed or UnknownSource."""
    require(actor, Permission.READ_SOURCES)
    found = get_source(db, source_id)
    if with_text:
        require_text(actor, found)
    return source_json(db, found, with_text=with_text)
