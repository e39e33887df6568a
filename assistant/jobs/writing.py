"""The jobs that write: a draft, the cascade after a withdrawal, ends of use set right. What they do is given; here it is made durable."""

from collections.abc import Callable
from typing import Any

from assistant.jobs.service import Job, OnProgress
from assistant.people.roles import Actor
from assistant.store.database import Database, Transaction

Saved = Callable[[Transaction, str], None]
"""Is told the piece, within the transaction that writes it."""

MakeDraft = Callable[[Actor, dict[str, Any], OnProgress, Saved], object]
"""Drafts a piece for an actor from a request's arguments, in one transaction."""

RunCascade = Callable[[Actor, str, list[str], OnProgress], list[dict[str, Any]]]
"""Stops what a cause (source_withdrawn, source_superseded) pulls, of these sources; doing it again stops nothing twice."""

KeepUp = Callable[[OnProgress], list[str]]
"""Sets right the last day of every publication whose visa says another; doing it again changes nothing."""


class Draft:
    """The kind of job that drafts. Arguments: those of a draft request. Result: `piece`."""

    steps = ("draft",)

    def __init__(self, make: MakeDraft) -> None:
        self._make = make

    def run(self, job: Job) -> None:
        """Draft; the checkpoint lands in the transaction that writes the piece."""

        def saved(tx: Transaction, piece: str) -> None:
            job.finish(tx, {"piece": piece})

        self._make(job.actor, job.arguments, job.report, saved)

    def settle(self, arguments: dict[str, Any]) -> None:
        """Nothing waits on the disk."""


class Cascade:
    """The kind of job that recalls what a cause pulls. Arguments: `cause`, `sources`. Result: `recalled`."""

    steps = ("recall",)

    def __init__(self, db: Database, cascade: RunCascade) -> None:
        self._db = db
        self._cascade = cascade

    def run(self, job: Job) -> None:
        """Recall in small transactions of its own; each is done once, so that the step may be run again."""
        recalled = self._cascade(job.actor, job.arguments["cause"], job.arguments["sources"], job.report)
        with self._db.write() as tx:
            job.finish(tx, {"recalled": recalled})

    def settle(self, arguments: dict[str, Any]) -> None:
        """Nothing waits on the disk."""


class Ends:
    """The kind of job that sets right the last days of publications, once, after an update. Result: `publications`."""

    steps = ("ends",)

    def __init__(self, db: Database, keep_up: KeepUp) -> None:
        self._db = db
        self._keep_up = keep_up

    def run(self, job: Job) -> None:
        """Each publication is a transaction of its own, so that the step may be run again."""

        def on_progress(done: int, total: int, doing: str) -> None:
            job.go_on()
            job.report(done, total, doing)

        changed = self._keep_up(on_progress)
        with self._db.write() as tx:
            job.finish(tx, {"publications": len(changed)})

    def settle(self, arguments: dict[str, Any]) -> None:
        """Nothing waits on the disk."""
