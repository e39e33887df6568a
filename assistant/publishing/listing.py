"""Publications as lists and pages show them: who signed, what they rest on, and whether they are served now."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from assistant.corpus.products import find_product
from assistant.people.roles import Actor
from assistant.publishing.judged import Judged, judge_all
from assistant.publishing.model import AWAITED, STANDING, Publication
from assistant.publishing.rows import load_publication, publication_of
from assistant.publishing.serving import may_read, require_reader
from assistant.review.model import Round, Signature
from assistant.review.rounds import approved_rounds, approving, signatures_on
from assistant.review.shapes import Names, signature_json
from assistant.store.clock import instant
from assistant.store.database import Database
from assistant.store.schema import piece as piece_table
from assistant.store.schema import publication as publication_table

PAGE, MOST = 100, 1000
"""Publications, or pieces of a report, on a page that asks for no number, and on any page."""
_PART = 500


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
        rows = connection.execute(_wanted(connection, product, stopped=stopped))
        judged = judge_all(connection, [publication_of(row) for row in rows], now or db.clock.now())
        wanted = [one for one in judged if may_read(reader, one.piece) and (stopped or one.state.ok)]
        return _shown(connection, wanted)


def published_page(
    db: Database,
    reader: Actor | None,
    *,
    product: str | None = None,
    kind: str | None = None,
    stopped: bool = False,
    after: str = "",
    limit: int = PAGE,
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of `list_published`, and the `after` of the next one, which is the id of its last publication.

    What is served is computed at every read, so the list is walked in parts until the page is full.
    Raises UnknownProduct, UnknownPublication.
    """
    with db.read() as connection:
        now, wanted = db.clock.now(), _wanted(connection, product, kind, stopped=stopped)
        place = load_publication(connection, after) if after else None
        found: list[Judged] = []
        while len(found) <= limit:
            rows = connection.execute(wanted.where(*_behind(place)).limit(_PART)).all()
            judged = judge_all(connection, [publication_of(row) for row in rows], now)
            found += [one for one in judged if may_read(reader, one.piece) and (stopped or one.state.ok)]
            if len(rows) < _PART:
                break
            place = judged[-1].publication
        shown = found[:limit]
        return _shown(connection, shown), shown[-1].publication.id if len(found) > limit else None


def _wanted(
    connection: Connection, product: str | None, kind: str | None = None, *, stopped: bool
) -> Select[Any]:
    """Those that may be served, newest first; with `stopped` all there are. Raises UnknownProduct."""
    conditions = [] if stopped else [publication_table.c.status == "published"]
    if product is not None:
        conditions.append(piece_table.c.product_id == find_product(connection, product).id)
    if kind is not None:
        conditions.append(piece_table.c.kind == kind)
    return (
        select(publication_table)
        .join(piece_table, piece_table.c.id == publication_table.c.piece_id)
        .where(*conditions)
        .order_by(publication_table.c.published_at.desc(), publication_table.c.id)
    )


def _behind(place: Publication | None) -> list[ColumnElement[bool]]:
    if place is None:
        return []
    table = publication_table.c
    same = and_(table.published_at == place.published_at, table.id > place.id)
    return [or_(table.published_at < place.published_at, same)]


def _shown(connection: Connection, judged: Sequence[Judged]) -> list[dict[str, Any]]:
    names = Names(connection)
    rounds = approved_rounds(connection, [one.publication.revision_id for one in judged])
    signed = signatures_on(connection, [one.publication.manifest_hash for one in judged])
    return [_published_json(one, names, _signatures(one.publication, rounds, signed)) for one in judged]


def signatures_behind(connection: Connection, publication: Publication) -> list[Signature]:
    """The signatures that let it out, oldest first."""
    rounds = approved_rounds(connection, [publication.revision_id])
    return _signatures(publication, rounds, signatures_on(connection, [publication.manifest_hash]))


def _signatures(
    publication: Publication,
    rounds: Mapping[str, Sequence[Round]],
    signed: Mapping[str, Sequence[tuple[str | None, Signature]]],
) -> list[Signature]:
    """Those of the round that had approved it when it was published."""
    behind = approving(rounds.get(publication.revision_id, ()), publication.published_at)
    on_it = signed.get(publication.manifest_hash, ())
    return [one for round_id, one in on_it if behind is None or round_id == behind.id]


def _published_json(one: Judged, names: Names, signatures: Sequence[Signature]) -> dict[str, Any]:
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
        return _shown(connection, judge_all(connection, [publication], db.clock.now()))[0]
