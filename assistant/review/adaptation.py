"""A market adaptation: a new piece that begins as the text of a published one, and stays linked to exactly that revision."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert, select

from assistant.audit.trail import record
from assistant.corpus.markets import known_market
from assistant.errors import InvalidInput, WrongState
from assistant.people.roles import Actor, Permission, require
from assistant.review.checking import check_revision
from assistant.review.model import NewPiece, Piece
from assistant.review.pieces import create_piece, load_piece, load_revision, save_revision
from assistant.store.database import Database
from assistant.store.schema import adaptation as adaptation_table
from assistant.store.schema import publication as publication_table


@dataclass(frozen=True, slots=True)
class Base:
    """What a piece was adapted from: the revision that was published then, and the manifest that was signed."""

    piece: str
    revision: str
    manifest: str


def adapt(
    db: Database, actor: Actor, piece_id: str, market: str, *, audience: str = "", channel: str = ""
) -> Piece:
    """Begin the adaptation for another market (or audience, or channel) as a draft of the actor's; the language stays.

    Its segments keep their lineage, so that a review shows what differs from the base. Raises NotAllowed,
    UnknownPiece, WrongState where nothing of the piece is published, InvalidInput where nothing would be another.
    """
    require(actor, Permission.DRAFT)
    with db.write() as tx:
        base = load_piece(tx.connection, piece_id)
        live = tx.execute(
            select(publication_table.c.revision_id, publication_table.c.manifest_hash)
            .where(publication_table.c.piece_id == base.id, publication_table.c.status == "published")
            .order_by(publication_table.c.published_at.desc())
            .limit(1)
        ).first()
        if live is None:
            raise WrongState(
                f"Nothing of the piece {base.id} is published now.",
                help="A market adaptation begins from a published piece.",
            )
        terms = (known_market(market), audience.strip() or base.audience, channel.strip() or base.channel)
        if terms == (base.market, base.audience, base.channel):
            raise InvalidInput(
                "The adaptation would be for the same market, audience and channel.",
                help="Edit the piece itself for a new version of it.",
                field="market",
            )
        revision = load_revision(tx.connection, live.revision_id)
        new = NewPiece(
            product_id=base.product_id,
            kind=base.kind,
            market=terms[0],
            language=base.language,
            audience=terms[1],
            channel=terms[2],
            qualification=base.qualification,
            title=revision.document.title,
            engine=base.engine,
        )
        made = create_piece(tx, actor, new)
        tx.execute(
            insert(adaptation_table).values(
                piece_id=made.id,
                base_piece_id=base.id,
                base_revision_id=revision.id,
                base_manifest=live.manifest_hash,
                made_at=tx.now,
            )
        )
        tx.failpoint("adapt:link")
        details = {"base": base.id, "revision": revision.id, "manifest": live.manifest_hash}
        record(tx, actor, "piece.adapted", made.id, details)
        provenance = {**revision.provenance, "adapted_from": details}
        saved = save_revision(tx, actor, made.id, replace(revision.document), provenance)
        made = load_piece(tx.connection, made.id)
        check_revision(tx, made, saved, "draft", actor)
        return made


def base_of(connection: Connection, piece_id: str) -> Base | None:
    """What the piece was adapted from, if it was."""
    row = connection.execute(select(adaptation_table).where(adaptation_table.c.piece_id == piece_id)).first()
    return None if row is None else Base(row.base_piece_id, row.base_revision_id, row.base_manifest)


def adaptation_json(connection: Connection, piece_id: str) -> dict[str, Any] | None:
    """{"piece", "title", "market", "revision", "hash", "manifest", "status"} of the base, or nothing."""
    base = base_of(connection, piece_id)
    if base is None:
        return None
    piece, revision = load_piece(connection, base.piece), load_revision(connection, base.revision)
    return {
        "piece": piece.id,
        "title": revision.document.title,
        "market": piece.market,
        "revision": revision.number,
        "hash": revision.hash,
        "manifest": base.manifest,
        "status": piece.status,
    }


def adaptations_json(connection: Connection, piece_id: str) -> list[dict[str, Any]]:
    """The pieces that were adapted from it: {"piece", "title", "market", "status"}."""
    ids = connection.scalars(
        select(adaptation_table.c.piece_id)
        .where(adaptation_table.c.base_piece_id == piece_id)
        .order_by(adaptation_table.c.made_at, adaptation_table.c.piece_id)
    ).all()
    return [
        {"piece": one.id, "title": one.title, "market": one.market, "status": one.status}
        for one in (load_piece(connection, each) for each in ids)
    ]
