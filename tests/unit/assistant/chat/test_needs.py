"""What a question needs of an answer: its words, their other ways of being said, and how much each tells."""

from typing import ClassVar

import numpy as np
import pytest

from assistant.chat.needs import BY_CLASS, Need, needs_of
from assistant.retrieval.vocabulary import Vocabulary

FOUND_IN = {
    "potassium": 9,
    "dose": 30,
    "pruritus": 2,
    "strong": 4,
    "cyp3a4": 6,
    "inhibitor": 8,
    "tablet": 12,
    "velmora": 40,
}
VOCABULARY = Vocabulary(100, FOUND_IN)


class Directions:
    """Words as unit vectors of the plane: those that mean the same point the same way."""

    name = "directions"
    ways: ClassVar[dict[str, float]] = {
        "démangeaison": 0.0,
        "pruritus": 0.1,
        "potassium": 1.5,
        "tablet": 2.2,
        "palbociclib": 0.05,
    }

    def embed(self, texts: list[str]) -> "np.typing.NDArray[np.float32]":
        angles = np.array([self.ways.get(text, 3.0) for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


WORDS = ("potassium", "pruritus", "tablet")
NEAR = Vocabulary(
    100, FOUND_IN, WORDS, (("potassium",), ("pruritus",), ("tablet",)), Directions().embed(list(WORDS))
)


def needs(question: str, vocabulary: Vocabulary = VOCABULARY, **more: object) -> dict[str, Need]:
    return {need.word: need for need in needs_of(question, ("Velmora",), vocabulary, **more)}  # type: ignore[arg-type]


def test_words_that_only_ask_and_the_product_are_no_needs() -> None:
    assert set(needs("What is known about velmora and alopecia in patients?")) == {"alopecia"}
    assert set(needs("que dire de l’alopécie sous velmora chez les patients ?")) == {"alopécie"}


def test_a_word_that_stands_nowhere_tells_the_most() -> None:
    found = needs("alopecia tablet")
    assert found["alopecia"].weight > found["tablet"].weight
    assert (found["alopecia"].known, found["tablet"].known) == (False, True)


def test_a_word_of_one_language_is_met_by_the_other_languages_word() -> None:
    assert needs("démangeaisons")["démangeaisons"].forms[frozenset({"pruritus"})] == 1.0


def test_a_medicine_is_met_less_by_its_class_than_by_its_name() -> None:
    forms = needs("ketoconazole ?")["ketoconazole"].forms
    assert forms[frozenset({"strong", "cyp3a4", "inhibitor"})] == BY_CLASS
    assert forms[frozenset({"ketoconazol"})] == 1.0


def test_what_is_near_in_meaning_counts_less_than_the_word_itself() -> None:
    found = needs("démangeaison", NEAR, embedder=Directions())["démangeaison"]
    assert 0.9 < found.forms[frozenset({"pruritus"})] < 1.0
    assert frozenset({"tablet"}) not in found.forms
    assert found.nearest > 0.9


def test_a_medicine_is_never_near_another_word() -> None:
    assert (
        frozenset({"pruritus"}) not in needs("palbociclib", NEAR, embedder=Directions())["palbociclib"].forms
    )
    assert needs("palbociclib")["palbociclib"].medicine


def test_without_vectors_nothing_is_near() -> None:
    assert needs("démangeaison", embedder=Directions())["démangeaison"].nearest == 0.0


def test_a_slip_of_the_finger_is_met_by_the_word_that_was_meant() -> None:
    assert needs("potasium")["potasium"].known


@pytest.mark.parametrize(
    ("question", "concept"),
    [("is it safe when breastfeeding", "breastfeeding"), ("conduite auto", "driving")],
)
def test_a_word_of_a_subject_may_be_met_by_the_subject(question: str, concept: str) -> None:
    assert concept in {c.name for need in needs(question).values() for c in need.concepts}


def test_conduct_is_not_driving() -> None:
    assert not {c.name for need in needs("angioedème conduite à tenir").values() for c in need.concepts}


def test_values_of_a_measure_are_no_needs_and_other_numbers_are() -> None:
    assert [need.word for need in needs("eGFR 45 alopecia 300").values() if need.number] == ["300"]


def test_what_the_documents_explain_is_another_way_to_say_it() -> None:
    found = needs("XYZ ?", writings={"XYZ": ("pruritus",)})
    assert found["xyz"].forms[frozenset({"pruritus"})] == 1.0
