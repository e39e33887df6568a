"""A name written out where its quotes abbreviate it, and say what the abbreviation stands for."""

import pytest

from eval.judged import findings_on
from guardrails.model import Language

ARM = "Fever was seen in 46 patients of the TCT arm and in 12 of the other arm."
DEFINED = "Tesolimab consolidation treatment (TCT) was given by the nurses."
SHORT = "SPB lowered the rate of attacks by a third in the trial."
LONG = "The use of slow paced breathing (SPB) is old."
FRENCH = "Les MRA ont touché 12 enfants sur 80 au cours de la première année."


def blocked(statement: str, quotes: list[str], language: Language) -> bool:
    """Whether anything blocks it."""
    return any(f.severity == "block" for f in findings_on(statement, language, quotes, language))


@pytest.mark.parametrize(
    ("statement", "quotes", "language"),
    [
        ("Slow paced breathing lowered the rate of attacks by a third in the trial.", [SHORT, LONG], "en"),
        ("Slow paced breathing (SPB) lowered the rate of attacks by a third in the trial.", [SHORT, LONG], "en"),
        ("Long-acting β2 blockers lowered the rate of attacks by a third in the trial.", ["LABBs lowered the rate of attacks by a third in the trial.", "The use of long-acting β2 blockers (LABBs) is old."], "en"),
        ("Les maladies rares de l'artère ont touché 12 enfants sur 80 au cours de la première année.", [FRENCH, "Les maladies rares de l'artère (MRA) sont mal connues."], "fr"),
    ],
)  # fmt: skip
def test_a_name_that_the_quotes_abbreviate_is_theirs(
    statement: str, quotes: list[str], language: Language
) -> None:
    assert not blocked(statement, quotes, language)


@pytest.mark.parametrize(
    ("statement", "quotes"),
    [
        ("Fever was seen in 46 patients of the tesolimab consolidation treatment arm and in 12 of the other arm.", [ARM]),
        ("Fever was seen in 46 patients of the tesolimab induction treatment arm and in 12 of the other arm.", [ARM, DEFINED]),
        ("Fever was not seen in 46 patients of the tesolimab consolidation treatment arm and in 12 of the other arm.", [ARM, DEFINED]),
    ],
)  # fmt: skip
def test_a_name_that_they_do_not_abbreviate_is_another(statement: str, quotes: list[str]) -> None:
    assert blocked(statement, quotes, "en")
