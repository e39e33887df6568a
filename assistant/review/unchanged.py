"""Whether a revision says nothing but what people have approved before, word for word and with the same quotes."""

import json
from collections.abc import Iterable, Sequence
from itertools import combinations

from sqlalchemy import Connection, select

from assistant.review.model import Piece, Revision
from assistant.review.pieces import load_revision
from assistant.store.schema import manifest as manifest_table
from assistant.store.schema import piece as piece_table
from assistant.store.schema import publication as publication_table
from assistant.store.schema import review_round as round_table
from assistant.store.schema import segment as segment_table
from guardrails.attestation import fingerprint

Text = tuple[str, str]
"""A segment's kind and fingerprint."""
_GONE = ("recalled", "suspended", "expired")
"""What became of a publication whose approval carries nothing any more."""
_TERMS = ("kind", "market", "language", "audience", "channel", "qualification")
"""What a signature was given for, as the manifest names it."""


def is_unchanged(connection: Connection, piece: Piece, revision: Revision) -> bool:
    """Whether its title and every segment stand in revisions that were approved for the same product and terms.

    Segments that were approved together stand in an order in which they were approved: order can mislead. A revision
    whose publication was recalled or suspended, or has run out, approves nothing.
    """
    texts = [(segment.kind, fingerprint(segment)) for segment in revision.document.segments]
    wanted = set(texts)
    stopped = select(publication_table.c.revision_id).where(publication_table.c.status.in_(_GONE))
    rows = connection.execute(
        select(
            segment_table.c.kind,
            segment_table.c.fingerprint,
            segment_table.c.revision_id,
            segment_table.c.ordinal,
        )
        .join(round_table, round_table.c.revision_id == segment_table.c.revision_id)
        .join(piece_table, piece_table.c.id == round_table.c.piece_id)
        .where(
            segment_table.c.fingerprint.in_([print_of for _, print_of in wanted]),
            round_table.c.status == "approved",
            round_table.c.revision_id.not_in(stopped),
            piece_table.c.product_id == piece.product_id,
            piece_table.c.kind == piece.kind,
            piece_table.c.market == piece.market,
        )
        .distinct()
    ).all()
    approved = _under_the_same_terms(connection, piece, {row.revision_id for row in rows})
    orders: dict[str, list[Text]] = {one: [] for one in approved}
    for row in sorted(rows, key=lambda row: row.ordinal):
        if row.revision_id in approved:
            orders[row.revision_id].append((row.kind, row.fingerprint))
    found = {text for order in orders.values() for text in order}
    if not wanted or wanted - found or not keeps_order(texts, orders.values()):
        return False
    return any(load_revision(connection, one).document.title == revision.document.title for one in approved)


def keeps_order(texts: Sequence[Text], approved: Iterable[Sequence[Text]]) -> bool:
    """Whether any two of the texts that were approved together stand in an order in which they were approved.

    Nobody approved two that stand together nowhere in either order; a text said twice was approved twice.
    """
    before = {pair for order in approved for pair in combinations(order, 2)}
    return all(
        (first, then) in before or (first != then and (then, first) not in before)
        for first, then in combinations(texts, 2)
    )


def _under_the_same_terms(connection: Connection, piece: Piece, revisions: set[str]) -> set[str]:
    """Those whose signed manifest names the piece's own terms."""
    rows = connection.execute(
        select(manifest_table.c.revision_id, manifest_table.c.canonical).where(
            manifest_table.c.revision_id.in_(sorted(revisions))
        )
    )
    signed = {row.revision_id: json.loads(row.canonical) for row in rows}
    return {one for one, named in signed.items() if all(named[t] == getattr(piece, t) for t in _TERMS)}
