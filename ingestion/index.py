"""Nearest vectors: Chroma on disk, and its exact twin in memory. The only module that imports chromadb."""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np

from ingestion.embed import Vectors
from ingestion.errors import AncrageError

_T = TypeVar("_T")
_LONGEST_NAME = 60


class IndexDamaged(AncrageError):
    """The index on disk cannot be opened or read. It is a cache: it can be made again from the database."""

    code = "index_damaged"
    http_status = 503


class VectorIndex(Protocol):
    """Unit vectors by id."""

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, or replace those of known ids."""
        ...

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids; unknown ids are ignored."""
        ...

    def query(self, vector: Vectors, n: int) -> list[tuple[str, float]]:
        """The ids of the `n` nearest vectors with their cosine, best first."""
        ...

    def count(self) -> int:
        """How many vectors there are."""
        ...

    def ids(self) -> set[str]:
        """All ids."""
        ...

    def reset(self) -> None:
        """Forget everything."""
        ...


class MemoryIndex:
    """An exact scan over all vectors."""

    def __init__(self) -> None:
        """Begin empty."""
        self._rows: dict[str, Vectors] = {}

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add or replace."""
        for identity, vector in zip(ids, vectors, strict=True):
            self._rows[identity] = np.asarray(vector, dtype=np.float32)

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids."""
        for identity in ids:
            self._rows.pop(identity, None)

    def query(self, vector: Vectors, n: int) -> list[tuple[str, float]]:
        """The exact answer. Equal scores stand in the order of their ids."""
        if not self._rows or n < 1:
            return []
        names = list(self._rows)
        scores = np.stack(list(self._rows.values())) @ np.asarray(vector, dtype=np.float32)
        order = sorted(range(len(names)), key=lambda i: (-scores[i], names[i]))[:n]
        return [(names[i], float(scores[i])) for i in order]

    def count(self) -> int:
        """How many vectors there are."""
        return len(self._rows)

    def ids(self) -> set[str]:
        """All ids."""
        return set(self._rows)

    def reset(self) -> None:
        """Forget everything."""
        self._rows.clear()


class ChromaIndex:
    """A Chroma collection in a folder that one process owns. Vectors are always given, never made by Chroma."""

    def __init__(self, path: Path, collection: str, *, model: str = "") -> None:
        """Open or make the collection. Raises IndexDamaged."""
        self._path = path
        self._name = collection_name(collection)
        self._label = collection
        self._model = model
        self._client = self._guard(lambda: _client(path))
        self._collection = self._guard(self._open)
        self._batch = int(self._guard(self._client.get_max_batch_size))

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add or replace, in batches that Chroma accepts."""
        rows = np.asarray(vectors, dtype=np.float32)
        for part in _batches(range(len(ids)), self._batch):
            chosen = [ids[i] for i in part]
            self._guard(
                lambda c=chosen, p=part: self._collection.upsert(ids=c, embeddings=rows[p[0] : p[-1] + 1])
            )

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids."""
        for part in _batches(list(ids), self._batch):
            self._guard(lambda p=part: self._collection.delete(ids=p))

    def query(self, vector: Vectors, n: int) -> list[tuple[str, float]]:
        """The nearest by Chroma's approximate search."""
        n = min(n, self.count())
        if n < 1:
            return []
        wanted = np.asarray(vector, dtype=np.float32).reshape(1, -1)
        answer = self._guard(
            lambda: self._collection.query(query_embeddings=wanted, n_results=n, include=["distances"])
        )
        return [(i, 1.0 - float(d)) for i, d in zip(answer["ids"][0], answer["distances"][0], strict=True)]

    def count(self) -> int:
        """How many vectors there are."""
        return int(self._guard(self._collection.count))

    def ids(self) -> set[str]:
        """All ids."""
        return set(self._guard(lambda: self._collection.get(include=[]))["ids"])

    def reset(self) -> None:
        """Forget everything by making the collection again."""

        def again() -> Any:
            self._client.delete_collection(self._name)
            return self._open()

        self._collection = self._guard(again)

    def _open(self) -> Any:
        return self._client.get_or_create_collection(
            self._name,
            metadata={"label": self._label, "model": self._model, "hnsw:space": "cosine"},
            embedding_function=None,
        )

    def _guard(self, work: "_Work[_T]") -> _T:
        """Run a call of Chroma. Its failures on damaged folders are of many kinds, so all become one."""
        try:
            return work()
        except BaseException as error:
            if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
                raise
            raise IndexDamaged(
                f"The search index in {self._path} cannot be used: {error}",
                help="Run `ancrage index rebuild`: the index is made again from the database, nothing is lost.",
                path=str(self._path),
            ) from error


class _Work(Protocol[_T]):  # type: ignore[misc]  # one type variable, returned
    def __call__(self) -> _T: ...


def collection_name(wanted: str) -> str:
    """A name that Chroma accepts: 3 to 60 of a-z, 0-9, "-" and ".", ending in a hash so that no two are alike."""
    plain = re.sub(r"[^a-z0-9.-]+", "-", wanted.lower()).strip("-.")
    plain = re.sub(r"\.{2,}", ".", plain)[: _LONGEST_NAME - 9].strip("-.")
    return f"{plain or 'index'}-{sha256(wanted.encode()).hexdigest()[:8]}"


def _client(path: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    path.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(path), settings=Settings(anonymized_telemetry=False))


def _batches(items: Sequence[_T], size: int) -> Iterator[list[_T]]:
    for start in range(0, len(items), size):
        yield list(items[start : start + size])
