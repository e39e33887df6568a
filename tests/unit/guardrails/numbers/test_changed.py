"""A change told with both values, a share of a round whole, a grade under a limit and a deadline stand in a quote that says them otherwise."""

import pytest

from guardrails.numbers import missing


def lacks(text: str, quote: str, language: str) -> bool:
    return bool(missing(text, language, [(quote, language)]))


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("It fell from 13.8 to 4.6.", "It went from 13.8 at baseline to 4.6 at week 16.", "en"),
        ("It fell from 8.3% to 7.1%.", "It was 8.3% at baseline and 7.1% at week 26.", "en"),
        ("It fell from 152 to 134 mmHg.", "It decreased from 152 mmHg (SD 9) to 134 mmHg after it.", "en"),
        (
            "It fell from 40% to 18%.",
            "It was seen in 40% of patients at baseline and in 18% at month 6.",
            "en",
        ),
        ("Il est passé de 13,8 à 4,6.", "Il est passé de 13,8 à l'inclusion à 4,6 à la semaine 16.", "fr"),
        ("Elle a baissé de 8,3 % à 7,1 %.", "Elle était de 8,3 % à l'inclusion et de 7,1 % à 6 mois.", "fr"),
        ("Il a baissé de 152 à 134 mmHg.", "Il est passé de 152 mmHg avant traitement à 134 mmHg.", "fr"),
    ],
)
def test_a_change_stands_with_both_its_values(text: str, quote: str, language: str) -> None:
    assert not lacks(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("It rose from 4.6 to 13.8.", "It went from 13.8 at baseline to 4.6 at week 16.", "en"),
        ("It fell from 8.3% to 8.1%.", "It was 8.3% on placebo and 8.1% on tolmavir.", "en"),
        ("It fell from 8.3% to 8.1%.", "At baseline it was 8.3% on placebo and 8.1% on tolmavir.", "en"),
        ("It fell from 8.3% to 7.1%.", "It was 8.3% at baseline and fell, in others, by 7.1%.", "en"),
        ("Il a baissé de 13,8 à 4,6.", "Il était de 13,8 sous placebo et de 4,6 sous tolmavir.", "fr"),
    ],
)
def test_two_groups_or_the_other_way_round_are_no_change(text: str, quote: str, language: str) -> None:
    assert lacks(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("34 of every 100 slept.", "Out of 100 people who took it for 12 months, 34 slept.", "en"),
        ("7% had it.", "For every 100 people treated, 7 had it.", "en"),
        ("34 % ont dormi.", "Sur 100 personnes traitées pendant 12 mois, 34 ont dormi.", "fr"),
    ],
)
def test_a_count_of_a_round_whole_is_its_share(text: str, quote: str, language: str) -> None:
    assert not lacks(text, quote, language)


def test_a_count_in_another_sentence_or_of_another_whole_is_no_share_of_it() -> None:
    assert lacks("34% slept.", "Of 100 people all were seen at 2 months. Later, 34 slept.", "en")
    assert lacks("42% slept.", "Out of 120 people who took it for 12 months, 42 slept.", "en")


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Un grade inférieur ou égal à 1.", "Un grade ≤ 1.", "fr"),
        ("D'un grade au moins égal à 3.", "De grade ≥ 3.", "fr"),
        ("Of grade 3 or higher.", "Of grade ≥3.", "en"),
        ("Until grade 1 or less.", "Until grade 0 or 1.", "en"),
        ("Of at least stage 2.", "Of stage 2 or more.", "en"),
    ],
)
def test_a_grade_keeps_its_limit_in_words(text: str, quote: str, language: str) -> None:
    assert not lacks(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Un grade supérieur ou égal à 1.", "Un grade ≤ 1.", "fr"),
        ("Of grade 3 or lower.", "Of grade ≥3.", "en"),
        ("Of grade ≤2.", "Of grade ≤1.", "en"),
    ],
)
def test_a_grade_under_the_opposite_limit_or_of_another_number_is_missing(
    text: str, quote: str, language: str
) -> None:
    assert lacks(text, quote, language)


def test_a_level_of_something_measured_is_no_grade() -> None:
    assert not lacks("A stage below 5 mm thick.", "A stage less than 5 mm thick.", "en")


def test_what_is_done_no_later_than_a_time_before_is_done_at_least_that_time_before() -> None:
    assert not lacks("No later than 4 weeks before it.", "At least 4 weeks before it.", "en")
    assert not lacks("Au plus tard 4 semaines avant.", "Au moins 4 semaines avant.", "fr")
    assert lacks("No later than 4 weeks after it.", "At least 4 weeks after it.", "en")


def test_an_interval_that_is_lengthened_to_a_time_is_a_rhythm() -> None:
    assert not lacks("At intervals lengthened to 24 hours.", "Every 24 hours.", "en")
    assert not lacks("À un intervalle porté à 24 heures.", "Toutes les 24 heures.", "fr")


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Of five endpoints, three were met.", "Three of the five endpoints were met.", "en"),
        ("312 children of 2–11 years took part.", "It enrolled 312 children aged 2 to 11 years.", "en"),
        ("Every three weeks, or 400 mg every six.", "Every 3 weeks, or 400 mg every 6 weeks.", "en"),
        ("On day 1 of every 3-week cycle.", "On day 1 of each 21-day cycle.", "en"),
        ("Their mean age was 61.", "They were 61 years old on average.", "en"),
        ("Ne pas dépasser 4 g par jour.", "La dose maximale journalière est de 4 g.", "fr"),
        ("Diviser la dose par deux.", "Réduire la dose de moitié.", "fr"),
    ],
)
def test_what_its_words_make_of_a_number_stands(text: str, quote: str, language: str) -> None:
    assert not lacks(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Every three weeks, or 400 mg every nine.", "Every 3 weeks, or 400 mg every 6 weeks.", "en"),
        ("Every 3 weeks.", "For 3 weeks.", "en"),
        ("Their mean age was 61.", "Of them 61% slept.", "en"),
        ("La dose maximale est de 4 g par jour.", "La dose journalière recommandée est de 4 g.", "fr"),
        ("Diviser la dose par deux.", "Réduire la dose d'un tiers.", "fr"),
    ],
)
def test_and_of_another_one_does_not(text: str, quote: str, language: str) -> None:
    assert lacks(text, quote, language)
