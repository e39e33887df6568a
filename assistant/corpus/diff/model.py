"""The vocabulary of a comparison of two versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ingestion.model import Sentence

Status = Literal["unchanged", "moved", "changed", "added", "removed"]
Marks = tuple[tuple[int, int], ...]
"""Half-open code-point spans of a text: the words that the other side does not have."""


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence of each version, or several where a sentence was split or sentences were joined."""

    status: Status
    old: tuple[int, ...]
    """Ordinals of the older version's sentences; empty of an added one."""
    new: tuple[int, ...]
    """Ordinals of the newer version's sentences; empty of a removed one."""
    kinds: tuple[str, ...] = ()
    """What a change touches, gravest first: see `kinds.kinds_of`."""
    relocated: bool = False
    """It stands in another place as well as being changed."""
    old_marks: Marks = ()
    new_marks: Marks = ()
    """Offsets into the sentences of that side, joined by single spaces."""


@dataclass(frozen=True)
class Diff:
    """All sentences of both versions, each in exactly one change, in the order of the newer version."""

    old: tuple[Sentence, ...]
    new: tuple[Sentence, ...]
    changes: tuple[Change, ...]
    by_old: Mapping[int, Change] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Know the change of each sentence of the older version."""
        object.__setattr__(self, "by_old", {at: change for change in self.changes for at in change.old})

    @cached_property
    def sentences(self) -> tuple[Mapping[int, Sentence], Mapping[int, Sentence]]:
        """Both sides by ordinal."""
        return {s.ordinal: s for s in self.old}, {s.ordinal: s for s in self.new}
