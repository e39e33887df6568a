"""The forward pass: embeddings, layers of attention and feed-forward, the mean over the tokens."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np

from ingestion.e5.pieces import windows
from ingestion.e5.weights import Floats, Weights

_TOKENS_A_PASS = 1024
"""Tokens of several texts that go through the matrices together; attention stays within each text."""


class Cutter(Protocol):
    """Cuts texts into the pieces that a model knows."""

    def numbers(self, text: str) -> list[int]:
        """The pieces' numbers, without the marks of beginning and end."""


@dataclass(frozen=True, slots=True)
class _Layer:
    into: Floats
    into_bias: Floats
    out: Floats
    out_bias: Floats
    norm: tuple[Floats, Floats]
    widen: Floats
    widen_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    last_norm: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Read:
    """What the model makes of a text."""

    vector: Floats
    """Of the whole text, of unit length."""
    pieces: tuple[str, ...]
    """A piece that begins a word begins with ▁."""
    rows: Floats
    """One of each piece, as it stands among the others."""


_C = TypeVar("_C", bound=Cutter)


class Encoder(Generic[_C]):
    """Turns texts into unit vectors. Loading unpacks the layers to 32 bits; the vocabulary's rows stay packed."""

    def __init__(self, weights: Weights, pieces: _C) -> None:
        """Unpack the layers."""
        self._weights = weights
        self.pieces = pieces
        self._positions = weights.plain("emb.pos").reshape(-1, weights.width)
        self._type = weights.plain("emb.type")[: weights.width]
        self._first_norm = weights.plain("emb.ln.w"), weights.plain("emb.ln.b")
        self._layers = [self._layer(number) for number in range(weights.layers)]

    def embed(self, texts: Sequence[str]) -> Floats:
        """One unit row per text. A text beyond the model's length is read in windows, weighted by their tokens."""
        size = self._weights.longest - 2
        cut = [
            (row, part) for row, text in enumerate(texts) for part in windows(self.pieces.numbers(text), size)
        ]
        cut.sort(key=lambda item: len(item[1]))
        sums = np.zeros((len(texts), self._weights.width), dtype=np.float32)
        for batch in _batches(cut):
            means = self._means([part for _, part in batch])
            for (row, part), mean in zip(batch, means, strict=True):
                sums[row] += max(len(part), 1) * mean
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.asarray(sums / np.maximum(norms, 1e-12), dtype=np.float32)

    def read(self, text: str, prefix: str = "") -> Read:
        """A text behind a prefix: its unit vector, and its own pieces with the row of each."""
        before = self.pieces.numbers(prefix)
        numbers = before + self.pieces.numbers(text)
        parts = windows(numbers, self._weights.longest - 2)
        rows = [row for part in parts for row in self._rows([part])]
        total = np.sum(
            [max(len(part), 1) * row.mean(axis=0) for part, row in zip(parts, rows, strict=True)], axis=0
        )
        pieces = self._weights.vocabulary.pieces
        return Read(
            np.asarray(total / max(float(np.linalg.norm(total)), 1e-12), dtype=np.float32),
            tuple(pieces[number] for number in numbers[len(before) :]),
            np.concatenate([row[1:-1] for row in rows])[len(before) :],
        )

    def _means(self, parts: Sequence[list[int]]) -> list[Floats]:
        return [rows.mean(axis=0) for rows in self._rows(parts)]

    def _rows(self, parts: Sequence[list[int]]) -> list[Floats]:
        """Of each part, a row for each of its tokens and for the marks of its ends."""
        words = self._weights.vocabulary
        marked = [[words.begin, *part, words.end] for part in parts]
        ends = np.cumsum([len(part) for part in marked]).tolist()
        spans = list(zip([0, *ends[:-1]], ends, strict=True))
        numbers = np.array([number for part in marked for number in part], dtype=np.intp)
        places = np.concatenate([np.arange(len(part)) for part in marked])
        x = (
            self._weights.rows("emb.word", self._weights.width, numbers)
            + self._positions[places]
            + self._type
        )
        x = self._normed(x, self._first_norm)
        for layer in self._layers:
            attended = self._attention(x @ layer.into + layer.into_bias, spans)
            x = self._normed(x + attended @ layer.out + layer.out_bias, layer.norm)
            wide = _gelu(x @ layer.widen + layer.widen_bias)
            x = self._normed(x + wide @ layer.narrow + layer.narrow_bias, layer.last_norm)
        return [x[start:end] for start, end in spans]

    def _attention(self, mixed: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
        """`mixed` holds queries, keys and values beside each other; the queries are scaled already."""
        heads, width = self._weights.heads, self._weights.width
        out = np.empty((mixed.shape[0], width), dtype=np.float32)
        for start, end in spans:
            q, k, v = mixed[start:end].reshape(end - start, 3, heads, -1).transpose(1, 2, 0, 3)
            scores = q @ k.transpose(0, 2, 1)
            scores -= scores.max(axis=-1, keepdims=True)
            np.exp(scores, out=scores)
            values = (scores @ v) / scores.sum(axis=-1, keepdims=True)
            out[start:end] = values.transpose(1, 0, 2).reshape(end - start, width)
        return out

    def _normed(self, x: Floats, norm: tuple[Floats, Floats]) -> Floats:
        x = x - x.mean(axis=-1, keepdims=True)
        variance = np.einsum("ij,ij->i", x, x)[:, None] / x.shape[-1]
        return np.asarray(x / np.sqrt(variance + np.float32(self._weights.epsilon)) * norm[0] + norm[1])

    def _layer(self, number: int) -> _Layer:
        weights = self._weights
        width, inner = weights.width, weights.inner
        scale = np.float32(1 / math.sqrt(width / weights.heads))

        def matrix(name: str, columns: int) -> Floats:
            return np.ascontiguousarray(weights.matrix(f"l{number}.{name}.w", columns).T)

        def bias(name: str) -> Floats:
            return weights.plain(f"l{number}.{name}.b")

        def norm(name: str) -> tuple[Floats, Floats]:
            return weights.plain(f"l{number}.{name}.w"), weights.plain(f"l{number}.{name}.b")

        return _Layer(
            np.ascontiguousarray(
                np.concatenate([matrix("q", width) * scale, matrix("k", width), matrix("v", width)], axis=1)
            ),
            np.concatenate([bias("q") * scale, bias("k"), bias("v")]),
            matrix("ao", width),
            bias("ao"),
            norm("aln"),
            matrix("fi", width),
            bias("fi"),
            matrix("fo", inner),
            bias("fo"),
            norm("oln"),
        )


def _batches(cut: Sequence[tuple[int, list[int]]]) -> Iterator[list[tuple[int, list[int]]]]:
    batch: list[tuple[int, list[int]]] = []
    tokens = 0
    for item in cut:
        if batch and tokens + len(item[1]) > _TOKENS_A_PASS:
            yield batch
            batch, tokens = [], 0
        batch.append(item)
        tokens += len(item[1])
    if batch:
        yield batch


def _gelu(x: Floats) -> Floats:
    """By its tanh form: no more than 0.0005 from the exact one, and many times faster without an error function."""
    inner = x * (np.float32(0.7978845608) * (1 + np.float32(0.044715) * x * x))
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner
