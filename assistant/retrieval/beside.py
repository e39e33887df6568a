"""What stands next to cited passages in their sources, as far as their approval covers it: for the checks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from assistant.retrieval.evidence import CitableSource, citable_sources, evidence_in
from assistant.store.batches import batches
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


_AT_ONCE = 200
"""Windows in one statement: SQLite refuses an expression of a thousand."""

_Row = Row[*tuple[Any, ...]]


def beside_in(connection: Connection, evidence: Sequence[Evidence]) -> Mapping[str, Beside]:
    """The neighbours of each of these passages."""
    cited = {item.passage: item for item in evidence if item.layer != "table"}
    own = _own(connection, list(cited))
    if not own:
        return {}
    near = _near(connection, own)
    runs = {key: [other.id for other in _in_one(near, row)] for key, row in own.items()}
    wanted = {key for run in runs.values() if len(run) > 1 for key in run}
    owners = _owners(connection, evidence)
    loaded = {
        (e.passage, e.source): e
        for keys in batches(sorted(wanted), _AT_ONCE)
        for e in evidence_in(connection, keys, owners)
    }
    near_to: dict[str, Beside] = {}
    for key, run in runs.items():
        near_to |= {k: v for k, v in beside(_of(run, cited[key], loaded)).items() if k == key}
    return near_to


def _owners(connection: Connection, evidence: Sequence[Evidence]) -> list[CitableSource]:
    """The cited sources, each in every reading that is cited of it."""
    readings: dict[str, dict[str, None]] = {}
    for item in evidence:
        readings.setdefault(item.source, {})[item.reading] = None
    return [
        owner.in_reading(reading)
        for owner in citable_sources(connection, sorted(readings))
        for reading in readings[owner.id]
    ]


def _own(connection: Connection, ids: Sequence[str]) -> dict[str, _Row]:
    return {
        row.id: row
        for some in batches(ids, _AT_ONCE)
        for row in connection.execute(select(*_PLACE).where(passage.c.id.in_(some)))
    }


def _near(connection: Connection, rows: Mapping[str, _Row]) -> Mapping[tuple[str, int], _Row]:
    """What stands within reach of these rows, by reading and ordinal."""
    found: dict[tuple[str, int], _Row] = {}
    for some in batches(rows, _AT_ONCE):
        windows = [
            (passage.c.reading_id == row.reading_id)
            & passage.c.ordinal.between(row.ordinal - REACH, row.ordinal + 1)
            for row in map(rows.__getitem__, some)
        ]
        near = connection.execute(select(*_PLACE).where(or_(*windows)))
        found |= {(row.reading_id, row.ordinal): row for row in near}
    return found


def _in_one(near: Mapping[tuple[str, int], _Row], row: _Row) -> Iterator[_Row]:
    """What is read in one go with a row, in order: near it, in its section and layer."""
    for ordinal in range(row.ordinal - REACH, row.ordinal + 2):
        other = near.get((row.reading_id, ordinal))
        if other and (other.section, other.layer, other.heading) == (row.section, row.layer, row.heading):
            yield other


def _of(run: Sequence[str], item: Evidence, loaded: Mapping[tuple[str, str], Evidence]) -> list[Evidence]:
    return [loaded[key, item.source] for key in run if (key, item.source) in loaded]
