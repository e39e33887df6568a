"""What a search is given: models, an index, a second opinion on the order. Each behind a small Protocol."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """The model's name and version, under which its vectors are stored."""

    def embed(self, texts: list[str]) -> "Vector":
        """One unit row a text."""


class QuestionEmbedder(Protocol):
    """The better model, which tells a question from a text."""

    @property
    def name(self) -> str:
        """The model's name and version, under which its vectors are stored."""

    def embed_question(self, text: str) -> "Vector":
        """The unit vector of a question."""


class WordRarity(Protocol):
    """Knows how rare a word is in writing at large, whatever the documents say."""

    def surprise(self, word: str) -> float:
        """Minus the natural logarithm of how probable it is."""


class VectorIndex(Protocol):
    """Finds the nearest passages of one product."""

    def query(self, vector: "Vector", n: int) -> list[tuple[str, float]]:
        """The n nearest passages, best first, with their cosine."""


class Order(Protocol):
    """An order of texts, and whether it is a new one."""

    @property
    def places(self) -> Sequence[int]:
        """The places of the texts, best first; each once."""

    @property
    def note(self) -> str:
        """A code of why they stand as they did; empty where they were ordered anew."""


class Reranker(Protocol):
    """Orders a few texts anew, for instance a language model behind an API. It raises nothing: no order, the old order."""

    @property
    def most(self) -> int:
        """How many texts it takes."""

    def rerank(self, question: str, texts: Sequence[str]) -> Order:
        """The texts' order."""
