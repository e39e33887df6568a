"""People confirm that a publication still holds after its source was replaced, or decline to."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, update

from assistant.audit.reasons import require_reason
from assistant.audit.rows import new_salt, row_sha256
from assistant.audit.trail import record
from assistant.corpus.loading import load_source
from assistant.corpus.products import find_product
from assistant.errors import (
    AlreadyDecided,
    Conflict,
    LockedOut,
    NotAllowed,
    NotFound,
    WrongPassword,
    WrongState,
)
from assistant.people.oidc.errors import LoginRefused
from assistant.people.proof import Proof, Proved, prove
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.confirmation import (
    Confirmation,
    close_confirmation,
    load_confirmation,
    open_confirmations,
    signatures_on,
)
from assistant.publishing.model import AWAITED, STANDING, Publication
from assistant.publishing.quotation import over_quoted
from assistant.publishing.recalls import stop_publication
from assistant.publishing.rows import load_publication
from assistant.publishing.serving import cited_sources, judge
from assistant.publishing.standing import covers
from assistant.review.gate import require_independent
from assistant.review.manifest import verify_manifest
from assistant.review.meanings import CONFIRMATION
from assistant.review.model import Piece
from assistant.review.pieces import editors, load_piece, lock_piece, require_active
from assistant.review.states import move
from assistant.store.clock import civil_date
from assistant.store.database import Database, Transaction
from assistant.store.ids import new_id
from assistant.store.schema import confirmation_signature as signature_table
from assistant.store.schema import publication as publication_table

MEANING = CONFIRMATION["en"]


def confirm(
    db: Database, actor: Actor, confirmation_id: str, proof: Proof, seen: str | None = None
) -> dict[str, Any]:
    """Sign the confirmation for one of the roles that it asks for; the last signature settles it.

    `seen` is the hash that the person read; it must be the one that is signed. Raises NotAllowed (role, author,
    administrator, a second signature by the same person), WrongPassword, LockedOut, LoginRefused (audited with the
    confirmation), Conflict, AlreadyDecided, WrongState where it no longer holds, ProductFrozen, IntegrityError.
    """
    try:
        _require_may_confirm(db, actor, confirmation_id)
        proved = prove(db, actor, proof, seen)
        with db.write() as tx:
            found, piece, publication = _locked(tx, confirmation_id)
            role = _role_for(tx.connection, actor, found)
            if seen is not None and seen.strip().lower() != found.hash:
                raise Conflict(
                    "What you saw is not what would be signed.",
                    help="Open the confirmation again and read it.",
                    seen=seen,
                )
            require_active(tx.connection, piece.product_id)
            _require_still_true(tx, found, piece, publication)
            _sign(tx, actor, found, role, proved)
            if {s.role for s in signatures_on(tx.connection, found.id)} >= set(found.roles):
                _settle(tx, actor, found, piece, publication)
    except (WrongPassword, LockedOut, LoginRefused, NotAllowed) as refused:
        _record_refusal(db, actor, confirmation_id, refused.code)
        raise
    return confirmation_json(db, actor, confirmation_id)


def require_may_confirm(db: Database, actor: Actor, confirmation_id: str) -> None:
    """Raise what a signature would be refused for before anybody is sent to log in for it."""
    try:
        _require_may_confirm(db, actor, confirmation_id)
    except NotAllowed as refused:
        _record_refusal(db, actor, confirmation_id, refused.code)
        raise


def _require_may_confirm(db: Database, actor: Actor, confirmation_id: str) -> None:
    """Refused before the proof is asked for what would be refused after it."""
    require(actor, Permission.REVIEW)
    with db.read() as connection:
        _role_for(connection, actor, load_confirmation(connection, confirmation_id))


def decline(db: Database, actor: Actor, confirmation_id: str, reason: str) -> dict[str, Any]:
    """Say that the content no longer holds: it is suspended until a new revision is signed."""
    require(actor, Permission.REVIEW)
    text = require_reason(reason, "Declining to confirm")
    with db.write() as tx:
        found, piece, publication = _locked(tx, confirmation_id)
        role = _role_for(tx.connection, actor, found)
        close_confirmation(tx, found, "declined")
        if publication.status == "published":
            stop_publication(tx, piece, publication, "suspended")
        details = {"confirmation": found.id, "publication": publication.id, "role": role}
        record(tx, actor, "confirmation.declined", piece.id, details, free_text=text)
    return confirmation_json(db, actor, confirmation_id)


def list_confirmations(db: Database, actor: Actor) -> list[dict[str, Any]]:
    """What waits for signatures, the soonest due first, as JSON."""
    require(actor, Permission.READ_PIECES)
    with db.read() as connection:
        return [_json(connection, actor, found) for found in open_confirmations(connection)]


def confirmation_json(db: Database, actor: Actor, confirmation_id: str) -> dict[str, Any]:
    """One confirmation with what is signed and who signed."""
    require(actor, Permission.READ_PIECES)
    with db.read() as connection:
        found = load_confirmation(connection, confirmation_id)
        return {**_json(connection, actor, found), "content": found.content}


def _json(connection: Connection, actor: Actor, found: Confirmation) -> dict[str, Any]:
    piece = load_piece(connection, found.piece_id)
    signed = signatures_on(connection, found.id)
    roles = set(found.roles) - {s.role for s in signed}
    left = {s.user_id for s in signed} | editors(
        connection, piece
    )  # whoever wrote it is not asked to confirm it
    mine = actor.id not in left and bool(roles & set(map(str, actor.roles)))
    return {
        "id": found.id,
        "piece": piece.id,
        "title": piece.title,
        "market": piece.market,
        "publication": found.publication_id,
        "old": _source_json(connection, found.old_source),
        "new": _source_json(connection, found.new_source),
        "status": found.status,
        "meanwhile": found.meanwhile,
        "due_on": found.due_on.isoformat(),
        "hash": found.hash,
        "roles": list(found.roles),
        "missing": sorted(roles),
        "expected_of_me": found.status == "open" and mine,
        "signatures": [
            {
                "name": s.printed_name,
                "role": s.role,
                "meaning": s.meaning,
                "hash": s.hash,
                "signed_at": s.signed_at.isoformat(timespec="seconds"),
                "proof": dict(s.proof),
            }
            for s in signed
        ],
    }


def _source_json(connection: Connection, source_id: str) -> dict[str, str]:
    source = load_source(connection, source_id)
    return {"id": source.id, "title": source.title}


def _locked(tx: Transaction, confirmation_id: str) -> tuple[Confirmation, Piece, Publication]:
    """The open confirmation with its piece, held until the transaction ends. Read again behind the lock."""
    piece = lock_piece(tx, load_confirmation(tx.connection, confirmation_id).piece_id)
    found = load_confirmation(tx.connection, confirmation_id)
    if found.status != "open":
        raise AlreadyDecided(
            f"This confirmation is {found.status} already.", help="Open the piece to see where it stands."
        )
    return found, piece, load_publication(tx.connection, found.publication_id)


def _role_for(connection: Connection, actor: Actor, found: Confirmation) -> str:
    """The role that the actor signs for. Raises NotAllowed, AlreadyDecided."""
    if found.status != "open":
        raise AlreadyDecided(
            f"This confirmation is {found.status} already.", help="Open the piece to see where it stands."
        )
    require_independent(connection, actor, load_piece(connection, found.piece_id), "confirm it")
    signed = signatures_on(connection, found.id)
    if actor.id in {s.user_id for s in signed}:
        raise NotAllowed(
            f"{actor.name} has signed this confirmation already.",
            help="Two named people confirm: somebody else signs for the other role.",
        )
    missing = [role for role in found.roles if role not in {s.role for s in signed}]
    mine = [role for role in missing if role in set(map(str, actor.roles))]
    if not mine:
        raise NotAllowed(
            f"{actor.name} cannot confirm this piece.",
            help=f"It still waits for: {', '.join(missing)}.",
            roles=missing,
        )
    return mine[0]


def _require_still_true(tx: Transaction, found: Confirmation, piece: Piece, publication: Publication) -> None:
    """What is confirmed must hold at this moment: the version, its approval, and the signed bytes."""
    new = load_source(tx.connection, found.new_source)
    today = civil_date(tx.now, piece.market)
    usable = new.status_on(today) == "approved" and new.approval is not None
    if not (usable and covers(new, piece)) or publication.status not in {"published", "suspended"}:
        raise WrongState(
            f"{new.title} is no longer approved for this content.",
            help="Make a new revision on a source that is approved, or recall the piece.",
            piece=piece.id,
        )
    verify_manifest(tx.connection, publication.manifest_hash)


def _sign(tx: Transaction, actor: Actor, found: Confirmation, role: str, proved: Proved) -> None:
    row = {
        "id": new_id("signature"),
        "confirmation_id": found.id,
        "hash": found.hash,
        "user_id": actor.id,
        "printed_name": actor.name,
        "role": role,
        "meaning": MEANING,
        "signed_at": tx.now,
        **proved.columns(),
        "salt": new_salt(),
    }
    tx.execute(insert(signature_table).values(**row))
    tx.failpoint("confirmation:signature")
    details = {
        "confirmation": found.id,
        "hash": found.hash,
        "role": role,
        "signature": row["id"],
        "row_sha256": row_sha256(row),
    }
    record(tx, actor, "confirmation.signed", found.piece_id, {**details, **proved.details()})


def _settle(
    tx: Transaction, actor: Actor, found: Confirmation, piece: Piece, publication: Publication
) -> None:
    """All have signed: it stands on the newer version from now on, and comes back where it waited suspended."""
    close_confirmation(tx, found, "confirmed")
    awaited = {k: v for k, v in publication.release.get(AWAITED, {}).items() if k != found.old_source}
    standing = {**publication.standing, found.old_source: found.new_source}
    release = {**publication.release, STANDING: standing, AWAITED: awaited}
    tx.execute(
        update(publication_table).where(publication_table.c.id == publication.id).values(release=release)
    )
    tx.failpoint("confirmation:settled")
    details = {"confirmation": found.id, "publication": publication.id, "hash": found.hash}
    record(tx, actor, "publication.confirmed", piece.id, details)
    if publication.status == "suspended" and not open_confirmations(tx.connection, publication.id):
        _bring_back(tx, actor, piece, publication.id)


def _bring_back(tx: Transaction, actor: Actor, piece: Piece, publication_id: str) -> None:
    """Where nothing else stands against it: another source that was replaced may have lost a quote."""
    publication = replace(load_publication(tx.connection, publication_id), status="published")
    sources = cited_sources(tx.connection, [publication])
    product = find_product(tx.connection, piece.product_id)
    over = over_quoted(tx.connection, publication, sources[publication.id])
    if not judge(publication, piece, product, sources, civil_date(tx.now, piece.market), "", over).ok:
        return
    tx.execute(
        update(publication_table).where(publication_table.c.id == publication_id).values(status="published")
    )
    if piece.revision_id == publication.revision_id:
        move(tx, piece, "published")
    record(tx, actor, "publication.resumed", piece.id, {"publication": publication_id})


def _record_refusal(db: Database, actor: Actor, confirmation_id: str, why: str) -> None:
    """A signature that was tried and refused stays in the trail."""
    with db.write() as tx:
        try:
            found = load_confirmation(tx.connection, confirmation_id)
        except NotFound:
            return  # nothing was to be signed; the caller raises its own refusal
        record(tx, actor, "signature.refused", found.piece_id, {"confirmation": found.id, "why": why})
