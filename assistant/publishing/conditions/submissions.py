"""A submission to an authority at first use (in the US with Form FDA 2253)."""

from datetime import date

from assistant.errors import AlreadyDecided, InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.conditions.data import Condition
from assistant.publishing.conditions.permit_rules import clean_reference, person_name
from assistant.publishing.conditions.records import ReleaseRecord, load_record, records_of, save_record
from assistant.publishing.conditions.target import condition_of, target_of
from assistant.review.model import Piece
from assistant.review.pieces import lock_piece, require_active
from assistant.store.clock import civil_date
from assistant.store.database import Database, Transaction


def record_submission(
    db: Database, actor: Actor, piece_id: str, reference: str, submitted_on: date
) -> ReleaseRecord:
    """Record that the signed piece was sent to the authority. Raises NotAllowed, WrongState, InvalidInput, AlreadyDecided."""
    require(actor, Permission.RECORD_RELEASE)
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        require_active(tx.connection, piece.product_id)
        condition = condition_of(piece, "submission")
        return load_record(
            tx.connection, enter_submission(tx, actor, piece, condition, reference, submitted_on)
        )


def enter_submission(
    tx: Transaction, actor: Actor, piece: Piece, condition: Condition, reference: str, submitted_on: date
) -> str:
    """The part that publishing shares: the row and the audit entry. The caller holds the piece."""
    target = target_of(tx.connection, piece, "be submitted to the authority")
    clean = clean_reference(reference)
    if clean is None:
        raise InvalidInput(
            "A submission is recorded with its reference.",
            help="Give the number of the sequence, or of the letter.",
            field="reference",
        )
    today = civil_date(tx.now, piece.market)
    if submitted_on > today:
        raise InvalidInput(
            f"A submission of {submitted_on} lies in the future: today is {today}.",
            help="Record it once it has been sent.",
            field="submitted_on",
        )
    for one in records_of(tx.connection, piece.id):
        if one.manifest_hash == target.manifest_hash and one.status == "submitted":
            who = person_name(tx.connection, one.recorded_by)
            raise AlreadyDecided(
                f"{who} has recorded the submission of this version on {one.decided_on} already.",
                help="Strike that record out if it is wrong.",
            )
    return save_record(
        tx,
        actor,
        piece,
        "submitted",
        revision_id=target.revision_id,
        manifest_hash=target.manifest_hash,
        condition=condition.id,
        status="submitted",
        reference=clean,
        decided_on=submitted_on,
    )
