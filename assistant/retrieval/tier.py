"""The better tier: vectors of the better model for every passage and heading, made bit by bit and committed as they are made.

What is missing is asked of the database each time, so a run that was stopped goes on where it was, and a new source is
simply missing. Nothing but rows of vectors is written, so this may run beside the process that owns the home.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Connection, select, true

from assistant.retrieval.extent import heading_text, text_key
from assistant.retrieval.nearness import EVERYTHING, Wanted
from assistant.retrieval.tokens import CloseReader, packed
from assistant.store.batches import batches
from assistant.store.database import Database, Transaction
from assistant.store.schema import passage, source
from assistant.store.token_rows import known_token_rows, save_token_rows
from assistant.store.vectors import known_vectors, save_vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 32
"""Texts a transaction: what a stop loses."""

OnProgress = Callable[[int, int, str], None]
_Texts = list[tuple[str, str]]
"""By their keys."""
_Save = Callable[[Transaction], None]


class TextEmbedder(Protocol):
    """Turns texts of documents into unit vectors."""

    @property
    def name(self) -> str:
        """Under which the vectors are stored."""

    def embed(self, texts: list[str]) -> "NDArray[np.float32]":
        """One unit row a text."""


@dataclass(frozen=True, slots=True)
class TierState:
    """How far the better tier is, over all products."""

    texts: int
    missing: int

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def tier_state(connection: Connection, model: str, of: Wanted = EVERYTHING) -> TierState:
    """Count the texts that want a vector of the model and those that lack one."""
    texts = _texts(connection, of)
    return TierState(len(texts), len(texts) - len(known_vectors(connection, model, list(texts))))


def improve(
    db: Database,
    embedder: TextEmbedder,
    on_progress: OnProgress | None = None,
    stop: Callable[[], bool] = lambda: False,
    share: tuple[int, int] = (0, 1),
    of: Wanted = EVERYTHING,
) -> int:
    """Make the vectors that are missing, until none is or `stop` says so; returns how many were made.

    `share` (number, of how many) is the part of the texts that is this process's, where several do it together.
    """

    def make(batch: _Texts) -> _Save:
        vectors = embedder.embed([text for _, text in batch])
        kept = {key: row for (key, _), row in zip(batch, vectors, strict=True)}
        return lambda tx: save_vectors(tx, embedder.name, kept)

    return _made(lambda: _missing(db, embedder.name, of), make, db, on_progress, stop, share)


def read_closely(
    db: Database,
    reader: CloseReader,
    on_progress: OnProgress | None = None,
    stop: Callable[[], bool] = lambda: False,
    share: tuple[int, int] = (0, 1),
) -> int:
    """As `improve`, of passages alone, with the rows of their words: the vector falls out of the same reading."""

    def make(batch: _Texts) -> _Save:
        reads = {key: reader.read(text) for key, text in batch}
        rows = {key: packed(read) for key, read in reads.items()}

        def save(tx: Transaction) -> None:
            save_vectors(tx, reader.name, {key: read.vector for key, read in reads.items()})
            save_token_rows(tx, reader.name, {key: (one.width, one.signs) for key, one in rows.items()})

        return save

    return _made(lambda: _unread(db, reader.name), make, db, on_progress, stop, share)


def _made(
    missing: Callable[[], _Texts],
    make: Callable[[_Texts], _Save],
    db: Database,
    on_progress: OnProgress | None,
    stop: Callable[[], bool],
    share: tuple[int, int],
) -> int:
    """Make what is missing, batch by batch in its own transaction, until nothing is; returns how much was made."""
    made = 0
    while not stop():
        wanted = [(key, text) for key, text in missing() if _mine(key, share)]
        if not wanted:
            break
        total = made + len(wanted)
        for batch in batches(wanted, BATCH):
            if stop():
                break
            save = make(batch)
            with db.write() as tx:
                save(tx)
            made += len(batch)
            if on_progress is not None:
                on_progress(made, total, "improving the search")
    return made


def unread(connection: Connection, model: str) -> int:
    """How many passages lack the rows of their words."""
    texts = _passages(connection)
    return len(texts) - len(known_token_rows(connection, model, list(texts)))


def _unread(db: Database, model: str) -> _Texts:
    with db.read() as connection:
        texts = _passages(connection)
        known = known_token_rows(connection, model, list(texts))
    return [(key, text) for key, text in texts.items() if key not in known]


def _mine(key: str, share: tuple[int, int]) -> bool:
    return int(key[:8], 16) % share[1] == share[0]


def _missing(db: Database, model: str, of: Wanted) -> _Texts:
    with db.read() as connection:
        texts = _texts(connection, of)
        known = known_vectors(connection, model, list(texts))
    return [(key, text) for key, text in texts.items() if key not in known]


def _texts(connection: Connection, of: Wanted) -> dict[str, str]:
    """Every text that wants a vector, by its key: headings and passages of sources that are not withdrawn."""
    passages = _passages(connection, of.language)
    if not of.headings:
        return passages
    headings = {text_key(heading): heading for _, heading, _ in _rows(connection, of.language) if heading}
    return headings | passages


def _passages(connection: Connection, language: str | None = None) -> dict[str, str]:
    """Of these the passages, each behind the heading that it stands under."""
    rows = _rows(connection, language)
    return {key: f"{heading}. {text}" if heading else text for key, heading, text in rows}


def _rows(connection: Connection, language: str | None) -> Iterator[tuple[str, str, str]]:
    query = (
        select(passage.c.text_sha256, passage.c.heading, passage.c.text)
        .join(source, source.c.reading_id == passage.c.reading_id)
        .where(source.c.status != "withdrawn", true() if language is None else source.c.language == language)
        .order_by(passage.c.reading_id, passage.c.ordinal)
    )
    for row in connection.execute(query):
        yield row.text_sha256, heading_text(row.heading), row.text
