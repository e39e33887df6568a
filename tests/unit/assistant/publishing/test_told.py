"""Packs are read without the pages, and in the same words."""

import pytest

from api.web.words import WORDS, word
from assistant.publishing.evidence.told import TOLD, told
from assistant.review.meanings import SIGNERS


@pytest.mark.parametrize("group", TOLD)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_code_is_told_in_the_word_of_the_pages(group: str, language: str) -> None:
    assert {code: told(group, code, language) for code in TOLD[group]} == {
        code: word(group, code, language) for code in TOLD[group]
    }


@pytest.mark.parametrize("group", sorted(set(TOLD) - {"role"}))
def test_no_code_of_the_pages_is_without_its_word(group: str) -> None:
    assert set(TOLD[group]) == set(WORDS[group])


def test_everybody_who_signs_has_a_role_in_words() -> None:
    assert set(SIGNERS) <= set(TOLD["role"])


def test_a_code_that_nobody_foresaw_is_shown_with_spaces() -> None:
    assert told("severity", "very_bad", "fr") == "very bad"
