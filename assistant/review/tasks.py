"""Tasks: listed, claimed, given back, and found for whoever names a task or a piece."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select, tuple_, update

from assistant.audit.trail import record
from assistant.errors import Conflict, InvalidInput, NotAllowed
from assistant.people.accounts import find_user
from assistant.people.roles import Actor, Permission, require
from assistant.review.delegation import for_whom, require_still_deputy, require_two_people, stands_for
from assistant.review.gate import require_independent
from assistant.review.model import Piece, Task
from assistant.review.pieces import load_piece, lock_piece, require_active
from assistant.review.queue_facts import renew_lease
from assistant.review.rounds import (
    DECIDED,
    UNDECIDED,
    decisions_of_round,
    last_round,
    load_task,
    task_of,
    tasks_of_round,
)
from assistant.review.states import TASK, wrong_state
from assistant.review.task_refusals import already_decided, cancelled, held, not_yet, roles_awaited
from assistant.review.working_days import lease_end
from assistant.store.database import Database, Transaction
from assistant.store.schema import task as task_table

PAGE = 100
"""Tasks of a page where nothing else is asked for."""
MOST = 500


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Some tasks, and where the next ones begin; empty after the last."""

    tasks: list[Task]
    next: str


def list_tasks(
    db: Database,
    actor: Actor,
    status: str | None = None,
    *,
    everybody: bool = False,
    after: str = "",
    limit: int = PAGE,
) -> TaskPage:
    """Tasks in that status (open and claimed ones, if none is named), the soonest due first, a page after `after`.

    A reviewer sees what is theirs or may be taken by one of their roles; anybody else who may read pieces, and a
    reviewer who asks for `everybody`, sees all. Raises NotAllowed, InvalidInput.
    """
    require(actor, Permission.READ_PIECES)
    if status is not None and status not in TASK:
        raise InvalidInput(f"There is no task status {status}.", help=f"One of: {', '.join(TASK)}.")
    if not 1 <= limit <= MOST:
        raise InvalidInput(f"A page has 1 to {MOST} tasks, not {limit}.", help="Ask for fewer and go on.")
    wanted = (status,) if status else UNDECIDED
    columns = (task_table.c.due_on, task_table.c.id)
    query = select(task_table).where(task_table.c.status.in_(wanted))
    if after:
        query = query.where(tuple_(*columns) > tuple_(*_read_place(after)))
    with db.read() as connection:
        if actor.may(Permission.REVIEW) and not everybody:
            takeable = task_table.c.role.in_([str(role) for role in actor.roles]) & (
                task_table.c.assignee_id.is_(None)
            )
            deputising = of_delegators(stands_for(connection, actor, db.clock.now(), ""))
            query = query.where(or_(task_table.c.assignee_id == actor.id, takeable, *deputising))
        found = [task_of(row) for row in connection.execute(query.order_by(*columns).limit(limit + 1))]
    shown = found[:limit]
    more = len(found) > limit
    return TaskPage(shown, f"{shown[-1].due_on.isoformat()}~{shown[-1].id}" if more else "")


def _read_place(after: str) -> tuple[date, str]:
    due, _, task_id = after.partition("~")
    try:
        return date.fromisoformat(due), task_id
    except ValueError as error:
        raise InvalidInput(
            "This names no place in the list.", help="Give the `next` of the page before, or nothing."
        ) from error


def of_delegators(standing: Mapping[str, frozenset[str]]) -> list[ColumnElement[bool]]:
    """Conditions on a task: in the hands of one of those for whom a deputy stands, by role."""
    return [
        and_(task_table.c.assignee_id.in_(sorted(people)), task_table.c.role == role)
        for role, people in sorted(standing.items())
    ]


def claim(db: Database, actor: Actor, task_or_piece: str) -> Task:
    """Take a task. Taking one's own task again changes nothing.

    Raises NotAllowed (role, author, administrator), Conflict where somebody else holds it, AlreadyDecided.
    """
    require(actor, Permission.REVIEW)
    with db.write() as tx:
        piece = lock_piece(tx, piece_id_of(tx.connection, task_or_piece))
        require_active(tx.connection, piece.product_id)
        require_independent(tx.connection, actor, piece, "review it")
        return claim_in(tx, actor, piece, task_or_piece)


def give_back(db: Database, actor: Actor, task_or_piece: str) -> Task:
    """Give back a claimed task, so that another person may take it; a deputy's goes to whom they stand for, if still here."""
    require(actor, Permission.REVIEW)
    with db.write() as tx:
        piece = lock_piece(tx, piece_id_of(tx.connection, task_or_piece))
        task = find_task(tx.connection, actor, piece, task_or_piece, tx.now)
        if task.assignee_id != actor.id:
            raise Conflict(f"The task {task.id} is not yours.", help="Only its holder gives a task back.")
        absent = None if task.for_id is None else find_user(tx.connection, task.for_id)
        to = absent.id if absent is not None and absent.active else None
        tx.execute(
            update(task_table)
            .where(task_table.c.id == task.id)
            .values(
                status="open" if to is None else "claimed",
                assignee_id=to,
                claimed_at=None if to is None else tx.now,
                lease_until=None if to is None else lease_end(tx.now),
                for_id=None,
            )
        )
        details = {"task": task.id, "role": task.role, "to": to}
        record(tx, actor, "task.given_back", piece.id, details)
        return load_task(tx.connection, task.id)


def piece_id_of(connection: Connection, task_or_piece: str) -> str:
    """The piece that is meant: by its own id, or by that of one of its tasks. Raises NotFound."""
    if task_or_piece.startswith("task_"):
        return load_task(connection, task_or_piece).piece_id
    return load_piece(connection, task_or_piece).id


def claim_in(tx: Transaction, actor: Actor, piece: Piece, task_or_piece: str) -> Task:
    """Claim the meant task of a locked piece, within a transaction under way."""
    task = find_task(tx.connection, actor, piece, task_or_piece, tx.now)
    if task.assignee_id == actor.id:
        require_still_deputy(tx.connection, actor, task, piece, tx.now)
        renew_lease(tx, actor, piece.id)
        return load_task(tx.connection, task.id)
    holder = for_whom(tx.connection, actor, task, piece, tx.now)
    others = [
        t for t in tasks_of_round(tx.connection, task.round_id) if t.id != task.id and t.status != "cancelled"
    ]
    require_two_people(tx.connection, actor, holder, piece, others)
    tx.execute(
        update(task_table)
        .where(task_table.c.id == task.id)
        .values(
            status="claimed",
            assignee_id=actor.id,
            claimed_at=tx.now,
            lease_until=lease_end(tx.now),
            for_id=holder,
        )
    )
    details = {"task": task.id, "role": task.role}
    if holder is not None:
        details["for"] = holder
    elif task.assignee_id not in (None, task.for_id):
        details["lapsed_from"] = task.assignee_id
    record(tx, actor, "task.claimed", piece.id, details)
    return load_task(tx.connection, task.id)


def find_task(connection: Connection, actor: Actor, piece: Piece, task_or_piece: str, now: datetime) -> Task:
    """The undecided task that the actor means: the one named, or the only one of the piece that they may take.

    A claimed one that its holder has not touched for long may be taken.

    Raises AlreadyDecided, WrongState where nothing is under review, NotAllowed where no task is for one of their
    roles, Conflict where somebody else holds it, InvalidInput where several could be meant.
    """
    if task_or_piece.startswith("task_"):
        return _available(connection, actor, load_task(connection, task_or_piece), piece, now)
    latest = last_round(connection, piece.id)
    if latest is None:
        raise wrong_state(piece, "be decided on")
    tasks = [t for t in tasks_of_round(connection, latest.id) if t.role in actor.roles]
    undecided = [t for t in tasks if t.status in UNDECIDED]
    decided_here = {d.task_id for d in decisions_of_round(connection, latest.id) if d.decided_by == actor.id}
    mine_decided = [t for t in tasks if t.id in decided_here]
    decided = [t for t in tasks if t.status in DECIDED]
    if mine_decided or (tasks and not undecided and decided):
        raise already_decided(piece, (mine_decided or decided)[0])
    if latest.status != "open":
        raise wrong_state(piece, "be decided on")
    if tasks and not undecided and any(t.status == "waiting" for t in tasks):
        raise not_yet(connection, next(t for t in tasks if t.status == "waiting"))
    if not undecided:
        raise NotAllowed(
            f"No task of the piece {piece.id} is for {actor.name}.",
            help=f"It waits for: {', '.join(roles_awaited(connection, latest.id))}.",
        )
    mine = (
        [t for t in undecided if t.assignee_id == actor.id]
        or [t for t in undecided if not t.held_by_another(actor.id, now)]
        or [t for t in undecided if _may_take_over(connection, actor, t, piece, now)]
    )
    if len({t.role for t in mine}) > 1:
        listed = ", ".join(f"{t.id} ({t.role})" for t in mine)
        raise InvalidInput(f"Several tasks of this piece could be meant: {listed}.", help="Name the task.")
    return _available(connection, actor, (mine or undecided)[0], piece, now)


def _may_take_over(connection: Connection, actor: Actor, task: Task, piece: Piece, now: datetime) -> bool:
    """Whether it is the actor's own, in a deputy's hands, or that of somebody whose deputy the actor is."""
    return task.for_id == actor.id or for_whom(connection, actor, task, piece, now) is not None


def _available(connection: Connection, actor: Actor, task: Task, piece: Piece, now: datetime) -> Task:
    if task.status == "waiting":
        raise not_yet(connection, task)
    if task.status == "cancelled":
        raise cancelled(connection, task)
    if task.status not in UNDECIDED:
        raise already_decided(piece, task)
    if task.role not in actor.roles:
        raise NotAllowed(
            f"The task {task.id} is for the role {task.role}, which {actor.name} does not have.",
            help=f"A person with the role {task.role} has to do it.",
        )
    if task.held_by_another(actor.id, now) and not _may_take_over(connection, actor, task, piece, now):
        raise held(connection, task)
    return task
