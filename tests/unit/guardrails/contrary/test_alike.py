"""What a study could not tell apart is not told as the same."""

import pytest

from eval.judged import judge
from guardrails.model import Language

EN = "There was no significant difference in mortality between the two groups."
FR = "Aucune différence significative de mortalité n'a été observée entre les deux groupes."


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("Mortality was the same in the two groups.", EN, "en"),
        ("Mortality was identical in the two groups.", EN, "en"),
        ("Patients of both groups died equally often.", EN, "en"),
        ("La mortalité était identique dans les deux groupes.", FR, "fr"),
        ("Les décès ont été aussi fréquents dans les deux groupes.", FR, "fr"),
        (
            "Bleeding rose as much with 5 mg as with 9 mg.",
            "Bleeding rose with 9 mg and, to a lesser extent, with 5 mg.",
            "en",
        ),
        (
            "Les saignements ont autant augmenté à 5 mg qu'à 9 mg.",
            "Les saignements ont augmenté à 9 mg et, dans une moindre mesure, à 5 mg.",
            "fr",
        ),
    ],
)
def test_the_same_for_no_significant_difference_blocks(
    statement: str, quote: str, language: Language
) -> None:
    assert judge(statement, language, [quote], language) == "block"


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("Mortality did not differ significantly between the same two groups.", EN, "en"),
        ("Mortality was similar in the two groups.", EN, "en"),
        ("Both groups had the same mortality.", "Mortality was identical in the two groups.", "en"),
        ("Both groups had the same mortality.", "Mortality was similar (no significant difference).", "en"),
        (
            "Le même nombre de décès a été observé.",
            "Les décès ont été aussi nombreux dans un groupe que dans l'autre.",
            "fr",
        ),
    ],
)
def test_what_claims_less_or_is_said_waits(statement: str, quote: str, language: Language) -> None:
    assert judge(statement, language, [quote], language) != "block"
