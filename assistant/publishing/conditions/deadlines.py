"""The calendar reading of release conditions: from a deposit to the day on which silence is an answer, and to the end.

A period of months runs from a day to the same day of a later month, or to that month's last day where it has no such
day; its last day belongs to it. Weekends and holidays lengthen nothing: no party has to act on that day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.publishing.conditions.data import Calendar, Window
from assistant.review.policy import add_months


def answer_by(counts_from: date, months: int) -> date:
    """The last day on which the authority may still answer; `counts_from` is the first day of the period."""
    return add_months(counts_from, months)


def counts_from(deposited_on: date, window: Window | None) -> date:
    """The day after the window in which it was deposited; outside every window, the day of the deposit."""
    return deposited_on if window is None else window.closes_on + timedelta(days=1)


def window_on(windows: Iterable[Window], day: date) -> Window | None:
    """The window that is open on that day."""
    return next((one for one in windows if one.opens_on <= day <= one.closes_on), None)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known on a day of the windows of one kind of permit."""

    is_open: Window | None
    following: Window | None
    """The next one; none where a year in between is not recorded, since it may have an earlier one."""
    missing: int | None
    """The first year, from that day's on, whose windows would have to be known and are not."""


def outlook(calendars: Sequence[Calendar], day: date) -> Outlook:
    """The window that is open on that day and the one after it, as far as the recorded years tell."""
    known = {one.year for one in calendars}
    windows = [window for one in calendars for window in one.windows]
    later = min((one for one in windows if one.opens_on > day), key=lambda one: one.opens_on, default=None)
    until = later.opens_on.year if later else max(known | {day.year}) + 1
    missing = next((year for year in range(day.year, until + 1) if year not in known), None)
    return Outlook(window_on(windows, day), None if missing else later, missing)


def reminder_days(ends_on: date, months: int) -> int:
    """How many days before its end that many months are: six months before 31 August is 28 February."""
    return (ends_on - add_months(ends_on, -months)).days
