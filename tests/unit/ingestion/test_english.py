"""The model for English: its file format, its word pieces, and vectors that tell what a text means."""

import json
import struct
from pathlib import Path
from typing import ClassVar

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from ingestion.e5.weights import DamagedWeights
from ingestion.embed import ModelChanged
from ingestion.english import EnglishEmbedder
from ingestion.minilm import load


class Other(EnglishEmbedder):
    """Expects other weights than those that are installed."""

    _SHA256: ClassVar[dict[str, str]] = {"model.safetensors": "0" * 64}


@pytest.fixture(scope="module")
def model() -> EnglishEmbedder:
    return EnglishEmbedder()


def test_case_and_accents_make_no_difference(model: EnglishEmbedder) -> None:
    vectors = model.embed(["Sjögren syndrome", "SJOGREN SYNDROME"])
    assert vectors[0] @ vectors[1] == pytest.approx(1, abs=1e-5)


def test_the_end_of_a_long_text_is_read_too(model: EnglishEmbedder) -> None:
    filling = "The tablets are stored below 30 degrees. " * 60
    question = model.embed_question("Is hyperkalaemia frequent?")
    with_end, without = model.embed([filling + "Hyperkalaemia was very common. " * 30, filling]) @ question
    assert with_end > without + 0.1


def test_a_question_is_nearest_to_the_text_that_answers_it_in_other_words(model: EnglishEmbedder) -> None:
    texts = [
        "The tablets contain lactose and are stored below 30 °C.",
        "Patients with myocardial infarction within the last month were excluded.",
        "Hyperkalaemia was reported in 11.8% of patients.",
    ]
    cosines = model.embed(texts) @ model.embed_question("Were people enrolled soon after a heart attack?")
    assert int(cosines.argmax()) == 1


def test_the_forward_pass_gives_what_the_model_gives_elsewhere(model: EnglishEmbedder) -> None:
    """The cosines of an independent run of the same model with int8 weights, which move them by up to 0.01."""
    one, two, three = model.embed(
        [
            "The recommended starting dose is 10 mg once daily.",
            "Treatment begins with 10 mg each morning.",
            "The tablets contain lactose.",
        ]
    )
    assert [float(one @ two), float(one @ three), float(two @ three)] == pytest.approx(
        [0.811, 0.185, 0.205], abs=0.015
    )


def test_other_weights_are_refused() -> None:
    with pytest.raises(ModelChanged):
        Other().embed(["dose"])


def tensors(**values: list[float]) -> bytes:
    """A file of named tensors of 32 bits."""
    header, body = {}, b""
    for name, numbers in values.items():
        packed = struct.pack(f"<{len(numbers)}f", *numbers)
        header[name] = {
            "dtype": "F32",
            "shape": [len(numbers)],
            "data_offsets": [len(body), len(body) + len(packed)],
        }
        body += packed
    said = json.dumps(header).encode()
    return struct.pack("<Q", len(said)) + said + body


def folder_with(tmp_path: Path, weights: bytes) -> Path:
    marks = {"[CLS]": 0, "[SEP]": 1, "[UNK]": 2}
    Tokenizer(WordLevel(marks, "[UNK]")).save(str(tmp_path / "tokenizer.json"))
    sizes = {"hidden_size": 2, "num_hidden_layers": 0, "num_attention_heads": 1, "intermediate_size": 2}
    (tmp_path / "config.json").write_text(json.dumps(sizes | {"layer_norm_eps": 1e-12}))
    (tmp_path / "model.safetensors").write_bytes(weights)
    return tmp_path


def test_tensors_are_found_by_name(tmp_path: Path) -> None:
    stored = {"embeddings.LayerNorm.weight": [1.0, 2.0], "embeddings.LayerNorm.bias": [3.0, 4.0]}
    weights, pieces = load(folder_with(tmp_path, tensors(**stored)))
    assert weights.plain("emb.ln.w").tolist() == [1.0, 2.0]
    assert weights.plain("emb.ln.b").tolist() == [3.0, 4.0]
    assert (weights.vocabulary.begin, weights.vocabulary.end) == (0, 1)
    assert pieces.numbers("nothing") == [2]


@pytest.mark.parametrize(
    "damaged", [b"", b"short", b"\xff" * 40, tensors(a=[1.0, 2.0])[:-4], struct.pack("<Q", 2) + b"[]"]
)
def test_a_file_that_is_no_model_is_refused(damaged: bytes, tmp_path: Path) -> None:
    with pytest.raises(DamagedWeights):
        load(folder_with(tmp_path, damaged))
