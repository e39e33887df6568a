"""What stands next to cited passages in their sources, as far as their approval covers it: for the checks."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from assistant.retrieval.evidence import citable_sources, evidence_in
from assistant.store.schema import passage
from guardrails.model import Beside, Evidence
from guardrails.surroundings import REACH, beside

_PLACE = (
    passage.c.id,
    passage.c.reading_id,
    passage.c.ordinal,
    passage.c.section,
    passage.c.layer,
    passage.c.heading,
)


def beside_in(connection: Connection, evidence: Sequence[Evidence]) -> Mapping[str, Beside]:
    """The neighbours of each of these passages."""
    cited = {item.passage: item for item in evidence if item.layer != "table"}
    own = {row.id: row for row in connection.execute(select(*_PLACE).where(passage.c.id.in_(list(cited))))}
    if not own:
        return {}
    windows = [
        (passage.c.reading_id == row.reading_id)
        & passage.c.ordinal.between(row.ordinal - REACH, row.ordinal + 1)
        for row in own.values()
    ]
    near = connection.execute(select(*_PLACE).where(or_(*windows)).order_by(passage.c.ordinal)).all()
    runs = {key: [other.id for other in near if _in_one(other, row)] for key, row in own.items()}
    wanted = {key for run in runs.values() if len(run) > 1 for key in run}
    owners = citable_sources(connection, sorted({item.source for item in evidence}))
    loaded = {(e.passage, e.source): e for e in evidence_in(connection, sorted(wanted), owners)}
    near_to: dict[str, Beside] = {}
    for key, run in runs.items():
        near_to |= {k: v for k, v in beside(_of(run, cited[key], loaded)).items() if k == key}
    return near_to


def _in_one(other: Row[*tuple[Any, ...]], row: Row[*tuple[Any, ...]]) -> bool:
    """Whether both are read in one go: near each other, in one section and layer."""
    return (
        other.reading_id == row.reading_id
        and row.ordinal - REACH <= other.ordinal <= row.ordinal + 1
        and (other.section, other.layer, other.heading) == (row.section, row.layer, row.heading)
    )


def _of(run: Sequence[str], item: Evidence, loaded: Mapping[tuple[str, str], Evidence]) -> list[Evidence]:
    return [loaded[key, item.source] for key in run if (key, item.source) in loaded]
