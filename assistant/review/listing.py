"""Pieces in lists: all that may be read, and those that cite a source."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from assistant.people.roles import Actor, Permission, require
from assistant.review.pieces import load_piece
from assistant.review.shapes import Names, piece_json
from assistant.store.database import Database
from assistant.store.keyset import next_after, page_of
from assistant.store.schema import citation as citation_table
from assistant.store.schema import finding as finding_table
from assistant.store.schema import piece as piece_table
from assistant.store.schema import product as product_table

PAGE, MOST = 100, 500
"""Pieces on a page that asks for no number, and on any page."""


def list_pieces(
    db: Database,
    actor: Actor,
    *,
    status: str | None = None,
    kind: str | None = None,
    product: str | None = None,
    author: str | None = None,
    limit: int = MOST,
) -> list[dict[str, Any]]:
    """The heads of pieces, last changed first; `product` is its name or id, `author` a user's id.

    Raises NotAllowed.
    """
    found, _ = pieces_page(db, actor, status=status, kind=kind, product=product, author=author, limit=limit)
    return found


def pieces_page(
    db: Database,
    actor: Actor,
    *,
    status: str | None = None,
    kind: str | None = None,
    product: str | None = None,
    author: str | None = None,
    title: str | None = None,
    after: str = "",
    limit: int | None = None,
) -> tuple[list[dict[str, Any]], str]:
    """A page of `list_pieces`, and the `after` of the next one; `title` is a part of it. Raises NotAllowed, InvalidInput."""
    require(actor, Permission.READ_PIECES)
    most = limit or PAGE
    at, key = piece_table.c.updated_at, piece_table.c.id
    query = (
        select(key, at)
        .where(piece_table.c.revision_id.is_not(None))
        .join(product_table, product_table.c.id == piece_table.c.product_id)
    )
    if status:
        query = query.where(piece_table.c.status == status)
    if kind:
        query = query.where(piece_table.c.kind == kind)
    if author:
        query = query.where(piece_table.c.author_id == author)
    if title:
        query = query.where(piece_table.c.title.icontains(title, autoescape=True))
    if product:
        query = query.where((product_table.c.key == product.casefold()) | (product_table.c.id == product))
    with db.read() as connection:
        rows = connection.execute(page_of(query, at, key, after, most)).all()
        shown = _heads(connection, [row.id for row in rows[:most]])
        return shown, next_after(rows, at, key, most)


def pieces_citing(db: Database, actor: Actor, source_id: str) -> list[dict[str, Any]]:
    """The heads of the pieces whose newest revision cites the source, last changed first. Raises NotAllowed."""
    require(actor, Permission.READ_PIECES)
    with db.read() as connection:
        ids = connection.scalars(
            select(piece_table.c.id)
            .where(
                piece_table.c.revision_id.in_(
                    select(citation_table.c.revision_id).where(citation_table.c.source_id == source_id)
                )
            )
            .order_by(piece_table.c.updated_at.desc(), piece_table.c.id)
        ).all()
        return _heads(connection, ids)


def standing_against(
    db: Database, actor: Actor, pieces: Sequence[Mapping[str, Any]]
) -> dict[str, Counter[str]]:
    """Of each piece by its id, how many findings of each severity the last run of the checks kept of its newest revision.

    Raises NotAllowed.
    """
    require(actor, Permission.READ_PIECES)
    found: dict[str, Counter[str]] = {piece["id"]: Counter() for piece in pieces}
    with db.read() as connection:
        rows = connection.execute(
            select(piece_table.c.id, finding_table.c.severity)
            .join(finding_table, finding_table.c.revision_id == piece_table.c.revision_id)
            .where(piece_table.c.id.in_(found))
        )
        for row in rows:
            found[row.id][row.severity] += 1
    return found


def _heads(connection: Connection, ids: Any) -> list[dict[str, Any]]:
    names = Names(connection)
    pieces = [load_piece(connection, piece_id) for piece_id in ids]
    return [piece_json(connection, piece, names) for piece in pieces if piece.revision_id is not None]
