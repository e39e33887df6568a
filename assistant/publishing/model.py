"""The vocabulary of publishing: a publication, whether it is served, and a recall."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

LIVE = ("published", "suspended")
"""States of a publication that another may still follow; a piece has at most one of them."""

STANDING, AWAITED = "standing", "confirm_by"
"""What the system itself keeps beside what a publisher gave at release: by superseded source, the version that carries
its quotes, and the day by which people have to confirm that."""

Cause = Literal[
    "recalled", "source_withdrawn", "source_superseded", "source_reread", "product_frozen", "expired"
]


@dataclass(frozen=True, slots=True)
class Publication:
    """One signed revision of a piece, released to its readers."""

    id: str
    piece_id: str
    revision_id: str
    manifest_hash: str
    status: str
    """published, suspended, recalled, superseded or expired, as recorded; see `serving.served` for now."""
    release: Mapping[str, Any]
    """What the manifest names as outside it: visa number and dates; and, in the system's own hand, `standing`."""
    published_by: str
    published_at: datetime
    expires_on: date | None

    @property
    def standing(self) -> dict[str, str]:
        """By superseded source, the newer version in which all quotes were found again.

        What is not such a map confirms nothing: the publication is then not served, and lists stay readable.
        """
        kept = self.release.get("standing")
        if not kept:
            return {}
        pairs = kept.items() if isinstance(kept, Mapping) else ()
        return {old: newer for old, newer in pairs if isinstance(old, str) and isinstance(newer, str)}

    @property
    def confirm_by(self) -> date | None:
        """The last day on which it is served without the signatures that confirm it; none where none are awaited."""
        kept = self.release.get(AWAITED)
        days = [date.fromisoformat(day) for day in kept.values()] if isinstance(kept, Mapping) else []
        return min(days, default=None)


@dataclass(frozen=True, slots=True)
class Served:
    """Whether a publication is served at an instant, and if not, why."""

    ok: bool
    code: str = ""
    """recalled, superseded, suspended, expired, product_frozen, source_withdrawn, source_expired …"""
    reason: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recalled:
    """One piece that was stopped, and the publication that went with it, if there was one."""

    piece_id: str
    publication_id: str | None
    cause: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """As the command line shows it."""
        return {
            "piece": self.piece_id,
            "publication": self.publication_id,
            "reason": self.reason,
            "cause": self.cause,
        }
