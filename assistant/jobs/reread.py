"""Stored files read again by today's reader, and what follows where a source takes the newer reading."""

import contextlib
import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from assistant.corpus.loading import load_source
from assistant.corpus.rereading import may_read_more, require_live, take_reading, todays_reading
from assistant.corpus.view import source_json
from assistant.errors import WrongState
from assistant.jobs.incoming import waiting_name
from assistant.jobs.ingest import OpenIndex, prepare_file, was_read_whole, write_reading
from assistant.jobs.service import Job, Jobs, OnProgress
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database
from assistant.store.ids import new_id
from assistant.store.originals import Originals, copy_durably, storage_error
from assistant.store.schema import passage, reading
from assistant.store.vectors import load_vectors
from ingestion.pipeline import Pool

_log = logging.getLogger(__name__)
_PENDING = (
    "The source has moved to the newer reading. Search and the pieces concerned do not all know it yet; the next start of "
    "Ancrage sees to it."
)

AfterReread = Callable[[Actor, str, OnProgress], dict[str, list[str]]]
"""Gives back what quotes something that is not found in a source any more; doing it again gives nothing back twice."""


class Reread:
    """The kind of job that reads a source's stored file again. Arguments: `source`, `sha256`, `name`, `kind`, `folder`.

    It writes today's reading beside the older one; the source stays where it is. Result: `source`, `before`, `reading`.
    """

    steps = ("read",)

    def __init__(
        self, db: Database, incoming: Path, originals: Originals, pool: Callable[[], Pool], *, model: str
    ) -> None:
        """`model` names the embedder whose vectors the pool makes; `incoming` takes the copy that is read."""
        self._db = db
        self._incoming = incoming
        self._originals = originals
        self._pool = pool
        self._model = model

    def run(self, job: Job) -> None:
        """Read unless today's reader has done so, then write everything, or nothing."""
        asked = job.arguments
        # Held to its hash also where it was read before: what a person is to decide on is what is kept.
        stored = self._originals.open(asked["sha256"])
        with self._db.read() as connection:
            known = was_read_whole(connection, asked["sha256"])
        prepared = None
        if not known:
            file = self._copy(stored, asked["folder"], asked["name"])
            prepared = prepare_file(self._db, self._pool(), self._model, job, file, asked["kind"])
        with self._db.write() as tx:
            if prepared is not None:
                write_reading(tx, self._model, prepared, asked["name"], stored.stat().st_size)
            newer = todays_reading(tx.connection, asked["sha256"])
            found = load_source(tx.connection, asked["source"])
            job.finish(tx, {"source": found.id, "before": found.reading_id, "reading": newer})

    def settle(self, arguments: dict[str, Any]) -> None:
        """Take away the copy."""
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self._incoming / arguments["folder"])

    def _copy(self, stored: Path, folder: str, name: str) -> Path:
        """The file under its own name, which says what it is where its first bytes do not."""
        place = self._incoming / folder
        try:
            shutil.rmtree(place, ignore_errors=True)  # of a process that was killed
            place.mkdir(parents=True)
            copy_durably(stored, place / waiting_name(name))
        except OSError as error:
            raise storage_error(error) from error
        return place / waiting_name(name)


class RereadFollow:
    """The kind of job that follows where a source took a newer reading. Arguments: `source`. Result: `source`, `returned`,
    `published` (see `publishing.reread.after_reread`).
    """

    steps = ("index", "pieces")

    def __init__(
        self,
        db: Database,
        *,
        model: str,
        open_index: OpenIndex,
        after: AfterReread,
        on_indexed: Callable[[], None],
    ) -> None:
        """`on_indexed` is told that other passages have become searchable."""
        self._db = db
        self._model = model
        self._open_index = open_index
        self._after = after
        self._on_indexed = on_indexed
        self._indexing = threading.Lock()

    def run(self, job: Job) -> None:
        """Do a step; doing it again changes nothing."""
        if job.step == "index":
            self._index(job)
            return
        told = self._after(job.actor, job.arguments["source"], job.report)
        with self._db.write() as tx:
            job.finish(tx, {"source": job.arguments["source"], **told})

    def settle(self, arguments: dict[str, Any]) -> None:
        """Nothing waits on the disk."""

    def _index(self, job: Job) -> None:
        """The passages of the reading that the source has, and none of its other readings, where search finds them."""
        with self._db.read() as connection:
            found = load_source(connection, job.arguments["source"])
            rows = connection.execute(
                select(passage.c.id, passage.c.reading_id)
                .join(reading, reading.c.id == passage.c.reading_id)
                .where(reading.c.sha256 == found.sha256)
            ).all()
            now = [row.id for row in rows if row.reading_id == found.reading_id]
            keys, matrix = load_vectors(connection, self._model, now)
        with self._indexing:
            index = self._open_index(found.product_id)
            if keys:
                index.upsert(keys, matrix)
            index.delete([row.id for row in rows if row.reading_id != found.reading_id])
        with self._db.write() as tx:
            job.finish(tx, {"vectors": len(keys)})
        self._on_indexed()


class Rereading:
    """Sources read again, and the newer readings taken."""

    def __init__(self, db: Database, jobs: Callable[[], Jobs]) -> None:
        """`jobs` makes the durable work when it is first needed."""
        self._db = db
        self._jobs = jobs

    def start(self, actor: Actor, source_id: str) -> str:
        """Begin to read a source's file again, beside what is read of it; returns the job's id at once.

        Raises NotAllowed, UnknownSource, or WrongState where the source is not in use or today's reader has read all of it.
        """
        require(actor, Permission.ADD_SOURCE)
        with self._db.read() as connection:
            found = load_source(connection, source_id)
            require_live(found)
            if not may_read_more(connection, found):
                raise WrongState(
                    f"{found.title} was read by today's reader.", help="There is nothing to read again."
                )
        asked = {"source": found.id, "sha256": found.sha256, "name": found.file_name, "kind": found.kind}
        return self._jobs().start("reread", {**asked, "folder": new_id("again")}, actor)

    def read(self, actor: Actor, source_id: str, on_progress: OnProgress | None = None) -> tuple[str, str]:
        """Read it and wait; returns (the reading that the source has, today's). Raises what `start` and reading raise."""
        result = self._jobs().wait(self.start(actor, source_id), on_progress)
        return result["before"], result["reading"]

    def take(self, actor: Actor, source_id: str, before: str, newer: str) -> dict[str, Any]:
        """Move the source to the newer reading; see `take_reading` for what is refused. Returns {"source", "moved", …}.

        Where what follows could not be carried out the move stands all the same, and the answer says so in "follow_up"
        ("pending") and "warning".
        """
        with self._db.write() as tx:
            moved = take_reading(tx, actor, source_id, before, newer)
            job = (
                None
                if moved is None
                else self._jobs().queue(tx, "reread_follow", {"source": source_id}, actor)
            )
        with self._db.read() as connection:
            found = load_source(connection, source_id)
        told: dict[str, Any] = {
            "source": source_json(self._db, found),
            "moved": moved is not None,
            "claims_matched_otherwise": moved.claims if moved else 0,
            "decks_lost": list(moved.decks) if moved else [],
            "returned": [],
            "published": [],
        }
        if job is None:
            return told
        try:
            self._jobs().begin(job)
            followed = self._jobs().wait(job)
        except Exception:  # noqa: BLE001  the act is committed: what stops what follows must not look like its refusal
            _log.exception("What follows from a committed act is still owed")
            return {**told, "follow_up": "pending", "warning": _PENDING}
        return {**told, "returned": followed["returned"], "published": followed["published"]}
