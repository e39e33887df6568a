"""Values as people write them, on the command line, in a form, or in a request."""

import re
from datetime import date

from assistant.errors import InvalidInput

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PAGES = re.compile(r"([0-9]{1,5})(?:\s*-\s*([0-9]{1,5}))?")  # no document has more than 99,999 pages


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
