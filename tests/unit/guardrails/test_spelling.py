"""A statement without its accents, or in capitals, is read in the spelling of its quotes."""

import pytest

from eval.judged import judge
from guardrails.model import Language
from guardrails.spelling import respelled
from tests.unit.guardrails.builders import statement

DOSE = "La dose d'entretien recommandée est de 20 mL par jour chez l'adulte."


def blocked(text: str, quote: str = DOSE, language: Language = "fr") -> bool:
    return judge(text, language, [quote], language) == "block"


@pytest.mark.parametrize(
    "text",
    [
        "La dose d'entretien recommandee est de 20 mL par jour chez l'adulte.",
        "LA DOSE D'ENTRETIEN RECOMMANDÉE EST DE 20 ML PAR JOUR CHEZ L'ADULTE.",
        "LA DOSE D'ENTRETIEN RECOMMANDEE EST DE 20 ML PAR JOUR CHEZ L'ADULTE.",
    ],
)
def test_accents_and_case_change_no_meaning(text: str) -> None:
    assert not blocked(text)


@pytest.mark.parametrize(
    "text",
    [
        "La dose d'entretien recommandee est de 40 mL par jour chez l'adulte.",
        "LA DOSE D'ENTRETIEN RECOMMANDÉE EST DE 20 MG PAR JOUR CHEZ L'ADULTE.",
        "La dose d'entretien recommandee est de 20 mL par jour chez l'enfant.",
        "LA DOSE D'ENTRETIEN RECOMMANDÉE N'EST PAS DE 20 ML PAR JOUR CHEZ L'ADULTE.",
    ],
)
def test_what_else_is_changed_is_blocked_still(text: str) -> None:
    assert blocked(text)


def test_a_text_in_ordinary_spelling_is_left_alone() -> None:
    told = statement("NALOREL 5 mg", "Nalorel is given at 5 mg.")
    assert respelled(told) is told


def test_places_are_kept() -> None:
    told = statement("NALOREL IS GIVEN AT 5 MG TO ADULTS.", "Nalorel is given at 5 mg to adults.")
    assert len(respelled(told).text) == len(told.text)
    assert "5 mg" in respelled(told).text
