"""Words as a model of sentences knows them alone."""

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.near_words import WordReader, middle
from assistant.retrieval.tokens import closeness, packed, weights_of
from assistant.retrieval.words import WordScores

ALIKE = {"cachet": "comprimé", "tablets": "comprimé"}


class Model:
    """Words of one meaning have one row; it remembers what it was asked."""

    name = "model"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        self.seen += texts
        rows = np.stack([self._row(ALIKE.get(text, text)) for text in texts])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    @staticmethod
    def _row(word: str) -> NDArray[np.float64]:
        return np.random.default_rng(list(word.encode())).normal(size=len(middle()))


def test_a_text_is_its_words_that_carry_a_subject_each_once_in_small_letters() -> None:
    read = WordReader(Model()).read("Le comprimé : un Comprimé de 20 mg, a 5.")
    assert read.pieces == ("▁comprimé", "▁20", "▁mg")
    assert read.rows.shape == (3, len(middle()))


def test_a_word_is_embedded_once_however_many_passages_hold_it() -> None:
    model = Model()
    reader = WordReader(model)
    first = reader.read("dose renal")
    again = reader.read("renal failure")
    assert model.seen == ["dose", "renal", "failure"]
    assert np.array_equal(first.rows[1], again.rows[0])


def test_what_is_kept_of_a_passage_are_the_signs_of_its_rows() -> None:
    reader = WordReader(Model())
    assert packed(reader.read("dose")) == packed(reader.read_question("dose"))


def test_another_word_of_the_same_meaning_is_as_near_as_the_word_itself() -> None:
    reader = WordReader(Model())
    question = reader.read_question("un cachet le soir")
    words = WordScores(np.zeros(1), np.zeros(1), {"cachet": 3.0, "soir": 1.0}, {"cachet": 0, "soir": 4})
    weights = weights_of(question, words, "fr")
    kept = [
        packed(reader.read(text)) for text in ("Le comprimé du soir", "Le cachet du soir", "La dose du soir")
    ]
    near = closeness(question, weights, kept)
    assert near[0] == near[1] > near[2] + 0.5


def test_a_text_without_any_word_is_near_to_nothing() -> None:
    reader = WordReader(Model())
    empty = packed(reader.read("— … —"))
    assert empty.signs == b""
    assert closeness(reader.read_question("dose"), np.ones(1), [empty]).tolist() == [0.0]
    assert len(reader.read_question("?").pieces) == 0
