"""How closely the best passages say what a question asks, word by word: late interaction over the better model's rows.

Each word of the question looks for the row of a passage that is nearest to it, and counts by the square of its rarity.
Of a passage's rows only the signs are kept, 48 bytes each, and only those of words that carry a subject. The question's
rows stay as they are.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from assistant.retrieval.extent import Extent
from assistant.retrieval.parts import Floats
from assistant.retrieval.ranking import PartScores, Ranked
from assistant.retrieval.words import WordScores, rarity_of
from assistant.store.token_rows import token_rows_of
from assistant.store.words import fold_accents, is_stop_word, word_forms, words_of

LOOKED_AT = 20
"""Passages that are read so closely."""
_BEGINS = "▁"

Rows = NDArray[np.float32]


class Read(Protocol):
    """What a model makes of a text: of each piece, its row, less what all rows have in common, of unit length."""

    @property
    def vector(self) -> Rows:
        """Of the whole text."""

    @property
    def pieces(self) -> Sequence[str]:
        """A piece that begins a word begins with ▁."""

    @property
    def rows(self) -> Rows:
        """One a piece."""


class CloseReader(Protocol):
    """A model that gives the rows of a text's pieces."""

    @property
    def name(self) -> str:
        """Under which the rows are stored."""

    def read(self, text: str) -> Read:
        """Of a document's text."""

    def read_question(self, text: str) -> Read:
        """Of a question."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The signs of a passage's rows."""

    width: int
    signs: bytes


def packed(read: Read) -> Packed:
    """What is stored of a passage; of one without a word that carries a subject, all of its rows."""
    words, which = _words(read.pieces)
    carrying = np.array([_carries(word) for word in words], dtype=np.bool_)[which]
    rows = read.rows[carrying] if carrying.any() else read.rows
    return Packed(rows.shape[1], np.packbits(rows > 0, axis=1).tobytes())


def closeness(question: Read, weights: Floats, passages: Sequence[Packed]) -> Floats:
    """Of each passage, the mean over the question's pieces, by their weights, of the cosine to the nearest of its rows."""
    used = weights > 0
    if not used.any():
        return np.zeros(len(passages))
    rows, counts = question.rows[used], weights[used] / weights.sum()
    nearest = [(rows @ _unpacked(one).T).max(axis=1, initial=-1.0) for one in passages]
    return np.array([float(counts @ cosines) for cosines in nearest])


def weights_of(question: Read, words: WordScores, language: str | None) -> Floats:
    """Of each piece of a question, the square of the rarity of its word; nought for a word that carries no subject."""
    texts, which = _words(question.pieces)
    rarities = [
        max((rarity_of(words, forms) for forms in word_forms(text, language)), default=0.0) for text in texts
    ]
    return np.array(rarities, dtype=np.float64)[which] ** 2


def with_tokens(  # noqa: PLR0917  what a search knows by then
    connection: Connection,
    extent: Extent,
    reader: CloseReader,
    question: tuple[str, str | None],
    words: WordScores,
    scores: PartScores,
    ranked: Ranked,
) -> PartScores:
    """The scores with the part `tokens` for the best passages; as they were, where any of these was not read yet.

    The others count as the farthest of those that were read: they stood behind them anyway.
    """
    head = list(ranked.numbers[:LOOKED_AT])
    keys = [extent.text_key(number) for number in head]
    stored = token_rows_of(connection, reader.name, keys)
    if len(head) < 2 or not stored.keys() >= set(keys):  # noqa: PLR2004  one passage is in order
        return scores
    read = reader.read_question(question[0])
    weights = weights_of(read, words, question[1])
    near = closeness(read, weights, [Packed(*stored[key]) for key in keys])
    low, high = float(near.min()), float(near.max())
    if high <= low:
        return scores
    shares = np.zeros(len(scores.candidates))
    shares[np.searchsorted(scores.candidates, head)] = (near - low) / (high - low)
    return replace(
        scores, parts={**scores.parts, "tokens": shares}, spreads={**scores.spreads, "tokens": high - low}
    )


def _words(pieces: Sequence[str]) -> tuple[list[str], NDArray[np.intp]]:
    """The words of the pieces, and for each piece which of them it is of."""
    words: list[str] = []
    which: list[int] = []
    for piece in pieces:
        if piece.startswith(_BEGINS) or not words:
            words.append(piece.removeprefix(_BEGINS))
        else:
            words[-1] += piece
        which.append(len(words) - 1)
    return words, np.array(which, dtype=np.intp)


def _carries(word: str) -> bool:
    return any(not is_stop_word(fold_accents(part)) for part in words_of(unicodedata.normalize("NFC", word)))


def _unpacked(one: Packed) -> Rows:
    bits = np.unpackbits(np.frombuffer(one.signs, dtype=np.uint8)).reshape(-1, one.width)
    return np.asarray((bits.astype(np.float32) * 2 - 1) / np.sqrt(np.float32(one.width)), dtype=np.float32)
