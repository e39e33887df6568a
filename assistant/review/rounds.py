"""Rounds of review and their tasks: reading them, and closing what is no longer to be decided."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from assistant.audit.trail import record
from assistant.errors import NotFound
from assistant.people.proof import proof_json
from assistant.people.roles import Actor
from assistant.review.model import Decision, Round, Signature, Task
from assistant.store.batches import batches
from assistant.store.database import Transaction
from assistant.store.schema import decision as decision_table
from assistant.store.schema import review_round as round_table
from assistant.store.schema import signature as signature_table
from assistant.store.schema import task as task_table

UNDECIDED = ("open", "claimed")
"""Tasks on which somebody may decide now."""
DECIDED = ("approved", "approved_with_changes", "changes_requested", "rejected")
UNFINISHED = (*UNDECIDED, "waiting")
"""Those, and the tasks of later steps."""


def round_of(row: Row[Any]) -> Round:
    """A row of `review_round` as a value."""
    return Round(
        row.id,
        row.piece_id,
        row.revision_id,
        row.number,
        row.status,
        row.override_request,
        row.submitted_by,
        row.submitted_at,
        row.closed_at,
        row.policy_hash,
        row.plan,
    )


def task_of(row: Row[Any]) -> Task:
    """A row of `task` as a value."""
    return Task(
        row.id,
        row.round_id,
        row.piece_id,
        row.role,
        row.status,
        row.assignee_id,
        row.claimed_at,
        row.created_at,
        row.due_on,
        row.lease_until,
        row.step,
        row.for_id,
    )


def last_round(connection: Connection, piece_id: str) -> Round | None:
    """The newest round of the piece, open or closed."""
    row = connection.execute(
        select(round_table)
        .where(round_table.c.piece_id == piece_id)
        .order_by(round_table.c.number.desc())
        .limit(1)
    ).first()
    return None if row is None else round_of(row)


def approving(rounds: Iterable[Round], at: datetime) -> Round | None:
    """Of the rounds that approved a revision, newest first, the one that had done so at that instant."""
    return next((one for one in rounds if one.closed_at is not None and one.closed_at <= at), None)


def approved_rounds(connection: Connection, revisions: Collection[str]) -> dict[str, list[Round]]:
    """By revision: the rounds that approved it, the newest first."""
    found: dict[str, list[Round]] = {}
    for some in batches(revisions):
        rows = connection.execute(
            select(round_table)
            .where(round_table.c.revision_id.in_(some), round_table.c.status == "approved")
            .order_by(round_table.c.number.desc())
        )
        for row in rows:
            found.setdefault(row.revision_id, []).append(round_of(row))
    return found


def open_round(connection: Connection, piece_id: str) -> Round | None:
    """The open round of the piece."""
    latest = last_round(connection, piece_id)
    return latest if latest is not None and latest.status == "open" else None


def load_task(connection: Connection, task_id: str) -> Task:
    """The task with that id. Raises NotFound."""
    row = connection.execute(select(task_table).where(task_table.c.id == task_id)).first()
    if row is None:
        raise NotFound(f"There is no task {task_id}.", help="`ancrage review list` shows the open tasks.")
    return task_of(row)


def tasks_of_round(connection: Connection, round_id: str) -> list[Task]:
    """Its tasks, by step and role."""
    rows = connection.execute(
        select(task_table)
        .where(task_table.c.round_id == round_id)
        .order_by(task_table.c.step, task_table.c.role, task_table.c.id)
    )
    return [task_of(row) for row in rows]


def decisions_of_round(connection: Connection, round_id: str) -> list[Decision]:
    """The decisions of a round, oldest first."""
    rows = connection.execute(
        select(decision_table)
        .join(task_table, task_table.c.id == decision_table.c.task_id)
        .where(task_table.c.round_id == round_id)
        .order_by(decision_table.c.decided_at, decision_table.c.id)
    )
    return [Decision(r.id, r.task_id, r.outcome, r.decided_by, r.decided_at) for r in rows]


def signatures_of(connection: Connection, manifest_hash: str, found: Round | None = None) -> list[Signature]:
    """Every signature on exactly that manifest, oldest first; with a round, those that its own tasks asked for.

    A text sent back and submitted again unchanged keeps its manifest, and is signed anew: only the round that
    approved it carries its publication.
    """
    on_it = signatures_on(connection, [manifest_hash]).get(manifest_hash, ())
    return [one for round_id, one in on_it if found is None or round_id == found.id]


def signatures_on(
    connection: Connection, manifests: Collection[str]
) -> dict[str, list[tuple[str | None, Signature]]]:
    """By manifest: every signature on it with the round that asked for it, oldest first."""
    found: dict[str, list[tuple[str | None, Signature]]] = {}
    for some in batches(manifests):
        for row in connection.execute(_signature_query(some)):
            found.setdefault(row.manifest_hash, []).append((row.round_id, _signature(row)))
    return found


def _signature_query(manifests: Sequence[str]) -> Select[Any]:
    return (
        select(
            signature_table,
            task_table.c.id.label("task_id"),
            task_table.c.round_id,
            round_table.c.policy_hash,
        )
        .outerjoin(decision_table, decision_table.c.id == signature_table.c.decision_id)
        .outerjoin(task_table, task_table.c.id == decision_table.c.task_id)
        .outerjoin(round_table, round_table.c.id == task_table.c.round_id)
        .where(signature_table.c.manifest_hash.in_(manifests))
        .order_by(signature_table.c.signed_at, signature_table.c.role)
    )


def _signature(r: Row[Any]) -> Signature:
    return Signature(
        r.id,
        r.piece_id,
        r.revision_id,
        r.decision_id,
        r.manifest_hash,
        r.user_id,
        r.printed_name,
        r.role,
        r.meaning,
        r.signed_at,
        r.task_id,
        r.policy_hash,
        proof_json(r.proof, r.proof_issuer, r.proof_at),
        r.on_behalf_of,
        r.behalf_name,
    )


def close_round(tx: Transaction, found: Round, status: str) -> None:
    """Close the round with that status and cancel what nobody has decided."""
    tx.execute(
        update(round_table).where(round_table.c.id == found.id).values(status=status, closed_at=tx.now)
    )
    tx.failpoint("review:round_closed")
    tx.execute(
        update(task_table)
        .where(task_table.c.round_id == found.id, task_table.c.status.in_(UNFINISHED))
        .values(status="cancelled")
    )


def cancel_open_round(
    tx: Transaction, actor: Actor, piece_id: str, why: str, free_text: str | None = None
) -> Round | None:
    """Cancel the piece's open round, if there is one, with an audit entry; `why` is a code such as `edited`."""
    found = open_round(tx.connection, piece_id)
    if found is None:
        return None
    close_round(tx, found, "cancelled")
    details = {"round": found.id, "revision": found.revision_id, "why": why}
    record(tx, actor, "review.cancelled", piece_id, details, free_text)
    return found
