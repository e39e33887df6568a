"""Files on their way in: each is copied to where its job finds it, whatever becomes of the process that took it."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.corpus.model import SourceRequest
from assistant.corpus.sources import check_request, get_source, source_json
from assistant.errors import InvalidInput
from assistant.jobs.ingest import request_to_json
from assistant.jobs.meter import Meter
from assistant.jobs.refusals import or_refusal
from assistant.jobs.service import Jobs, OnProgress
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database
from assistant.store.ids import new_id
from assistant.store.originals import copy_durably, file_size, storage_error
from ingestion.errors import AncrageError

if TYPE_CHECKING:
    from assistant.corpus.manifest import BulkItem, Refused
    from assistant.jobs.bulk import OnFile

_LONGEST_NAME = 200  # bytes; file systems take 255


class Incoming:
    """Takes files in, as jobs."""

    def __init__(self, db: Database, folder: Path, jobs: Callable[[], Jobs]) -> None:
        """`folder` holds the copies that wait; `jobs` makes the durable work when it is first needed."""
        self._db = db
        self._folder = folder
        self._jobs = jobs

    def start(self, actor: Actor, file: Path, request: SourceRequest) -> str:
        """Copy the file into the home and begin its job; returns the job's id at once.

        Raises what can be said before the file is read: NotAllowed, InvalidInput, UnknownSource, StorageFull.
        """
        checked = check_request(actor, request, self._db.clock.now())
        if checked.replaces is not None:
            get_source(self._db, checked.replaces)
        if not file.is_file():
            raise InvalidInput(f"There is no file {file}.", help="Check the path; a folder cannot be added.")
        jobs = self._jobs()  # made first: its beginning clears away copies that no job names
        arguments = self._stage(file) | {"name": file.name, "request": request_to_json(request)}
        return jobs.start("ingest", arguments, actor)

    def add(
        self,
        actor: Actor,
        files: Sequence[tuple[Path, SourceRequest]],
        on_progress: OnProgress | None = None,
    ) -> list[dict[str, Any] | AncrageError]:
        """Take files in, several at once; returns for each, in order, its source as JSON or the reason why not."""
        jobs: dict[int, Any] = {}
        # The longest first, so that at the end no worker waits for the other one's long file.
        for at in sorted(range(len(files)), key=lambda at: -file_size(files[at][0])):
            jobs[at] = or_refusal(partial(self.start, actor, *files[at]))
        begun = [job for job in jobs.values() if isinstance(job, str)]
        meter = Meter(self._jobs(), begun, on_progress)
        return [
            job if isinstance(job, AncrageError) else or_refusal(partial(self._added, job, meter))
            for _, job in sorted(jobs.items())
        ]

    def add_many(
        self, actor: Actor, items: "Sequence[BulkItem | Refused]", on_file: "OnFile", at_once: int
    ) -> "list[dict[str, Any] | Refused]":
        """Take many files in, resumably; returns for each, in order, its source as JSON or its refusal."""
        from assistant.jobs.bulk import Bulk

        require(actor, Permission.ADD_SOURCE)
        jobs = self._jobs()

        def added(job: str) -> dict[str, Any]:
            return self._added(job, Meter(jobs, [job], None))

        return Bulk(self._db, jobs, partial(self.start, actor), added, at_once).take_in(items, on_file)

    def _stage(self, file: Path) -> dict[str, Any]:
        """Copy a file to where a job finds it even after this command was killed."""
        folder = self._folder / new_id("in")
        target = folder / waiting_name(file.name)
        try:
            folder.mkdir(parents=True)
            sha256, _ = copy_durably(file, target)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise storage_error(error) from error
        return {"file": str(target.relative_to(self._folder)), "sha256": sha256}

    def _added(self, job: str, meter: Meter) -> dict[str, Any]:
        result = self._jobs().wait(job, meter.watch(job))
        found = replace(get_source(self._db, result["source"]), already_known=result["already_known"])
        return source_json(self._db, found)


def waiting_name(name: str) -> str:
    """What a copy is called while it waits: as the file, where the file system takes that."""
    return name if len(name.encode()) <= _LONGEST_NAME else f"file{Path(name).suffix[:12]}"
