"""A policy is proposed by one person and put in force by another: nobody changes alone who has to sign."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from assistant.audit.reasons import require_reason
from assistant.audit.trail import await_turn, record
from assistant.errors import (
    AlreadyDecided,
    Conflict,
    InvalidInput,
    LockedOut,
    NotAllowed,
    NotFound,
    WrongPassword,
)
from assistant.people.oidc.errors import LoginRefused
from assistant.people.proof import Proof, prove
from assistant.people.roles import Actor, Permission, require
from assistant.review.notes import note_of_entry
from assistant.review.policy import Policy
from assistant.review.policy_reading import read_policy
from assistant.review.policy_register import hash_in_force, keep_policy, policy_by_hash
from assistant.review.refusals import record_adoption_refusal
from assistant.review.second_person import made_both, require_second_person
from assistant.store.database import Database, Transaction
from assistant.store.ids import new_id
from assistant.store.schema import policy_adoption as adoption_table
from assistant.store.schema import policy_proposal as proposal_table


def propose_policy(db: Database, actor: Actor, text: str, reason: str) -> str:
    """Put a policy before those who may adopt it; returns the proposal's id.

    Raises NotAllowed, InvalidInput that says what is wrong with it, Conflict where it is in force or proposed already.
    """
    require(actor, Permission.SET_POLICY)
    why = require_reason(reason, "A change of the policy")
    policy = read_policy(text)
    with db.write() as tx:
        await_turn(tx)  # two who propose the same at once: the second is told so
        before = _require_other(tx.connection, policy)
        if _open_one(tx.connection, policy.hash) is not None:
            raise Conflict(
                "This policy is proposed already.", help="Another person adopts it or turns it down."
            )
        keep_policy(tx, policy)
        proposal_id = new_id("proposal")
        details = {"proposal": proposal_id, "policy": policy.hash, "before": before}
        number = record(tx, actor, "policy.proposed", "policy", details, free_text=why)
        tx.execute(
            insert(proposal_table).values(
                id=proposal_id,
                policy_hash=policy.hash,
                before_hash=before,
                status="open",
                audit_number=number,
                proposed_by=actor.id,
                proposed_at=tx.now,
                note_id=note_of_entry(tx.connection, number),
            )
        )
    return proposal_id


def adopt_policy(db: Database, actor: Actor, text: str, reason: str, proof: Proof) -> Policy:
    """Put the policy in force that somebody else has proposed in these words; comments and layout do not count.

    It holds for what is submitted from now on; rounds that are open go on under theirs. Raises as `adopt_proposal`,
    Conflict where nobody has proposed it.
    """
    try:
        policy = read_policy(text)
    except InvalidInput:
        require(actor, Permission.SET_POLICY)
        raise
    with db.read() as connection:
        found = _open_one(connection, policy.hash)
        if found is None:
            require(actor, Permission.SET_POLICY)
            _require_other(connection, policy)
    if found is None:
        raise Conflict(
            "Nobody has proposed this policy.",
            help="It takes two people: one proposes it (`ancrage policy propose`), another adopts it.",
        )
    return adopt_proposal(db, actor, found.id, reason, proof)


def adopt_proposal(
    db: Database, actor: Actor, proposal_id: str, reason: str, proof: Proof, before: str | None = None
) -> Policy:
    """The same by the proposal's id. `before`: the policy against which the adopter has compared it.

    Raises NotAllowed for whoever proposed it and accounts made for it, WrongPassword, LockedOut, LoginRefused (all of
    these audited), AlreadyDecided, Conflict where it is in force or another one is than the one compared, InvalidInput
    where it may not be (any more).
    """
    try:
        return _adopt(db, actor, proposal_id, reason, proof, before)
    except (WrongPassword, LockedOut, LoginRefused, NotAllowed) as refused:
        record_adoption_refusal(db, actor, proposal_id, refused.code)
        raise


def _adopt(
    db: Database, actor: Actor, proposal_id: str, reason: str, proof: Proof, before: str | None
) -> Policy:
    proved = prove(db, actor, proof, _require_may_adopt(db, actor, proposal_id, reason))
    why = require_reason(reason, "A change of the policy")
    with db.write() as tx:
        found = _load_open(tx.connection, proposal_id)
        require_second_person(tx.connection, actor, found.proposed_by, tx.now)
        policy = policy_by_hash(tx.connection, found.policy_hash)
        in_force = _require_other(tx.connection, policy)
        if before is not None and before != in_force:
            raise Conflict(
                "Another policy has come into force since you compared this one.",
                help="Compare it anew, then adopt it or turn it down.",
            )
        details = {
            "policy": policy.hash,
            "before": in_force,
            "proposal": found.id,
            "proposed_by": found.proposed_by,
            "accounts_by": made_both(tx.connection, actor.id, found.proposed_by),
            **proved.details(),
        }
        number = record(tx, actor, "policy.adopted", "policy", details, free_text=why)
        note = note_of_entry(tx.connection, number)
        _close(tx, actor, found.id, "adopted", note)
        tx.execute(
            insert(adoption_table).values(
                audit_number=number,
                policy_hash=policy.hash,
                adopted_by=actor.id,
                adopted_at=tx.now,
                note_id=note,
                proposal_id=found.id,
            )
        )
    return policy


def require_may_adopt(db: Database, actor: Actor, proposal_id: str, reason: str) -> str:
    """The hash that would be adopted. Raises what it would be refused for before anybody is sent to log in for it."""
    try:
        return _require_may_adopt(db, actor, proposal_id, reason)
    except NotAllowed as refused:
        record_adoption_refusal(db, actor, proposal_id, refused.code)
        raise


def _require_may_adopt(db: Database, actor: Actor, proposal_id: str, reason: str) -> str:
    require(actor, Permission.SET_POLICY)
    require_reason(reason, "A change of the policy")
    with db.read() as connection:
        found = _load_open(connection, proposal_id)
        require_second_person(connection, actor, found.proposed_by, db.clock.now())
    return str(found.policy_hash)


def close_proposal(db: Database, actor: Actor, proposal_id: str, reason: str) -> None:
    """Withdraw one's own proposal, or turn down another's. Raises NotAllowed, NotFound, AlreadyDecided."""
    require(actor, Permission.SET_POLICY)
    why = require_reason(reason, "Closing a proposal")
    with db.write() as tx:
        found = _load_open(tx.connection, proposal_id)
        status = "withdrawn" if found.proposed_by == actor.id else "refused"
        details = {"proposal": found.id, "policy": found.policy_hash}
        number = record(tx, actor, f"policy.proposal_{status}", "policy", details, free_text=why)
        _close(tx, actor, found.id, status, note_of_entry(tx.connection, number))


def _require_other(connection: Connection, policy: Policy) -> str:
    in_force = hash_in_force(connection)
    if in_force == policy.hash:
        raise Conflict("This policy is in force already.", help="Nothing was changed.")
    return in_force


def _open_one(connection: Connection, policy_hash: str) -> Row[Any] | None:
    return connection.execute(
        select(proposal_table).where(
            proposal_table.c.policy_hash == policy_hash, proposal_table.c.status == "open"
        )
    ).first()


def _load_open(connection: Connection, proposal_id: str) -> Row[Any]:
    row = connection.execute(select(proposal_table).where(proposal_table.c.id == proposal_id)).first()
    if row is None:
        raise NotFound("There is no such proposal.", help="`ancrage policy show` lists them.")
    if row.status != "open":
        raise _decided()
    return row


def _close(tx: Transaction, actor: Actor, proposal_id: str, status: str, note_id: str | None) -> None:
    closed = tx.execute(
        update(proposal_table)
        .where(proposal_table.c.id == proposal_id, proposal_table.c.status == "open")
        .values(status=status, closed_by=actor.id, closed_at=tx.now, closing_note_id=note_id)
    )
    if not closed.rowcount:
        raise _decided()


def _decided() -> AlreadyDecided:
    return AlreadyDecided("This proposal is decided already.", help="Nothing was changed.")
