"""Why a model did not judge a statement is said to its reviewer in words, whatever became of the question."""

import pytest

from api.web.words import WORDS, word
from assistant.engines.model_errors import EgressOff, ModelError

# Without a connection the judge is refused before there is a draft.
KINDS = [kind for kind in ModelError.__subclasses__() if kind is not EgressOff]


@pytest.mark.parametrize("code", [ModelError.code, *(kind.code for kind in KINDS)])
def test_each_error_of_a_model_has_its_words_in_both_languages(code: str) -> None:
    assert code in WORDS["judge_silent"]
    assert word("judge_silent", code, "fr") != word("judge_silent", code, "en")
