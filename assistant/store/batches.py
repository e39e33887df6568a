"""Many ids at once: lists as long as a database takes in one statement."""

from collections.abc import Collection, Iterator
from typing import TypeVar

_Id = TypeVar("_Id", str, int, str | int)
_MOST = 5_000
"""SQLite takes 32,766 parameters, PostgreSQL 65,535."""


def batches(ids: Collection[_Id]) -> Iterator[list[_Id]]:
    """Each id once, in lists of at most 5,000."""
    distinct = list(dict.fromkeys(ids))
    for begin in range(0, len(distinct), _MOST):
        yield distinct[begin : begin + _MOST]
