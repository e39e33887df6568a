"""The one place that says what may be used now."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from sqlalchemy import Connection, exists

from assistant.corpus.loading import load_sources
from assistant.corpus.model import Source
from assistant.store.schema import product, source, source_scope
from guardrails.model import Language, SourceFacts
from ingestion.bibliography.model import reference_to_json


def eligible_sources(  # noqa: PLR0917  these are the conditions, each must be named
    connection: Connection,
    product_id: str,
    market: str,
    audience: str,
    use: str | None,
    today: date,
    language: str | None = None,
) -> list[Source]:
    """The sources that may be used on the market's date `today`, in order of registration.

    Approved, within both dates (inclusive), indexed, neither superseded nor withdrawn, naming this market, audience
    and use (any, where `use` is None), of an active product. No market implies another.
    """
    conditions = [
        source.c.product_id == product_id,
        product.c.status == "active",
        source.c.status == "approved",
        source.c.indexed_at.is_not(None),
    ]
    if language is not None:
        conditions.append(source.c.language == language)
    scopes = {"market": market, "audience": audience} | ({"use": use} if use else {})
    for scope, value in scopes.items():
        conditions.append(
            exists().where(
                source_scope.c.source_id == source.c.id,
                source_scope.c.scope == scope,
                source_scope.c.value == value,
            )
        )
    return [found for found in load_sources(connection, *conditions) if holds_on(found, today)]


def holds_on(found: Source, today: date) -> bool:
    """Whether its approval holds on that civil date."""
    approved = found.approval
    return approved is not None and approved.approved_on <= today <= approved.expires_on


def source_facts(connection: Connection, ids: Sequence[str], today: date) -> dict[str, SourceFacts]:
    """What a check may know of each source on that date; an unknown id is not among them."""
    return {
        found.id: SourceFacts(
            id=found.id,
            title=found.title,
            kind=found.kind,
            language=cast("Language", found.language),
            status=found.status_on(today),
            markets=found.markets,
            audiences=found.audiences,
            uses=found.uses,
            expires_on=found.approval.expires_on if found.approval else None,
            reference=found.reference,
            bibliography=reference_to_json(found.bibliography) if found.bibliography else {},
            display_right=found.display_right,
        )
        for found in load_sources(connection, source.c.id.in_(list(ids)))
    }
