"""Many files at once: some jobs at a time, each file once, and the next start goes on where a killed one stopped.

What the product has is known by its bytes and not even begun again; a job that a dead process left is waited for.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from assistant.corpus.loading import load_source
from assistant.corpus.manifest import BulkItem, Refused, at_line
from assistant.corpus.products import find_or_none
from assistant.corpus.view import source_json
from assistant.errors import InvalidInput
from assistant.jobs.service import Jobs
from assistant.jobs.table import unfinished
from assistant.store.database import Database
from assistant.store.ids import source_id
from assistant.store.originals import file_size
from assistant.store.schema import source
from ingestion.errors import AncrageError

Outcome = dict[str, Any] | Refused
OnFile = Callable[[int, int, str], None]
"""Is told (files done, files in all, the name of the last)."""

Start = Callable[[Path, Any], str]
Added = Callable[[str], dict[str, Any]]
_Bytes = tuple[str, str]
"""A product's name as it is compared, and a sha256."""


class Bulk:
    """Takes many files in, in the order in which they may go."""

    def __init__(self, db: Database, jobs: Jobs, start: Start, added: Added, at_once: int) -> None:
        """`start` begins a file's job and returns its id; `added` waits for it and returns its source as JSON."""
        self._db = db
        self._jobs = jobs
        self._start = start
        self._added = added
        self._at_once = at_once
        self._begun: dict[_Bytes, str] = {}
        self._running: list[tuple[int, str]] = []

    def take_in(self, items: Sequence[BulkItem | Refused], on_file: OnFile) -> list[Outcome]:
        """The outcome of each item, in order. One bad file never stops the others."""
        outcomes: dict[int, Outcome] = {
            at: item for at, item in enumerate(items) if isinstance(item, Refused)
        }
        waiting = {at: item for at, item in enumerate(items) if isinstance(item, BulkItem)}
        by_name = {_name(item.name): at for at, item in enumerate(items)}
        self._begun = self._left()
        # The longest first, so that at the end no worker waits for another one's long file.
        order = sorted(waiting, key=lambda at: -file_size(waiting[at].path))

        def end(at: int, outcome: Outcome) -> None:
            outcomes[at] = outcome
            on_file(len(outcomes), len(items), items[at].name)

        while order or self._running:
            ready = next((at for at in order if self._may_go(waiting[at], by_name, outcomes)), None)
            if ready is not None and len(self._running) < self._at_once:
                order.remove(ready)
                begun = self._begin(waiting[ready], by_name, outcomes)
                if isinstance(begun, str):
                    self._running.append((ready, begun))
                else:
                    end(ready, begun)
            elif self._running:
                at, job = self._running.pop(0)
                end(at, self._end(waiting[at], job))
            else:  # files that replace each other in a circle
                for at in order:
                    end(at, _refused(waiting[at], _circle(waiting[at])))
                order = []
        return _each_once([outcomes[at] for at in range(len(items))])

    def _left(self) -> dict[_Bytes, str]:
        """The jobs that somebody works on already, by their bytes and product."""
        with self._db.read() as connection:
            rows = [row for row in unfinished(connection) if row.kind == "ingest"]
        return {
            (_product(row.arguments["request"]["product"]), row.arguments["sha256"]): row.id for row in rows
        }

    @staticmethod
    def _may_go(item: BulkItem, by_name: dict[str, int], outcomes: dict[int, Outcome]) -> bool:
        return item.after is None or by_name[_name(item.after)] in outcomes

    def _begin(self, item: BulkItem, by_name: dict[str, int], outcomes: dict[int, Outcome]) -> str | Outcome:
        """A job's id, or what is known without one."""
        try:
            sha256 = _sha256(item.path)
            known = self._known(item, sha256)
            if known is not None:
                return known
            request = item.request
            if item.after is not None:
                request = replace(request, replaces=_replaced(item, outcomes[by_name[_name(item.after)]]))
            key = (_product(request.product), sha256)
            if key not in self._begun:
                self._begun[key] = self._start(item.path, request)
            return self._begun[key]
        except AncrageError as error:
            return _refused(item, error)

    def _end(self, item: BulkItem, job: str) -> Outcome:
        try:
            return self._added(job)
        except AncrageError as error:
            return _refused(item, error)

    def _known(self, item: BulkItem, sha256: str) -> dict[str, Any] | None:
        """The source that the product has of these bytes, searchable already."""
        with self._db.read() as connection:
            owner = find_or_none(connection, item.request.product)
            if owner is None:
                return None
            identity = source_id(owner.id, sha256)
            indexed = connection.execute(select(source.c.indexed_at).where(source.c.id == identity)).scalar()
            if indexed is None:
                return None
            found = replace(load_source(connection, identity), already_known=True)
        return source_json(self._db, found)


def _each_once(outcomes: list[Outcome]) -> list[Outcome]:
    """The same bytes under two names are one source: the second was known."""
    seen: set[str] = set()
    told: list[Outcome] = []
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            told.append(outcome)
            continue
        told.append({**outcome, "already_known": outcome["already_known"] or outcome["id"] in seen})
        seen.add(outcome["id"])
    return told


def _replaced(item: BulkItem, outcome: Outcome) -> str:
    if isinstance(outcome, Refused):
        raise InvalidInput(
            f"{item.name} replaces {item.after}, which was refused.",
            help="Mend that line first, then add both again.",
            file=item.name,
        )
    return str(outcome["id"])


def _circle(item: BulkItem) -> AncrageError:
    return InvalidInput(
        f"{item.name} replaces a file that replaces it in turn.",
        help="Name in the column replaces only an older version.",
        file=item.name,
    )


def _refused(item: BulkItem, error: AncrageError) -> Refused:
    return Refused(item.name, at_line(error, item.line), item.line)


def _sha256(path: Path) -> str:
    if not path.is_file():
        raise InvalidInput(f"There is no file {path.name}.", help="Check the path.", file=path.name)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _product(name: str) -> str:
    return " ".join(name.split()).casefold()


def _name(name: str) -> str:
    return name.replace("\\", "/").removeprefix("./")


__all__ = ["Bulk", "OnFile", "Outcome"]
