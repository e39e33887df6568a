"""The calendar reading of release conditions: from a deposit to the day on which silence is an answer, and to the end.

A period of months runs from a day to the same day of a later month, or to that month's last day where it has no such
day; its last day belongs to it. Weekends and holidays lengthen nothing: no party has to act on that day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.publishing.conditions.data import Window
from assistant.review.policy import add_months


@dataclass(frozen=True, slots=True)
class Silence:
    """What follows where the authority does not answer."""

    answer_by: date
    """The last day on which it may still answer."""
    accepted_from: date
    """The first day on which silence has made the permit."""


def silence(counts_from: date, months: int) -> Silence:
    """`counts_from` is the first day of the period."""
    last = add_months(counts_from, months)
    return Silence(last, last + timedelta(days=1))


def counts_from(deposited_on: date, window: Window | None) -> date:
    """The day after the window in which it was deposited; outside every window, the day of the deposit."""
    return deposited_on if window is None else window.closes_on + timedelta(days=1)


def window_on(windows: Iterable[Window], day: date) -> Window | None:
    """The window that is open on that day."""
    return next((one for one in windows if one.opens_on <= day <= one.closes_on), None)


def next_window(windows: Iterable[Window], day: date) -> Window | None:
    """The first window that opens after that day."""
    return min((one for one in windows if one.opens_on > day), key=lambda one: one.opens_on, default=None)


def reminder_days(ends_on: date, months: int) -> int:
    """How many days before its end that many months are: six months before 31 August is 28 February."""
    return (ends_on - add_months(ends_on, -months)).days
