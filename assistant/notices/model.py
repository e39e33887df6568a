"""What a person can be told of, and how they want it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["assigned", "answered", "overdue", "approved", "recalled", "expiring", "account"]
KINDS: tuple[Kind, ...] = (
    "assigned",
    "answered",
    "overdue",
    "approved",
    "recalled",
    "expiring",
    "account",
)
ALWAYS_SHOWN: frozenset[Kind] = frozenset({"recalled", "account"})
"""In the app at least: what must not be used any more, and who can act under one's name."""
Pace = Literal["off", "once", "daily"]
PACES: tuple[Pace, ...] = ("off", "once", "daily")
Form = Literal["teams", "slack", "json"]
FORMS: tuple[Form, ...] = ("teams", "slack", "json")


@dataclass(frozen=True, slots=True)
class Ways:
    """By which ways one kind reaches a person. What is in ALWAYS_SHOWN stands in the app, whatever is chosen."""

    app: bool = True
    email: Pace = "off"
    webhook: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's choice. Who has never chosen is told in the app and nowhere else."""

    email: str = ""
    webhook: str = ""
    form: Form = "json"
    kinds: Mapping[Kind, Ways] = field(default_factory=dict)

    def ways(self, kind: Kind) -> Ways:
        """Those of a kind."""
        return self.kinds.get(kind, Ways())


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person is told. It holds ids; words are looked up when it is shown, as its reader may see them."""

    id: str
    user_id: str
    kind: Kind
    action: str
    subject: str
    at: datetime
    read: bool
    entry: int = 0
    """The number of the audit entry that it tells of."""
