"""The packed weights file: its header, its vocabulary, its tensors in blocks of 32 weights of 4 bits with one scale."""

import mmap
import struct
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_BLOCK = 32
_PACKED = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
_MIDDLE = 8
"""Four bits hold 0…15 and stand for -8…7."""


class DamagedWeights(ValueError):
    """The file is not a packed model."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces with their scores, the special pieces' numbers, and what single characters are replaced by."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    begin: int
    end: int
    unknown: int
    replaced: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Weights(ABC):
    """Sizes, vocabulary and tensors of a model of this build, however they are stored."""

    width: int
    layers: int
    heads: int
    inner: int
    longest: int
    epsilon: float
    vocabulary: Vocabulary

    @abstractmethod
    def plain(self, name: str) -> Floats:
        """A tensor of floats, flat."""

    @abstractmethod
    def matrix(self, name: str, columns: int) -> Floats:
        """A matrix with so many columns."""

    @abstractmethod
    def rows(self, name: str, columns: int, numbers: NDArray[np.intp]) -> Floats:
        """Some rows of a matrix."""


@dataclass(frozen=True, slots=True)
class PackedWeights(Weights):
    """Of a packed file: rows are unpacked when they are asked for."""

    _image: mmap.mmap
    _places: Mapping[str, tuple[int, int]]

    def plain(self, name: str) -> Floats:
        """A tensor of floats."""
        start, count = self._places[name]
        return np.frombuffer(self._image, dtype="<f4", count=count, offset=start).astype(np.float32)

    def matrix(self, name: str, columns: int) -> Floats:
        """A packed matrix, unpacked."""
        return _unpacked(self._blocks(name, columns))

    def rows(self, name: str, columns: int, numbers: NDArray[np.intp]) -> Floats:
        """Some rows of a packed matrix, unpacked."""
        return _unpacked(self._blocks(name, columns)[numbers])

    def _blocks(self, name: str, columns: int) -> NDArray[np.void]:
        start, count = self._places[name]
        blocks = np.frombuffer(self._image, dtype=_PACKED, count=count // _BLOCK, offset=start)
        return blocks.reshape(-1, columns // _BLOCK)


def load(path: Path) -> PackedWeights:
    """Map the file; nothing but the vocabulary is read yet. Raises DamagedWeights."""
    with path.open("rb") as file:
        image = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    read = _Reader(image)
    if read.take(4) != b"E5S1":
        raise DamagedWeights(f"{path.name} is not a packed model.")
    _version, width, layers, heads, inner, _vocabulary, longest, _types = read.integers(8)
    (epsilon,) = struct.unpack("<f", read.take(4))
    if read.integers(1) != (_BLOCK,):
        raise DamagedWeights(f"{path.name} is packed in blocks of another size.")
    vocabulary = _vocabulary_from(read)
    return PackedWeights(width, layers, heads, inner, longest, epsilon, vocabulary, image, _places_from(read))


class _Reader:
    """Takes one thing after the other."""

    def __init__(self, image: mmap.mmap) -> None:
        self._image = image
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next bytes."""
        found = self._image[self._at : self._at + count]
        if len(found) != count:
            raise DamagedWeights("The packed model ends too early.")
        self._at += count
        return found

    def integers(self, count: int) -> tuple[int, ...]:
        """The next 32-bit integers."""
        return struct.unpack(f"<{count}i", self.take(4 * count))


def _vocabulary_from(read: _Reader) -> Vocabulary:
    count, begin, end, _pad, unknown = read.integers(5)
    (size,) = struct.unpack("<Q", read.take(8))
    starts = np.frombuffer(read.take(4 * (count + 1)), dtype="<u4").tolist()
    scores = np.frombuffer(read.take(4 * count), dtype="<f4").tolist()
    blob = read.take(size)
    pieces = tuple(blob[starts[i] : starts[i + 1]].decode("utf-8", "replace") for i in range(count))
    (_, bytes_) = read.integers(2)
    return Vocabulary(pieces, tuple(scores), begin, end, unknown, _replaced_from(read.take(bytes_)))


def _replaced_from(table: bytes) -> dict[int, str]:
    replaced: dict[int, str] = {}
    at = 0
    while at < len(table):
        point, count = struct.unpack_from("<IB", table, at)
        at += 5
        replaced[point] = "".join(map(chr, struct.unpack_from(f"<{count}I", table, at)))
        at += 4 * count
    return replaced


def _places_from(read: _Reader) -> dict[str, tuple[int, int]]:
    """Of each tensor, where it starts in the file and how many weights it has."""
    places: dict[str, tuple[int, int]] = {}
    for _ in range(read.integers(1)[0]):
        (length,) = struct.unpack("<H", read.take(2))
        name = read.take(length).decode("ascii")
        _kind, count, start, _size = struct.unpack("<BIQQ", read.take(21))
        places[name] = start, count
    return places


def _unpacked(blocks: NDArray[np.void]) -> Floats:
    pairs = blocks["pairs"]
    values = np.concatenate([pairs & 0x0F, pairs >> 4], axis=-1).astype(np.float32) - _MIDDLE
    scaled = values * blocks["scale"].astype(np.float32)[..., None]
    return np.ascontiguousarray(scaled.reshape(blocks.shape[0], -1))
