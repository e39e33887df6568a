"""From a file to a searchable source: read and embedded in worker processes, then written in one transaction."""

import contextlib
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from assistant.corpus.loading import load_source
from assistant.corpus.model import ApprovalRequest, SourceRequest
from assistant.corpus.products import find_or_none
from assistant.corpus.sources import mark_indexed, register
from assistant.jobs.service import Job
from assistant.jobs.table import unfinished
from assistant.jobs.writing import RunCascade
from assistant.store.database import Database, Transaction
from assistant.store.ids import reading_id, source_id
from assistant.store.originals import Originals
from assistant.store.readings import passages_of, save_reading
from assistant.store.schema import original, page, reading, source
from assistant.store.vectors import known_vectors, load_vectors, save_vectors
from ingestion.chunk import passage_id
from ingestion.embed import Vectors
from ingestion.formats import READER_VERSION
from ingestion.index import VectorIndex
from ingestion.pipeline import Pool, Prepared, prepare
from ingestion.worker import Prepared as ReadFile

OpenIndex = Callable[[str], VectorIndex]
"""The vector index of a product, by its id."""


class Ingest:
    """The kind of job that takes a file in. Arguments: `file` (in the home's incoming folder), `sha256`, `name`, `request`."""

    steps = ("store", "index", "cascade")

    def __init__(
        self,
        db: Database,
        incoming: Path,
        originals: Originals,
        pool: Pool,
        *,
        model: str,
        open_index: OpenIndex,
        cascade: RunCascade,
        on_indexed: Callable[[], None],
    ) -> None:
        """`model` names the embedder whose vectors the pool makes; `cascade` follows where a source is replaced.

        `on_indexed` is told that a source has become searchable.
        """
        self._db = db
        self._incoming = incoming
        self._originals = originals
        self._pool = pool
        self._model = model
        self._open_index = open_index
        self._cascade = cascade
        self._on_indexed = on_indexed
        # More files than this at once would only wait for the workers, in memory.
        self._room = threading.BoundedSemaphore(pool.processes + 1)
        self._writing = threading.Lock()
        self._indexing = threading.Lock()

    def run(self, job: Job) -> None:
        """Do a step."""
        if job.step == "store":
            with self._room:
                self._store(job)
        elif job.step == "index":
            self._index(job)
        else:
            self._follow(job)

    def settle(self, arguments: dict[str, Any]) -> None:
        """Take away the copy that waited for the work."""
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree((self._incoming / arguments["file"]).parent)

    def clear_away(self) -> None:
        """Remove copies that no unfinished job names: a process died before it had written its job."""
        with self._db.read() as connection:
            named = {row.arguments.get("file", "").partition("/")[0] for row in unfinished(connection)}
        for folder in self._incoming.glob("in_*"):
            if folder.name not in named:
                shutil.rmtree(folder)

    def _store(self, job: Job) -> None:
        """Read unless these bytes were read before, then write everything, or nothing."""
        arguments = job.arguments
        sha256, name, request = (
            arguments["sha256"],
            arguments["name"],
            request_from_json(arguments["request"]),
        )
        file = self._incoming / arguments["file"]
        prepared = None
        if not self._was_read(sha256, request.product):
            prepared = prepare_file(self._db, self._pool, self._model, job, file, request.kind)
        with self._kept(file, sha256), self._db.write() as tx:
            read = reading_id(sha256, READER_VERSION)
            if prepared is not None:
                # Its own version: recognised pages make another reading of the same bytes.
                read = write_reading(tx, self._model, prepared, name, file.stat().st_size)
            found = register(tx, job.actor, request, read, sha256, name)
            job.finish(tx, {"source": found.id, "already_known": found.already_known})

    def _index(self, job: Job) -> None:
        """Put the vectors where search finds them; doing it again changes nothing."""
        stored = job.earlier("store")
        with self._db.read() as connection:
            found = load_source(connection, stored["source"])
            ids = [p.id for p in passages_of(connection, found.reading_id)]
            keys, matrix = load_vectors(connection, self._model, ids)
        if found.indexed_at is None and keys:
            with self._indexing:
                self._open_index(found.product_id).upsert(keys, matrix)
        with self._db.write() as tx:
            mark_indexed(tx, job.actor, found.id, self._model, len(keys))
            job.finish(tx, stored)
        self._on_indexed()

    def _follow(self, job: Job) -> None:
        """Where it replaced a source, see to what rests on the old one."""
        stored = job.earlier("store")
        with self._db.read() as connection:
            old = connection.execute(
                select(source.c.id).where(source.c.replaced_by == stored["source"])
            ).scalar()
        recalled = self._cascade(job.actor, "source_superseded", [old], job.report) if old else []
        with self._db.write() as tx:
            job.finish(tx, {**stored, "recalled": recalled})

    def _was_read(self, sha256: str, product: str) -> bool:
        """Whether the product has these bytes as a source, or this reader version has read all of them for another."""
        with self._db.read() as connection:
            known = find_or_none(connection, product)
            same_source = source.c.id == source_id(known.id, sha256) if known else None
            if same_source is not None and connection.execute(select(source.c.id).where(same_source)).first():
                return True
            return was_read_whole(connection, sha256)

    @contextlib.contextmanager
    def _kept(self, file: Path, sha256: str) -> Iterator[None]:
        """Keep the original; if what follows fails, it goes again unless a row names it."""
        with self._writing:
            self._originals.keep(file)
            try:
                yield
            except BaseException:
                with self._db.read() as connection:
                    named = connection.execute(
                        select(original.c.sha256).where(original.c.sha256 == sha256)
                    ).first()
                if named is None:
                    self._originals.discard(sha256)
                raise


def was_read_whole(connection: Connection, sha256: str) -> bool:
    """Whether today's reader has read all pages of these bytes.

    Pages that it could not read are tried again: Tesseract may have been installed since.
    """
    identity = reading_id(sha256, READER_VERSION)
    if connection.execute(select(reading.c.id).where(reading.c.id == identity)).first() is None:
        return False
    unread = select(page.c.number).where(page.c.reading_id == identity, page.c.quality == "unreadable")
    return connection.execute(unread.limit(1)).first() is None


def prepare_file(db: Database, pool: Pool, model: str, job: Job, file: Path, kind: str) -> Prepared:
    """Read a file and embed what `model` does not know of it yet, telling the job how far it is.

    Raises what reading raises.
    """

    def known(keys: list[str]) -> set[str]:
        with db.read() as connection:
            return known_vectors(connection, model, keys)

    return prepare(file, _WatchedPool(pool, job), known, kind)


def write_reading(tx: Transaction, model: str, prepared: Prepared, name: str, size: int) -> str:
    """The original, its reading and its vectors; returns the reading's id."""
    read = prepared.reading
    if not tx.execute(select(original.c.sha256).where(original.c.sha256 == read.sha256)).first():
        row = {"sha256": read.sha256, "bytes": size, "file_name": name, "stored_at": tx.now}
        tx.execute(insert(original).values(row))
    pairs = [(passage_id(read.sha256, read.reader_version, p), p) for p in prepared.passages]
    identity = save_reading(tx, read, pairs)
    save_vectors(tx, model, prepared.vectors)
    tx.failpoint("ingest:stored")
    return identity


class _WatchedPool:
    """The worker pool, telling a job's progress: pages read and passages embedded."""

    def __init__(self, pool: Pool, job: Job) -> None:
        self._pool = pool
        self._job = job
        self._name = ""
        self._done = 0
        self._total = 0
        self._lock = threading.Lock()

    @property
    def processes(self) -> int:
        """How many workers there are."""
        return self._pool.processes

    def read(self, path: Path, kind_hint: str | None = None) -> "Future[ReadFile]":
        """Read a file; its pages count as done, its passages as still to do."""
        self._job.go_on()
        self._job.report(0, 1, f"reading {path.name}")
        self._name = path.name
        future = self._pool.read(path, kind_hint)
        future.add_done_callback(self._was_read)
        return future

    def embed(self, texts: list[str]) -> "Future[Vectors]":
        """Embed texts; they count once they are done."""
        self._job.go_on()
        self._count(0, len(texts))
        future = self._pool.embed(texts)
        future.add_done_callback(lambda _: self._count(len(texts), 0))
        return future

    def _was_read(self, future: "Future[ReadFile]") -> None:
        if future.exception() is None:
            pages = len(future.result().reading.pages)
            self._count(pages, pages)

    def _count(self, done: int, more: int) -> None:
        with self._lock:
            self._done += done
            self._total += more
            at = self._done, self._total
        self._job.report(*at, f"embedding {self._name}")


def request_to_json(request: SourceRequest) -> dict[str, Any]:
    """A request as a job's plain argument."""
    document: dict[str, Any] = json_ready(asdict(request))
    return document


def request_from_json(kept: dict[str, Any]) -> SourceRequest:
    """The request again."""
    approval = kept["approval"]
    dates = (
        {name: date.fromisoformat(approval[name]) for name in ("approved_on", "expires_on")}
        if approval
        else {}
    )
    tuples = {name: tuple(kept[name]) for name in ("markets", "audiences", "uses", "excluded_pages")}
    times = tuple((start, end) for start, end in kept.get("excluded_times", ()))  # older jobs know none
    return SourceRequest(
        **{
            **kept,
            **tuples,
            "excluded_times": times,
            "approval": ApprovalRequest(approval["reference"], **dates) if approval else None,
        }
    )


def json_ready(value: Any) -> Any:
    """Tuples as lists and dates as text, all the way down."""
    if isinstance(value, dict):
        return {key: json_ready(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_ready(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
