"""A named medical reviewer vouches for a statement that code cannot judge, exactly as it stands."""

from sqlalchemy import insert, select

from assistant.audit.reasons import require_reason
from assistant.audit.trail import record
from assistant.people.roles import Actor, Permission, require
from assistant.review.gate import require_independent
from assistant.review.pieces import lock_piece, newest_revision, require_active
from assistant.review.queue_facts import renew_lease
from assistant.review.states import no_statement, wrong_state
from assistant.store.database import Database
from assistant.store.ids import new_id
from assistant.store.schema import attestation as attestation_table
from guardrails.attestation import fingerprint
from guardrails.model import Segment


def attest(db: Database, actor: Actor, piece_id: str, lineage: str, reason: str) -> str:
    """Attest that the quotes carry the statement, or that another text states no fact; returns the attestation's id.

    It hangs on the statement's text and citations: it outlives a revision that leaves them alone, and no other.
    Attesting the same text again changes nothing. Raises NotAllowed, NotFound, WrongState, InvalidInput.
    """
    require(actor, Permission.ATTEST)
    text = require_reason(reason, "An attestation")
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        require_active(tx.connection, piece.product_id)
        require_independent(tx.connection, actor, piece, "attest its statements")
        if piece.status != "in_review":
            raise wrong_state(piece, "have a statement attested")
        revision = newest_revision(tx.connection, piece)
        segment = next((s for s in revision.document.segments if s.id == lineage), None)
        if segment is None or not _attestable(segment):
            raise no_statement(piece, lineage)
        print_of_text = fingerprint(segment)
        existing: str | None = tx.execute(
            select(attestation_table.c.id).where(
                attestation_table.c.piece_id == piece.id,
                attestation_table.c.lineage == lineage,
                attestation_table.c.fingerprint == print_of_text,
                attestation_table.c.user_id == actor.id,
            )
        ).scalar()
        if existing is not None:
            return existing
        attestation_id = new_id("attestation")
        tx.execute(
            insert(attestation_table).values(
                id=attestation_id,
                piece_id=piece.id,
                lineage=lineage,
                fingerprint=print_of_text,
                user_id=actor.id,
                reason=text,
                attested_at=tx.now,
            )
        )
        details = {"attestation": attestation_id, "statement": lineage, "fingerprint": print_of_text}
        renew_lease(tx, actor, piece.id)
        record(tx, actor, "statement.attested", piece.id, details, free_text=text)
        return attestation_id


def _attestable(segment: Segment) -> bool:
    """What a person may have worded; the phrasebook's texts, fragments and tokens stand as they were approved."""
    if segment.kind == "structure":
        return segment.wording == "human"
    return segment.kind in {"statement", "question", "option"}
