"""From files to passages with their vectors, on all workers at once and in bounded memory. No database here."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ingestion.embed import Vectors
from ingestion.errors import AncrageError
from ingestion.model import Passage, Reading
from ingestion.worker import Prepared as ReadFile

_FILES_EMBEDDING = 2
_BATCH = 48
"""Texts per embedding task: short enough that both workers end together."""

KnownVectors = Callable[[list[str]], set[str]]
"""Of some sha256 of texts, those whose vectors are stored already."""


class Pool(Protocol):
    """The part of the WorkerPool that ingestion needs."""

    @property
    def processes(self) -> int:
        """How many tasks run at once."""
        ...

    def read(self, path: Path, kind_hint: str | None = None) -> "Future[ReadFile]":
        """Read a file and cut it into passages."""
        ...

    def embed(self, texts: list[str]) -> "Future[Vectors]":
        """One unit row per text."""
        ...


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that one file becomes: its reading, its passages, and the vectors that were not known."""

    reading: Reading
    passages: tuple[Passage, ...]
    vectors: Mapping[str, Vectors] = field(default_factory=dict)
    """By `text_sha256` of the text that was embedded; shape (dimensions,)."""


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """A file that was prepared, or the reason why not."""

    path: Path
    prepared: Prepared | None = None
    error: AncrageError | None = None


def embedded_text(passage: Passage) -> str:
    """What is embedded for a passage: its nearest heading, then its text."""
    nearest = passage.heading.rsplit(" › ", 1)[-1]
    return f"{nearest}. {passage.text}" if nearest else passage.text


def text_sha256(text: str) -> str:
    """The key under which the vector of a text is kept, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def prepare(path: Path, pool: Pool, known_vectors: KnownVectors, kind_hint: str | None = None) -> Prepared:
    """Read one file, cut it, and embed the texts whose vectors are not known. Raises IngestionError."""
    outcome = next(ingest_files([path], pool, known_vectors, kind_hint))
    if outcome.error is not None:
        raise outcome.error
    assert outcome.prepared is not None
    return outcome.prepared


def ingest_files(
    paths: Iterable[Path],
    pool: Pool,
    known_vectors: KnownVectors = lambda _: set(),
    kind_hint: str | None = None,
) -> Iterator[FileOutcome]:
    """Prepare files one after the other in the given order; the next ones are read while the first are embedded.

    At most one file per worker, and one more, is held in memory. Texts that come back, in one file or in several,
    are embedded once; their vector is yielded with the first file that has them.
    """
    waiting = iter(paths)
    reading: list[tuple[Path, Future[ReadFile]]] = []
    embedding: list[_Embedding] = []
    seen: set[str] = set()

    def read_ahead() -> None:
        while len(reading) < pool.processes:
            path = next(waiting, None)
            if path is None:
                return
            reading.append((path, pool.read(path, kind_hint)))

    read_ahead()
    while reading or embedding:
        if reading and len(embedding) < _FILES_EMBEDDING:
            path, future = reading.pop(0)
            try:
                embedding.append(_Embedding.begin(path, future.result(), pool, known_vectors, seen))
            except AncrageError as error:
                embedding.append(_Embedding(path, None, error=error))
            read_ahead()
        else:
            yield embedding.pop(0).outcome()


@dataclass(slots=True)
class _Embedding:
    """A file that was read and whose texts are being embedded."""

    path: Path
    read: ReadFile | None
    keys: Sequence[str] = ()
    futures: Sequence["Future[Vectors]"] = ()
    error: AncrageError | None = None

    @classmethod
    def begin(
        cls, path: Path, read: ReadFile, pool: Pool, known_vectors: KnownVectors, seen: set[str]
    ) -> "_Embedding":
        """Hand the new texts to the workers, longest first so that batches are of a like size."""
        texts = {text_sha256(text): text for text in map(embedded_text, read.passages)}
        new = [key for key in texts if key not in seen]
        known = known_vectors(new)
        new = sorted((key for key in new if key not in known), key=lambda key: -len(texts[key]))
        seen.update(texts)
        count = -(-len(new) // _BATCH)
        batches = [new[i::count] for i in range(count)]
        futures = [pool.embed([texts[key] for key in batch]) for batch in batches]
        return cls(path, read, [key for batch in batches for key in batch], futures)

    def outcome(self) -> FileOutcome:
        """Wait for the vectors."""
        if self.read is None:
            return FileOutcome(self.path, error=self.error)
        try:
            rows = [row for future in self.futures for row in future.result()]
        except AncrageError as error:
            return FileOutcome(self.path, error=error)
        vectors = dict(zip(self.keys, rows, strict=True))
        return FileOutcome(self.path, Prepared(self.read.reading, self.read.passages, vectors))
