"""The workflow engine, and the only file that imports it.

A workflow is a job's id and its steps in order. What a step does commits together with its own checkpoint in our
database, so DBOS may run a step again without harm; DBOS sees to it that every workflow comes to an end.
"""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.store.ids import new_id

# Not the product's version: work that an older version began is finished by a newer one.
_VERSION = "ancrage-1"
_RESUMABLE = {"PENDING", "ENQUEUED", "DELAYED"}

RunStep = Callable[[str, str], None]
StepsOf = Callable[[str], Sequence[str]]


class Durable:
    """Starts DBOS at the first job: importing it costs most of a second."""

    def __init__(
        self, home: Path, database_url: str, executor: str, steps_of: StepsOf, run_step: RunStep
    ) -> None:
        """`steps_of(job)` names a job's steps; `run_step(job, step)` does one and raises nothing."""
        self._url = (
            database_url if database_url.startswith("postgresql") else f"sqlite:///{home / 'dbos.sqlite'}"
        )
        self._executor = executor
        self._steps_of = steps_of
        self._run_step = run_step
        self._lock = threading.Lock()
        self._workflow: Any = None

    @property
    def launched(self) -> bool:
        """Whether DBOS runs in this process."""
        return self._workflow is not None

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
                "log_level": "ERROR",
                "enable_otlp": False,
                "notification_listener_polling_interval_sec": 0.1,
            }
            DBOS(config=config)

            @DBOS.workflow(name="ancrage_job")
            def work(job_id: str) -> None:
                for step in self._steps_of(job_id):
                    DBOS.run_step({"name": step}, self._run_step, job_id, step)

            DBOS.launch()
            self._workflow = work
