"""Quotes that a newer reading of the same file has in another place: under another heading or column head, or not there."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from assistant.corpus.loading import load_source
from assistant.retrieval.evidence import citable_sources
from assistant.retrieval.same_place import load_places, same_place
from assistant.store.schema import reading as reading_table
from guardrails.model import Citation


def in_another_place(connection: Connection, cited: Iterable[Citation]) -> list[Citation]:
    """Of these, the citations of earlier readings of their source's own file whose words it does not read where they
    were read.

    A place is what `same_place` takes for one: headings, whether it is a row, a note or running text, and what stands
    over a table's columns. Words that stand there and elsewhere too are still there.
    """
    by_reading: dict[tuple[str, str], list[Citation]] = {}
    for one in cited:
        if one.spans:
            by_reading.setdefault((one.source, one.reading), []).append(one)
    told = []
    for source in dict.fromkeys(source for source, _ in by_reading):
        now = load_source(connection, source)
        readings = [reading for owner, reading in by_reading if owner == source and reading != now.reading_id]
        own = connection.scalars(
            select(reading_table.c.id).where(
                reading_table.c.sha256 == now.sha256, reading_table.c.id.in_(readings)
            )
        ).all()
        for reading in own:
            told += _moved(connection, source, reading, by_reading[source, reading])
    return told


def _moved(connection: Connection, source: str, reading: str, cited: Iterable[Citation]) -> list[Citation]:
    (owner,) = citable_sources(connection, [source])
    then, now = load_places(connection, reading), load_places(connection, owner.reading_id)
    return [
        one
        for one in cited
        if not any(same_place(then.of(one.spans), here) for here in now.saying(one.quote, owner))
    ]
