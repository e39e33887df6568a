"""Who wrote each text of a revision: a source in its own words, a machine, or a person by name. Kept with the segment for good."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from assistant.store.schema import segment as segment_table
from guardrails.model import Segment


@dataclass(frozen=True, slots=True)
class Origin:
    """How a text came into the piece, and with which revision."""

    kind: str
    """source (a source's own words), machine, human, or approved (reusable text that was approved as it stands)."""
    person: str | None
    """Who wrote or chose it; none where an engine did."""
    engine: str | None
    revision: str


def origin_of(segment: Segment, provenance: Mapping[str, Any], author: str, revision: str) -> Origin:
    """Of a text that is new in the revision: by its author where they edited it or brought it, else by the engine."""
    by_hand = bool(provenance.get("edited")) or provenance.get("engine") == "human"
    if segment.kind == "fragment":
        kind = "approved"
    elif segment.wording == "verbatim":
        kind = "source"
    else:
        kind = "human" if by_hand else "machine"
    if by_hand:
        return Origin(kind, author, None, revision)
    return Origin(kind, None, _engine(provenance), revision)


def _engine(provenance: Mapping[str, Any]) -> str:
    names = dict.fromkeys(str(provenance[key]) for key in ("engine", "model") if provenance.get(key))
    return ", ".join(names)[:80] or "unknown"


def carried_on(
    segments: Iterable[Segment], before: Mapping[str, tuple[str, Origin]], new: Mapping[str, Origin]
) -> dict[str, Origin]:
    """By lineage: the origin that the same text had before, else the new one."""
    found = {}
    for segment in segments:
        text, origin = before.get(segment.id, (None, None))
        found[segment.id] = origin if origin is not None and text == segment.text else new[segment.id]
    return found


def origins_of(connection: Connection, revision_id: str) -> dict[str, Origin]:
    """By lineage."""
    rows = connection.execute(select(segment_table).where(segment_table.c.revision_id == revision_id))
    return {
        row.lineage: Origin(row.origin, row.origin_by, row.origin_engine, row.origin_revision)
        for row in rows
        if row.origin is not None
    }
