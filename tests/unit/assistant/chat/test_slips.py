"""A slip in a long word is read as the one word of the documents that is a letter away; another word stays what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.slips import long_words, read_with
from guardrails.safety.spelling import distance

WORDS = long_words(
    ["Ravolimide with torvulastin: diluted arteritis, doxaflozin.", "Éruption passagère, Ravolimide."]
)


class Rare:
    """Knows no word at all."""

    def surprise(self, word: str) -> float:  # noqa: ARG002  every word alike
        return 40.0


class Everyday:
    """Knows every word."""

    def surprise(self, word: str) -> float:  # noqa: ARG002  every word alike
        return 12.0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ravolimmide", "ravolimide"),
        ("ravolimde", "ravolimide"),
        ("ravoliimde", "ravolimide"),
        ("ravolymide", "ravolimide"),
        ("doxaflocin", None),
        ("doxaflosin", None),
        ("erruption", "éruption"),
    ],
)
def test_a_slip_is_put_right(typed: str, meant: str | None) -> None:
    read = read_with(f"{typed} ok?", WORDS, Rare())
    if meant is None:
        assert read.slips in {(), ((typed, "doxaflozin"),)}
        return
    assert read.text == f"{meant} ok?"
    assert read.slips == ((typed, meant),)


@pytest.mark.parametrize(
    "question",
    [
        "dilated pupils?",  # not diluted
        "arthritis?",  # not arteritis
        "torvulastin ok?",  # stands there
        "torvulastins ok?",
        "bavolimide?",  # another first letter
        "ravolimixe?",
        "rash?",
    ],
)
def test_another_word_is_left_alone(question: str) -> None:
    assert read_with(question, WORDS, Rare()).text == question


def test_an_everyday_word_is_left_alone_and_so_is_all_where_that_cannot_be_told() -> None:
    assert not read_with("ravolimmide?", WORDS, Everyday()).slips
    assert not read_with("ravolimmide?", WORDS, None).slips


def test_between_two_words_nothing_is_chosen() -> None:
    words = long_words(["selmorfen selmorfena"])
    assert not read_with("selmorfn?", long_words(["selmorfen selmorfin"]), Rare()).slips
    assert read_with("selmorfn?", long_words(["selmorfen"]), Rare()).slips
    assert words.held


@given(st.text(alphabet="abcdefgilmnorstuvz é?,", max_size=60))
def test_what_is_read_differs_by_one_letter_in_each_word(question: str) -> None:
    read = read_with(question, WORDS, Rare())
    assert len(read.text.split()) == len(question.split())
    for typed, meant in read.slips:
        assert distance(typed.replace("é", "e"), meant.replace("é", "e")) == 1
