"""Acts on sources from which more follows: what rests on a source is stopped by a job that stands with the act itself."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from assistant.corpus.model import ApprovalRequest
from assistant.corpus.sources import approve, get_source, source_json, withdraw
from assistant.errors import WrongState
from assistant.jobs.service import Jobs
from assistant.people.roles import Actor
from assistant.store.database import Database, Transaction

_log = logging.getLogger(__name__)
OWED = ("cascade", "ends", "reread_follow")
"""The kinds of jobs that follow from an act that stands: a failed one is taken up again."""
_PENDING = (
    "This is recorded and holds from now on; nothing that rests on a withdrawn document is served. "
    "Marking the pieces concerned did not finish; the next start of Ancrage, or the same command again, finishes it."
)


class SourceActs:
    """Approving and withdrawing, with what follows."""

    def __init__(self, db: Database, jobs: Callable[[], Jobs]) -> None:
        """`jobs` makes the durable work when it is first needed."""
        self._db = db
        self._jobs = jobs

    def approve(self, actor: Actor, source_id: str, request: ApprovalRequest) -> dict[str, Any]:
        """Approve a source; what rests on the one that it replaces is seen to. Returns {"source", "recalled"}.

        See `withdraw` for what is answered where that could not be carried out yet.
        """
        with self._db.write() as tx:
            approved = approve(tx, actor, source_id, request)
            new = [entry.subject for entry in tx.entries if entry.action == "source.superseded"]
            job = self._queue(tx, actor, "source_superseded", new)
        if job is not None:
            followed = self._followed(partial(self._begun, job))
        elif approved.replaces is not None:
            followed = self._followed(partial(self._again, "source_superseded", approved.replaces))
        else:
            followed = {"recalled": []}
        return {"source": source_json(self._db, approved), **followed}

    def withdraw(self, actor: Actor, source_id: str, reason: str) -> dict[str, Any]:
        """Withdraw a source, at once, then recall what rests on it. Returns {"recalled", "sources"}.

        Where the recall could not be carried out the withdrawal stands all the same, and nothing that rests on the
        source is served; the answer then says so in "follow_up" ("pending") and "warning". The next start, or the same
        withdrawal once more, carries it out.
        """
        try:
            with self._db.write() as tx:
                withdraw(tx, actor, source_id, reason)
                job = self._queue(tx, actor, "source_withdrawn", [source_id])
        except WrongState:  # withdrawn before, by somebody who may: was all that follows from it carried out?
            left = self._again("source_withdrawn", source_id)
            if left is None:
                raise
            followed = self._followed(lambda: left)
        else:
            followed = self._followed(partial(self._begun, job))
        return {**followed, "sources": [source_json(self._db, get_source(self._db, source_id))]}

    def _queue(self, tx: Transaction, actor: Actor, cause: str, sources: list[str]) -> str | None:
        if not sources:
            return None
        return self._jobs().queue(tx, "cascade", {"cause": cause, "sources": sources}, actor)

    def _begun(self, job: str | None) -> str | None:
        if job is not None:
            self._jobs().begin(job)
        return job

    def _again(self, cause: str, source_id: str) -> str | None:
        """The cascade of this cause and source that was begun and never done, begun again."""
        return self._jobs().again(
            "cascade", lambda asked: asked["cause"] == cause and source_id in asked.get("sources", ())
        )

    def _followed(self, begin: Callable[[], str | None]) -> dict[str, Any]:
        """Wait for the cascade that `begin` names; what it recalled, or that it is still owed."""
        try:
            job = begin()
            return {"recalled": [] if job is None else self._jobs().wait(job)["recalled"]}
        except Exception:  # noqa: BLE001  the act is committed: what stops what follows must not look like its refusal
            _log.exception("What follows from a committed act is still owed")
            return {"recalled": [], "follow_up": "pending", "warning": _PENDING}
