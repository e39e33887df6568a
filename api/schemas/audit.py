"""The shapes of the audit trail."""

from api.schemas.base import Json, Outgoing


class Verified(Outgoing):
    """Whether the audit trail holds."""

    ok: bool
    entries: int
    first_bad: int | None
    head: str
    reason: str | None


class Entries(Outgoing):
    """Entries of the audit trail, newest first."""

    entries: list[Json]
