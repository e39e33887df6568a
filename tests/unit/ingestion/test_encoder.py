"""What holds of every model that the forward pass runs."""

from collections.abc import Callable

import numpy as np
import pytest

from ingestion.better import BetterEmbedder
from ingestion.english import EnglishEmbedder

Model = BetterEmbedder | EnglishEmbedder


@pytest.fixture(scope="module", params=[BetterEmbedder, EnglishEmbedder])
def model(request: pytest.FixtureRequest) -> Model:
    made: Callable[[], Model] = request.param
    return made()


def test_every_vector_has_length_one(model: Model) -> None:
    vectors = model.embed(["The dose is 5 mg.", "", "word " * 1200])
    assert vectors.shape == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert model.embed([]).shape == (0, 384)


def test_a_vector_does_not_depend_on_its_neighbours_in_the_batch(model: Model) -> None:
    texts = ["The recommended dose is 5 mg.", "Hyperkalaemia was common. " * 12, "Lactose."]
    alone = np.concatenate([model.embed([text]) for text in texts])
    assert np.abs(model.embed(texts) - alone).max() < 1e-4
