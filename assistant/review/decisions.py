"""Decisions on a task: approve with a signature, ask for changes, reject. Each lands once."""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from assistant.audit.reasons import require_reason
from assistant.audit.rows import new_salt, row_sha256
from assistant.audit.trail import record
from assistant.errors import Conflict, InvalidInput, LockedOut, NotAllowed, WrongPassword
from assistant.people.oidc.errors import LoginRefused
from assistant.people.proof import Proof, Proved, prove
from assistant.people.roles import Actor, Permission, require
from assistant.review.gate import require_independent, require_open_gate, require_usable_sources, standing
from assistant.review.model import Decided, Piece, Revision, Round, Task
from assistant.review.notes import note_of_entry
from assistant.review.pieces import load_piece, lock_piece, newest_revision, require_active
from assistant.review.refusals import record_refusal
from assistant.review.rounds import close_round, last_round
from assistant.review.seen import seen_of
from assistant.review.shapes import Names
from assistant.review.states import TASK, move, wrong_state
from assistant.review.steps import advance
from assistant.review.tasks import claim_in, find_task, piece_id_of
from assistant.store.database import Database, Transaction
from assistant.store.ids import new_id
from assistant.store.schema import decision as decision_table
from assistant.store.schema import manifest as manifest_table
from assistant.store.schema import signature as signature_table
from assistant.store.schema import task as task_table

_LONGEST_MEANING = 200


def approve(
    db: Database,
    actor: Actor,
    task_or_piece: str,
    proof: Proof,
    *,
    meaning: str = "approval",
    manifest_hash: str | None = None,
    changes: str | None = None,
) -> Decided:
    """Approve one's task with a signature on the manifest of the revision under review.

    The checks run again as of now. `manifest_hash` is the one that the reviewer saw; it must be the one that is
    signed. With `changes` the piece goes back to its writer, approved on condition: nothing is signed. The last
    approval that the policy asks for makes the piece approved.

    `proof` is the passphrase again, or a fresh login that was begun for exactly that manifest.

    Raises WrongPassword, LockedOut, LoginRefused and NotAllowed (audited, with piece and task), AlreadyDecided, Conflict,
    Blocked, SourceNotUsable, ProductFrozen.
    """
    try:
        require(actor, Permission.REVIEW)
        if changes is not None:
            return _send_back(db, actor, task_or_piece, "approved_with_changes", changes, proof)
        return _approve(db, actor, task_or_piece, proof, (_clean_meaning(meaning), manifest_hash))
    except (WrongPassword, LockedOut, LoginRefused, NotAllowed) as refused:
        record_refusal(db, actor, task_or_piece, refused.code)
        raise


def _approve(
    db: Database, actor: Actor, task_or_piece: str, proof: Proof, what: tuple[str, str | None]
) -> Decided:
    """Sign and decide; `what` is the meaning and the manifest's hash that was seen, if any."""
    meaning, manifest_hash = what
    _refuse_early(db, actor, task_or_piece)
    proved = prove(db, actor, proof, manifest_hash)
    with db.write() as tx:
        piece, task, found = _task_to_decide(tx, actor, task_or_piece)
        revision = newest_revision(tx.connection, piece)
        signed = _manifest_to_sign(tx.connection, piece, revision, found, manifest_hash)
        require_usable_sources(tx.connection, tx.now, piece, revision.id)
        require_open_gate(standing(tx.connection, tx.now, piece, revision, "approve"), task.role, piece)
        decision_id = new_id("decision")
        _decide(tx, actor, task, "approved", None, decision_id)
        row = _sign(tx, actor, task, revision.id, decision_id, (signed, meaning, proved))
        details = {
            "task": task.id,
            "role": task.role,
            "round": found.id,
            "revision": revision.id,
            "manifest": signed,
            "policy": found.policy_hash,
            "signature": row["id"],
            "decision": decision_id,
            "meaning": meaning,
            "seen": seen_of(tx.connection, actor.id, piece.id, revision),
            "row_sha256": row_sha256(row),
            **proved.details(),
            **({} if task.for_id is None else {"for": task.for_id}),
        }
        record(tx, actor, "piece.signed", piece.id, details)
        _approve_if_complete(tx, actor, piece, found, signed)
        status = load_piece(tx.connection, piece.id).status
        return Decided(piece.id, task.id, "approved", status, decision_id)


def require_may_sign(db: Database, actor: Actor, task_or_piece: str, meaning: str) -> None:
    """Raise what a signature would be refused for before anybody is sent to log in for it."""
    try:
        require(actor, Permission.REVIEW)
        _clean_meaning(meaning)
        _refuse_early(db, actor, task_or_piece)
    except NotAllowed as refused:
        record_refusal(db, actor, task_or_piece, refused.code)
        raise


def request_changes(db: Database, actor: Actor, task_or_piece: str, reason: str) -> Decided:
    """Send the piece back to its writer; the round closes."""
    require(actor, Permission.REVIEW)
    return _send_back(db, actor, task_or_piece, "changes_requested", reason)


def reject(db: Database, actor: Actor, task_or_piece: str, reason: str) -> Decided:
    """End the piece for good; the round closes."""
    require(actor, Permission.REVIEW)
    return _send_back(db, actor, task_or_piece, "rejected", reason)


def _send_back(
    db: Database, actor: Actor, task_or_piece: str, outcome: str, reason: str, proof: Proof | None = None
) -> Decided:
    text = require_reason(reason, "A decision that sends a piece back")
    if proof is not None:
        _refuse_early(db, actor, task_or_piece)
        prove(db, actor, proof, None)
    status = "rejected" if outcome == "rejected" else "changes_requested"
    with db.write() as tx:
        piece, task, found = _task_to_decide(tx, actor, task_or_piece)
        decision_id = new_id("decision")
        details = {
            "task": task.id,
            "role": task.role,
            "round": found.id,
            "outcome": outcome,
            "decision": decision_id,
            "seen": seen_of(tx.connection, actor.id, piece.id, newest_revision(tx.connection, piece)),
        }
        details |= {} if task.for_id is None else {"for": task.for_id}
        number = record(tx, actor, f"piece.{outcome}", piece.id, details, free_text=text)
        _decide(tx, actor, task, outcome, note_of_entry(tx.connection, number), decision_id)
        close_round(tx, found, status)
        move(tx, piece, status)
        return Decided(piece.id, task.id, outcome, status, decision_id)


def _refuse_early(db: Database, actor: Actor, task_or_piece: str) -> None:
    """Refuse before the password is asked for what would be refused after it; the transaction asks everything again."""
    with db.read() as connection:
        piece = load_piece(connection, piece_id_of(connection, task_or_piece))
        require_active(connection, piece.product_id)
        require_independent(connection, actor, piece, "approve it")
        find_task(connection, actor, piece, task_or_piece, db.clock.now())


def _task_to_decide(tx: Transaction, actor: Actor, task_or_piece: str) -> tuple[Piece, Task, Round]:
    """The locked piece, the task, claimed now if nobody had claimed it, and its open round."""
    piece = lock_piece(tx, piece_id_of(tx.connection, task_or_piece))
    require_active(tx.connection, piece.product_id)
    require_independent(tx.connection, actor, piece, "decide on it")
    task = claim_in(tx, actor, piece, task_or_piece)
    found = last_round(tx.connection, piece.id)
    if found is None or found.id != task.round_id or found.status != "open" or piece.status != "in_review":
        raise wrong_state(piece, "be decided on")
    return piece, task, found


def _clean_meaning(meaning: str) -> str:
    clean = " ".join(meaning.split())
    if not clean or len(clean) > _LONGEST_MEANING:
        raise InvalidInput(
            "A signature needs a meaning of at most 200 characters.",
            help='For instance "approval" or "medical approval".',
        )
    return clean


def _manifest_to_sign(
    connection: Connection, piece: Piece, revision: Revision, found: Round, seen: str | None
) -> str:
    stored: str | None = connection.scalar(
        select(manifest_table.c.hash).where(manifest_table.c.revision_id == revision.id)
    )
    if stored is None or found.revision_id != revision.id:
        raise wrong_state(piece, "be signed: its newest text was not submitted")
    if seen is not None and seen.strip().lower() != stored:
        raise Conflict(
            "What you saw is not what would be signed: the piece has changed since.",
            help="Open the piece again, read it, and sign what it says now.",
            seen=seen,
            manifest=stored,
        )
    return stored


def _decide(
    tx: Transaction, actor: Actor, task: Task, outcome: str, note_id: str | None, decision_id: str
) -> None:
    if outcome not in TASK["claimed"]:
        raise InvalidInput(f"There is no decision {outcome}.", help=f"One of: {', '.join(TASK['claimed'])}.")
    tx.execute(
        insert(decision_table).values(
            id=decision_id,
            task_id=task.id,
            outcome=outcome,
            decided_by=actor.id,
            decided_at=tx.now,
            note_id=note_id,
            seen=seen_of(
                tx.connection,
                actor.id,
                task.piece_id,
                newest_revision(tx.connection, load_piece(tx.connection, task.piece_id)),
            ),
        )
    )
    tx.failpoint("review:decision")
    tx.execute(update(task_table).where(task_table.c.id == task.id).values(status=outcome))


def _sign(
    tx: Transaction,
    actor: Actor,
    task: Task,
    revision_id: str,
    decision_id: str,
    what: tuple[str, str, Proved],
) -> dict[str, Any]:
    """Write the signature and return its row; `what` is the manifest's hash, the meaning, and how it was proved who signs."""
    manifest_hash, meaning, proved = what
    absent = Names(tx.connection).person(task.for_id)
    row = {
        "id": new_id("signature"),
        "piece_id": task.piece_id,
        "revision_id": revision_id,
        "decision_id": decision_id,
        "manifest_hash": manifest_hash,
        "user_id": actor.id,
        "printed_name": actor.name,
        "role": task.role,
        "meaning": meaning,
        "signed_at": tx.now,
        **proved.columns(),
        "on_behalf_of": task.for_id,
        "behalf_name": None if absent is None else absent["name"],
        "salt": new_salt(),
    }
    tx.execute(insert(signature_table).values(**row))
    tx.failpoint("review:signature")
    return row


def _approve_if_complete(
    tx: Transaction, actor: Actor, piece: Piece, found: Round, manifest_hash: str
) -> None:
    if not advance(tx, actor, piece, found):
        return
    close_round(tx, found, "approved")
    move(tx, piece, "approved")
    record(tx, actor, "piece.approved", piece.id, {"round": found.id, "manifest": manifest_hash})
