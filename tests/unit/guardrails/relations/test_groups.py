"""Values told in lists, by dose, by week and by course: each belongs to its own name."""

import pytest

from guardrails.model import Language
from tests.unit.guardrails.relations.pairs import variants

IN_TURN = "The half-life was 7 and 12 hours in young and elderly subjects, respectively."
BY_DOSE = "The reduction was 3.1 points with 10 mg, 4.4 points with 20 mg and 1.2 points with placebo."
BY_WEEK = "The score had fallen by 2.1 points at week 12 and by 3.4 points at week 24."
COURSE = "The effect appears 30 minutes after the dose and lasts 6 hours."
PRESSURE = "Systolic pressure fell by 9 mmHg and diastolic pressure by 5 mmHg."
FRENCH = "Les taux de rémission sous tolmavir et nalorel étaient respectivement de 38 % et 22 %."


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("In elderly subjects the half-life was 7 hours.", IN_TURN, "en"),
        ("Half-lives in young and elderly subjects were 12 and 7 hours, respectively.", IN_TURN, "en"),
        ("With 20 mg the reduction was 3.1 points.", BY_DOSE, "en"),
        ("At week 24, the score had fallen by 2.1 points.", BY_WEEK, "en"),
        ("The effect appears 6 hours after the dose and lasts 30 minutes.", COURSE, "en"),
        ("Diastolic pressure fell by 9 mmHg.", PRESSURE, "en"),
        ("Sous nalorel, le taux de rémission était de 38 %.", FRENCH, "fr"),
    ],
)
def test_the_value_of_another_in_the_list_is_seen(text: str, quote: str, language: Language) -> None:
    assert "attributed" in variants(text, quote, language=language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("The half-life was 12 hours in elderly subjects.", IN_TURN, "en"),
        ("Placebo lowered the score by 1.2 points.", BY_DOSE, "en"),
        ("By week 24 the score was 3.4 points lower.", BY_WEEK, "en"),
        ("Six hours is how long the effect lasts.", COURSE, "en"),
        ("Diastolic pressure fell by 5 mmHg.", PRESSURE, "en"),
        ("Sous nalorel, 22 % des patients étaient en rémission.", FRENCH, "fr"),
    ],
)
def test_its_own_value_is_let_stand(text: str, quote: str, language: Language) -> None:
    assert not variants(text, quote, language=language)


@pytest.mark.parametrize(
    ("text", "quote", "variant"),
    [
        ("Treatment starts after 7 days.", "Treatment is given for 7 days.", "lasting_or_delayed"),
        (
            "Tolmavir is given for 14 days.",
            "Tolmavir is started 14 days after surgery.",
            "lasting_or_delayed",
        ),
        ("The score was reduced in 34 % of patients.", "The score was reduced by 34 %.", "change_or_share"),
        ("Pain fell by 50 %.", "Pain fell in 50 % of patients.", "change_or_share"),
        ("A single dose of 300 mg lowered it.", "Repeated doses of 300 mg lowered it.", "other_thing"),
        ("People with a stroke were included.", "People with a stroke were excluded.", "other_thing"),
    ],
)
def test_one_sort_of_number_told_as_another_is_seen(text: str, quote: str, variant: str) -> None:
    assert variant in variants(text, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Stop the treatment after 7 days.", "Treatment is given for 7 days."),
        ("In 210 patients the score fell by 34 %.", "The score was reduced by 34 % in 210 patients."),
        ("34 % of patients improved.", "Improvement was seen in 34 % of patients."),
        ("People with a stroke were not included.", "People with a stroke were excluded."),
    ],
)
def test_the_same_sort_is_let_stand(text: str, quote: str) -> None:
    assert not variants(text, quote)
