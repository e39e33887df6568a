"""A searcher that embeds each question once, however many systems it is asked of."""

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.retrieval.protocols import Embedder, QuestionEmbedder
from assistant.retrieval.search import Searcher
from assistant.retrieval.tokens import CloseReader, Read

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]


class _Fast:
    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self._known: dict[tuple[str, ...], Vector] = {}

    @property
    def name(self) -> str:
        """As the model within."""
        return self._inner.name

    def embed(self, texts: list[str]) -> "Vector":
        """As the model within."""
        key = tuple(texts)
        if key not in self._known:
            self._known[key] = self._inner.embed(texts)
        return self._known[key]


class _Better:
    def __init__(self, inner: QuestionEmbedder) -> None:
        self._inner = inner
        self._known: dict[str, Vector] = {}

    @property
    def name(self) -> str:
        """As the model within."""
        return self._inner.name

    def embed_question(self, text: str) -> "Vector":
        """As the model within."""
        if text not in self._known:
            self._known[text] = self._inner.embed_question(text)
        return self._known[text]


class _Reader:
    def __init__(self, inner: CloseReader) -> None:
        self._inner = inner
        self._known: dict[str, Read] = {}

    @property
    def name(self) -> str:
        """As the model within."""
        return self._inner.name

    def read(self, text: str) -> Read:
        """As the model within."""
        return self._inner.read(text)

    def read_question(self, text: str) -> Read:
        """As the model within."""
        if text not in self._known:
            self._known[text] = self._inner.read_question(text)
        return self._known[text]


def remembering(searcher: Searcher) -> Searcher:
    """The same searcher with a memory for questions."""
    better = _Better(searcher.better) if searcher.better is not None else None
    english = _Better(searcher.english) if searcher.english is not None else None
    reader = _Reader(searcher.reader) if searcher.reader is not None else None
    return replace(searcher, embedder=_Fast(searcher.embedder), better=better, english=english, reader=reader)
