"""How many of many publications are served now, at the price of judging those once that are alike in all that decides."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, cast, exists, func, select

from assistant.publishing.judged import judge_all
from assistant.publishing.model import AWAITED, STANDING
from assistant.publishing.rows import publication_of
from assistant.store.batches import batches
from assistant.store.schema import citation as citation_table
from assistant.store.schema import piece as piece_table
from assistant.store.schema import publication as publication_table
from assistant.store.schema import source as source_table


def count_served(connection: Connection, published: Select[Any], now: datetime) -> tuple[int, int]:
    """How many publications `published` selects, and how many of them are served at `now`.

    The rule stays `serving.judge`: the database only counts those that give it the same to judge, and one of each
    kind is judged, at every read. How much is quoted is each publication's own, so where a source may only be
    referred to, each is judged.
    """
    counts = {str(one): int(count) for one, count in connection.execute(_kinds(published))}
    alone = published.with_only_columns(publication_table.c.id).where(_quotes_sparingly())
    counts |= dict.fromkeys(
        connection.scalars(alone), 1
    )  # all of a kind are, since a kind cites the same sources
    good = 0
    for some in batches(counts):
        rows = connection.execute(select(publication_table).where(publication_table.c.id.in_(some)))
        judged = judge_all(connection, [publication_of(row) for row in rows], now)
        good += sum(counts[one.publication.id] for one in judged if one.state.ok)
    return sum(counts.values()), good


def _kinds(published: Select[Any]) -> Select[Any, int]:
    """One publication of each kind, and how many there are. The order of ids in a list only makes more kinds of one."""
    kept = publication_table.c.release
    cites = _cited(published).subquery()
    decides = (
        publication_table.c.status,
        publication_table.c.expires_on,
        cast(kept[STANDING], Text),
        cast(kept[AWAITED], Text),
        piece_table.c.product_id,
        piece_table.c.market,
        piece_table.c.audience,
        piece_table.c.qualification,
        cites.c.sources,
    )
    return (
        published.with_only_columns(func.min(publication_table.c.id), func.count())
        .join(piece_table, piece_table.c.id == publication_table.c.piece_id)
        .outerjoin(cites, cites.c.revision_id == publication_table.c.revision_id)
        .group_by(*decides)
    )


def _cited(published: Select[Any]) -> Select[tuple[str, str]]:
    """By revision: the sources that it cites, in one text."""
    revisions = published.with_only_columns(publication_table.c.revision_id)
    each = (
        select(citation_table.c.revision_id, citation_table.c.source_id)
        .where(citation_table.c.revision_id.in_(revisions))
        .distinct()
        .order_by(citation_table.c.revision_id, citation_table.c.source_id)
        .subquery()
    )
    together = func.aggregate_strings(each.c.source_id, ",").label("sources")
    return select(each.c.revision_id, together).group_by(each.c.revision_id)


def _quotes_sparingly() -> ColumnElement[bool]:
    """That the publication cites a source that may only be shown by its reference and short quotations."""
    return exists().where(
        citation_table.c.revision_id == publication_table.c.revision_id,
        citation_table.c.source_id == source_table.c.id,
        source_table.c.display_right == "reference_only",
    )
