"""Readings forged for tests: what today's reader, or an older one, makes of a source's bytes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import insert

from assistant.bootstrap import App
from assistant.corpus.loading import load_source
from assistant.corpus.model import SourceRequest
from assistant.corpus.sources import mark_indexed, register
from assistant.people.roles import Actor
from assistant.store.database import Database
from assistant.store.readings import save_reading
from assistant.store.schema import original
from assistant.store.vectors import load_vectors, save_vectors
from guardrails.model import Document
from ingestion.chunk import passage_id, passages
from ingestion.formats import READER_VERSION
from ingestion.formats import read as read_file
from ingestion.model import Reading
from ingestion.pipeline import embedded_text, text_sha256
from tests.builders.dossier import cite, document_of, evidence_for, reading_of


def store_reading(db: Database, source_id: str, read: Reading) -> str:
    """A reading of the source's own bytes, beside the one that it has; returns its id."""
    with db.write() as tx:
        found = load_source(tx.connection, source_id)
        own = replace(read, sha256=found.sha256)
        pairs = [(passage_id(own.sha256, own.reader_version, p), p) for p in passages(own)]
        return save_reading(tx, own, pairs)


def read_today(db: Database, source_id: str, sentences: Sequence[str]) -> str:
    """What today's reader reads: a page a sentence, as `dossier.add_source` has it; returns the reading's id."""
    return store_reading(db, source_id, replace(reading_of(sentences), reader_version=READER_VERSION))


def add_read_by_older(
    app: App, librarian: Actor, file: Path, request: SourceRequest, wrong: dict[str, str]
) -> str:
    """A real file as a source, searchable, as reader 8 would have read it: words of it misread; returns the source's id."""
    read = read_file(file)
    return add_misread(app, librarian, file, request, _misread(read, wrong))


def add_misread(app: App, librarian: Actor, file: Path, request: SourceRequest, read: Reading) -> str:
    """A file as a source with that reading of it."""
    kept, size = app.originals.keep(file)
    chunks = passages(read)
    pairs = [(passage_id(kept, read.reader_version, p), p) for p in chunks]
    texts = [embedded_text(p) for p in chunks]
    vectors = dict(zip(map(text_sha256, texts), app.embedder.embed(texts), strict=True))
    with app.db.write() as tx:
        tx.execute(insert(original).values(sha256=kept, bytes=size, file_name=file.name, stored_at=tx.now))
        identity = save_reading(tx, replace(read, sha256=kept), pairs)
        save_vectors(tx, app.embedder.name, vectors)
        found = register(tx, librarian, request, identity, kept, file.name)
        mark_indexed(tx, librarian, found.id, app.embedder.name, len(pairs))
    with app.db.read() as connection:
        keys, matrix = load_vectors(connection, app.embedder.name, [key for key, _ in pairs])
    app.indexes(found.product_id).upsert(keys, matrix)
    return found.id


def _misread(read: Reading, wrong: dict[str, str]) -> Reading:
    """The words of the file by others of the same length: every place stays where it was."""

    def other(text: str) -> str:
        for right, misread in wrong.items():
            assert len(right) == len(misread)
            text = text.replace(right, misread)
        return text

    return replace(
        read,
        reader_version="8",
        pages=tuple(replace(one, text=other(one.text)) for one in read.pages),
        sentences=tuple(replace(one, text=other(one.text)) for one in read.sentences),
    )


def quoting(db: Database, source_id: str, *quotes: str) -> Document:
    """A document of verbatim statements, one for each quote, of the reading that the source has."""
    base = document_of(db, source_id, 1)
    verbatim = next(segment for segment in base.segments if segment.citations)
    passages_now = evidence_for(db, source_id)
    return replace(
        base,
        segments=tuple(
            replace(
                verbatim,
                id=f"s{at}",
                text=quote,
                citations=(cite(next(one for one in passages_now if quote in one.text), quote),),
            )
            for at, quote in enumerate(quotes, 1)
        ),
    )
