"""Many publications with all that decides on each, in a number of statements that does not grow with theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from assistant.corpus.model import Source
from assistant.corpus.products import Product, load_products
from assistant.publishing.model import Publication, Served
from assistant.publishing.quotation import all_over_quoted
from assistant.publishing.rows import last_reasons
from assistant.publishing.serving import cited_sources, judge
from assistant.review.model import Piece
from assistant.review.pieces import load_pieces
from assistant.store.clock import civil_date


@dataclass(frozen=True, slots=True)
class Judged:
    """A publication with all that decides on it, and whether it is served."""

    publication: Publication
    piece: Piece
    product: Product
    sources: Mapping[str, Source]
    state: Served
    today: date


def judge_all(
    connection: Connection,
    publications: Sequence[Publication],
    now: datetime,
    known: Mapping[str, Piece] | None = None,
) -> list[Judged]:
    """Each with its state at `now`, in their order; `known` are their pieces by id, where they have been read."""
    sources = cited_sources(connection, publications)
    pieces = load_pieces(connection, [one.piece_id for one in publications]) if known is None else known
    products = load_products(connection, {one.product_id for one in pieces.values()})
    reasons = last_reasons(connection, [one.id for one in publications])
    over = all_over_quoted(connection, publications, sources)
    days = {market: civil_date(now, market) for market in {one.market for one in pieces.values()}}
    found = []
    for one in publications:
        piece = pieces[one.piece_id]
        product, today = products[piece.product_id], days[piece.market]
        state = judge(one, piece, product, sources, today, reasons.get(one.id, ""), over[one.id])
        found.append(Judged(one, piece, product, sources[one.id], state, today))
    return found
