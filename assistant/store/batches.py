"""Many ids at once: lists as long as a database takes in one statement."""

from collections.abc import Collection, Hashable, Iterator
from typing import TypeVar

_Id = TypeVar("_Id", bound=Hashable)
_MOST = 5_000
"""SQLite takes 32,766 parameters, PostgreSQL 65,535."""


def batches(ids: Collection[_Id], most: int = _MOST) -> Iterator[list[_Id]]:
    """Each id once, in lists of at most `most`."""
    distinct = list(dict.fromkeys(ids))
    for begin in range(0, len(distinct), most):
        yield distinct[begin : begin + most]
