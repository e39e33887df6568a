"""A coordinator hands an undecided task to a named person, or back to everybody with its role."""

from sqlalchemy import Connection, select, update

from assistant.audit.reasons import require_reason
from assistant.audit.trail import record
from assistant.errors import AlreadyDecided, Conflict, InvalidInput, WrongState
from assistant.people.accounts import find_user
from assistant.people.roles import Actor, Permission, Role, require
from assistant.review.gate import require_independent
from assistant.review.model import Task
from assistant.review.pieces import editors, load_piece, lock_piece, require_active
from assistant.review.rounds import UNDECIDED, load_task, tasks_of_round
from assistant.review.working_days import lease_end
from assistant.store.database import Database
from assistant.store.schema import task as task_table
from assistant.store.schema import user as user_table


def reassign(db: Database, actor: Actor, task_id: str, to: str | None, reason: str) -> Task:
    """Give the task to the person with that id, or to nobody; returns it. Audited with who had it and the reason.

    The person must have the task's role, be independent of the piece and hold no other task of the round. Reassigning
    is no decision: an administrator may do it and signs nothing. Raises NotAllowed, AlreadyDecided, Conflict,
    InvalidInput.
    """
    require(actor, Permission.REASSIGN)
    why = require_reason(reason, "A reassignment")
    with db.write() as tx:
        piece = lock_piece(tx, load_task(tx.connection, task_id).piece_id)
        task = load_task(tx.connection, task_id)
        require_active(tx.connection, piece.product_id)
        if task.status == "waiting":
            raise WrongState(
                f"It is not the turn of {task.role} yet.",
                help="Hand it over once the steps before it are signed.",
            )
        if task.status not in UNDECIDED:
            raise AlreadyDecided(
                "The task is decided already, or cancelled.",
                help="The queue shows what is to be decided now.",
            )
        if to == task.assignee_id:
            return task
        values: dict[str, object] = {
            "status": "open",
            "assignee_id": None,
            "claimed_at": None,
            "lease_until": None,
            "for_id": None,
        }
        if to is not None:
            known = find_user(tx.connection, to)
            if known is None or not known.active:
                raise InvalidInput(
                    "There is no such active person.", help="Choose somebody else.", field="to"
                )
            holder = known.actor()
            if task.role not in holder.roles:
                raise InvalidInput(
                    f"{holder.name} does not have the role {task.role}.",
                    help="Choose a person who has it.",
                    field="to",
                )
            require_independent(tx.connection, holder, piece, "review it")
            others = [t for t in tasks_of_round(tx.connection, task.round_id) if t.id != task.id]
            if any(to in {t.assignee_id, t.for_id} for t in others):
                raise Conflict(
                    f"{holder.name} already holds or held another task of this round.",
                    help="One person fills one role of a round: choose somebody else.",
                )
            values = {
                "status": "claimed",
                "assignee_id": to,
                "claimed_at": tx.now,
                "lease_until": lease_end(tx.now),
                "for_id": None,
            }
        tx.execute(update(task_table).where(task_table.c.id == task.id).values(**values))
        details = {"task": task.id, "role": task.role, "from": task.assignee_id, "to": to}
        record(tx, actor, "task.reassigned", piece.id, details, free_text=why)
        return load_task(tx.connection, task.id)


def candidates(connection: Connection, task: Task) -> list[tuple[str, str]]:
    """(id, name) of the people to whom the task could be given, by name."""
    wrote = editors(connection, load_piece(connection, task.piece_id))
    others = [t for t in tasks_of_round(connection, task.round_id) if t.id != task.id]
    busy = {task.assignee_id, *(person for t in others for person in (t.assignee_id, t.for_id))}
    rows = connection.execute(
        select(user_table.c.id, user_table.c.name, user_table.c.roles)
        .where(user_table.c.active)
        .order_by(user_table.c.key)
    )
    return [
        (row.id, row.name)
        for row in rows
        if task.role in row.roles and Role.ADMIN not in row.roles and row.id not in wrote | busy
    ]
