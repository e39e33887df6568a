"""What a search looks at: the passages that may be seen of the eligible sources, numbered in the order of reading."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from threading import RLock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from assistant.retrieval.evidence import CitableSource
from assistant.store.schema import passage

_K = TypeVar("_K")
_V = TypeVar("_V")


def heading_text(heading: str) -> str:
    """What of a heading's path is embedded: its innermost name."""
    return heading.rsplit(" › ", 1)[-1]


def text_key(text: str) -> str:
    """The key under which the vector of a text is kept."""
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """Of every passage of a reading: id, length, layer, and the run of passages under one heading that it stands in."""

    ids: tuple[str, ...]
    hashes: tuple[str, ...]
    """Of the text that is embedded."""
    tokens: NDArray[np.float64]
    layers: NDArray[np.str_]
    sections: NDArray[np.intp]
    headings: tuple[str, ...]
    """Of each section."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Passages and sections of several readings under one numbering; `allowed` says which passages may be seen."""

    sources: tuple[CitableSource, ...]
    readings: tuple[str, ...]
    facts: tuple[ReadingFacts, ...]
    starts: dict[str, int]
    tokens: NDArray[np.float64]
    allowed: NDArray[np.bool_]
    sections: NDArray[np.intp]
    section_count: int

    @property
    def size(self) -> int:
        """How many passages there are, seen or not."""
        return len(self.tokens)

    def passage(self, number: int) -> str:
        """The id of a passage."""
        at, inside = self.place(number)
        return self.facts[at].ids[inside]

    def numbers(self, passages: Sequence[str]) -> dict[str, int]:
        """The numbers of those of the passages that are in the extent."""
        wanted = set(passages)
        return {
            key: self.starts[reading] + at
            for reading, facts in zip(self.readings, self.facts, strict=True)
            for at, key in enumerate(facts.ids)
            if key in wanted
        }

    def text_key(self, number: int) -> str:
        """The key of a passage's vectors."""
        at, inside = self.place(number)
        return self.facts[at].hashes[inside]

    def heading_key(self, number: int) -> str:
        """The key of the vectors of the heading that a passage stands under; empty where there is none."""
        at, inside = self.place(number)
        facts = self.facts[at]
        text = heading_text(facts.headings[facts.sections[inside]])
        return text_key(text) if text else ""

    def place(self, number: int) -> tuple[int, int]:
        """Which of the readings a passage is of, and which of its passages it is."""
        starts = list(self.starts.values())
        at = bisect_right(starts, number) - 1
        while not self.facts[at].ids:  # a reading without passages starts where the next one does
            at -= 1
        return at, number - starts[at]


class Kept(Generic[_K, _V]):
    """The most recently used values, at most of a total weight; readings never change, so nothing goes stale."""

    def __init__(self, most: int, weigh: Callable[[_V], int]) -> None:
        """`weigh` gives a value's weight."""
        self._most = most
        self._weigh = weigh
        self._values: OrderedDict[_K, _V] = OrderedDict()
        self._total = 0
        self._lock = RLock()

    def find(self, key: _K) -> _V | None:
        """The value of a key, or None where it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: _K, value: _V) -> _V:
        """Keep a value, and let go of those that were not asked for the longest; returns it."""
        with self._lock:
            if key not in self._values:
                self._total += self._weigh(value)
                self._values[key] = value
            while self._total > self._most and len(self._values) > 1:
                _, old = self._values.popitem(last=False)
                self._total -= self._weigh(old)
        return value


class Extents:
    """Makes extents from rows that are read once."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._facts: Kept[str, ReadingFacts] = Kept(2_000_000, lambda facts: len(facts.ids))
        self._made: Kept[tuple[CitableSource, ...], Extent] = Kept(2_000_000, lambda extent: extent.size)

    def of(self, connection: Connection, sources: Sequence[CitableSource]) -> Extent:
        """The extent of these sources."""
        key = tuple(sorted(sources, key=lambda source: (source.reading_id, source.id)))
        return self._made.find(key) or self._made.put(key, self._make(connection, key))

    def _make(self, connection: Connection, sources: tuple[CitableSource, ...]) -> Extent:
        by_reading: dict[str, list[CitableSource]] = {}
        for source in sources:
            by_reading.setdefault(source.reading_id, []).append(source)
        readings = tuple(by_reading)
        facts = tuple(self._facts.find(r) or self._facts.put(r, _facts(connection, r)) for r in readings)
        starts, sections, at, section_at = {}, [], 0, 0
        for reading, known in zip(readings, facts, strict=True):
            starts[reading] = at
            sections.append(known.sections + section_at)
            at += len(known.ids)
            section_at += len(known.headings)
        allowed = [_allowed(connection, k, r, by_reading[r]) for r, k in zip(readings, facts, strict=True)]
        return Extent(
            sources,
            readings,
            facts,
            starts,
            np.concatenate([np.zeros(0), *(known.tokens for known in facts)]),
            np.concatenate([np.zeros(0, dtype=np.bool_), *allowed]),
            np.concatenate([np.zeros(0, dtype=np.intp), *sections]),
            section_at,
        )


def _facts(connection: Connection, reading_id: str) -> ReadingFacts:
    columns = (passage.c.id, passage.c.text_sha256, passage.c.tokens, passage.c.layer, passage.c.heading)
    rows = connection.execute(
        select(*columns).where(passage.c.reading_id == reading_id).order_by(passage.c.ordinal)
    ).all()
    sections: list[int] = []
    headings: list[str] = []
    before: tuple[str, str] | None = None
    for row in rows:
        if (row.layer, row.heading) != before:
            before = row.layer, row.heading
            headings.append(row.heading)
        sections.append(len(headings) - 1)
    return ReadingFacts(
        tuple(row.id for row in rows),
        tuple(row.text_sha256 for row in rows),
        np.array([row.tokens for row in rows], dtype=np.float64),
        np.array([row.layer for row in rows], dtype=np.str_),
        np.array(sections, dtype=np.intp),
        tuple(headings),
    )


def _allowed(
    connection: Connection, facts: ReadingFacts, reading_id: str, sources: Sequence[CitableSource]
) -> NDArray[np.bool_]:
    """Whether any of a reading's sources lets each passage be seen."""
    seen = np.zeros(len(facts.ids), dtype=np.bool_)
    pages: list[set[int]] | None = None
    for source in sources:
        one = ~np.isin(facts.layers, sorted(source.layers_left_out))
        if source.excluded_pages:
            pages = pages or _pages(connection, reading_id)
            one &= np.array([source.excluded_pages.isdisjoint(on) for on in pages], dtype=np.bool_)
        seen |= one
    return seen


def _pages(connection: Connection, reading_id: str) -> list[set[int]]:
    rows = connection.execute(
        select(passage.c.parts).where(passage.c.reading_id == reading_id).order_by(passage.c.ordinal)
    )
    return [{part[1] for part in row.parts} for row in rows]
