from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.review.working_days import easter, is_working_day, working_days_later


def test_five_working_days_from_a_friday_end_on_the_next_friday() -> None:
    assert working_days_later(date(2026, 6, 12), 5, "EU") == date(2026, 6, 19)


def test_five_working_days_from_a_sunday_end_on_friday() -> None:
    assert working_days_later(date(2026, 6, 14), 5, "EU") == date(2026, 6, 19)


def test_the_fourteenth_of_july_is_worked_in_brussels_and_not_in_paris() -> None:
    assert working_days_later(date(2026, 7, 13), 1, "EU") == date(2026, 7, 14)
    assert working_days_later(date(2026, 7, 13), 1, "FR") == date(2026, 7, 15)


def test_a_market_without_holidays_counts_monday_to_friday() -> None:
    assert working_days_later(date(2026, 12, 24), 1, "ZZ") == date(2026, 12, 25)


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2038, 4, 25)])
def test_easter_is_where_the_calendar_has_it(day: date) -> None:
    assert easter(day.year) == day


def test_holidays_that_follow_easter_and_the_movable_mondays_are_known() -> None:
    assert not is_working_day(date(2026, 5, 14), "FR")  # Ascension
    assert not is_working_day(date(2026, 4, 3), "UK")  # Good Friday
    assert not is_working_day(date(2026, 8, 31), "UK")  # the last Monday of August
    assert is_working_day(date(2026, 8, 24), "UK")


@pytest.mark.parametrize(
    ("market", "day"),
    [
        ("UK", date(2027, 12, 27)),  # Christmas on a Saturday
        ("UK", date(2027, 12, 28)),  # and Boxing Day on the Sunday after it
        ("UK", date(2022, 1, 3)),  # New Year on a Saturday
        ("UK", date(2022, 12, 27)),  # Christmas on a Sunday, Boxing Day on its Monday
        ("US", date(2026, 7, 3)),  # Independence Day on a Saturday
        ("US", date(2027, 7, 5)),  # and on a Sunday
        ("US", date(2026, 11, 26)),  # the fourth Thursday of November
        ("US", date(2026, 1, 19)),  # the third Monday of January
        ("US", date(2027, 12, 31)),  # New Year of 2028 on a Saturday
    ],
)
def test_a_holiday_on_a_weekend_is_taken_on_the_day_that_the_law_gives_for_it(market: str, day: date) -> None:
    assert not is_working_day(day, market)


def test_where_the_law_gives_no_day_for_a_weekend_none_is_taken() -> None:
    assert is_working_day(date(2027, 12, 27), "FR")
    assert is_working_day(date(2027, 12, 29), "UK")
    assert is_working_day(date(2026, 7, 6), "US")


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(1, 60),
    st.sampled_from(["FR", "EU", "UK", "US"]),
)
def test_a_due_date_is_a_working_day_with_so_many_working_days_up_to_it(
    day: date, count: int, market: str
) -> None:
    due = working_days_later(day, count, market)
    between = [date.fromordinal(n) for n in range(day.toordinal() + 1, due.toordinal() + 1)]
    assert is_working_day(due, market)
    assert sum(is_working_day(d, market) for d in between) == count
