"""Values as people write them, on the command line, in a form, or in a request."""

import re
from datetime import date

from assistant.errors import InvalidInput

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PAGES = re.compile(r"([0-9]{1,5})(?:\s*-\s*([0-9]{1,5}))?")  # no document has more than 99,999 pages
_STRETCH = re.compile(r"([0-9:.]+)\s*[-–]\s*([0-9:.]+)")
_TIME = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,2}):([0-9]{2}(?:\.[0-9]{1,3})?)")
_MINUTE = 60


def civil_day(text: str, name: str) -> date:
    """A civil date as 2026-01-31; `name` is the option or field that holds it. Raises InvalidInput."""
    problem = InvalidInput(
        f"{name} is not a date: {text}.", help="Write it as year-month-day: 2026-01-31.", field=name
    )
    if not _DAY.fullmatch(text):
        raise problem
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise problem from error


def page_numbers(text: str) -> tuple[int, ...]:
    """Page numbers from "3,7-9", each once and in order. Raises InvalidInput where it says something else."""
    pages: set[int] = set()
    for item in filter(None, (part.strip() for part in text.split(","))):
        named = _PAGES.fullmatch(item)
        first, last = (int(named[1]), int(named[2] or named[1])) if named else (0, 0)
        if not 1 <= first <= last:
            raise InvalidInput(
                f"{item} names no pages.", help="Write pages as 3,7-9.", field="excluded_pages"
            )
        pages.update(range(first, last + 1))
    return tuple(sorted(pages))


def time_stretches(text: str) -> tuple[tuple[float, float], ...]:
    """Stretches in seconds from "00:10:00-00:12:30, 1:02:00-1:03:00". Raises InvalidInput."""
    return tuple(_stretch(item) for item in filter(None, (part.strip() for part in text.split(","))))


def _stretch(item: str) -> tuple[float, float]:
    named = _STRETCH.fullmatch(item)
    start, end = (_seconds(named[1]), _seconds(named[2])) if named else (None, None)
    if start is None or end is None or end <= start:
        raise InvalidInput(
            f"{item} names no stretch of time.",
            help="Write times as 00:10:00-00:12:30.",
            field="excluded_times",
        )
    return start, end


def _seconds(text: str) -> float | None:
    told = _TIME.fullmatch(text)
    if told is None or int(told[2]) >= _MINUTE or float(told[3]) >= _MINUTE:
        return None
    return int(told[1] or 0) * _MINUTE * _MINUTE + int(told[2]) * _MINUTE + float(told[3])


def written_time(seconds: float) -> str:
    """Hours, minutes and seconds: 00:12:30."""
    minutes, second = divmod(int(seconds), _MINUTE)
    hour, minute = divmod(minutes, _MINUTE)
    return f"{hour:02}:{minute:02}:{second:02}"
