"""A rhythm told without a number beside one that is told with it; the strengths of one form."""

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
        ("The weekly dose is 20 mg.", "The dose per week is 20 mg, else every 2 weeks."),
    ],
)
def test_what_is_near_or_also_told_is_left_to_the_reviewer(statement: str, quote: str) -> None:
    assert _lost(statement, quote) == []


@pytest.mark.parametrize(
    ("language", "statement", "quote"),
    [
        ("en", "The 20 mg tablets are pink.", "The 20 mg and 40 mg tablets are pink."),
        ("en", "It comes as 5 mg tablets.", "It comes as 5 mg, 10 mg and 20 mg tablets."),
        ("fr", "Le comprimé de 40 mg est rose.", "Les comprimés de 20 mg et de 40 mg sont roses."),
    ],
)
def test_each_strength_of_a_list_is_one_of_the_form(language: str, statement: str, quote: str) -> None:
    assert _lost(statement, quote, language) == []


def test_the_strength_of_another_form_is_not_this_ones() -> None:
    assert _lost("Take two 40 mg tablets.", "Take two 20 mg tablets (40 mg).") == ["40 mg"]


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Take 1 tablet.", "A tablet is taken as 2 tablets."),
        ("It lasts 3 days.", "Vitamin D3 was given."),
        ("The treatment lasts 12 weeks.", "It was seen in the 12th week."),
        ("95 % of patients responded.", "The response ratio was 3 (CI95 2 to 4)."),
    ],
)
def test_no_article_code_or_place_in_time_answers_to_a_count(statement: str, quote: str) -> None:
    assert _lost(statement, quote)
