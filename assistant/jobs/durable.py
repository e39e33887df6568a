"""The workflow engine, and the only file that imports it.

A workflow is a job, named by its id. What a step of it does commits together with its own checkpoint in our database,
and only that checkpoint counts: DBOS keeps none of its own beside it, so that the two can never disagree. DBOS sees to
it that every workflow comes to an end, in this process or in a later one.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from assistant.store.ids import new_id
from assistant.store.private import make_private

# Not the product's version: work that an older version began is finished by a newer one.
_VERSION = "ancrage-1"
_log = logging.getLogger(__name__)
_RESUMABLE = {"PENDING", "ENQUEUED", "DELAYED"}

RunJob = Callable[[str], None]


class Durable:
    """Starts DBOS at the first job: importing it costs most of a second."""

    def __init__(self, home: Path, database_url: str, executor: str, run_job: RunJob) -> None:
        """`run_job(id)` does what is not done of a job; it raises where the job is to be taken up again."""
        self._file = None if database_url.startswith("postgresql") else home / "dbos.sqlite"
        self._url = f"sqlite:///{self._file}" if self._file else database_url
        self._executor = executor
        self._run_job = run_job
        self._lock = threading.Lock()
        self._workflow: Any = None

    def submit(self, job_id: str) -> None:
        """Run a job's workflow, or take it up where a dead process left it."""
        self._launch()
        from dbos import DBOS, SetWorkflowID

        known = DBOS.get_workflow_status(job_id)
        if known is not None and known.status in _RESUMABLE:
            DBOS.resume_workflow(job_id)
            return
        # A workflow that ended without finishing its job is begun again under another name: its steps know what is done.
        with SetWorkflowID(job_id if known is None else f"{job_id}-{new_id('again')}"):
            DBOS.start_workflow(self._workflow, job_id)

    def close(self) -> None:
        """End DBOS in this process; unfinished workflows wait for the next start."""
        with self._lock:
            if self._workflow is not None:
                from dbos import DBOS

                DBOS.destroy(destroy_registry=True)
                self._workflow = None

    def _launch(self) -> None:
        with self._lock:
            if self._workflow is not None:
                return
            from dbos import DBOS, DBOSConfig

            config: DBOSConfig = {
                "name": "ancrage",
                "system_database_url": self._url,
                "dbos_system_schema": "dbos",
                "application_version": _VERSION,
                "executor_id": self._executor,
                "log_level": "CRITICAL",  # what goes wrong is in the job's row and in our own log
                "enable_otlp": False,
                "notification_listener_polling_interval_sec": 0.1,
            }
            if self._file:
                set_aside_if_damaged(self._file)
                make_private(self._file)
            DBOS(config=config)

            work = DBOS.workflow(name="ancrage_job")(_named(self._run_job))
            DBOS.launch()
            self._workflow = work


def _named(run_job: RunJob) -> RunJob:
    """DBOS wants a plain function."""

    def work(job_id: str) -> None:
        run_job(job_id)

    return work


def set_aside_if_damaged(file: Path) -> None:
    """Rename the engine's file where SQLite cannot read it: it holds nothing that our own checkpoints do not, and every
    command would fail on it.
    """
    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(file, timeout=1)) as connection:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.OperationalError:  # locked, or not to be opened: told by what wants to use it
        return
    except sqlite3.DatabaseError:
        sound = False
    if sound:
        return
    kept = next(name for name in _names_aside(file) if not file.with_name(name).exists())
    for part in ("", "-wal", "-shm"):
        found = file.with_name(file.name + part)
        if found.exists():
            found.replace(file.with_name(kept + part))
    _log.warning("%s was damaged; it is kept as %s, and no work is lost", file, kept)


def _names_aside(file: Path) -> Iterator[str]:
    """One after the other: what was set aside before is kept, too."""
    yield f"{file.name}.damaged"
    yield from (f"{file.name}.damaged-{number}" for number in count(2))
