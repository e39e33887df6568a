"""What rests on a source or a product: published pieces and those on their way."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, cast, or_, select

from assistant.publishing.model import LIVE, Publication
from assistant.publishing.rows import publication_of
from assistant.review.model import Piece
from assistant.review.pieces import load_pieces
from assistant.store.schema import citation as citation_table
from assistant.store.schema import piece as piece_table
from assistant.store.schema import publication as publication_table

ON_THE_WAY = ("draft", "in_review", "changes_requested", "approved")
"""States in which a piece's newest revision may still be published."""


@dataclass(frozen=True, slots=True)
class Dependent:
    """A piece that rests on a source: through its live publication, its newest revision, or both."""

    piece: Piece
    publication: Publication | None
    newest_cites: bool

    def as_json(self) -> dict[str, Any]:
        """As the page shows it before a withdrawal is confirmed."""
        return {
            "piece": self.piece.id,
            "title": self.piece.title,
            "kind": self.piece.kind,
            "market": self.piece.market,
            "language": self.piece.language,
            "status": self.piece.status,
            "publication": None if self.publication is None else self.publication.id,
        }


def affected(connection: Connection, source_ids: Collection[str]) -> list[dict[str, Any]]:
    """Everything that a withdrawal of these sources would stop, as JSON, published pieces first."""
    found = dependents(connection, source_ids)
    return [
        d.as_json() for d in sorted(found, key=lambda d: (d.publication is None, d.piece.title, d.piece.id))
    ]


def affected_by_product(connection: Connection, product_id: str) -> list[dict[str, Any]]:
    """Everything that a freeze of the product would stop."""
    rows = connection.execute(
        select(publication_table)
        .join(piece_table, piece_table.c.id == publication_table.c.piece_id)
        .where(piece_table.c.product_id == product_id, publication_table.c.status.in_(LIVE))
        .order_by(publication_table.c.published_at, publication_table.c.id)
    )
    published = [publication_of(row) for row in rows]
    pieces = load_pieces(connection, [one.piece_id for one in published])
    return [Dependent(pieces[one.piece_id], one, newest_cites=False).as_json() for one in published]


def dependents(connection: Connection, source_ids: Collection[str]) -> list[Dependent]:
    """The pieces that rest on any of the sources now, by id; their number costs no further statements."""
    ids = sorted(set(source_ids))
    published = {p.piece_id: p for p in live_publications_on(connection, ids)}
    newest = set(
        connection.scalars(
            select(piece_table.c.id)
            .join(citation_table, citation_table.c.revision_id == piece_table.c.revision_id)
            .where(citation_table.c.source_id.in_(ids), piece_table.c.status.in_(ON_THE_WAY))
            .distinct()
        )
    )
    together = sorted(published.keys() | newest)
    pieces = load_pieces(connection, together)
    return [Dependent(pieces[one], published.get(one), one in newest) for one in together]


def citing(source_ids: Collection[str]) -> Select[Any]:
    """The ids of the revisions that cite any of the sources, each once, to select from."""
    named = citation_table.c.source_id.in_(sorted(set(source_ids)))
    return select(citation_table.c.revision_id).where(named).distinct()


def names_in_release(source_ids: Collection[str]) -> ColumnElement[bool]:
    """That a publication's release names one of the sources: what it was confirmed against, or for."""
    kept = cast(publication_table.c.release, Text)
    return or_(*(kept.contains(f'"{one}"', autoescape=True) for one in sorted(set(source_ids))))


def live_publications_on(connection: Connection, source_ids: Collection[str]) -> list[Publication]:
    """Live publications that cite any of the sources, or were confirmed against one of them."""
    wanted = set(source_ids)
    if not wanted:
        return []
    cites = publication_table.c.revision_id.in_(citing(wanted))
    rows = connection.execute(
        select(publication_table, cites.label("cites"))
        .where(publication_table.c.status.in_(LIVE), or_(cites, names_in_release(wanted)))
        .order_by(publication_table.c.published_at, publication_table.c.id)
    )
    found = [(publication_of(row), row.cites) for row in rows]
    return [one for one, cites_it in found if cites_it or not wanted.isdisjoint(one.standing.values())]
