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


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("SGLT2 inhibitors lower the glucose of adults.", "Sodium-glucose cotransporter 2 inhibitors lower the glucose of adults.", "en"),
        ("In type 2 diabetes, urine volume rose by a tenth.", "In T2DM, urine volume rose by a tenth.", "en"),
        ("Le suivi par ECG est recommandé chaque jour.", "Une surveillance électrocardiographique est recommandée chaque jour.", "fr"),
        ("Il se lie à l'IL-31 des tissus.", "Il se lie à l'interleukine 31 des tissus.", "fr"),
        ("LDL-C fell by 38% over a year.", "Low-density lipoprotein cholesterol fell by 38% over a year.", "en"),
        ("Il est remboursé dans l'HTA de l'adulte.", "Il est remboursé dans l'hypertension artérielle de l'adulte.", "fr"),
        ("La solution contient 100 U/ml dans une cartouche.", "La solution contient 100 unités/ml dans une cartouche.", "fr"),
    ],
)  # fmt: skip
def test_what_everybody_abbreviates_may_be_written_either_way(
    statement: str, quote: str, language: Language
) -> None:
    assert not blocked(statement, [quote], language)


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("DPP-4 inhibitors lower the glucose of adults.", "Sodium-glucose cotransporter 2 inhibitors lower the glucose of adults."),
        ("In type 2 diabetes, urine volume rose by a tenth.", "In T1DM, urine volume rose by a tenth."),
        ("ALT rose in 3% of adults.", "AST rose in 3% of adults, and transaminases were monitored."),
        ("HDL-C fell by 38% over a year.", "Low-density lipoprotein cholesterol fell by 38% over a year."),
        ("The upper limit was exceeded by 6 × ULN.", "The upper limit was exceeded by 5 times the upper limit of normal."),
    ],
)  # fmt: skip
def test_another_name_s_abbreviation_is_none_of_theirs(statement: str, quote: str) -> None:
    assert blocked(statement, [quote], "en")
