"""The words of what is searched: in how many passages each stem stands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, select

from assistant.retrieval.extent import Extent, Kept
from assistant.store.schema import passage


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """Of a reading: its passages, and in how many of them each stem stands."""

    passages: int
    found_in: Mapping[str, int]


@dataclass(frozen=True)
class Vocabulary:
    """The words of an extent."""

    passages: int
    found_in: Mapping[str, int]
    """In how many passages each stem stands."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """All of them."""
        return frozenset(self.found_in)


class Vocabularies:
    """Makes vocabularies from rows that are read once; readings never change."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._readings: Kept[str, ReadingWords] = Kept(2_000_000, lambda words: len(words.found_in))
        self._made: Kept[tuple[str, ...], Vocabulary] = Kept(2_000_000, lambda made: len(made.found_in))

    def of(self, connection: Connection, extent: Extent) -> Vocabulary:
        """The vocabulary of an extent."""
        return self._made.find(extent.readings) or self._made.put(
            extent.readings, self._make(connection, extent)
        )

    def _make(self, connection: Connection, extent: Extent) -> Vocabulary:
        readings = [
            self._readings.find(key) or self._readings.put(key, _reading_words(connection, key))
            for key in extent.readings
        ]
        counts: Counter[str] = Counter()
        for known in readings:
            counts.update(known.found_in)
        return Vocabulary(sum(known.passages for known in readings), counts)


def _reading_words(connection: Connection, reading_id: str) -> ReadingWords:
    rows = connection.execute(
        select(passage.c.stems, passage.c.heading_stems).where(passage.c.reading_id == reading_id)
    ).all()
    counts = Counter(stem for row in rows for stem in {*row.stems.split(), *row.heading_stems.split()})
    return ReadingWords(len(rows), counts)
