"""Jobs from outside: start, watch, wait, and take up what a dead process left."""

import contextlib
import logging
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from assistant.errors import InvalidInput
from assistant.jobs.durable import Durable
from assistant.jobs.executors import BEAT_SECONDS, beat, executor_name, living, sign_off
from assistant.jobs.refusals import Interrupted, JobFailed, error_from_json, error_json
from assistant.jobs.table import (
    UNFINISHED,
    JobProgress,
    JobRow,
    actor_of,
    begin_again,
    fail,
    failed_jobs,
    finish_step,
    insert_job,
    left_over,
    load_job,
    load_progress,
    mark_running,
    recent_jobs,
    step_result,
    take_over,
    unfinished,
)
from assistant.people.roles import Actor
from assistant.store.database import Database, Transaction
from ingestion.errors import AncrageError

_log = logging.getLogger(__name__)
_PATIENCE = 20.0  # seconds that a closing process waits for its steps; what takes longer is done again by the next start
_REST = timedelta(minutes=5)  # between two attempts of a living process at a job that is owed

OnProgress = Callable[[int, int, str], None]
"""Is told (done, total, doing)."""


class Job:
    """A job at work on one of its steps."""

    def __init__(self, jobs: "Jobs", row: JobRow, actor: Actor, step: str, *, last: bool) -> None:
        self.id = row.id
        self.arguments = row.arguments
        self.actor = actor
        self.step = step
        self._jobs = jobs
        self._last = last

    def report(self, done: int, total: int, doing: str) -> None:
        """Say how far it is."""
        self._jobs.report(self.id, done, total, doing)

    def go_on(self) -> None:
        """Raise Interrupted where the process is ending: called before something long."""
        if self._jobs.stopping:
            raise Interrupted("The process is ending.", help="The next start takes the work up.")

    def finish(self, tx: Transaction, result: dict[str, Any]) -> None:
        """Write this step's checkpoint in the transaction of its work."""
        finish_step(tx, self.id, self.step, result, last=self._last)

    def earlier(self, step: str) -> dict[str, Any]:
        """What an earlier step left."""
        with self._jobs.db.read() as connection:
            return step_result(connection, self.id, step) or {}


class Work(Protocol):
    """A kind of job."""

    @property
    def steps(self) -> Sequence[str]:
        """The names of its steps, in order."""

    def run(self, job: Job) -> None:
        """Do the step `job.step` and call `job.finish` in its transaction. Raises typed errors."""

    def settle(self, arguments: dict[str, Any]) -> None:
        """Tidy up once the job has ended, one way or the other; may be called twice."""


class Jobs:
    """The jobs of one home, worked on in this process."""

    def __init__(
        self,
        db: Database,
        home: Path,
        database_url: str,
        works: Mapping[str, Work],
        owed: Collection[str] = (),
    ) -> None:
        """`works` are the kinds of jobs, by name.

        Those of `owed` follow from an act that stands: a failed one is not lost, it is taken up again.
        """
        self.db = db
        self._owed = owed
        self._works = works
        self._name = executor_name()
        self._durable = Durable(home, database_url, self._name, self._run)
        self._live: dict[str, JobProgress] = {}
        self._written: dict[str, JobProgress] = {}
        self._ended: dict[str, threading.Event] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._heart: threading.Thread | None = None
        self._idle = threading.Condition()
        self._busy = 0

    def start(self, kind: str, arguments: dict[str, Any], actor: Actor) -> str:
        """Write the job and begin it; returns its id at once."""
        if kind not in self._works:
            raise InvalidInput(
                f"{kind} is not a kind of job.", help=f"The kinds are {', '.join(self._works)}."
            )
        with self.db.write() as tx:
            job_id = self.queue(tx, kind, arguments, actor)
        self.begin(job_id)
        return job_id

    def queue(self, tx: Transaction, kind: str, arguments: dict[str, Any], actor: Actor) -> str:
        """Write a job in the transaction of what calls for it; `begin` it after the commit.

        Where the process dies between the two, the next start takes it up.
        """
        if kind not in self._works:
            raise InvalidInput(
                f"{kind} is not a kind of job.", help=f"The kinds are {', '.join(self._works)}."
            )
        beat(tx, self._name)  # a job of a process that shows no sign of life would be taken up by another
        return insert_job(tx, kind, arguments, actor, self._name)

    def begin(self, job_id: str) -> None:
        """Begin a queued job."""
        self._begin_beating()
        self._submit(job_id)

    def wait(self, job_id: str, on_progress: OnProgress | None = None) -> dict[str, Any]:
        """Wait for its end; returns its result, or raises the refusal with which it failed.

        Raises Interrupted where this process stops working before the job's end.
        """
        ended = self._ended.get(job_id)
        told: tuple[int, int, str] | None = None
        while True:
            over = ended is not None and ended.wait(0.1)
            now = self.progress(job_id)
            if on_progress is not None and (now.done, now.total, now.doing) != told and now.total:
                told = (now.done, now.total, now.doing)
                on_progress(*told)
            if now.status == "done":
                return now.result or {}
            if now.status == "failed":
                raise error_from_json(now.error or {})
            if over or self._stop.is_set():
                raise Interrupted("The work was interrupted.", help="The next start of Ancrage takes it up.")
            if ended is None:
                self._stop.wait(0.2)  # another process works on it: it is looked up now and then

    def progress(self, job_id: str) -> JobProgress:
        """How far it is. Raises NotFound."""
        live = self._live.get(job_id)
        if live is not None:
            return live
        with self.db.read() as connection:
            return load_progress(connection, job_id)

    def recent(self, after: str = "") -> tuple[list[JobProgress], str]:
        """A page of jobs, the newest first, and the `after` of the next one. Raises InvalidInput."""
        with self.db.read() as connection:
            found, following = recent_jobs(connection, after)
        return [self._live.get(one.id, one) for one in found], following

    def recover(self, failed_before: datetime | None = None) -> list[str]:
        """Take up the jobs that dead processes left, and those that failed though they are owed.

        With `failed_before`, only what failed before that instant. Returns their ids; they run beside the caller.
        """
        with self.db.read() as connection:
            if not left_over(connection, self._owed):
                return []
            alive = living(connection, self.db.clock.now()) | {self._name}
            left = unfinished(connection, alive) + failed_jobs(connection, self._owed, failed_before)
        return [found.id for found in left if self._take(found)]

    def again(self, kind: str, concerns: Callable[[dict[str, Any]], bool]) -> str | None:
        """The newest job of an owed kind that concerns this and is not done; begun again where nobody works on it.

        `concerns` looks at a job's arguments. None where there is no such job. Wait for it with `wait`.
        """
        with self.db.read() as connection:
            left = unfinished(connection) + failed_jobs(connection, {kind} & set(self._owed))
            alive = living(connection, self.db.clock.now()) - {self._name}
        found = next((row for row in reversed(left) if row.kind == kind and concerns(row.arguments)), None)
        if found is None:
            return None
        at_work = found.status in UNFINISHED and (found.executor_id in alive or found.id in self._live)
        if not at_work:
            self._take(found)
        return found.id

    def _take(self, found: JobRow) -> bool:
        """Make a job ours and begin it; False where another was faster."""
        self._begin_beating()
        take = begin_again if found.status == "failed" else take_over
        with self.db.write() as tx:
            mine = take(tx, found, self._name)
        if mine:
            self._submit(found.id)
        return mine

    @property
    def stopping(self) -> bool:
        """Whether no step is to begin any more."""
        return self._stop.is_set()

    def stop(self) -> None:
        """From here on a step that fails was interrupted: it is left for the next start."""
        self._stop.set()

    def close(self) -> None:
        """Stop working; what is unfinished waits for the next start."""
        self.stop()
        with self._idle:
            self._idle.wait_for(lambda: self._busy == 0, _PATIENCE)
        self._durable.close()
        if self._heart is not None:
            self._heart.join()
            self._heart = None
            with self.db.write() as tx:
                sign_off(tx, self._name)

    def report(self, job_id: str, done: int, total: int, doing: str) -> None:
        """Keep a job's progress; the heartbeat writes it down for other processes."""
        known = self._live.get(job_id)
        if known is None:
            return
        self._live[job_id] = replace(known, status="running", done=done, total=total, doing=doing)

    def _submit(self, job_id: str) -> None:
        with self._lock:
            self._ended[job_id] = threading.Event()
            with self.db.read() as connection:
                self._live[job_id] = load_progress(connection, job_id)
        self._durable.submit(job_id)

    def _run(self, job_id: str) -> None:
        """Do the steps that are not done. A failure ends the job with its typed error.

        Raises Interrupted, or the database's own error, where the job has to be taken up again.
        """
        try:
            with self._at_work():
                with self.db.read() as connection:
                    row = load_job(connection, job_id)
                work = self._works[row.kind]
                if row.status in UNFINISHED:
                    self._run_steps(row, work)
                work.settle(row.arguments)
        except Interrupted:
            raise
        except Exception:
            _log.exception("Job %s could not be ended; the next start takes it up", job_id)
            raise
        finally:
            self._let_go(job_id)

    def _run_steps(self, row: JobRow, work: Work) -> None:
        for step in work.steps:
            if self._is_done(row.id, step):
                continue
            try:
                self._do(row, work, step, last=step == work.steps[-1])
            except Exception as error:
                if self._is_done(row.id, step):
                    continue  # another process was faster: its work stands, ours was undone
                if self._stop.is_set():
                    raise Interrupted(
                        "The process is ending.", help="The next start takes the work up."
                    ) from error
                self._fail(row, error)
                return

    def _do(self, row: JobRow, work: Work, step: str, *, last: bool) -> None:
        with self.db.write() as tx:
            mark_running(tx, row.id, self._name)
            actor = actor_of(tx.connection, row)
        work.run(Job(self, row, actor, step, last=last))

    def _is_done(self, job_id: str, step: str) -> bool:
        with self.db.read() as connection:
            return step_result(connection, job_id, step) is not None

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        """Count the jobs at work, so that `close` can wait for them. Raises Interrupted where none is to begin."""
        with self._idle:
            if self._stop.is_set():
                raise Interrupted("The process is ending.", help="The next start takes the work up.")
            self._busy += 1
        try:
            yield
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    def _fail(self, row: JobRow, error: Exception) -> None:
        if not isinstance(error, AncrageError):
            _log.error("Job %s (%s) failed", row.id, row.kind, exc_info=error)
            error = JobFailed(
                f"The work stopped unexpectedly ({type(error).__name__}).",
                help=f"Try again; if it happens again, report it with the job's id {row.id} and the log.",
            )
        with self.db.write() as tx:
            fail(tx, row.id, error_json(error))

    def _let_go(self, job_id: str) -> None:
        """This process works on it no more: whoever waits looks at its row."""
        with self._lock:
            self._live.pop(job_id, None)
            ended = self._ended.pop(job_id, None)
        if ended is not None:
            ended.set()

    def _begin_beating(self) -> None:
        with self._lock:
            if self._heart is not None:
                return
            with self.db.write() as tx:
                beat(tx, self._name)
            self._heart = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
            self._heart.start()

    def _beat(self) -> None:
        """Show signs of life, and take up what others who showed none have left."""
        while not self._stop.wait(BEAT_SECONDS):
            with contextlib.suppress(
                AncrageError
            ):  # a busy database: the next beat is soon, and a minute is allowed
                with self.db.write() as tx:
                    beat(tx, self._name)
                self.recover(failed_before=self.db.clock.now() - _REST)
