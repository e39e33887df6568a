"""Working days of a market, and how long a claim holds: the rows of calendar.yaml, applied."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

_MONDAY, _FRIDAY = 0, 4


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
    return day.weekday() <= _FRIDAY and day not in holidays(market, day.year)


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
    """The days of that year on which nobody of the market is expected to work."""
    rows = _calendar()["holidays"].get(market, {})
    sunday = easter(year)
    return frozenset(
        [date.fromisoformat(f"{year}-{day}") for day in rows.get("fixed", ())]
        + [sunday + timedelta(days=days) for days in rows.get("easter", ())]
        + [_monday(year, *rule.split("-")) for rule in rows.get("mondays", ())]
    )


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)


def _monday(year: int, month: str, which: str) -> date:
    mondays = [
        date(year, int(month), day) for day in range(1, 32 - (int(month) not in {1, 3, 5, 7, 8, 10, 12}))
    ]
    mondays = [day for day in mondays if day.weekday() == _MONDAY]
    return mondays[-1] if which == "last" else mondays[int(which) - 1]
