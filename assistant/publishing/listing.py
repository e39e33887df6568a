"""Publications as lists and pages show them: who signed, what they rest on, and whether they are served now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from assistant.corpus.model import Source
from assistant.corpus.products import Product, find_product
from assistant.people.roles import Actor
from assistant.publishing.model import AWAITED, STANDING, Publication, Served
from assistant.publishing.quotation import all_over_quoted
from assistant.publishing.rows import last_reasons, publication_of
from assistant.publishing.serving import cited_sources, judge, may_read, require_reader
from assistant.review.model import Piece, Round, Signature
from assistant.review.pieces import load_pieces
from assistant.review.rounds import approved_rounds, signatures_on
from assistant.review.shapes import Names, instant, signature_json
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.schema import piece as piece_table
from assistant.store.schema import publication as publication_table


def list_published(
    db: Database,
    product: str | None = None,
    now: datetime | None = None,
    *,
    stopped: bool = False,
    reader: Actor | None = None,
) -> list[dict[str, Any]]:
    """Publications that are served now, newest first, as JSON; with `stopped` also those that are not, and why.

    Only what is for `reader` (see `may_read`).

    Raises UnknownProduct.
    """
    with db.read() as connection:
        at = now or db.clock.now()
        conditions = [] if stopped else [publication_table.c.status == "published"]
        if product is not None:
            conditions.append(piece_table.c.product_id == find_product(connection, product).id)
        rows = connection.execute(
            select(publication_table)
            .join(piece_table, piece_table.c.id == publication_table.c.piece_id)
            .where(*conditions)
            .order_by(publication_table.c.published_at.desc(), publication_table.c.id)
        )
        judged = _judged(connection, [publication_of(row) for row in rows], at)
        wanted = [one for one in judged if may_read(reader, one.piece) and (stopped or one.state.ok)]
        return _shown(connection, wanted)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A publication with all that decides on it, and whether it is served."""

    publication: Publication
    piece: Piece
    product: Product
    sources: Mapping[str, Source]
    state: Served
    today: date


def _judged(connection: Connection, publications: Sequence[Publication], now: datetime) -> list[_Judged]:
    """Each with its state, in a number of statements that does not grow with theirs."""
    sources = cited_sources(connection, publications)
    pieces = load_pieces(connection, [one.piece_id for one in publications])
    products = {
        product_id: find_product(connection, product_id)
        for product_id in {one.product_id for one in pieces.values()}
    }
    reasons = last_reasons(connection, [one.id for one in publications])
    over = all_over_quoted(connection, publications, sources)
    found = []
    for one in publications:
        piece = pieces[one.piece_id]
        product, today = products[piece.product_id], civil_date(now, piece.market)
        state = judge(one, piece, product, sources, today, reasons.get(one.id, ""), over[one.id])
        found.append(_Judged(one, piece, product, sources[one.id], state, today))
    return found


def _shown(connection: Connection, judged: Sequence[_Judged]) -> list[dict[str, Any]]:
    names = Names(connection)
    rounds = approved_rounds(connection, [one.publication.revision_id for one in judged])
    signed = signatures_on(connection, [one.publication.manifest_hash for one in judged])
    return [_published_json(one, names, _signatures(one.publication, rounds, signed)) for one in judged]


def _signatures(
    publication: Publication,
    rounds: Mapping[str, Sequence[Round]],
    signed: Mapping[str, Sequence[tuple[str | None, Signature]]],
) -> list[Signature]:
    """Those of the round that had approved it when it was published."""
    approving = next(
        (
            one
            for one in rounds.get(publication.revision_id, ())
            if one.closed_at is not None and one.closed_at <= publication.published_at
        ),
        None,
    )
    on_it = signed.get(publication.manifest_hash, ())
    return [one for round_id, one in on_it if approving is None or round_id == approving.id]


def _published_json(one: _Judged, names: Names, signatures: Sequence[Signature]) -> dict[str, Any]:
    publication, piece, state = one.publication, one.piece, one.state
    return {
        "id": publication.id,
        "piece": piece.id,
        "title": piece.title,
        "kind": piece.kind,
        "product": one.product.name,
        "market": piece.market,
        "language": piece.language,
        "audience": piece.audience,
        "channel": piece.channel,
        "qualification": piece.qualification,
        "hash": publication.manifest_hash,
        "status": "expired" if state.code == "expired" else publication.status,
        "served": state.ok,
        "cause": state.code,
        "reason": state.reason,
        "confirm_by": None if publication.confirm_by is None else publication.confirm_by.isoformat(),
        "published_by": names.person(publication.published_by),
        "published_at": instant(publication.published_at),
        "expires_on": None if publication.expires_on is None else publication.expires_on.isoformat(),
        "release": {k: v for k, v in publication.release.items() if k not in {STANDING, AWAITED}},
        "signatures": [signature_json(signature) for signature in signatures],
        "sources": [
            {
                "id": source.id,
                "title": source.title,
                "status": source.status_on(one.today),
                "expires_on": source.approval.expires_on.isoformat() if source.approval else None,
            }
            for source in one.sources.values()
        ],
    }


def publication_json(db: Database, publication: Publication, reader: Actor | None = None) -> dict[str, Any]:
    """A publication as the command line shows it: who signed, its sources, and whether it is served now.

    Raises NotAllowed where it is not for `reader`.
    """
    with db.read() as connection:
        require_reader(connection, reader, publication.id)
        return _shown(connection, _judged(connection, [publication], db.clock.now()))[0]
