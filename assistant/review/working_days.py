"""Working days of a market, and how long a claim holds: the rows of calendar.yaml, applied."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

_MONDAY, _THURSDAY, _FRIDAY, _SATURDAY = 0, 3, 4, 5


@cache
def _calendar() -> Mapping[str, Any]:
    import yaml

    text = files("assistant.review").joinpath("calendar.yaml").read_text(encoding="utf-8")
    read: Mapping[str, Any] = yaml.safe_load(text)
    return read


def lease_end(now: datetime) -> datetime:
    """Until when a task that was touched now stays with its holder."""
    return now + timedelta(hours=_calendar()["lease_hours"])


def is_working_day(day: date, market: str) -> bool:
    """Whether people of the market are expected to work on that day."""
    moved_here = holidays(market, day.year + 1)  # a New Year may have been moved into December
    return day.weekday() <= _FRIDAY and day not in holidays(market, day.year) and day not in moved_here


def working_days_later(day: date, count: int, market: str) -> date:
    """The date `count` working days later."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, market)
    return day


def working_days_between(start: date, end: date, market: str) -> int:
    """How many working days lie after `start` up to `end`; none where both are the same day."""
    return sum(is_working_day(start + timedelta(days=n), market) for n in range(1, (end - start).days + 1))


@cache
def holidays(market: str, year: int) -> frozenset[date]:
    """The days on which nobody of the market is expected to work: the holidays of that year, where they were moved to if
    they were, so that the last day of the year before may be among them.
    """
    rows = _calendar()["holidays"].get(market, {})
    sunday = easter(year)
    found = {sunday + timedelta(days=days) for days in rows.get("easter", ())}
    found |= {_weekday(year, _MONDAY, *rule.split("-")) for rule in rows.get("mondays", ())}
    found |= {_weekday(year, _THURSDAY, *rule.split("-")) for rule in rows.get("thursdays", ())}
    fixed = [date.fromisoformat(f"{year}-{day}") for day in rows.get("fixed", ())]
    found |= set(fixed)
    return frozenset(found | _moved(fixed, found, rows.get("moved", "")))


def _moved(fixed: list[date], taken: set[date], how: str) -> set[date]:
    """The days that are given for those that fall on a weekend."""
    made: set[date] = set()
    for day in sorted(one for one in fixed if one.weekday() > _FRIDAY):
        instead = day
        if how == "nearest":
            instead = day + timedelta(days=-1 if day.weekday() == _SATURDAY else 1)
        elif how == "after":
            while instead.weekday() > _FRIDAY or instead in taken or instead in made:
                instead += timedelta(days=1)
        made.add(instead)
    return made


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)


def _weekday(year: int, weekday: int, month: str, which: str) -> date:
    first = date(year, int(month), 1)
    days = [first + timedelta(days=n) for n in range(31)]
    found = [day for day in days if day.month == first.month and day.weekday() == weekday]
    return found[-1] if which == "last" else found[int(which) - 1]
