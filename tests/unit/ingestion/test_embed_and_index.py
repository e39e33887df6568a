"""Vectors and their index: the real embedded model, Chroma, and its exact twin."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ingestion.embed import FastEmbedder, ModelChanged
from ingestion.index import ChromaIndex, IndexDamaged, MemoryIndex, VectorIndex, collection_name


@pytest.fixture(scope="module")
def embedder() -> FastEmbedder:
    return FastEmbedder()


def test_vectors_are_unit_rows_that_tell_subjects_apart_in_both_languages(embedder: FastEmbedder) -> None:
    vectors = embedder.embed(
        [
            "The recommended dose is one tablet daily.",
            "La dose recommandée est d'un comprimé par jour.",
            "It rains in Paris.",
        ]
    )
    assert vectors.shape == (3, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_the_same_text_gives_the_same_vector_in_any_company(embedder: FastEmbedder) -> None:
    alone = embedder.embed(["Seizure occurred in 0.4% of patients."])[0]
    among = embedder.embed(["Other words.", "Seizure occurred in 0.4% of patients.", "More."])[1]
    assert np.allclose(alone, among, atol=1e-5)


def test_no_text_gives_no_row(embedder: FastEmbedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_other_weights_are_refused() -> None:
    class Wrong(FastEmbedder):
        _WEIGHTS = {**FastEmbedder._WEIGHTS, "sp.model": "0" * 64}  # noqa: RUF012  as in the class it stands for

    with pytest.raises(ModelChanged):
        Wrong().embed(["text"])


def unit(seed: int, rows: int, width: int = 16) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(rows, width)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(params=["memory", "chroma"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> VectorIndex:
    made: dict[str, Callable[[], VectorIndex]] = {
        "memory": MemoryIndex,
        "chroma": lambda: ChromaIndex(tmp_path / "index", "Product Ä / model@1", model="model@1"),
    }
    return made[request.param]()


def test_the_nearest_come_first_with_their_cosine(index: VectorIndex) -> None:
    vectors = unit(1, 50)
    index.upsert([f"p{i}" for i in range(50)], vectors)
    found = index.query(vectors[7], 5)
    assert found[0] == ("p7", pytest.approx(1.0, abs=1e-4))
    exact = sorted((-float(v @ vectors[7]), f"p{i}") for i, v in enumerate(vectors))[:5]
    assert [name for name, _ in found] == [name for _, name in exact]


def test_vectors_are_replaced_deleted_and_forgotten(index: VectorIndex) -> None:
    vectors = unit(2, 3)
    index.upsert(["a", "b"], vectors[:2])
    index.upsert(["b", "c"], vectors[1:])
    index.delete(["a", "unknown"])
    assert (index.count(), index.ids()) == (2, {"b", "c"})
    index.reset()
    assert (index.count(), index.query(vectors[0], 3)) == (0, [])
    index.upsert(["d"], vectors[:1])
    assert index.ids() == {"d"}


def test_an_empty_index_answers_nothing(index: VectorIndex) -> None:
    assert index.query(unit(3, 1)[0], 5) == []


def test_a_collection_is_found_again_after_closing(tmp_path: Path) -> None:
    ChromaIndex(tmp_path, "one").upsert(["a"], unit(4, 1))
    assert ChromaIndex(tmp_path, "one").ids() == {"a"}
    assert ChromaIndex(tmp_path, "two").ids() == set()


def test_a_damaged_folder_is_a_typed_error_that_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"this is no database" * 100)
    with pytest.raises(IndexDamaged) as refusal:
        ChromaIndex(tmp_path, "one")
    assert "ancrage index rebuild" in refusal.value.help


@pytest.mark.parametrize("name", ["", "Ä", "a" * 300, "Xtandi 40 mg/fast@1", "..", "été"])
def test_names_are_made_fit_for_chroma_and_stay_apart(name: str) -> None:
    made = collection_name(name)
    assert 3 <= len(made) <= 63
    assert made[0].isalnum()
    assert made[-1].isalnum()
    assert made != collection_name(f"{name}x")
