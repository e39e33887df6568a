"""Readings in rows and back: pages, sentences and passages. They are written once and never updated."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, tuple_

from assistant.errors import NotFound
from assistant.store.abbreviations import save_abbreviations
from assistant.store.batches import batches
from assistant.store.boxes import pack_boxes, unpack_boxes
from assistant.store.database import Transaction
from assistant.store.ids import reading_id
from assistant.store.postings import save_postings
from assistant.store.schema import page, passage, reading, sentence
from assistant.store.tables import tables_from_json, tables_to_json
from assistant.store.words import pieces, stems
from ingestion.model import Box, Page, PageSpan, Passage, PassagePart, Reading, Region, Sentence

_BATCH = 500  # ids in one IN (…): within every database's limit on parameters


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its id and its Reading's id."""

    id: str
    reading_id: str
    passage: Passage
    text_sha256: str


def save_reading(tx: Transaction, read: Reading, passages: Sequence[tuple[str, Passage]]) -> str:
    """Write a Reading whose original is stored already, with its (id, passage) pairs; returns its id.

    The same bytes read by the same reader version are written once: then nothing happens.
    """
    identity = reading_id(read.sha256, read.reader_version)
    if tx.execute(select(reading.c.id).where(reading.c.id == identity)).first():
        return identity
    tx.execute(
        insert(reading).values(
            id=identity,
            sha256=read.sha256,
            reader_version=read.reader_version,
            format=read.format,
            language=read.language,
            title=read.title,
            meta=dict(read.metadata),
            warnings=list(read.warnings),
            created_at=tx.now,
        )
    )
    _insert(tx, page, [_page_row(identity, p) for p in read.pages])
    tx.failpoint("reading:pages")
    _insert(tx, sentence, [_sentence_row(identity, s) for s in read.sentences])
    rows = [_passage_row(identity, read.language, known, p) for known, p in passages]
    _insert(tx, passage, rows)
    save_postings(tx.connection, identity, [(r["ordinal"], r["stems"], r["heading_stems"]) for r in rows])
    save_abbreviations(tx.connection, identity, [(s.layer, s.text) for s in read.sentences])
    tx.failpoint("reading:passages")
    return identity


def load_page(connection: Connection, identity: str, number: int) -> Page:
    """One page with its regions and boxes. Raises NotFound."""
    row = connection.execute(
        select(page).where(page.c.reading_id == identity, page.c.number == number)
    ).first()
    if row is None:
        raise NotFound(
            f"There is no page {number} in {identity}.", help="The source's own page lists its pages."
        )
    return Page(
        number=row.number,
        text=row.text,
        regions=tuple(Region(layer, start, end) for layer, start, end in row.regions),
        boxes=unpack_boxes(row.boxes),
        width=row.width,
        height=row.height,
        quality=row.quality,
        reasons=tuple(row.reasons),
        title=row.title,
        starts=row.starts,
        ends=row.ends,
        tables=tables_from_json(row.tables),
    )


def load_boxes(
    connection: Connection, pages: Collection[tuple[str, int]]
) -> dict[tuple[str, int], tuple[Box, ...]]:
    """The boxes of these (reading, number) pages, without anything else of them; an unknown page is not among them."""
    found: dict[tuple[str, int], tuple[Box, ...]] = {}
    columns = (page.c.reading_id, page.c.number, page.c.boxes)
    for batch in batches(sorted(pages), _BATCH):
        wanted = tuple_(page.c.reading_id, page.c.number).in_(batch)
        for row in connection.execute(select(*columns).where(wanted)):
            found[row.reading_id, row.number] = unpack_boxes(row.boxes)
    return found


def load_passages(connection: Connection, ids: Sequence[str]) -> dict[str, StoredPassage]:
    """The passages with these ids, by id; an unknown id is simply not among them."""
    found: dict[str, StoredPassage] = {}
    for batch in batches(ids, _BATCH):
        for row in connection.execute(select(passage).where(passage.c.id.in_(batch))):
            found[row.id] = _stored(row)
    return found


def passages_of(connection: Connection, identity: str) -> list[StoredPassage]:
    """All passages of a Reading, in order."""
    rows = connection.execute(
        select(passage).where(passage.c.reading_id == identity).order_by(passage.c.ordinal)
    )
    return [_stored(row) for row in rows]


def load_sentences(
    connection: Connection, identity: str, ordinals: Sequence[int] | None = None
) -> dict[int, Sentence]:
    """The sentences of a Reading by ordinal: those named, or all."""
    query = select(sentence).where(sentence.c.reading_id == identity).order_by(sentence.c.ordinal)
    wanted: list[Sequence[int] | None] = [None] if ordinals is None else list(batches(ordinals, _BATCH))
    found: dict[int, Sentence] = {}
    for batch in wanted:
        restricted = query if batch is None else query.where(sentence.c.ordinal.in_(batch))
        for row in connection.execute(restricted):
            found[row.ordinal] = Sentence(
                ordinal=row.ordinal,
                text=row.text,
                kind=row.kind,
                layer=row.layer,
                parts=tuple(PageSpan(*part) for part in row.parts),
                section=tuple(row.section),
                page_title=row.page_title,
            )
    return found


def reading_row(connection: Connection, identity: str) -> RowMapping:
    """The reading's own row (format, language, title, warnings …). Raises NotFound."""
    row = connection.execute(select(reading).where(reading.c.id == identity)).mappings().first()
    if row is None:
        raise NotFound(f"There is no reading {identity}.", help="Use the reading that the source names.")
    return row


def _insert(tx: Transaction, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.execute(insert(table), rows)


def _page_row(identity: str, p: Page) -> dict[str, Any]:
    return {
        "reading_id": identity,
        "number": p.number,
        "text": p.text,
        "title": p.title,
        "width": p.width,
        "height": p.height,
        "quality": p.quality,
        "reasons": list(p.reasons),
        "starts": p.starts,
        "ends": p.ends,
        "regions": [[r.layer, r.start, r.end] for r in p.regions],
        "boxes": pack_boxes(p.boxes),
        "tables": tables_to_json(p.tables),
    }


def _sentence_row(identity: str, s: Sentence) -> dict[str, Any]:
    return {
        "reading_id": identity,
        "ordinal": s.ordinal,
        "text": s.text,
        "kind": s.kind,
        "layer": s.layer,
        "section": list(s.section),
        "page_title": s.page_title,
        "parts": [[part.page, part.start, part.end] for part in s.parts],
    }


def _passage_row(identity: str, language: str | None, known: str, p: Passage) -> dict[str, Any]:
    from ingestion.pipeline import embedded_text, text_sha256

    return {
        "id": known,
        "reading_id": identity,
        "ordinal": p.ordinal,
        "text": p.text,
        "heading": p.heading,
        "section": list(p.section),
        "layer": p.layer,
        "parts": [[part.at, part.span.page, part.span.start, part.span.end] for part in p.parts],
        "sentences": list(p.sentences),
        "tokens": p.tokens,
        "text_sha256": text_sha256(embedded_text(p)),
        "stems": " ".join([*stems(p.text, language), *pieces(p.text)]),
        "heading_stems": " ".join([*stems(p.heading, language), *pieces(p.heading)]),
    }


def _stored(row: Any) -> StoredPassage:
    return StoredPassage(
        id=row.id,
        reading_id=row.reading_id,
        passage=Passage(
            ordinal=row.ordinal,
            text=row.text,
            heading=row.heading,
            section=tuple(row.section),
            layer=row.layer,
            parts=tuple(PassagePart(at, PageSpan(*span)) for at, *span in row.parts),
            sentences=tuple(row.sentences),
            tokens=row.tokens,
        ),
        text_sha256=row.text_sha256,
    )
