from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.publishing.conditions.data import Calendar, Window
from assistant.publishing.conditions.deadlines import (
    answer_by,
    counts_from,
    outlook,
    reminder_days,
    window_on,
)

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("closes_on", "last_day"),
    [
        # As the authority published them for its windows of November and December 2024.
        (date(2024, 11, 15), date(2025, 1, 16)),
        (date(2024, 12, 12), date(2025, 2, 13)),
        # Into a month that lacks the day: its last one.
        (date(2026, 12, 30), date(2027, 2, 28)),
        (date(2027, 12, 30), date(2028, 2, 29)),
    ],
)
def test_two_months_run_from_the_day_after_the_window(closes_on: date, last_day: date) -> None:
    window = Window(closes_on - timedelta(days=8), closes_on)
    assert answer_by(counts_from(window.opens_on, window), 2) == last_day


def test_outside_every_window_they_run_from_the_day_of_the_deposit() -> None:
    assert answer_by(counts_from(date(2026, 11, 26), None), 2) == date(2027, 1, 26)


@given(DAYS, st.integers(0, 60), DAYS)
def test_the_answer_is_never_due_sooner_for_a_deposit_at_the_end_of_the_window(
    opens: date, length: int, day: date
) -> None:
    window = Window(opens, opens + timedelta(days=length))
    first = answer_by(counts_from(window.opens_on, window), 2)
    last = answer_by(counts_from(window.closes_on, window), 2)
    assert first == last
    assert first > window.closes_on
    assert (window_on([window], day) is window) == (window.opens_on <= day <= window.closes_on)


@given(st.lists(DAYS, unique=True, max_size=6), DAYS)
def test_the_next_window_is_the_first_that_opens_later_unless_a_year_in_between_is_unknown(
    opens: list[date], day: date
) -> None:
    by_year = {one.year: [o for o in opens if o.year == one.year] for one in opens}
    known = [
        Calendar("FR", "PM", year, tuple(Window(o, o + timedelta(days=3)) for o in days), "ANSM")
        for year, days in by_year.items()
    ]
    found = outlook(known, day)
    later = min((one for one in opens if one > day), default=None)
    certain = later is not None and set(range(day.year, later.year + 1)) <= set(by_year)
    assert (found.following.opens_on if found.following else None) == (later if certain else None)
    assert (found.missing is None) == certain
    assert found.missing not in by_year


def test_after_the_last_window_of_the_last_known_year_the_next_year_is_missing() -> None:
    january = Window(date(2026, 1, 12), date(2026, 1, 30))
    found = outlook([Calendar("FR", "PM", 2026, (january,), "ANSM")], date(2026, 2, 1))
    assert (found.is_open, found.following, found.missing) == (None, None, 2027)
    assert outlook([], date(2026, 2, 1)).missing == 2026


def test_six_months_before_the_end() -> None:
    assert date(2028, 8, 31) - timedelta(days=reminder_days(date(2028, 8, 31), 6)) == date(2028, 2, 29)
