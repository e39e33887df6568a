"""Pages of a list that is newest first, by where the page before ended: however long the list, a page costs the same, and
what comes in meanwhile moves nothing from one page to another.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, literal, tuple_

from assistant.errors import InvalidInput

_LONGEST_KEY = 40
_LARGEST = 2**31 - 1
"""What an Integer column holds in both databases."""


def page_of(query: Select[Any], at: Column[Any], key: Column[Any], after: str, limit: int) -> Select[Any]:
    """Of the query, newest first by `at` and `key`, what follows `after`: one row more than the limit says.

    Raises InvalidInput for an `after` that `next_after` did not make.
    """
    return query.where(*_behind(at, key, after)).order_by(at.desc(), key.desc()).limit(limit + 1)


def next_after(rows: Sequence[Any], at: Column[Any], key: Column[Any], limit: int) -> str:
    """The `after` of the page that follows these rows of `page_of`; empty where none does."""
    if len(rows) <= limit:
        return ""
    last = rows[limit - 1]
    return f"{getattr(last, at.name).isoformat()}~{getattr(last, key.name)}"


def no_place() -> InvalidInput:
    """What to raise for an `after` that no page gave."""
    return InvalidInput("The address names no place in the list.", help="Open the list from its beginning.")


def _behind(at: Column[Any], key: Column[Any], after: str) -> list[ColumnElement[bool]]:
    if not after:
        return []
    moment, _, last = after.partition("~")
    try:
        then = datetime.fromisoformat(moment)
        there = key.type.python_type(last)
        known = then.tzinfo is not None and bool(last) and last.isprintable() and len(last) <= _LONGEST_KEY
        then = then.astimezone(UTC) if known else then
    except (ValueError, OverflowError):
        known = False
    if not known or (isinstance(there, int) and abs(there) > _LARGEST):
        raise no_place()
    return [tuple_(at, key) < tuple_(literal(then, at.type), literal(there, key.type))]
