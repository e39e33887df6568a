"""A list of cases under one "en cas de" is told in part; a condition is not left out."""

import pytest

from eval.judged import findings_on

QUOTE = "Dulvérane est contre-indiqué en cas d'hypersensibilité à l'un des excipients, d'antécédent d'angiœdème et d'hyperkaliémie."


def left_out(statement: str, quote: str) -> bool:
    found = findings_on(statement, "fr", [quote], "fr")
    return any("leaves out the condition" in f.message("en") for f in found)


@pytest.mark.parametrize(
    "statement",
    [
        "Dulvérane est contre-indiqué devant un angiœdème ancien.",
        "Un angiœdème passé contre-indique Dulvérane, comme l'hyperkaliémie.",
    ],
)
def test_who_tells_another_case_of_the_list_leaves_none_out(statement: str) -> None:
    assert not left_out(statement, QUOTE)


def test_who_tells_none_of_the_list_does() -> None:
    assert left_out("Dulvérane est contre-indiqué.", QUOTE)


def test_a_condition_alone_is_still_missed() -> None:
    assert left_out("Dulvérane est arrêté.", "Dulvérane est arrêté en cas d'hyperkaliémie sévère.")
