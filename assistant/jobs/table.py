"""Jobs and their finished steps, in rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from assistant.errors import NotFound
from assistant.people.accounts import find_user
from assistant.people.roles import SYSTEM, Actor
from assistant.store.database import Transaction
from assistant.store.ids import new_id
from assistant.store.keyset import next_after, page_of
from assistant.store.schema import job, job_step

UNFINISHED = ("queued", "running")
PAGE = 50


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is: `done` of `total` units (pages and passages, pieces …), and what it is doing."""

    id: str
    kind: str
    status: str
    """queued, running, done or failed."""
    done: int
    total: int
    doing: str
    error: dict[str, Any] | None
    result: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class JobRow:
    """What a job is to do, and for whom."""

    id: str
    kind: str
    status: str
    arguments: dict[str, Any]
    created_by: str
    executor_id: str | None


def insert_job(tx: Transaction, kind: str, arguments: dict[str, Any], actor: Actor, executor_id: str) -> str:
    """Write a queued job; returns its id."""
    identity = new_id("job")
    tx.execute(
        insert(job).values(
            id=identity,
            kind=kind,
            status="queued",
            arguments=arguments,
            done=0,
            total=0,
            doing="",
            created_by=actor.id,
            executor_id=executor_id,
            created_at=tx.now,
            updated_at=tx.now,
        )
    )
    return identity


def no_such_job(job_id: str) -> NotFound:
    """What is said of a job that is not there, or not the reader's: the id stands beside it, not in it."""
    return NotFound(
        "This work is not there, or it is somebody else's.",
        help="Open it from the page that began it, or with the id that its start gave.",
        job=job_id,
    )


def load_job(connection: Connection, job_id: str) -> JobRow:
    """One job. Raises NotFound."""
    row = connection.execute(select(job).where(job.c.id == job_id)).first()
    if row is None:
        raise no_such_job(job_id)
    return _job(row)


def load_progress(connection: Connection, job_id: str) -> JobProgress:
    """How far it is, as last written. Raises NotFound."""
    row = connection.execute(select(job).where(job.c.id == job_id)).first()
    if row is None:
        raise no_such_job(job_id)
    return JobProgress(row.id, row.kind, row.status, row.done, row.total, row.doing, row.error, row.result)


def recent_jobs(connection: Connection, after: str = "") -> tuple[list[JobProgress], str]:
    """A page of jobs, the newest first, and the `after` of the next one. Raises InvalidInput."""
    rows = connection.execute(page_of(select(job), job.c.created_at, job.c.id, after, PAGE)).all()
    shown = [
        JobProgress(r.id, r.kind, r.status, r.done, r.total, r.doing, r.error, r.result) for r in rows[:PAGE]
    ]
    return shown, next_after(rows, job.c.created_at, job.c.id, PAGE)


def unfinished(connection: Connection, alive: Collection[str] = ()) -> list[JobRow]:
    """The unfinished jobs that no executor of `alive` works on, oldest first."""
    rows = connection.execute(select(job).where(job.c.status.in_(UNFINISHED)).order_by(job.c.created_at))
    return [_job(row) for row in rows if row.executor_id not in alive]


def left_over(connection: Connection, owed: Collection[str]) -> bool:
    """Whether any job is unfinished, or failed though its kind is owed: one cheap look."""
    failed_ones = (job.c.status == "failed") & job.c.kind.in_(list(owed))
    found = connection.execute(select(job.c.id).where(job.c.status.in_(UNFINISHED) | failed_ones).limit(1))
    return found.first() is not None


def failed_jobs(
    connection: Connection, kinds: Collection[str], before: datetime | None = None
) -> list[JobRow]:
    """The failed jobs of these kinds, oldest first; with `before`, only those that failed before that instant."""
    query = (
        select(job).where(job.c.status == "failed", job.c.kind.in_(list(kinds))).order_by(job.c.created_at)
    )
    rows = connection.execute(query if before is None else query.where(job.c.updated_at < before))
    return [_job(row) for row in rows]


def begin_again(tx: Transaction, found: JobRow, executor_id: str) -> bool:
    """Queue a failed job anew, as this executor's; False where another was faster."""
    changed = tx.execute(
        update(job)
        .where(job.c.id == found.id, job.c.status == "failed")
        .values(status="queued", error=None, executor_id=executor_id, updated_at=tx.now)
    )
    return changed.rowcount == 1


def take_over(tx: Transaction, found: JobRow, executor_id: str) -> bool:
    """Make the job this executor's; False where another was faster."""
    changed = tx.execute(
        update(job)
        .where(
            job.c.id == found.id,
            job.c.status.in_(UNFINISHED),
            job.c.executor_id.is_not_distinct_from(found.executor_id),
        )
        .values(executor_id=executor_id, updated_at=tx.now)
    )
    return changed.rowcount == 1


def mark_running(tx: Transaction, job_id: str, executor_id: str) -> None:
    """Say which process works on it now."""
    tx.execute(
        update(job)
        .where(job.c.id == job_id, job.c.status.in_(UNFINISHED))
        .values(status="running", executor_id=executor_id, updated_at=tx.now)
    )


def finish_step(tx: Transaction, job_id: str, step: str, result: dict[str, Any], *, last: bool) -> None:
    """Write a step's checkpoint in the transaction of its work; the last one finishes the job."""
    tx.execute(insert(job_step).values(job_id=job_id, step=step, result=result, finished_at=tx.now))
    if last:
        tx.execute(
            update(job)
            .where(job.c.id == job_id)
            .values(status="done", result=result, doing="", updated_at=tx.now)
        )
    tx.failpoint(f"job:{step}")


def fail(tx: Transaction, job_id: str, error: dict[str, Any]) -> None:
    """End an unfinished job with its reason."""
    tx.execute(
        update(job)
        .where(job.c.id == job_id, job.c.status.in_(UNFINISHED))
        .values(status="failed", error=error, doing="", updated_at=tx.now)
    )


def step_result(connection: Connection, job_id: str, step: str) -> dict[str, Any] | None:
    """What a finished step left; None where it has not finished."""
    row = connection.execute(
        select(job_step.c.result).where(job_step.c.job_id == job_id, job_step.c.step == step)
    ).first()
    return None if row is None else dict(row.result or {})


def actor_of(connection: Connection, found: JobRow) -> Actor:
    """The person who started it, with the roles they have now, or the system itself. Raises NotFound."""
    if found.created_by == SYSTEM.id:
        return SYSTEM
    person = find_user(connection, found.created_by)
    if person is None:
        raise NotFound(f"There is no user {found.created_by}.", help="Start the work again as a known user.")
    return person.actor()


def _job(row: Any) -> JobRow:
    return JobRow(row.id, row.kind, row.status, dict(row.arguments), row.created_by, row.executor_id)
