"""A certificate: a named doctor or pharmacist signs that the final form may be used (in the UK)."""

import re
from dataclasses import dataclass

from assistant.audit.rows import certificate_sha256
from assistant.audit.trail import record
from assistant.errors import Conflict, InvalidInput, LockedOut, NotAllowed, WrongPassword
from assistant.people.oidc.errors import LoginRefused
from assistant.people.proof import Proof, prove
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.conditions.data import Condition, Signatory
from assistant.publishing.conditions.moving_end import move_end
from assistant.publishing.conditions.records import ReleaseRecord, load_record, save_record
from assistant.publishing.conditions.target import condition_of, target_of
from assistant.review.gate import require_independent
from assistant.review.manifest import verify_manifest
from assistant.review.model import Piece
from assistant.review.pieces import load_piece, lock_piece, require_active
from assistant.review.policy import add_months
from assistant.store.clock import civil_date
from assistant.store.database import Database

_REGISTRATION = re.compile(r"[0-9A-Za-z][0-9A-Za-z /.-]{3,38}")


@dataclass(frozen=True, slots=True)
class Signing:
    """By which right the person signs, and the manifest that they saw."""

    qualification: str
    registration: str
    manifest_hash: str | None = None


def certify(db: Database, actor: Actor, piece_id: str, signing: Signing, proof: Proof) -> ReleaseRecord:
    """Sign the certificate of the signed piece; a published one is certified again and may then be used longer.

    Raises NotAllowed (also for whoever drew it up), WrongState, InvalidInput, Conflict where something else was seen,
    WrongPassword, LockedOut, LoginRefused.
    """
    registration = require_may_certify(db, actor, piece_id, signing)
    try:
        proved = prove(db, actor, proof, signing.manifest_hash)
    except (WrongPassword, LockedOut, LoginRefused) as refused:
        with db.write() as tx:
            record(tx, actor, "release.certificate_refused", piece_id, {"code": refused.code})
        raise
    with db.write() as tx:
        piece = lock_piece(tx, piece_id)
        condition = condition_of(piece, "certificate")
        require_active(tx.connection, piece.product_id)
        require_independent(tx.connection, actor, piece, "certify it")
        target = target_of(tx.connection, piece, "be certified")
        if signing.manifest_hash and signing.manifest_hash.strip().lower() != target.manifest_hash:
            raise Conflict(
                "What you saw is not what would be certified.", help="Open the piece again and read it."
            )
        verify_manifest(tx.connection, target.manifest_hash)
        today = civil_date(tx.now, piece.market)
        record_id = save_record(
            tx,
            actor,
            piece,
            "certified",
            revision_id=target.revision_id,
            manifest_hash=target.manifest_hash,
            condition=condition.id,
            status="certified",
            decided_on=today,
            expires_on=add_months(today, condition.validity_months) if condition.validity_months else None,
            printed_name=actor.name,
            qualification=signing.qualification,
            registration=registration,
            meaning=_meaning(condition, piece),
        )
        told = {
            "record": record_id,
            "manifest": target.manifest_hash,
            "row_sha256": certificate_sha256(tx.connection, record_id),
            **proved.details(),
        }
        record(tx, actor, "release.certificate_signed", piece.id, told)
        found = load_record(tx.connection, record_id)
        move_end(tx, actor, piece, condition, found)
        return found


def require_may_certify(db: Database, actor: Actor, piece_id: str, signing: Signing) -> str:
    """Raise what a certificate would be refused for before its proof is asked for; returns "GMC 7012345"."""
    require(actor, Permission.CERTIFY)
    with db.read() as connection:
        piece = load_piece(connection, piece_id)
        registration = _registration(actor, condition_of(piece, "certificate"), signing)
        require_independent(connection, actor, piece, "certify it")
        target_of(connection, piece, "be certified")
    return registration


def _meaning(condition: Condition, piece: Piece) -> str:
    return condition.meaning.get(piece.language, condition.meaning["en"])


def _registration(actor: Actor, condition: Condition, signing: Signing) -> str:
    """The number with its register: "GMC 7012345". Raises InvalidInput, NotAllowed."""
    signatory: Signatory | None = condition.signatories.get(signing.qualification)
    if signatory is None:
        raise InvalidInput(
            f"{signing.qualification[:40]} is no qualification that certifies here.",
            help=f"One of: {', '.join(condition.signatories)}.",
            field="qualification",
        )
    if not signatory.roles & actor.roles:
        raise NotAllowed(
            f"{actor.name} cannot certify as {signing.qualification}.",
            help=f"This takes one of the roles: {', '.join(sorted(signatory.roles))}.",
            roles=", ".join(sorted(signatory.roles)),
        )
    number = " ".join(signing.registration.split()).removeprefix(signatory.register).strip()
    if not _REGISTRATION.fullmatch(number):
        raise InvalidInput(
            "The signatory's number in the register of the profession is missing or cannot be one.",
            help=f"Give the number in the register {signatory.register}.",
            field="registration",
        )
    return f"{signatory.register} {number}"
