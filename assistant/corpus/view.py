"""A source as the command line and the API show it."""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, func, select

from assistant.corpus.claims import claims_json, counts
from assistant.corpus.misfiled import names_nothing_of
from assistant.corpus.model import Source
from assistant.corpus.rereading import is_older
from assistant.corpus.tables_view import table_json
from assistant.corpus.written import written_time
from assistant.store.database import Database
from assistant.store.schema import page, passage, reading
from assistant.store.tables import tables_from_json


def source_json(place: Database | Connection, source: Source, *, with_text: bool = False) -> dict[str, Any]:
    """The stable JSON of a source; with `with_text` the text and quality of every page too.

    `status` is as of now: an approved source past its date shows "expired".
    """
    if isinstance(place, Database):
        with place.read() as connection:
            return _json(connection, source, source.status_at(place.clock.now()), with_text=with_text)
    return _json(place, source, source.status, with_text=with_text)


def _json(connection: Connection, source: Source, status: str, *, with_text: bool) -> dict[str, Any]:
    counted = connection.execute(
        select(page.c.quality, func.count())
        .where(page.c.reading_id == source.reading_id)
        .group_by(page.c.quality)
    )
    qualities: Counter[str] = Counter(dict(counted.all()))
    read = connection.execute(
        select(reading.c.format, reading.c.language, reading.c.warnings, reading.c.reader_version).where(
            reading.c.id == source.reading_id
        )
    ).one()
    approved = source.approval
    unnamed = names_nothing_of(connection, source)
    document: dict[str, Any] = {
        "id": source.id,
        "sha256": source.sha256,
        "product": source.product,
        "product_id": source.product_id,
        "title": source.title,
        "kind": source.kind,
        "format": read.format,
        "status": status,
        "language": source.language,
        "markets": sorted(source.markets),
        "audiences": sorted(source.audiences),
        "uses": sorted(source.uses),
        "pages": qualities.total(),
        "passages": _retrievable(connection, source),
        "pages_by_quality": {name: qualities[name] for name in ("good", "doubtful", "unreadable")},
        "already_known": source.already_known,
        "indexed": source.indexed_at is not None,
        "warnings": [
            *read.warnings,
            *([] if read.language else [f"language_unrecognised:{source.language}"]),
            *([f"names_nothing_of:{unnamed}"] if unnamed else []),
        ],
        "file_name": source.file_name,
        "reading": source.reading_id,
        "reader": read.reader_version,
        "read_by_older": is_older(read.reader_version),
        "reference": source.reference,
        "cite_notes": source.cite_notes,
        "cite_questions": source.cite_questions,
        "deck": dict(source.deck) if source.deck else None,
        "excluded_pages": sorted(source.excluded_pages),
        "excluded_times": [f"{written_time(a)}-{written_time(b)}" for a, b in source.excluded_times],
        "display_right": source.display_right,
        "reference_confirmed": source.bibliography is not None,
        "replaces": source.replaces,
        "replaced_by": source.replaced_by,
        "withdrawn_reason": source.withdrawn_reason,
        "registered_at": source.registered_at.isoformat(timespec="seconds"),
        "approval": None if approved is None else approved.reference,
        "approved_on": None if approved is None else approved.approved_on.isoformat(),
        "expires_on": None if approved is None else approved.expires_on.isoformat(),
    }
    if source.kind == "claims":
        document["claims"] = counts(claims_json(connection, source.id))
    if with_text:
        document["text"] = _pages(connection, source)
        document["tables"] = _tables(connection, source)
    return document


def _retrievable(connection: Connection, source: Source) -> int:
    """How many passages search may show: without the notes and pages that the source leaves out."""
    query = select(func.count()).select_from(passage).where(passage.c.reading_id == source.reading_id)
    query = query.where(passage.c.layer.not_in(source.layers_left_out))
    if not source.excluded_pages:
        return connection.execute(query).scalar_one()
    parts = connection.execute(query.with_only_columns(passage.c.parts)).scalars()
    return sum(1 for rows in parts if not source.excluded_pages & {row[1] for row in rows})


def _pages(connection: Connection, source: Source) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(page.c.number, page.c.title, page.c.quality, page.c.reasons, page.c.text)
        .where(page.c.reading_id == source.reading_id)
        .order_by(page.c.number)
    ).mappings()
    return [dict(row) for row in rows]


def _tables(connection: Connection, source: Source) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(page.c.number, page.c.tables)
        .where(page.c.reading_id == source.reading_id)
        .order_by(page.c.number)
    )
    return [table_json(row.number, table) for row in rows for table in tables_from_json(row.tables)]
