"""Quantities of several parts are one quantity, and belong to what they are of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.numbers.match import missing


def misses(statement: str, quote: str, language: str = "en") -> list[str]:
    return [m.quantity.text for m in missing(statement, language, [(quote, language)])]


@given(st.integers(1, 23), st.integers(1, 59))
def test_hours_and_minutes_are_their_minutes(hours: int, minutes: int) -> None:
    quote = f"Infuse it over {hours * 60 + minutes} minutes."
    for said in (f"{hours} h {minutes} min", f"{hours} hours and {minutes} minutes", f"{hours}h{minutes:02}"):
        assert not misses(f"Infuse it over {said}.", quote)
        assert not misses(quote, f"Infuse it over {said}.")
        assert misses(f"Infuse it over {said}.", f"Infuse it over {hours * 60 + minutes + 1} minutes.")


@given(st.integers(2, 20))
def test_times_the_upper_limit_is_one_unit_however_written(times: int) -> None:
    quote = f"Stop it if ALT is more than {times} times the upper limit of normal."
    for said in (f"> {times} × ULN", f">{times}×ULN", f"> {times} x ULN", f"above {times} times the ULN"):
        assert not misses(f"Stop it if ALT is {said}.", quote)
    assert misses(f"Stop it if ALT is > {times + 1} × ULN.", quote)
    assert misses(f"Stop it if ALT is < {times} × ULN.", quote)


@given(st.integers(2, 12))
def test_divided_by_a_number_is_that_part(number: int) -> None:
    assert not misses(f"The dose is divided by {number}.", f"Give 1/{number} of the dose.")
    assert misses(f"The dose is divided by {number + 1}.", f"Give 1/{number} of the dose.")


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Exposure rose six times.", "Exposure showed a sixfold rise."),
        ("Stop above 3 × ULN.", "Stop at values of more than triple the upper limit of normal."),
        ("It is not for children below 6 years.", "It is not for under-6s."),
        ("It is not for under 6s.", "It is not for children younger than 6."),
        ("A level above 5.5 mmol/L is rare.", "A level > 5.5 mmol/L is rare."),
        ("One in ten had it.", "It was seen in 10 of 100 patients."),
        ("The daily dose is 40 mg.", "Take 40 mg per day."),
        ("Take up to 4 g daily.", "Take no more than 4 g per 24 hours."),
        ("The dose goes from 20 to 40 mg.", "The dose is 20 mg up to 40 mg."),
        ("More than 50 % had it.", "More than half had it."),
        ("Up to one in ten had it.", "One in ten at most had it."),
    ],
)
def test_ways_to_say_one_quantity_in_english(statement: str, quote: str) -> None:
    assert not misses(statement, quote)


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("L'ASC a été multipliée par 3 et la Cmax par 2.", "L'ASC a triplé et la Cmax a doublé."),
        (
            "La Cmax a été multipliée par 1,6 et l'ASC par 2.",
            "L'ASC a doublé et la Cmax a été multipliée par 1,6.",
        ),
        ("L'exposition augmente d'un facteur 2.", "L'exposition est multipliée par deux."),
        ("La dose quotidienne recommandée est de 40 mg.", "Prendre 40 mg par jour."),
        ("Au plus un patient sur dix l'a eu.", "Un patient sur dix au maximum l'a eu."),
        ("Le traitement dure deux semaines.", "Le traitement dure quinze jours."),
        ("Perfuser en une heure et demie.", "Perfuser en 1 h 30."),
    ],
)
def test_ways_to_say_one_quantity_in_french(statement: str, quote: str) -> None:
    assert not misses(statement, quote, "fr")


@pytest.mark.parametrize(
    ("statement", "quote", "language"),
    [
        ("Take 40 mg: two tablets of 40 mg.", "Take 40 mg as two 20 mg tablets.", "en"),
        ("Prendre 40 mg (2 comprimés à 40 mg).", "Prendre 40 mg, soit deux comprimés de 20 mg.", "fr"),
        ("Test it every three months for the first 6 months.", "Test it monthly for the first 6 months, then every 3 months.", "en"),
        ("Doser tous les trois mois pendant les six premiers mois.", "Doser tous les mois pendant les six premiers mois, puis tous les trimestres.", "fr"),
    ],
)  # fmt: skip
def test_a_number_of_the_quote_that_belongs_to_something_else_is_missed(
    statement: str, quote: str, language: str
) -> None:
    assert misses(statement, quote, language)


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Take two tablets of 20 mg.", "Each tablet contains 20 mg. Take two 20 mg tablets."),
        ("Take one tablet of 300 µg.", "Take one 0.3 mg tablet."),
        ("Test it every month for the first 6 months.", "Test it monthly for 6 months, then every 3 months."),
        ("Take it daily for 7 days.", "Take it twice daily for 7 days."),
    ],
)
def test_what_belongs_to_it_stands(statement: str, quote: str) -> None:
    assert not misses(statement, quote)
