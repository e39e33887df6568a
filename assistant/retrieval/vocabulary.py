"""The words of what is searched: how many passages hold each, and which of them mean nearly what a word of a question means.

Vectors of words are made by the fast model in the background, beside those of the better one. Without them nothing is near.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from assistant.retrieval.extent import Extent, Kept, text_key
from assistant.store.database import Database
from assistant.store.schema import passage, source
from assistant.store.vectors import known_vectors, save_vectors, vectors_of
from assistant.store.words import fold_accents, stems

Vectors = NDArray[np.float32]
OnProgress = Callable[[int, int, str], None]

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SHORTEST, _LONGEST = 3, 64
_BATCH = 128
_KEPT_BYTES = 400_000_000
_NEAREST = 8
"""Words of the documents that one word of a question may mean."""
_SAME_BEGINNING, _LIKE = 3, 0.6
_ALIKE_IN_SPELLING = 0.6
"""What nearness counts between words that share their beginning and little more: the model mistakes spelling for meaning there."""


class WordEmbedder(Protocol):
    """Turns words into unit vectors."""

    @property
    def name(self) -> str:
        """Under which the vectors are stored."""

    def embed(self, texts: list[str]) -> Vectors:
        """One unit row a word."""


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """Of a reading: its passages, in how many of them each stem stands, and its words with their stems."""

    passages: int
    found_in: Mapping[str, int]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of an extent."""

    passages: int
    found_in: Mapping[str, int]
    """In how many passages each stem stands."""
    words: tuple[str, ...] = ()
    stems: tuple[tuple[str, ...], ...] = ()
    vectors: Vectors | None = None
    """One row a word; None while any is missing."""

    def near(self, word: str, vector: Vectors) -> list[tuple[str, float]]:
        """Stems of the words nearest in meaning with their nearness: 1 is the word itself, 0 the mean of all words.

        Relative to this vocabulary and this word, so that no cosine is compared with a fixed number.
        """
        if self.vectors is None or not len(self.words):
            return []
        cosines = self.vectors @ vector
        mean = float(cosines.mean())
        order = np.argsort(-cosines, kind="stable")[: 2 * _NEAREST]
        found: dict[str, float] = {}
        for at in order:
            nearness = (float(cosines[at]) - mean) / max(1 - mean, 1e-6)
            for stem in self.stems[at]:
                found.setdefault(stem, nearness * _trust(word, self.words[at]))
        return list(found.items())[:_NEAREST]


class Vocabularies:
    """Makes vocabularys from rows that are read once; readings never change."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._readings: Kept[str, ReadingWords] = Kept(2_000_000, lambda words: len(words.words))
        self._made: Kept[tuple[tuple[str, ...], str, bool], Vocabulary] = Kept(
            _KEPT_BYTES, lambda made: made.vectors.nbytes if made.vectors is not None else len(made.words)
        )

    def of(self, connection: Connection, extent: Extent, model: str) -> Vocabulary:
        """The vocabulary of an extent, with the vectors of its words where all are there."""
        for complete in (True, False):
            kept = self._made.find((extent.readings, model, complete))
            if kept is not None and (complete or not self._now_complete(connection, kept, model)):
                return kept
        made = self._make(connection, extent, model)
        return self._made.put((extent.readings, model, made.vectors is not None), made)

    def _now_complete(self, connection: Connection, kept: Vocabulary, model: str) -> bool:
        """Whether the last of the words has its vector by now: asked of one word, the rest when it is there."""
        return bool(kept.words) and bool(known_vectors(connection, model, [word_key(kept.words[-1])]))

    def _make(self, connection: Connection, extent: Extent, model: str) -> Vocabulary:
        readings = [
            self._readings.find(key) or self._readings.put(key, _reading_words(connection, key))
            for key in extent.readings
        ]
        counts: Counter[str] = Counter()
        words: dict[str, tuple[str, ...]] = {}
        for known in readings:
            counts.update(known.found_in)
            for word, forms in known.words.items():
                words[word] = tuple(dict.fromkeys((*words.get(word, ()), *forms)))
        ordered = tuple(sorted(words))
        matrix, there = vectors_of(connection, model, [word_key(word) for word in ordered])
        return Vocabulary(
            sum(known.passages for known in readings),
            counts,
            ordered,
            tuple(words[word] for word in ordered),
            matrix if ordered and there.all() else None,
        )


def word_key(word: str) -> str:
    """The key of a word's vector: no text's, for those are embedded under their heading."""
    return text_key(f"word:{word}")


def words_state(connection: Connection, model: str) -> tuple[int, int]:
    """(words, those that lack their vector) over all sources that are not withdrawn."""
    words = _all_words(connection)
    return len(words), len(words) - len(known_vectors(connection, model, [word_key(w) for w in words]))


def learn_words(
    db: Database,
    embedder: WordEmbedder,
    on_progress: OnProgress | None = None,
    share: tuple[int, int] = (0, 1),
) -> int:
    """Make the vectors of words that are missing, batch by batch, committed as they are made; returns how many."""
    with db.read() as connection:
        words = _all_words(connection)
        known = known_vectors(connection, embedder.name, [word_key(w) for w in words])
    missing = [
        w for w in words if (key := word_key(w)) not in known and int(key[:8], 16) % share[1] == share[0]
    ]
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        rows = embedder.embed(batch)
        with db.write() as tx:
            save_vectors(tx, embedder.name, {word_key(w): row for w, row in zip(batch, rows, strict=True)})
        if on_progress is not None:
            on_progress(start + len(batch), len(missing), "learning the words")
    return len(missing)


def _all_words(connection: Connection) -> list[str]:
    rows = connection.execute(
        select(passage.c.text, passage.c.heading)
        .join(source, source.c.reading_id == passage.c.reading_id)
        .where(source.c.status != "withdrawn")
    )
    return sorted({word for row in rows for word in _words(f"{row.text}\n{row.heading}")})


def _reading_words(connection: Connection, reading_id: str) -> ReadingWords:
    languages = connection.scalars(select(source.c.language).where(source.c.reading_id == reading_id))
    spoken = sorted({str(language) for language in languages})
    rows = connection.execute(
        select(passage.c.text, passage.c.heading, passage.c.stems, passage.c.heading_stems)
        .where(passage.c.reading_id == reading_id)
        .order_by(passage.c.ordinal)
    ).all()
    counts = Counter(stem for row in rows for stem in {*row.stems.split(), *row.heading_stems.split()})
    found = {word for row in rows for word in _words(f"{row.text}\n{row.heading}")}
    words = {
        word: tuple(dict.fromkeys(s for language in spoken for s in stems(word, language)))
        for word in sorted(found)
    }
    return ReadingWords(len(rows), counts, words)


def _words(text: str) -> Iterable[str]:
    return (word for word in _WORD.findall(text.casefold()) if _SHORTEST <= len(word) <= _LONGEST)


def _trust(asked: str, word: str) -> float:
    one, other = fold_accents(asked), fold_accents(word)
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    alike = same >= _SAME_BEGINNING and same / max(len(one), len(other)) < _LIKE
    return _ALIKE_IN_SPELLING if alike else 1.0


def vectors_for(words: Sequence[str], vocabulary: Vocabulary, embedder: WordEmbedder) -> dict[str, Vectors]:
    """The vectors of a question's words: those of the documents' own words, the others made now, together."""
    if vocabulary.vectors is None:
        return {}
    found: dict[str, Vectors] = {}
    for word in words:
        at = bisect_left(vocabulary.words, word)
        if at < len(vocabulary.words) and vocabulary.words[at] == word:
            found[word] = vocabulary.vectors[at]
    other = [word for word in dict.fromkeys(words) if word not in found]
    return {**found, **dict(zip(other, embedder.embed(other), strict=True))} if other else found
