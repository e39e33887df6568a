"""A day that a page's address gives."""

from datetime import date

from assistant.errors import InvalidInput


def day_of(given: str) -> date | None:
    """The day; None where nothing is given. Raises InvalidInput for what is no day: a filter that was not read must not look as if it held."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise InvalidInput(f"{given} is not a date.", help="Write it as 2026-01-31.") from error
