"""At release: whether the market's conditions are met for these bytes, by the register or by what the publisher gives."""

from dataclasses import dataclass, field, replace

from assistant.audit.followed import require_as_entered
from assistant.errors import Conflict, InvalidInput
from assistant.people.roles import Actor
from assistant.publishing.conditions.data import Condition, conditions_of
from assistant.publishing.conditions.facts import facts_of
from assistant.publishing.conditions.permit_rules import (
    open_request,
    require_free_number,
    require_not_refused,
)
from assistant.publishing.conditions.permits import Grant, enter_grant
from assistant.publishing.conditions.records import ReleaseRecord, holding, records_of
from assistant.publishing.conditions.submissions import enter_submission
from assistant.publishing.conditions.target import Target
from assistant.publishing.release import Release, stored_release
from assistant.review.model import Piece
from assistant.store.clock import civil_date
from assistant.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Met:
    """What the publication will say, and what has to be entered in the register with it."""

    release: Release
    grants: tuple[tuple[Condition, Grant], ...] = ()
    submissions: tuple[tuple[Condition, str], ...] = ()
    holding: tuple[ReleaseRecord, ...] = field(default=())

    def enter(self, tx: Transaction, actor: Actor, piece: Piece) -> None:
        """Enter what the publisher gave; the caller holds the piece, which is not published yet."""
        for condition, grant in self.grants:
            enter_grant(tx, actor, piece, condition, grant)
        for condition, reference in self.submissions:
            enter_submission(tx, actor, piece, condition, reference, civil_date(tx.now, piece.market))


def meet(tx: Transaction, piece: Piece, target: Target, given: Release) -> Met:
    """Look into the register; what is given beside it must agree with it. Changes nothing.

    Raises InvalidInput for a certificate that is typed instead of signed, Conflict where the register says otherwise,
    AlreadyDecided, WrongState where the permit was refused, IntegrityError where a record is not as it was entered.
    """
    require_as_entered(tx.connection, piece.id)
    met = Met(given)
    today = civil_date(tx.now, piece.market)
    records = records_of(tx.connection, piece.id)
    for condition in conditions_of(piece):
        found = holding(records, condition, target.manifest_hash, today)
        met = _FORMS[condition.form](tx, piece, target, condition, found, met)
    return met


def _permit(
    tx: Transaction,
    piece: Piece,
    target: Target,
    condition: Condition,
    found: ReleaseRecord | None,
    met: Met,
) -> Met:
    given = met.release
    if found is not None:
        if given.visa_number not in {None, found.number}:
            raise Conflict(
                f"The register has the visa {found.number} for this version, not {given.visa_number}.",
                help="Leave the number out, or strike out what is wrong in the register.",
            )
        return _with(met, condition, found)
    if given.visa_number is None or given.visa_granted_on is None:
        return met
    require_not_refused(tx.connection, condition, piece, target)
    waiting = open_request(tx.connection, condition, piece, None)
    if waiting is None:
        require_free_number(tx.connection, given.visa_number, target)
    elif waiting.number != given.visa_number or waiting.manifest_hash != target.manifest_hash:
        raise Conflict(
            f"The visa {waiting.number} was asked for, not {given.visa_number}.",
            help="Record the answer of the authority on the piece's page, or strike out the request.",
        )
    if given.visa_granted_on > civil_date(tx.now, piece.market):
        return met  # the check at release says so
    grant = Grant(given.visa_granted_on, given.visa_number, given.visa_expires_on)
    return replace(met, grants=((condition, grant),))


def _certificate(
    _tx: Transaction,
    _piece: Piece,
    _target: Target,
    condition: Condition,
    found: ReleaseRecord | None,
    met: Met,
) -> Met:
    if condition.id in met.release.other:
        raise InvalidInput(
            "A certificate is signed by a doctor or pharmacist, not typed at release.",
            help="The signatory certifies the piece on its page, or with `ancrage release certify`; then publish.",
        )
    return met if found is None else _with(met, condition, found)


def _submission(
    _tx: Transaction,
    _piece: Piece,
    _target: Target,
    condition: Condition,
    found: ReleaseRecord | None,
    met: Met,
) -> Met:
    typed = met.release.other.get(condition.id)
    if found is not None:
        return _with(met, condition, found)
    return met if typed is None else replace(met, submissions=((condition, typed),))


_FORMS = {"permit": _permit, "certificate": _certificate, "submission": _submission}


def _with(met: Met, condition: Condition, found: ReleaseRecord) -> Met:
    facts = {**met.release.as_json(), **facts_of(condition, found)}
    return replace(met, release=stored_release(facts), holding=(*met.holding, found))
