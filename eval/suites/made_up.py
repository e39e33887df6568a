"""A corpus of made-up passages of any size: words of a natural spread of frequencies, vectors in clusters.

It is stored as an approved source is, reading by reading, without the pages that a search does not need.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert

from assistant.bootstrap import App
from assistant.corpus.sources import mark_indexed, register
from assistant.people.roles import Actor
from assistant.store.database import Transaction
from assistant.store.schema import original, passage, posting, reading, vector
from eval.suites.house import approved_request
from ingestion.index import ChromaIndex

READING = 10_000
"""Passages of one reading."""
VOCABULARY, WORDS, CLUSTERS = 20_000, 30, 1_000
SECTION = 5
"""Passages under one heading."""
_NOISE = 0.6
_BATCH = 2_000

Vectors = NDArray[np.float32]


class SyntheticEmbedder:
    """A question's vector lies near a cluster that its words choose; the same words, the same vector."""

    def __init__(self, dimensions: int) -> None:
        """The clusters are the same for every run."""
        self.dimensions = dimensions
        self.name = f"made-up-{dimensions}"
        self._centres = _unit(np.random.default_rng(1).standard_normal((CLUSTERS, dimensions)))

    def embed(self, texts: list[str]) -> Vectors:
        """One unit row a text."""
        seeds = [int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) for text in texts]
        return np.concatenate([self.near(np.random.default_rng(seed), 1) for seed in seeds])

    def near(self, random: np.random.Generator, count: int) -> Vectors:
        """So many vectors, each near a cluster drawn at random."""
        noise = random.standard_normal((count, self.dimensions)) / np.sqrt(self.dimensions)
        return _unit(self._centres[random.integers(CLUSTERS, size=count)] + _NOISE * noise)


class MadeUp:
    """Grows in readings of `READING` passages, in the application's own database and index."""

    def __init__(self, app: App, librarian: Actor, product: str, embedder: SyntheticEmbedder) -> None:
        """Nothing is stored yet."""
        self._app = app
        self._librarian = librarian
        self._product = product
        self.embedder = embedder
        self.index = ChromaIndex(app.settings.home / "made-up", product, model=embedder.name)
        self._random = np.random.default_rng(2)
        self._size = 0
        self._readings = 0
        share = 1 / np.arange(1, VOCABULARY + 1)
        self._share = share / share.sum()

    def grow(self, size: int) -> None:
        """Add readings until there are so many passages."""
        while self._size < size:
            self._add(min(READING, size - self._size))

    def questions(self, count: int) -> list[str]:
        """Questions of five words each, neither the commonest nor the rarest."""
        random = np.random.default_rng(3)
        return [" ".join(map(_word, random.integers(50, 5_000, size=5))) for _ in range(count)]

    def _add(self, count: int) -> None:
        self._readings += 1
        identity = f"reading_made_up_{self._readings}"
        sha256 = hashlib.sha256(identity.encode()).hexdigest()
        words = self._random.choice(VOCABULARY, size=(count, WORDS), p=self._share)
        vectors = self.embedder.near(self._random, count)
        rows = [_passage(identity, ordinal, line) for ordinal, line in enumerate(words)]
        request = approved_request(self._product, "label", "en", f"Made up, part {self._readings}")
        with self._app.db.write() as tx:
            _insert_reading(tx, identity, sha256)
            _insert(tx, passage, rows)
            _insert(tx, posting, _postings(identity, words))
            _insert(tx, vector, _vectors(rows, vectors, self.embedder))
            source = register(tx, self._librarian, request, identity, sha256, "made-up.pdf")
            mark_indexed(tx, self._librarian, source.id, self.embedder.name, count)
        self.index.upsert([row["id"] for row in rows], vectors)
        self._size += count


def _word(number: int) -> str:
    """A word that no stemmer cuts."""
    return f"x{number}"


def _passage(identity: str, ordinal: int, words: NDArray[np.int64]) -> dict[str, Any]:
    text = " ".join(map(_word, words))
    heading = f"section {ordinal // SECTION}"
    key = hashlib.sha256(f"{identity} {ordinal}".encode()).hexdigest()
    return {
        "id": key[:16],
        "reading_id": identity,
        "ordinal": ordinal,
        "text": text,
        "heading": heading,
        "section": [heading],
        "layer": "body",
        "parts": [[0, 1, 0, len(text)]],
        "sentences": [],
        "tokens": 2 * WORDS,
        "text_sha256": key,
        "stems": text,
        "heading_stems": heading,
    }


def _postings(identity: str, words: NDArray[np.int64]) -> list[dict[str, Any]]:
    """As `store.postings` packs them, from numbers of words and not from their letters."""
    count = len(words)
    keys, times = np.unique(words.ravel() * count + np.repeat(np.arange(count), WORDS), return_counts=True)
    stems, ordinals = keys // count, keys % count
    starts = np.flatnonzero(np.r_[True, stems[1:] != stems[:-1]])
    ends = np.r_[starts[1:], len(stems)]
    return [
        {
            "reading_id": identity,
            "stem": _word(int(stems[start])),
            "ordinals": ordinals[start:end].astype("<u4").tobytes(),
            "in_text": times[start:end].astype("<u2").tobytes(),
            "in_heading": np.zeros(end - start, dtype="<u2").tobytes(),
        }
        for start, end in zip(starts, ends, strict=True)
    ]


def _vectors(
    rows: Sequence[dict[str, Any]], vectors: Vectors, embedder: SyntheticEmbedder
) -> Iterator[dict[str, Any]]:
    for row, values in zip(rows, vectors, strict=True):
        yield {
            "text_sha256": row["text_sha256"],
            "model": embedder.name,
            "dimensions": embedder.dimensions,
            "values": values.astype("<f4").tobytes(),
        }


def _insert_reading(tx: Transaction, identity: str, sha256: str) -> None:
    kept = {"sha256": sha256, "bytes": 1, "file_name": "made-up.pdf", "stored_at": tx.now}
    tx.execute(insert(original).values(kept))
    tx.execute(
        insert(reading).values(
            id=identity,
            sha256=sha256,
            reader_version="made-up",
            format="pdf",
            language="en",
            title="Made up",
            meta={},
            warnings=[],
            created_at=tx.now,
        )
    )


def _insert(tx: Transaction, table: Any, rows: Sequence[dict[str, Any]] | Iterator[dict[str, Any]]) -> None:
    every = list(rows)
    for start in range(0, len(every), _BATCH):
        tx.execute(insert(table), every[start : start + _BATCH])


def _unit(rows: NDArray[np.float64]) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
