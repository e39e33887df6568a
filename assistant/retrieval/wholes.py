"""All that cited sources say and that may be used, as text: for a check that looks for what a piece leaves out."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from assistant.retrieval.evidence import citable_sources
from assistant.store.schema import passage
from guardrails.model import PassageText


def wholes_of(connection: Connection, source_ids: Sequence[str]) -> Mapping[str, tuple[PassageText, ...]]:
    """By source: the text of its passages in the order of reading, tables left out."""
    columns = (passage.c.text, passage.c.heading, passage.c.section, passage.c.layer, passage.c.parts)
    found: dict[str, tuple[PassageText, ...]] = {}
    for owner in citable_sources(connection, source_ids):
        rows = connection.execute(
            select(*columns).where(passage.c.reading_id == owner.reading_id).order_by(passage.c.ordinal)
        )
        found[owner.id] = tuple(
            PassageText(row.text, row.heading, tuple(row.section))
            for row in rows
            if row.layer != "table" and owner.allows(row.layer, [part[1] for part in row.parts])
        )
    return found
