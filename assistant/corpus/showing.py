"""Sources as a person may see them: the one place that asks whether they may."""

from typing import Any

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
    require(actor, Permission.READ_SOURCES)
    return [source_json(db, source) for source in list_sources(db, product, status)]


def shown_source(db: Database, actor: Actor, source_id: str, *, with_text: bool = False) -> dict[str, Any]:
    """The JSON of one source, with its pages' text where that is asked for. Raises NotAllowed or UnknownSource."""
    require(actor, Permission.READ_SOURCES)
    found = get_source(db, source_id)
    if with_text:
        require_text(actor, found)
    return source_json(db, found, with_text=with_text)
