"""A round's way through its plan: the tasks that are opened, those that are no longer needed, and the next step."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import insert, update

from assistant.audit.expected import columns_sha256
from assistant.audit.followed_desk import QUEUED
from assistant.audit.plain import plain
from assistant.audit.trail import record
from assistant.people.roles import Actor
from assistant.review.model import Piece, Round, Task
from assistant.review.plan import Plan, complete, current_step, given_by, met, plan_from
from assistant.review.queue_words import save_words
from assistant.review.rounds import UNFINISHED, tasks_of_round
from assistant.review.working_days import working_days_later
from assistant.store.clock import civil_date
from assistant.store.database import Transaction
from assistant.store.ids import new_id
from assistant.store.schema import task as task_table


def open_tasks(
    tx: Transaction, piece: Piece, round_id: str, plan: Plan, shown: Mapping[str, Any]
) -> dict[str, Any]:
    """The tasks of every step: the first step's are open, the others wait. `shown` is their title and risk.

    Returns what the round's entry says of them.
    """
    due, rows = civil_date(tx.now, piece.market), []
    queued = {"product_id": piece.product_id, "market": piece.market, "kind": piece.kind, **shown}
    for number, step in enumerate(plan.steps):
        due = working_days_later(due, step.working_days, piece.market)
        for wanted in step.signatures:
            rows += [
                {
                    "id": new_id("task"),
                    "round_id": round_id,
                    "piece_id": piece.id,
                    "role": wanted.role,
                    "status": "waiting" if number else "open",
                    "step": number,
                    "created_at": tx.now,
                    "due_on": due,
                    **queued,
                }
                for _ in range(wanted.asked)
            ]
    tx.execute(insert(task_table), rows)
    save_words(tx, piece, [str(row["id"]) for row in rows], shown["title"])
    told = ("id", "role", "step", "due_on")
    return {
        "tasks": [{name: plain(row[name]) for name in told} for row in rows],
        "queued_sha256": columns_sha256(queued, QUEUED),
    }


def advance(tx: Transaction, actor: Actor, piece: Piece, found: Round) -> bool:
    """After a signature: let go of what is no longer needed, open the next step where its turn has come.

    Returns whether every signature that the plan asks for is there.
    """
    tasks = tasks_of_round(tx.connection, found.id)
    plan, given = plan_from(found.plan, tasks), given_by(tasks)
    for task in tasks:
        if task.status in UNFINISHED and met(plan, given, task.step, task.role):
            _no_longer_needed(tx, actor, piece, task)
    now = current_step(plan, given)
    waiting = [t for t in tasks if t.status == "waiting" and t.step == now]
    if waiting:
        _open_step(tx, actor, piece, found, waiting, plan.steps[now].working_days)
    return complete(plan, given)


def _no_longer_needed(tx: Transaction, actor: Actor, piece: Piece, task: Task) -> None:
    tx.execute(update(task_table).where(task_table.c.id == task.id).values(status="cancelled"))
    details = {"task": task.id, "role": task.role, "held_by": task.assignee_id}
    record(tx, actor, "task.not_needed", piece.id, details)


def _open_step(
    tx: Transaction, actor: Actor, piece: Piece, found: Round, waiting: list[Task], days: int
) -> None:
    due: date = working_days_later(civil_date(tx.now, piece.market), days, piece.market)
    tx.execute(
        update(task_table)
        .where(task_table.c.id.in_([task.id for task in waiting]))
        .values(status="open", due_on=due)
    )
    tx.failpoint("review:step")
    details = {
        "round": found.id,
        "step": waiting[0].step + 1,
        "roles": sorted({task.role for task in waiting}),
        "due_on": due.isoformat(),
    }
    record(tx, actor, "review.step_opened", piece.id, details)
