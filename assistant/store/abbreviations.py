"""Abbreviations that a reading explains itself, in rows: mined once, when the reading is stored."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, insert, select

from assistant.store.schema import abbreviation
from ingestion.abbreviations import Abbreviation, abbreviations_in
from ingestion.model import OPTIONAL_LAYERS

_BATCH = 400


def save_abbreviations(connection: Connection, reading_id: str, sentences: Sequence[tuple[str, str]]) -> None:
    """Write what a reading's (layer, text) sentences explain; what may not be quoted everywhere explains nothing."""
    found = abbreviations_in(text for layer, text in sentences if layer not in OPTIONAL_LAYERS)
    rows = [
        {
            "reading_id": reading_id,
            "number": number,
            "short": pair.short,
            "long": pair.long,
            "times": pair.times,
        }
        for number, pair in enumerate(found)
    ]
    for start in range(0, len(rows), _BATCH):
        connection.execute(insert(abbreviation), rows[start : start + _BATCH])


def load_abbreviations(
    connection: Connection, reading_ids: Sequence[str]
) -> Iterator[tuple[str, Abbreviation]]:
    """(reading, pair) of these readings."""
    for start in range(0, len(reading_ids), _BATCH):
        batch = list(reading_ids[start : start + _BATCH])
        query = select(abbreviation).where(abbreviation.c.reading_id.in_(batch))
        for row in connection.execute(query.order_by(abbreviation.c.reading_id, abbreviation.c.number)):
            yield row.reading_id, Abbreviation(row.short, row.long, row.times)
