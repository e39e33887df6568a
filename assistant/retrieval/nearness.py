"""Cosines of a question with the passages and headings of an extent: exact, from the vectors in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from assistant.retrieval.extent import Extent, Kept, ReadingFacts, heading_text, text_key
from assistant.store.vectors import known_vectors, vectors_of

Vectors = NDArray[np.float32]
KEPT_BYTES = 400_000_000
SAMPLE = 1000
"""Passages that stand for an extent too large to scan."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The texts of which a model has vectors: of sources in one language, if it knows but that one, and of headings or not."""

    language: str | None = None
    headings: bool = True


EVERYTHING = Wanted()
ENGLISH = Wanted("en", headings=False)
"""Beside the better model, the one for English gains nothing by headings."""


class Nearness:
    """The cosines of one model's vectors; the matrices of the readings asked about most recently stay in memory."""

    def __init__(self, model: str, wanted: Wanted = EVERYTHING) -> None:
        """`model` names the vectors, which there are of the `wanted` texts; nothing is loaded yet."""
        self.model = model
        self._wanted = wanted
        self._kept: Kept[tuple[str, str], Vectors] = Kept(KEPT_BYTES, lambda matrix: matrix.nbytes)
        self._complete: set[str] = set()
        self._lock = Lock()

    def complete(self, connection: Connection, extent: Extent) -> bool:
        """Whether every text of the extent that wants a vector has it."""
        known = self._known(extent)
        for reading, facts in zip(extent.readings, extent.facts, strict=True):
            if reading in known and reading not in self._complete:
                headings = _heading_keys(facts) if self._wanted.headings else []
                keys = list({*facts.hashes, *headings} - {""})
                if len(known_vectors(connection, self.model, keys)) < len(keys):
                    return False
                with self._lock:
                    self._complete.add(reading)
        return True

    def passages(self, connection: Connection, extent: Extent, question: Vectors) -> Vectors:
        """The cosine of every passage of the extent; nought where there is no vector."""
        known = self._known(extent)
        parts = [
            self._matrix(connection, "passages", reading, facts.hashes, len(question)) @ question
            if reading in known
            else np.zeros(len(facts.hashes), dtype=np.float32)
            for reading, facts in zip(extent.readings, extent.facts, strict=True)
        ]
        return np.concatenate([np.zeros(0, dtype=np.float32), *parts])

    def headings(self, connection: Connection, extent: Extent, question: Vectors) -> Vectors:
        """The cosine of the heading of every section; nought where there is none."""
        parts = [
            self._matrix(connection, "headings", reading, _heading_keys(facts), len(question)) @ question
            for reading, facts in zip(extent.readings, extent.facts, strict=True)
        ]
        return np.concatenate([np.zeros(0, dtype=np.float32), *parts])

    def of_some(self, connection: Connection, keys: Sequence[str], question: Vectors) -> Vectors:
        """The cosines of the texts with these keys, read for this question alone."""
        matrix, known = vectors_of(connection, self.model, keys)
        return matrix @ question if known.any() else np.zeros(len(keys), dtype=np.float32)

    def sampled(
        self, connection: Connection, extent: Extent, question: Vectors, *, headings: bool = False
    ) -> Vectors:
        """The cosines of passages, or of their headings, spread evenly over those that may be seen."""
        seen = np.flatnonzero(extent.allowed)
        of = (
            "sampled headings" if headings else "sampled passages",
            text_key(f"{len(seen)} {extent.readings}"),
        )
        matrix = self._kept.find(of)
        if matrix is None:
            chosen = seen[np.linspace(0, len(seen) - 1, min(len(seen), SAMPLE)).astype(np.intp)]
            key_of = extent.heading_key if headings else extent.text_key
            matrix, known = vectors_of(connection, self.model, [key_of(int(number)) for number in chosen])
            if not known.any():
                return np.zeros(len(chosen), dtype=np.float32)
            self._kept.put(of, matrix)
        return matrix @ question

    def _known(self, extent: Extent) -> set[str]:
        """The readings in a language that the model knows."""
        return {
            source.reading_id for source in extent.sources if self._wanted.language in {None, source.language}
        }

    def _matrix(
        self, connection: Connection, what: str, reading: str, keys: Sequence[str], size: int
    ) -> Vectors:
        kept = self._kept.find((what, reading))
        if kept is not None:
            return kept
        matrix, known = vectors_of(connection, self.model, keys)
        if not known.any():
            return np.zeros((len(keys), size), dtype=np.float32)
        needed = np.array([bool(key) for key in keys], dtype=np.bool_)
        return self._kept.put((what, reading), matrix) if known[needed].all() else matrix


def _heading_keys(facts: ReadingFacts) -> list[str]:
    """Of every section; empty for one without a heading."""
    return [text_key(text) if (text := heading_text(heading)) else "" for heading in facts.headings]
