"""A rhythm told without a number beside one that is told with it."""

import pytest

from guardrails.numbers.match import missing


def _lost(statement: str, quote: str, language: str = "en") -> list[str]:
    return [one.quantity.text.strip() for one in missing(statement, language, [(quote, language)])]


@pytest.mark.parametrize(
    ("language", "statement", "quote", "lost"),
    [
        ("en", "Tolvadine is given weekly.", "Tolvadine is given every two weeks.", ["weekly"]),
        ("en", "Levels are measured every month.", "Levels are measured every 3 months.", ["every month"]),
        ("fr", "L’injection est hebdomadaire.", "Une injection toutes les deux semaines.", ["hebdomadaire"]),
        ("fr", "Le bilan est mensuel.", "Un bilan est fait tous les 6 mois.", ["mensuel"]),
    ],
)
def test_each_week_is_not_every_two_weeks(language: str, statement: str, quote: str, lost: list[str]) -> None:
    assert _lost(statement, quote, language) == lost


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("It is given weekly at first.", "It is given every week at first and then every two weeks."),
        ("It is given monthly.", "It is given every 4 weeks."),
        ("The daily dose is 80 mg.", "A dose of 40 mg is given every 12 hours (80 mg daily)."),
        ("The daily dose is not changed.", "40 mg is given every 12 hours."),
        ("It is measured weekly.", "It is measured once a week."),
    ],
)
def test_what_is_near_or_also_told_is_left_to_the_reviewer(statement: str, quote: str) -> None:
    assert _lost(statement, quote) == []
