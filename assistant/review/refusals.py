"""A signature that was tried and refused stays in the trail: an inspector asks for the attempts too (21 CFR 11.300(d))."""

from sqlalchemy import Connection, select

from assistant.audit.trail import record
from assistant.errors import NotFound
from assistant.people.roles import Actor
from assistant.review.rounds import UNDECIDED, last_round, tasks_of_round
from assistant.review.tasks import piece_id_of
from assistant.store.database import Database
from assistant.store.schema import policy_proposal


def record_refusal(db: Database, actor: Actor, task_or_piece: str, why: str) -> None:
    """Write who tried, on which piece and task, and the refusal's code, in a transaction of its own.

    What names neither a piece nor a task leaves no entry: nothing was to be signed.
    """
    with db.write() as tx:
        try:
            piece_id = piece_id_of(tx.connection, task_or_piece)
        except NotFound:
            return  # the caller raises its own refusal
        task_id = _task_meant(tx.connection, actor, piece_id, task_or_piece)
        record(tx, actor, "signature.refused", piece_id, {"task": task_id, "why": why})


def record_adoption_refusal(db: Database, actor: Actor, proposal_id: str, why: str) -> None:
    """The same of a policy whose adoption was refused; an unknown proposal leaves no entry."""
    query = select(policy_proposal.c.policy_hash).where(policy_proposal.c.id == proposal_id)
    with db.write() as tx:
        policy_hash = tx.execute(query).scalar()
        if policy_hash is not None:
            details = {"proposal": proposal_id, "policy": policy_hash, "why": why}
            record(tx, actor, "signature.refused", "policy", details)


def _task_meant(connection: Connection, actor: Actor, piece_id: str, task_or_piece: str) -> str | None:
    """The task that was named, or the undecided one of the piece for a role of the actor; none where none is."""
    if task_or_piece.startswith("task_"):
        return task_or_piece
    latest = last_round(connection, piece_id)
    tasks = [] if latest is None else tasks_of_round(connection, latest.id)
    return next((t.id for t in tasks if t.status in UNDECIDED and t.role in actor.roles), None)
