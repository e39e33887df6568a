"""Which statements a reviewer had before their eyes, exactly as they stood; the decision keeps it for good."""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from assistant.audit.trail import record
from assistant.errors import NotFound
from assistant.people.roles import Actor, Permission, Role, require
from assistant.review.gate import require_independent
from assistant.review.model import Piece, Revision
from assistant.review.pieces import editors, load_piece, lock_piece, newest_revision, require_active
from assistant.review.queue_facts import renew_lease
from assistant.review.states import wrong_state
from assistant.store.database import Database, Transaction
from assistant.store.schema import piece as piece_table
from assistant.store.schema import segment as segment_table
from assistant.store.schema import statement_seen
from guardrails.attestation import fingerprint
from guardrails.model import Segment


def record_opened(db: Database, actor: Actor, piece_id: str, lineage: str) -> None:
    """Note that an independent reviewer has opened the statement of a piece under review; anybody else leaves no trace.

    It is a trace of reading and decides nothing: the decision's audit entry says what it amounted to.
    """
    if not actor.may(Permission.REVIEW) or Role.ADMIN in actor.roles:
        return
    with db.read() as connection:
        if _was_opened(connection, actor, piece_id, lineage):
            return
        piece = load_piece(connection, piece_id)
        if piece.status != "in_review" or actor.id in editors(connection, piece):
            return
        segment = _statement(newest_revision(connection, piece), lineage)
        if segment is None or _row(connection, actor, piece, segment) is not None:
            return
    with db.write() as tx:
        lock_piece(tx, piece_id)
        if _row(tx.connection, actor, piece, segment) is None:
            _add(tx, actor, piece, segment)
            renew_lease(tx, actor, piece_id)


def accept_statement(db: Database, actor: Actor, piece_id: str, lineage: str) -> None:
    """Say that one has read the statement against its source and has nothing against it. Again changes nothing.

    It hangs on the statement's text and citations. Raises NotAllowed, NotFound, WrongState, ProductFrozen.
    """
    require(actor, Permission.REVIEW)
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        require_active(tx.connection, piece.product_id)
        require_independent(tx.connection, actor, piece, "accept its statements")
        if piece.status != "in_review":
            raise wrong_state(piece, "have a statement accepted")
        segment = _statement(newest_revision(tx.connection, piece), lineage)
        if segment is None:
            raise NotFound(
                f"The piece {piece.id} has no statement {lineage}.", help="`ancrage review show` lists them."
            )
        known = _row(tx.connection, actor, piece, segment)
        if known is None:
            _add(tx, actor, piece, segment)
        elif known.accepted_at is not None:
            return
        tx.execute(update(statement_seen).where(*_key(actor, piece, segment)).values(accepted_at=tx.now))
        renew_lease(tx, actor, piece_id)
        details = {"statement": lineage, "fingerprint": fingerprint(segment)}
        record(tx, actor, "statement.accepted", piece.id, details)


def seen_of(connection: Connection, user_id: str, piece_id: str, revision: Revision) -> dict[str, Any]:
    """The revision's statements by what the person did: {"accepted", "opened" (and not accepted), "unopened"}."""
    rows = connection.execute(
        select(statement_seen).where(
            statement_seen.c.piece_id == piece_id, statement_seen.c.user_id == user_id
        )
    )
    known = {(row.lineage, row.fingerprint): row.accepted_at is not None for row in rows}
    found: dict[str, list[str]] = {"accepted": [], "opened": [], "unopened": []}
    for segment in revision.document.segments:
        if segment.kind == "statement":
            accepted = known.get((segment.id, fingerprint(segment)))
            name = "unopened" if accepted is None else "accepted" if accepted else "opened"
            found[name].append(segment.id)
    return found


def _statement(revision: Revision, lineage: str) -> Segment | None:
    return next((s for s in revision.document.segments if s.id == lineage and s.kind == "statement"), None)


def _was_opened(connection: Connection, actor: Actor, piece_id: str, lineage: str) -> bool:
    """Whether the statement was opened by the actor as it stands now: asked at every step, so asked of rows alone."""
    seen, placed = statement_seen.c, segment_table.c
    found = connection.execute(
        select(seen.lineage)
        .join(piece_table, piece_table.c.id == seen.piece_id)
        .join(
            segment_table,
            (placed.revision_id == piece_table.c.revision_id) & (placed.lineage == seen.lineage),
        )
        .where(
            seen.piece_id == piece_id,
            seen.user_id == actor.id,
            seen.lineage == lineage,
            seen.fingerprint == placed.fingerprint,
        )
    )
    return found.first() is not None


def _key(actor: Actor, piece: Piece, segment: Segment) -> tuple[Any, ...]:
    seen = statement_seen.c
    return (
        seen.piece_id == piece.id,
        seen.user_id == actor.id,
        seen.lineage == segment.id,
        seen.fingerprint == fingerprint(segment),
    )


def _row(connection: Connection, actor: Actor, piece: Piece, segment: Segment) -> Any:
    return connection.execute(select(statement_seen).where(*_key(actor, piece, segment))).first()


def _add(tx: Transaction, actor: Actor, piece: Piece, segment: Segment) -> None:
    tx.execute(
        insert(statement_seen).values(
            piece_id=piece.id,
            user_id=actor.id,
            lineage=segment.id,
            fingerprint=fingerprint(segment),
            opened_at=tx.now,
        )
    )
