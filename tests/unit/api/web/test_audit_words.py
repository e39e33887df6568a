"""Every code that the program enters in the trail has its words, and no other code has."""

from pathlib import Path

import pytest

from api.web.audit_words import ACTIONS
from api.web.words import word
from tests.builders.actions_written import Written

ASSISTANT = Path(__file__).parents[4] / "assistant"


@pytest.fixture(scope="module")
def written() -> set[str]:
    return Written(ASSISTANT).actions()


def test_the_table_holds_exactly_the_codes_that_the_program_writes(written: set[str]) -> None:
    assert written == set(ACTIONS)


def test_codes_that_are_put_together_are_among_them(written: set[str]) -> None:
    assert {
        "piece.rejected",
        "task.escalated",
        "release.void",
        "publication.shortened",
        "user.password_wrong",
    } <= written


def test_the_words_of_two_codes_are_never_the_same_in_either_language(written: set[str]) -> None:
    for language in ("en", "fr"):
        assert len({word("audit_action", code, language) for code in written}) == len(written)


def test_every_code_is_told_in_french(written: set[str]) -> None:
    assert [
        code for code in written if word("audit_action", code, "fr") == word("audit_action", code, "en")
    ] == []


def test_a_code_that_is_put_together_out_of_sight_is_refused(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text('def act(tx):\n    record(tx, 1, read_it().name, "s")\n')
    with pytest.raises(AssertionError, match="is not followed"):
        Written(tmp_path).actions()
