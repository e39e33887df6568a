"""Search hits as a person may see them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from assistant.corpus.rights import SHORT_QUOTATION, stands_outside
from assistant.people.roles import Actor
from assistant.retrieval.looked import Found
from assistant.retrieval.view import hit_json
from assistant.store.database import Database
from assistant.store.schema import source
from guardrails.model import Evidence


def shown_search(db: Database, actor: Actor, found: Found) -> dict[str, Any]:
    """The hits of a search, and what it says of itself: tier, language, other writings, whether a model ordered them."""
    return {
        "hits": shown_hits(db, actor, found.hits),
        "tier": found.tier,
        "language": found.language,
        "widened": {term: list(texts) for term, texts in found.widened.items()},
        "reranking": None if found.reranking is None else found.reranking or "done",
        "held_in": None if found.held_in is None else list(found.held_in),
    }


def shown_hits(db: Database, actor: Actor, hits: Sequence[Evidence]) -> list[dict[str, Any]]:
    """The JSON of the hits. Of a source with the right `reference_only`, people outside the company see the reference and
    the first sentence where it is short; such a hit says `withheld`.
    """
    if not stands_outside(actor) or not hits:
        return [hit_json(hit) for hit in hits]
    with db.read() as connection:
        rows = connection.execute(
            select(source.c.id).where(
                source.c.id.in_({hit.source for hit in hits}), source.c.display_right == "reference_only"
            )
        )
        narrow = set(rows.scalars())
    return [_withheld(hit) if hit.source in narrow else hit_json(hit) for hit in hits]


def _withheld(hit: Evidence) -> dict[str, Any]:
    first = hit.sentences[0].text if hit.sentences else ""
    short = first if len(first) <= SHORT_QUOTATION else ""
    return {**hit_json(hit), "text": short, "rectangles": [], "context": [], "withheld": True}
