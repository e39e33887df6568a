"""Words as the fast model knows them alone: "cachet" is near to "comprimé", though no stem says so.

Each word of a question looks for the nearest word of a passage, as in `tokens`, whose arithmetic this shares. A word's
row is the same wherever it stands, so it falls out of one reading of the word, and the better model is not needed.
"""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.store.words import fold_accents, is_stop_word, words_of

PART = "near_words"
_KEPT = 100_000
"""Words whose signs stay in memory while many passages are read, 64 bytes each."""
_BEGINS = "▁"
_SMALL = 1e-9

Rows = NDArray[np.float32]


class _Embedder(Protocol):
    @property
    def name(self) -> str: ...
    def embed(self, texts: list[str]) -> Rows: ...


@dataclass(frozen=True, slots=True)
class ReadWords:
    """The distinct words of a text that carry a subject, and a row of each."""

    pieces: Sequence[str]
    rows: Rows


class WordReader:
    """Reads a text word by word with a model of sentences."""

    def __init__(self, embedder: _Embedder) -> None:
        """Nothing is read yet."""
        self._embedder = embedder
        self._signs: dict[str, Rows] = {}
        self._lock = Lock()

    @property
    def name(self) -> str:
        """Under which the rows are stored: of the model, of its middle, and of how words are told apart."""
        return f"{self._embedder.name}-words-1"

    def read(self, text: str) -> ReadWords:
        """Of a document's text. Of its rows the signs alone are told, which is what is kept of them."""
        words = _words(text)
        with self._lock:
            if len(self._signs) > _KEPT:
                self._signs.clear()
            new = [word for word in words if word not in self._signs]
            if new:
                self._signs.update(zip(new, np.packbits(self._rows(new) > 0, axis=1), strict=True))
            packed = [self._signs[word] for word in words]
        rows = np.unpackbits(np.stack(packed), axis=1) if packed else np.zeros((0, len(middle())))
        return ReadWords(_as_pieces(words), (rows * np.float32(2) - 1).astype(np.float32))

    def read_question(self, text: str) -> ReadWords:
        """Of a question."""
        words = _words(text)
        return ReadWords(_as_pieces(words), self._rows(words))

    def _rows(self, words: list[str]) -> Rows:
        """Less what all words have in common, of unit length."""
        if not words:
            return np.zeros((0, len(middle())), dtype=np.float32)
        rows = self._embedder.embed(words) - middle()
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _SMALL), np.float32)


@cache
def middle() -> Rows:
    """What the rows of all words have in common; shipped with where it comes from."""
    found = json.loads((Path(__file__).parent / "near_words.json").read_text("utf-8"))
    return np.array(found["mean"], dtype=np.float32)


def _words(text: str) -> list[str]:
    """In their order, each once. A single letter or digit says too little alone."""
    whole = (word.casefold() for word in words_of(unicodedata.normalize("NFC", text)))
    return list(dict.fromkeys(w for w in whole if len(w) > 1 and not is_stop_word(fold_accents(w))))


def _as_pieces(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{_BEGINS}{word}" for word in words)
