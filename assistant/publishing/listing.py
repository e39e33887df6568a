"""Publications as lists and pages show them: who signed, what they rest on, and whether they are served now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from assistant.corpus.model import Source
from assistant.corpus.products import find_product
from assistant.people.roles import Actor
from assistant.publishing.model import AWAITED, STANDING, Publication
from assistant.publishing.quotation import over_quoted
from assistant.publishing.rows import publication_of, recalls_of_publication
from assistant.publishing.serving import cited_sources, judge, may_read, require_reader
from assistant.review.pieces import load_piece
from assistant.review.rounds import approved_round, signatures_of
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
        publications = [publication_of(row) for row in rows]
        sources = cited_sources(connection, publications)
        names = Names(connection)
        shown = []
        for publication in publications:
            if not may_read(reader, load_piece(connection, publication.piece_id)):
                continue
            item = _published_json(connection, publication, sources, at, names)
            if stopped or item["served"]:
                shown.append(item)
        return shown


def _published_json(
    connection: Connection,
    publication: Publication,
    sources: Mapping[str, Mapping[str, Source]],
    now: datetime,
    names: Names,
) -> dict[str, Any]:
    piece = load_piece(connection, publication.piece_id)
    found = find_product(connection, piece.product_id)
    today = civil_date(now, piece.market)
    recalls = recalls_of_publication(connection, publication.id)
    signed = approved_round(connection, publication.revision_id, publication.published_at)
    over = over_quoted(connection, publication, sources[publication.id])
    state = judge(publication, piece, found, sources, today, recalls[0].reason if recalls else "", over)
    return {
        "id": publication.id,
        "piece": piece.id,
        "title": piece.title,
        "kind": piece.kind,
        "product": found.name,
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
        "signatures": [
            signature_json(s) for s in signatures_of(connection, publication.manifest_hash, signed)
        ],
        "sources": [
            {
                "id": source.id,
                "title": source.title,
                "status": source.status_on(today),
                "expires_on": source.approval.expires_on.isoformat() if source.approval else None,
            }
            for source in sources[publication.id].values()
        ],
    }


def publication_json(db: Database, publication: Publication, reader: Actor | None = None) -> dict[str, Any]:
    """A publication as the command line shows it: who signed, its sources, and whether it is served now.

    Raises NotAllowed where it is not for `reader`.
    """
    with db.read() as connection:
        require_reader(connection, reader, publication.id)
        sources = cited_sources(connection, [publication])
        return _published_json(connection, publication, sources, db.clock.now(), Names(connection))
