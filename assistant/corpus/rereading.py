"""What a newer reader makes of a source's bytes: whether it says the same, and the one act that moves the source to it.

Readings never change. A source that moves names another one from then on; what was cited of the older one stays there.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, or_, select, update

from assistant.audit.trail import record
from assistant.corpus.claims import matches_of, rematch
from assistant.corpus.decks import match_deck_again
from assistant.corpus.diff.model import Diff
from assistant.corpus.diff.stored import diff_of
from assistant.corpus.diff.summary import counts
from assistant.corpus.left_out import pages_left_out
from assistant.corpus.loading import load_source, load_sources
from assistant.corpus.model import Source
from assistant.errors import Conflict, InvalidInput, WrongState
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Transaction
from assistant.store.readings import load_sentences, reading_row
from assistant.store.schema import page, reading, source
from assistant.store.tables import tables_from_json
from ingestion.formats import READER_VERSION, WITH_OCR, require_kind
from ingestion.model import Sentence, Table

LIVE = ("pending", "approved")
"""The states of a source of which anything may still be made, as stored: an expired one may be renewed."""
_OF_NOW = (READER_VERSION, READER_VERSION + WITH_OCR)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """In how many places a newer reading says something else than the one that a source has."""

    sentences: int
    """Changed, added, removed or moved."""
    placed: int
    """The same words under another heading, on another page, or taken for something else (a note, a table, a heading)."""
    tables: int
    """Pages whose tables have other cells or headings."""

    @property
    def same(self) -> bool:
        """Whether nothing of it needs a decision."""
        return not (self.sentences or self.placed or self.tables)


@dataclass(frozen=True, slots=True)
class Moved:
    """A source that has moved to a newer reading, and what did not come along as it was."""

    source: Source
    before: str
    """The reading that it had."""
    otherwise: Otherwise
    claims: int
    """Approved claims of the product that stand to their document in another way than before."""
    decks: Sequence[str]
    """Recordings that speak to no slides any more."""


def is_older(reader_version: str) -> bool:
    """Whether another reader than today's made a reading. With or without recognised scans makes no difference."""
    return reader_version not in _OF_NOW


def read_by_older(connection: Connection) -> list[str]:
    """The ids of the live sources that an older reader has read, in order of registration."""
    rows = connection.execute(
        select(source.c.id)
        .join(reading, reading.c.id == source.c.reading_id)
        .where(source.c.status.in_(LIVE), reading.c.reader_version.not_in(_OF_NOW))
        .order_by(source.c.registered_at, source.c.id)
    )
    return list(rows.scalars())


def todays_reading(connection: Connection, sha256: str) -> str | None:
    """What today's reader read in these bytes; None where it has not. With recognised scans, where it has both."""
    return connection.scalar(
        select(reading.c.id)
        .where(reading.c.sha256 == sha256, or_(*(reading.c.reader_version == v for v in _OF_NOW)))
        .order_by((reading.c.reader_version == READER_VERSION + WITH_OCR).desc(), reading.c.created_at.desc())
        .limit(1)
    )


def may_read_more(connection: Connection, found: Source) -> bool:
    """Whether reading a source's file again may find more: an older reader read it, or a page could not be read.

    Tesseract may have been installed since.
    """
    if is_older(reading_row(connection, found.reading_id)["reader_version"]):
        return True
    unread = select(page.c.number).where(
        page.c.reading_id == found.reading_id, page.c.quality == "unreadable"
    )
    return connection.execute(unread.limit(1)).first() is not None


def reader_json(connection: Connection, found: Source) -> dict[str, Any]:
    """By which reader a source was read: {"version", "older", "today": reading|null, "otherwise": {…}|null, "same"}."""
    version = reading_row(connection, found.reading_id)["reader_version"]
    today = todays_reading(connection, found.sha256) if found.status in LIVE else None
    if today == found.reading_id:
        today = None
    # Without recognised scans, today's own reading is the older one where there is one with them.
    older = found.status in LIVE and (is_older(version) or today is not None)
    told = otherwise(connection, found, today) if today else None
    return {
        "version": version,
        "older": older,
        "today": today,
        "otherwise": asdict(told) if told else None,
        "same": told.same if told else None,
    }


def otherwise(connection: Connection, found: Source, newer: str) -> Otherwise:
    """How far the reading `newer` of a source's bytes says something else than the one that it has."""
    diff = diff_of(connection, found, replace(found, reading_id=newer))
    counted = counts(diff.changes)
    before, after = _tables(connection, found.reading_id), _tables(connection, newer)
    return Otherwise(
        sum(counted[status] for status in ("changed", "added", "removed", "moved")),
        _placed_otherwise(diff),
        sum(1 for number in before.keys() | after.keys() if before.get(number) != after.get(number)),
    )


def take_reading(tx: Transaction, actor: Actor, source_id: str, before: str, newer: str) -> Moved | None:
    """Move a source from the reading `before` to `newer`, with its audit entry; None where it has moved there already.

    What its approval leaves out stays out, its claims are matched anew, and a recording keeps its deck. Title, language,
    approvals, rights and the confirmed reference are the source's own and stay.
    Raises NotAllowed, UnknownSource, NotFound for an unknown reading, WrongState for a withdrawn or superseded source or
    one that is being taken in, InvalidInput for any reading but `todays_reading`, Conflict where the source
    was moved meanwhile or a page that is left out is not found again.
    """
    require(actor, Permission.APPROVE_SOURCE)
    tx.execute(select(source.c.id).where(source.c.id == source_id).with_for_update())
    found = load_source(tx.connection, source_id)
    if found.reading_id == newer:
        return None
    require_live(found)
    if found.reading_id != before:
        raise Conflict(
            f"{found.title} was read again meanwhile.",
            help="Look at what would change now, then decide again.",
            source=source_id,
        )
    row = reading_row(tx.connection, newer)
    # One of the same reader without recognised scans would take them away from a source that has them.
    if newer != todays_reading(tx.connection, found.sha256):
        raise InvalidInput(
            f"{newer} is not what today's reader read in {found.title}.",
            help="Have the source read again, then take that reading.",
        )
    require_kind(found.kind, row["format"], found.file_name)
    told = otherwise(tx.connection, found, newer)
    left_out = pages_left_out(tx.connection, found, newer)
    claims = matches_of(tx.connection, found.product_id)
    tx.execute(
        update(source).where(source.c.id == source_id).values(reading_id=newer, excluded_pages=left_out)
    )
    moved = load_source(tx.connection, source_id)
    decks = match_deck_again(tx, moved)
    rematch(tx, found.product_id)
    after = matches_of(tx.connection, found.product_id)
    matched_otherwise = sum(1 for key in claims.keys() | after.keys() if claims.get(key) != after.get(key))
    tx.failpoint("reread:moved")
    details = {
        "before": before,
        "after": newer,
        "reader_before": reading_row(tx.connection, before)["reader_version"],
        "reader_after": row["reader_version"],
        "sha256_before": _text_sha256(tx.connection, before),
        "sha256_after": _text_sha256(tx.connection, newer),
        "otherwise": asdict(told),
        "excluded_pages": left_out,
        "claims_matched_otherwise": matched_otherwise,
        "decks_lost": list(decks),
    }
    record(tx, actor, "source.reread", source_id, details)
    return Moved(moved, before, told, matched_otherwise, decks)


def require_live(found: Source) -> None:
    """Raise WrongState unless the source may be read again: in force or on its way there, and searchable."""
    if found.status not in LIVE:
        raise WrongState(
            f"{found.title} is {found.status}: it is not read again.",
            help="Nothing is made from it any more; read again what is in force.",
        )
    if found.indexed_at is None:
        raise WrongState(
            f"{found.title} is still being taken in.", help="Wait until it is searchable, then do it again."
        )


def live_sources(connection: Connection, ids: Sequence[str]) -> list[Source]:
    """Those of the sources that may be read again."""
    found = load_sources(connection, source.c.id.in_(ids), source.c.status.in_(LIVE))
    return [one for one in found if one.indexed_at is not None]


def _placed_otherwise(diff: Diff) -> int:
    before, after = diff.sentences
    kept = [change for change in diff.changes if change.status == "unchanged"]
    return sum(
        [_place(before[at]) for at in change.old] != [_place(after[at]) for at in change.new]
        for change in kept
    )


def _place(one: Sentence) -> tuple[object, ...]:
    return one.text, one.kind, one.layer, one.section, one.page_title, [part.page for part in one.parts]


def _tables(connection: Connection, identity: str) -> dict[int, list[object]]:
    """By page, what its tables say."""
    rows = connection.execute(select(page.c.number, page.c.tables).where(page.c.reading_id == identity))
    return {
        row.number: [_said(table) for table in tables_from_json(row.tables)] for row in rows if row.tables
    }


def _said(table: Table) -> object:
    cells = [(c.row, c.column, c.text, c.role, c.row_span, c.column_span) for c in table.cells]
    notes = [(note.mark, note.text) for note in table.notes]
    return cells, [head.texts for head in table.heads], table.caption, notes


def _text_sha256(connection: Connection, identity: str) -> str:
    said = "\n".join(one.text for one in load_sentences(connection, identity).values())
    return hashlib.sha256(said.encode()).hexdigest()
