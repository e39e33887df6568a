"""A permit of an authority (in France the visa): asked for, granted, refused; silence may grant it."""

from dataclasses import dataclass
from datetime import date

from assistant.audit.reasons import require_reason
from assistant.errors import AlreadyDecided, InvalidInput, WrongState
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.conditions import permit_rules as rules
from assistant.publishing.conditions.data import Condition
from assistant.publishing.conditions.deadlines import answer_by, counts_from
from assistant.publishing.conditions.moving_end import move_end
from assistant.publishing.conditions.records import ReleaseRecord, load_record, save_record, settle_record
from assistant.publishing.conditions.target import condition_of, target_of
from assistant.review.model import Piece
from assistant.review.pieces import lock_piece, require_active
from assistant.store.clock import civil_date
from assistant.store.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Grant:
    """What the authority answered; without an end it holds as long as the law says."""

    granted_on: date
    number: str | None = None
    expires_on: date | None = None
    reference: str | None = None


def request_permit(
    db: Database,
    actor: Actor,
    piece_id: str,
    number: str,
    requested_on: date,
    outside_window: str | None = None,
) -> ReleaseRecord:
    """Record that the signed piece was deposited with the authority under that number.

    `outside_window` is why it was deposited on a day on which nothing may be, where the law makes an exception.
    Raises NotAllowed, WrongState, InvalidInput, Conflict, ProductFrozen.
    """
    require(actor, Permission.RECORD_RELEASE)
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        require_active(tx.connection, piece.product_id)
        condition = condition_of(piece, "permit")
        target = target_of(tx.connection, piece, "be deposited")
        clean = rules.clean_number(condition, piece, number)
        rules.require_own_number(tx.connection, piece, clean)
        rules.require_day(tx, piece, target, requested_on)
        rules.require_nothing_under_way(tx.connection, condition, piece, target)
        rules.require_free_number(tx.connection, clean, target)
        window = rules.open_window(tx.connection, condition, piece, requested_on, outside_window)
        last_day = (
            None
            if condition.answer_months is None
            else answer_by(counts_from(requested_on, window), condition.answer_months)
        )
        record_id = save_record(
            tx,
            actor,
            piece,
            "requested",
            revision_id=target.revision_id,
            manifest_hash=target.manifest_hash,
            condition=condition.id,
            status="requested",
            number=clean,
            reference=outside_window,
            requested_on=requested_on,
            window_closes_on=window.closes_on if window else None,
            answer_by=last_day,
        )
        return load_record(tx.connection, record_id)


def grant_permit(db: Database, actor: Actor, piece_id: str, grant: Grant) -> ReleaseRecord:
    """Record that the authority granted it: of the request that is open, else of the signed piece at once.

    A publication of these very bytes ends when the permit does, be that later or earlier. Raises NotAllowed, WrongState, InvalidInput,
    AlreadyDecided, Conflict.
    """
    require(actor, Permission.RECORD_RELEASE)
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        condition = condition_of(piece, "permit")
        if grant.number:
            rules.require_own_number(tx.connection, piece, rules.clean_number(condition, piece, grant.number))
        record_id = enter_grant(tx, actor, piece, condition, grant)
        found = load_record(tx.connection, record_id)
        move_end(tx, actor, piece, condition, found)
        return found


def enter_grant(tx: Transaction, actor: Actor, piece: Piece, condition: Condition, grant: Grant) -> str:
    """The part that publishing shares: the rows and the audit entry. The caller holds the piece."""
    today = civil_date(tx.now, piece.market)
    open_request = rules.open_request(tx.connection, condition, piece, grant.number)
    if grant.granted_on > today:
        raise InvalidInput(
            f"A grant of {grant.granted_on} lies in the future: today is {today}.",
            help="Record it once it has been granted.",
            field="granted_on",
        )
    expires = rules.end_of(condition, grant.granted_on, grant.expires_on)
    if open_request is not None:
        rules.require_in_time(open_request, grant.granted_on, condition)
        settle_record(
            tx,
            actor,
            open_request,
            "granted",
            decided_on=grant.granted_on,
            expires_on=expires,
            reference=rules.clean_reference(grant.reference) or open_request.reference,
        )
        return open_request.id
    rules.require_undecided(tx.connection, condition, piece, grant.number)
    target = target_of(tx.connection, piece, "be given a visa")
    rules.require_not_refused(tx.connection, condition, piece, target)
    if not grant.number:
        raise InvalidInput(
            "A visa that was not asked for here is given with its number.",
            help=f"It reads {condition.number['reads']}, for instance {condition.number['example']}.",
            field="number",
        )
    number = rules.clean_number(condition, piece, grant.number)
    rules.require_free_number(tx.connection, number, target)
    return save_record(
        tx,
        actor,
        piece,
        "granted",
        revision_id=target.revision_id,
        manifest_hash=target.manifest_hash,
        condition=condition.id,
        status="granted",
        number=number,
        reference=rules.clean_reference(grant.reference),
        decided_on=grant.granted_on,
        expires_on=expires,
    )


def refuse_permit(
    db: Database, actor: Actor, piece_id: str, refused_on: date, reason: str, number: str | None = None
) -> ReleaseRecord:
    """Record that the authority refused it: this text is not released. Raises NotAllowed, WrongState, InvalidInput."""
    require(actor, Permission.RECORD_RELEASE)
    text = require_reason(reason, "A refusal by the authority")
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        condition = condition_of(piece, "permit")
        found = rules.open_request(tx.connection, condition, piece, number)
        if found is None:
            rules.require_undecided(tx.connection, condition, piece, number)
            raise WrongState(
                "No request is open that could be refused.", help="Record the request first, with its day."
            )
        today = civil_date(tx.now, piece.market)
        if refused_on > today:
            raise InvalidInput(
                f"A refusal of {refused_on} lies in the future: today is {today}.",
                help="Record it once it has been refused.",
                field="refused_on",
            )
        if found.requested_on is not None and refused_on < found.requested_on:
            raise InvalidInput(
                f"It was asked for on {found.requested_on} and cannot have been refused before, on {refused_on}.",
                help="Give the day of the answer.",
                field="refused_on",
            )
        rules.require_unpublished(tx.connection, found)
        settle_record(tx, actor, found, "refused", text, decided_on=refused_on)
        return load_record(tx.connection, found.id)


def void_record(db: Database, actor: Actor, record_id: str, reason: str) -> ReleaseRecord:
    """Strike out what was recorded in error; it stays in the register with who struck it out and why.

    Raises NotAllowed, NotFound, WrongState where it is void already or published content rests on it.
    """
    require(actor, Permission.RECORD_RELEASE)
    text = require_reason(reason, "Striking out a record")
    with db.write() as tx:
        piece = lock_piece(tx, load_record(tx.connection, record_id).piece_id)
        found = load_record(tx.connection, record_id)
        if found.status == "void":
            raise AlreadyDecided("This record is struck out already.", help="Nothing was changed.")
        if civil_date(tx.now, piece.market) >= (found.starts_on() or date.max):
            rules.require_unpublished(tx.connection, found)
        settle_record(tx, actor, found, "void", text)
        return load_record(tx.connection, found.id)
