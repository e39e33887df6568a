"""What of a piece a reviewer had before their eyes, exactly as it stood; the decision keeps it for good.

All that reaches a reader counts, a title or a wrong answer as much as a statement.
"""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from assistant.audit.trail import record
from assistant.people.roles import Actor, Permission, Role, require
from assistant.review.gate import require_independent
from assistant.review.model import Piece, Revision
from assistant.review.pieces import editors, load_piece, lock_piece, newest_revision, require_active
from assistant.review.queue_facts import renew_lease
from assistant.review.reading import in_order, stop_of
from assistant.review.states import no_statement, wrong_state
from assistant.store.database import Database, Transaction
from assistant.store.schema import piece as piece_table
from assistant.store.schema import segment as segment_table
from assistant.store.schema import statement_seen
from guardrails.attestation import fingerprint
from guardrails.model import Segment


def is_noted(actor: Actor) -> bool:
    """Whether it is noted what this person opens of a piece that others wrote."""
    return actor.may(Permission.REVIEW) and Role.ADMIN not in actor.roles


def record_opened(db: Database, actor: Actor, piece_id: str, lineage: str) -> None:
    """Note that an independent reviewer has opened a text of a piece under review, with all that is read together with it.

    Anybody else leaves no trace. It is a trace of reading and decides nothing: the decision's audit entry says what
    it amounted to.
    """
    if not is_noted(actor):
        return
    with db.read() as connection:
        if _was_opened(connection, actor, piece_id, lineage):
            return
        piece = load_piece(connection, piece_id)
        if piece.status != "in_review" or actor.id in editors(connection, piece):
            return
        stop = stop_of(newest_revision(connection, piece).document.segments, lineage)
        if all(_row(connection, actor, piece, segment) is not None for segment in stop):
            return
    with db.write() as tx:
        lock_piece(tx, piece_id)
        for segment in stop:
            if _row(tx.connection, actor, piece, segment) is None:
                _add(tx, actor, piece, segment)
        renew_lease(tx, actor, piece_id)


def accept_statement(db: Database, actor: Actor, piece_id: str, lineage: str) -> None:
    """Say that one has read the text against its source and has nothing against it. Again changes nothing.

    A question is accepted with its answers. It hangs on text and citations. Raises NotAllowed, NotFound, WrongState,
    ProductFrozen.
    """
    require(actor, Permission.REVIEW)
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        require_active(tx.connection, piece.product_id)
        require_independent(tx.connection, actor, piece, "accept its statements")
        if piece.status != "in_review":
            raise wrong_state(piece, "have a statement accepted")
        stop = stop_of(newest_revision(tx.connection, piece).document.segments, lineage)
        if not stop:
            raise no_statement(piece, lineage)
        for segment in stop:
            _accept(tx, actor, piece, segment)


def _accept(tx: Transaction, actor: Actor, piece: Piece, segment: Segment) -> None:
    known = _row(tx.connection, actor, piece, segment)
    if known is None:
        _add(tx, actor, piece, segment)
    elif known.accepted_at is not None:
        return
    tx.execute(update(statement_seen).where(*_key(actor, piece, segment)).values(accepted_at=tx.now))
    renew_lease(tx, actor, piece.id)
    details = {"statement": segment.id, "fingerprint": fingerprint(segment)}
    record(tx, actor, "statement.accepted", piece.id, details)


def seen_of(connection: Connection, user_id: str, piece_id: str, revision: Revision) -> dict[str, Any]:
    """The revision's segments by what the person did: {"accepted", "opened" (and not accepted), "unopened"}.

    "of" says of what: "segments"; decisions before that were followed by their statements alone and do not hold it.
    """
    rows = connection.execute(
        select(statement_seen).where(
            statement_seen.c.piece_id == piece_id, statement_seen.c.user_id == user_id
        )
    )
    known = {(row.lineage, row.fingerprint): row.accepted_at is not None for row in rows}
    found: dict[str, list[str]] = {"accepted": [], "opened": [], "unopened": []}
    for segment in in_order(revision.document.segments):
        accepted = known.get((segment.id, fingerprint(segment)))
        name = "unopened" if accepted is None else "accepted" if accepted else "opened"
        found[name].append(segment.id)
    return {**found, "of": "segments"}


def _was_opened(connection: Connection, actor: Actor, piece_id: str, lineage: str) -> bool:
    """Whether the statement was opened by the actor as it stands now: asked at every step, so asked of rows alone.

    Of a statement only: a question may have got another answer since.
    """
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
            placed.kind == "statement",
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
