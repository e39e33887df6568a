"""Pieces and their revisions: begun, saved, read. Saving a changed text voids the review under way."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from sqlalchemy import Connection, Row, insert, select, union, update

from assistant.audit.trail import record
from assistant.corpus.products import Product, find_product
from assistant.corpus.products import require_active as require_active_product
from assistant.errors import Conflict, InvalidInput, UnknownPiece
from assistant.people.roles import Actor
from assistant.review.documents import document_from_json, document_hash, document_to_json
from assistant.review.kept_prompts import keep_prompts
from assistant.review.model import NewPiece, Piece, Revision
from assistant.review.origins import Origin, carried_on, origin_of, origins_of
from assistant.review.rounds import cancel_open_round
from assistant.review.states import EDITABLE, move, wrong_state
from assistant.store.batches import batches
from assistant.store.database import Transaction
from assistant.store.ids import new_id
from assistant.store.schema import adaptation as adaptation_table
from assistant.store.schema import citation as citation_table
from assistant.store.schema import piece as piece_table
from assistant.store.schema import review_round as round_table
from assistant.store.schema import revision as revision_table
from assistant.store.schema import segment as segment_table
from guardrails.attestation import fingerprint
from guardrails.model import Document

__all__ = [
    "create_piece",
    "document_from_json",
    "document_to_json",
    "editors",
    "load_piece",
    "load_revision",
    "lock_piece",
    "newest_revision",
    "require_active",
    "save_revision",
]


def require_active(connection: Connection, product_id: str) -> Product:
    """The product. Raises ProductFrozen, with the reason, while its benefit and risk are re-evaluated."""
    found = find_product(connection, product_id)
    require_active_product(found)
    return found


def create_piece(tx: Transaction, actor: Actor, new: NewPiece) -> Piece:
    """Begin a piece, in state draft and without a revision, with its audit entry. The actor is its author.

    Raises ProductFrozen, UnknownProduct. The caller has checked the permission.
    """
    require_active(tx.connection, new.product_id)
    piece_id = new_id("piece")
    facts = {
        "kind": new.kind,
        "market": new.market,
        "language": new.language,
        "audience": new.audience,
        "channel": new.channel,
        "qualification": new.qualification,
        "engine": new.engine,
    }
    tx.execute(
        insert(piece_table).values(
            id=piece_id,
            product_id=new.product_id,
            title=new.title,
            status="draft",
            author_id=actor.id,
            revision_id=None,
            created_at=tx.now,
            updated_at=tx.now,
            **facts,
        )
    )
    record(tx, actor, "piece.begun", piece_id, {"product": new.product_id, **facts})
    return load_piece(tx.connection, piece_id)


def piece_of(row: Row[Any] | None, piece_id: str) -> Piece:
    """A row of `piece` as a value. Raises UnknownPiece where there is none."""
    if row is None:
        raise UnknownPiece(
            f"There is no piece {piece_id}.", help="`ancrage review list` shows the pieces in review."
        )
    return Piece(
        row.id,
        row.product_id,
        row.kind,
        row.market,
        row.language,
        row.audience,
        row.channel,
        row.qualification,
        row.title,
        row.status,
        row.engine,
        row.author_id,
        row.revision_id,
        row.created_at,
        row.updated_at,
    )


def load_piece(connection: Connection, piece_id: str) -> Piece:
    """The piece with that id. Raises UnknownPiece."""
    row = connection.execute(select(piece_table).where(piece_table.c.id == piece_id)).first()
    return piece_of(row, piece_id)


def load_pieces(connection: Connection, ids: Collection[str]) -> dict[str, Piece]:
    """The pieces with those ids, by id."""
    return {
        row.id: piece_of(row, row.id)
        for some in batches(ids)
        for row in connection.execute(select(piece_table).where(piece_table.c.id.in_(some)))
    }


def lock_piece(tx: Transaction, piece_id: str) -> Piece:
    """The piece, held until the transaction ends: whatever decides on a piece decides one after the other."""
    found = tx.execute(select(piece_table).where(piece_table.c.id == piece_id).with_for_update())
    return piece_of(found.first(), piece_id)


def load_revision(connection: Connection, revision_id: str) -> Revision:
    """The revision with that id. Raises UnknownPiece."""
    row = connection.execute(select(revision_table).where(revision_table.c.id == revision_id)).first()
    if row is None:
        raise UnknownPiece(
            f"There is no revision {revision_id}.", help="Open the piece to see its revisions."
        )
    return _revision_of(row)


def load_revisions(connection: Connection, ids: Collection[str]) -> dict[str, Revision]:
    """The revisions with those ids, by id."""
    return {
        row.id: _revision_of(row)
        for some in batches(ids)
        for row in connection.execute(select(revision_table).where(revision_table.c.id.in_(some)))
    }


def _revision_of(row: Row[Any]) -> Revision:
    return Revision(
        row.id,
        row.piece_id,
        row.number,
        document_from_json(row.document),
        row.hash,
        cast("Mapping[str, Any]", row.provenance),
        row.created_by,
        row.created_at,
    )


def newest_revision(connection: Connection, piece: Piece) -> Revision:
    """The piece's newest revision. Raises UnknownPiece where it has none yet."""
    if piece.revision_id is None:
        raise UnknownPiece(f"The piece {piece.id} has no text yet.", help="Draft it first.")
    return load_revision(connection, piece.revision_id)


def editors(connection: Connection, piece: Piece) -> frozenset[str]:
    """Ids of the author, of everybody who made a revision, and of everybody who submitted it: none of them approves.

    Of an adaptation also those who wrote what it was adapted from: it is their text still.
    """
    wrote = select(revision_table.c.created_by).where(revision_table.c.piece_id == piece.id)
    sent = select(round_table.c.submitted_by).where(round_table.c.piece_id == piece.id)
    hands = connection.scalars(union(wrote, sent))
    return frozenset({piece.author_id, *hands, *_wrote_the_base(connection, piece.id)})


def _wrote_the_base(connection: Connection, piece_id: str) -> set[str]:
    base = connection.execute(
        select(adaptation_table.c.base_piece_id, revision_table.c.number)
        .join(revision_table, revision_table.c.id == adaptation_table.c.base_revision_id)
        .where(adaptation_table.c.piece_id == piece_id)
    ).first()
    if base is None:
        return set()
    author = connection.scalars(select(piece_table.c.author_id).where(piece_table.c.id == base.base_piece_id))
    wrote = connection.scalars(
        select(revision_table.c.created_by)
        .where(revision_table.c.piece_id == base.base_piece_id, revision_table.c.number <= base.number)
        .distinct()
    )
    return {*author, *wrote, *_wrote_the_base(connection, base.base_piece_id)}


def save_revision(
    tx: Transaction,
    actor: Actor,
    piece_id: str,
    document: Document,
    provenance: Mapping[str, Any],
    base: str | None = None,
) -> Revision:
    """Save the document as the piece's next revision, unless it is the newest one's text to the letter.

    A new revision brings the piece back to draft and cancels the review under way: what was signed was another
    text. `base` is the id of the revision that was edited. Raises Conflict where it is no longer the newest,
    WrongState where the piece's state permits no edit, InvalidInput for a segment id that stands twice. The caller
    has checked the permission.
    """
    piece = lock_piece(tx, piece_id)
    newest = None if piece.revision_id is None else load_revision(tx.connection, piece.revision_id)
    if base is not None and base != piece.revision_id:
        raise Conflict(
            "A newer revision of this piece has been saved meanwhile.",
            help="Read the newest revision, then change it: what is saved now replaces its text.",
            piece=piece_id,
            newest=piece.revision_id,
        )
    text = document_to_json(document)
    if newest is not None and newest.hash == document_hash(text):
        return newest
    if piece.status not in EDITABLE:
        raise wrong_state(piece, "be edited")
    require_active(tx.connection, piece.product_id)
    number = 1 if newest is None else newest.number + 1
    return add_revision(tx, actor, piece, text, number, provenance)


def add_revision(
    tx: Transaction, actor: Actor, piece: Piece, text: str, number: int, provenance: Mapping[str, Any]
) -> Revision:
    """Write revision `number` of a locked piece, its segments and citations, and bring the piece back to draft."""
    document = document_from_json(text)
    _require_distinct_ids(document)
    revision_id = new_id("revision")
    tx.execute(
        insert(revision_table).values(
            id=revision_id,
            piece_id=piece.id,
            number=number,
            document=text,
            hash=document_hash(text),
            provenance=dict(provenance),
            created_by=actor.id,
            created_at=tx.now,
        )
    )
    keep_prompts(tx, provenance)
    tx.failpoint("revision:row")
    _save_segments(
        tx, revision_id, document, _origins(tx.connection, actor, piece, (revision_id, document, provenance))
    )
    tx.failpoint("revision:segments")
    cancel_open_round(tx, actor, piece.id, "edited")
    move(tx, piece, "draft")
    tx.execute(
        update(piece_table)
        .where(piece_table.c.id == piece.id)
        .values(revision_id=revision_id, title=document.title, updated_at=tx.now)
    )
    details = {"revision": revision_id, "number": number, "hash": document_hash(text)}
    record(tx, actor, "revision.saved", piece.id, details)
    return load_revision(tx.connection, revision_id)


def _require_distinct_ids(document: Document) -> None:
    seen: set[str] = set()
    for segment in document.segments:
        if segment.id in seen:
            raise InvalidInput(
                f"The segment {segment.id} stands twice in the document.",
                help="Every segment needs an id of its own.",
            )
        seen.add(segment.id)


def _origins(
    connection: Connection, actor: Actor, piece: Piece, made: tuple[str, Document, Mapping[str, Any]]
) -> dict[str, Origin]:
    """Who wrote each text: as it was in the revision before, or in the one from which the piece was adapted."""
    revision_id, document, provenance = made
    base: str | None = piece.revision_id or connection.scalar(
        select(adaptation_table.c.base_revision_id).where(adaptation_table.c.piece_id == piece.id)
    )
    before: dict[str, tuple[str, Origin]] = {}
    if base is not None:
        texts = {s.id: s.text for s in load_revision(connection, base).document.segments}
        before = {
            lineage: (texts[lineage], origin) for lineage, origin in origins_of(connection, base).items()
        }
    new = {s.id: origin_of(s, provenance, actor.id, revision_id) for s in document.segments}
    return carried_on(document.segments, before, new)


def _save_segments(
    tx: Transaction, revision_id: str, document: Document, origins: Mapping[str, Origin]
) -> None:
    segments = [
        {
            "revision_id": revision_id,
            "lineage": segment.id,
            "ordinal": ordinal,
            "kind": segment.kind,
            "fingerprint": fingerprint(segment),
            "origin": origins[segment.id].kind,
            "origin_by": origins[segment.id].person,
            "origin_engine": origins[segment.id].engine,
            "origin_revision": origins[segment.id].revision,
        }
        for ordinal, segment in enumerate(document.segments)
    ]
    citations = [
        {
            "revision_id": revision_id,
            "lineage": segment.id,
            "ordinal": ordinal,
            "source_id": cited.source,
            "reading_id": cited.reading,
            "passage_id": cited.passage,
            "quote_sha256": cited.quote_sha256,
            "spans": [[span.page, span.start, span.end] for span in cited.spans],
        }
        for segment in document.segments
        for ordinal, cited in enumerate(segment.citations)
    ]
    if segments:
        tx.execute(insert(segment_table), segments)
    if citations:
        tx.execute(insert(citation_table), citations)
