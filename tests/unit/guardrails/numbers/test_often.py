"""How often something is done is one quantity, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.numbers.match import missing

COUNTS = st.integers(2, 12)
PERIODS = (("day", "daily"), ("week", "weekly"), ("month", "monthly"), ("year", "yearly"))
WORDS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 8: "eight", 10: "ten", 12: "twelve"}


def misses(statement: str, quote: str, language: str = "en") -> list[str]:
    return [m.quantity.text for m in missing(statement, language, [(quote, language)])]


@given(COUNTS, st.sampled_from(PERIODS), st.permutations(range(6)))
def test_a_count_of_times_is_the_same_with_every_word_for_its_period(
    count: int, period: tuple[str, str], order: list[int]
) -> None:
    unit, adverb = period
    ways = (f"{count} times a {unit}", f"{count} times per {unit}", f"{count} times {adverb}", f"{count}x/{unit}", f"{count} times each {unit}", f"in {count} doses per {unit}")  # fmt: skip
    assert not misses(f"It is given {ways[order[0]]}.", f"Give it {ways[order[1]]}.")


@given(COUNTS, st.sampled_from(PERIODS), st.sampled_from(PERIODS))
def test_another_count_or_period_is_missed(
    count: int, period: tuple[str, str], other: tuple[str, str]
) -> None:
    assert misses(f"It is given {count + 1} times a {period[0]}.", f"Give it {count} times {period[1]}.")
    if other != period and count != 12:  # 12 times a year is once a month
        assert misses(f"It is given {count} times a {other[0]}.", f"Give it {count} times {period[1]}.")


@given(st.integers(2, 24), st.sampled_from(("hour", "day", "week", "month")))
def test_a_time_between_doses_is_the_same_with_q_and_every(count: int, unit: str) -> None:
    assert not misses(f"Give it every {count} {unit}s.", f"Dosing is q{count}{unit[0]}.")
    assert not misses(f"Dosing is q{count}{unit[0]}.", f"Give it once every {count} {unit}s.")
    assert misses(f"Dosing is q{count + 1}{unit[0]}.", f"Give it every {count} {unit}s.")


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Take 150 mg b.i.d.", "The dose is 150 mg twice daily."),
        ("Take 150 mg TID with food.", "The dose is 150 mg 3 times a day."),
        ("Take 150 mg twice each day.", "The dose is 150 mg b.i.d."),
        ("Take it three times a day.", "It is taken in three divided doses daily."),
        ("Give it quarterly.", "Give it every 3 months."),
        ("Give it every three months.", "Give it once a quarter."),
        ("Give it every fourth week.", "Give it q4w."),
        ("Give it every 28 days.", "Give it every fourth week."),
        ("Give it on alternate days.", "Give it every other day."),
        ("Give it every 2 weeks.", "Give it every fortnight."),
        ("Infuse it at six-monthly intervals.", "Infuse it twice a year."),
        ("Inject 210 mg weekly.", "Inject 210 mg every 7 days."),
        ("Give it one time per week.", "Give it once weekly."),
    ],
)
def test_ways_to_say_how_often_in_english(statement: str, quote: str) -> None:
    assert not misses(statement, quote)


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Prendre 150 mg en deux prises quotidiennes.", "La dose est de 150 mg deux fois par jour."),
        ("La dose est de 150 mg 2 fois/jour.", "Prendre 150 mg en 2 prises par jour."),
        ("Administrer une fois tous les trois mois.", "L'administration est trimestrielle."),
        ("L'administration est semestrielle.", "Administrer deux fois par an."),
        ("Administrer toutes les quatre semaines.", "Administrer une semaine sur quatre."),
        ("La dose est de 4 mg deux fois par jour.", "Prendre 4 mg deux fois par 24 heures."),
    ],
)
def test_ways_to_say_how_often_in_french(statement: str, quote: str) -> None:
    assert not misses(statement, quote, "fr")


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Give it q2w.", "Give it every 4 weeks."),
        ("Give it once a month.", "Give it q3m."),
        ("Take 150 mg t.i.d.", "Take 150 mg b.i.d."),
        ("Take 150 mg every other day.", "Take 150 mg twice daily."),
    ],
)
def test_another_rhythm_is_missed(statement: str, quote: str) -> None:
    assert misses(statement, quote)


@given(st.integers(2, 99))
def test_not_below_is_at_least_and_not_above_at_most(value: int) -> None:
    quote = f"The count must be at least {value} x 10^9/L."
    for said in ("not below", "no lower than", "equal to or above", "at or above", "never less than"):
        assert not misses(f"The count is {said} {value} x 10^9/L.", quote)
    for said in ("below", "above", "not above", "at or below", "in excess of"):
        assert misses(f"The count is {said} {value} x 10^9/L.", quote)
    assert not misses(f"Treatment lasts {value} or more weeks.", f"Treatment lasts at least {value} weeks.")
    assert misses(f"Treatment lasts {value} or fewer weeks.", f"Treatment lasts at least {value} weeks.")


@given(st.integers(2, 99))
def test_the_same_limits_in_french(value: int) -> None:
    quote = f"La valeur doit être supérieure ou égale à {value} mg."
    for said in ("non inférieure à", "égale ou supérieure à", "pas inférieure à"):
        assert not misses(f"La valeur est {said} {value} mg.", quote, "fr")
    for said in ("inférieure à", "supérieure à", "non supérieure à", "égale ou inférieure à"):
        assert misses(f"La valeur est {said} {value} mg.", quote, "fr")


def test_may_behind_a_number_is_a_verb_unless_a_year_follows() -> None:
    assert not misses(
        "Adolescents aged at least 12 may take it.", "Adolescents aged 12 years or older may take it."
    )
    assert misses("It ended on 12 may 2023.", "It ended on 12 May 2022.")


@pytest.mark.parametrize(
    "written",
    ["12 Mar 2024", "March 12 2024", "12-Mar-2024", "the 12th of March 2024", "12 March, 2024", "12-03-2024"],
)
def test_ways_to_write_a_date(written: str) -> None:
    assert not misses(f"It began on {written}.", "It began on 12/03/2024.")
    assert misses(f"It began on {written}.", "It began on 13/03/2024.")


def test_both_ends_of_a_range_may_have_their_unit() -> None:
    assert not misses("The dose is 20 mg to 40 mg daily.", "The dose is 20–40 mg per day.")
    assert not misses(
        "La dose est comprise entre 20 et 40 mg par jour.", "La dose est de 20 mg à 40 mg par jour.", "fr"
    )


def test_a_day_before_its_number_is_that_day() -> None:
    assert not misses("It was measured on day 12.", "It was measured after 12 days.")
    assert misses("It was measured on day 12.", "It was measured at week 12.")


@pytest.mark.parametrize(
    ("language", "statement", "quote"),
    [
        ("en", "Take no more than 3 doses daily.", "Take at least 3 doses daily."),
        ("en", "Give 3 doses per day.", "Give no more than 3 doses per day."),
        ("en", "Give no more than 3 doses per day.", "Give 3 doses per day."),
        ("en", "Give it more than 3 times a day.", "Give it 3 times a day."),
        ("en", "Give it at most twice daily.", "Give it at least twice daily."),
        ("fr", "Ne pas dépasser 3 prises par jour.", "Prendre au moins 3 prises par jour."),
    ],
)
def test_a_limit_of_how_often_is_part_of_it(language: str, statement: str, quote: str) -> None:
    assert misses(statement, quote, language)


def test_the_same_limit_may_be_said_otherwise() -> None:
    assert not misses("Take it up to three times a day.", "It is taken at most 3 times daily.")
    assert not misses("At least two doses per week.", "A minimum of 2 doses a week is given.")
    assert not misses(
        "Superiority over once-daily dosing was not shown.", "It was not superior to once-daily dosing."
    )
