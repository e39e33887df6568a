"""Forms and synonyms of a word are the same thing; findings and things that exclude each other are not."""

import pytest

from guardrails.overlap import folded
from guardrails.same_thing import content_words, is_among, is_counted, same_thing


def _among(word: str, other: str) -> bool:
    return is_among(folded(word), word, {folded(other): other})


@pytest.mark.parametrize(
    ("word", "other"),
    [("administered", "administration"), ("patients", "patient"), ("mortalité", "mortalités")],
)
def test_forms_of_one_word_are_the_same(word: str, other: str) -> None:
    assert _among(word, other)
    assert _among(other, word)


@pytest.mark.parametrize(
    ("word", "other"),
    [("neutropenia", "neutrophilia"), ("rats", "rabbits"), ("tablet", "capsule"), ("CYP3A4", "CYP3A5")],
)
def test_what_excludes_each_other_is_not_the_same_however_alike_it_is_written(word: str, other: str) -> None:
    assert not _among(word, other)
    assert not _among(other, word)


def test_letters_stand_for_the_words_that_they_begin() -> None:
    assert same_thing("bmi", "body mass index")
    assert not same_thing("bmi", "body surface area")


def test_small_words_numbers_and_what_is_counted_are_no_content() -> None:
    assert set(content_words("the 5 mg of tesolimab", counted=True)) == {"tesolimab"}
    assert is_counted("three weeks")
    assert is_counted("3 weeks")
    assert not is_counted("weeks")
