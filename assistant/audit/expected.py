"""What an entry lets a column hold, where it does not spell the value out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785
from sqlalchemy import Connection, select

from assistant.audit.plain import plain
from assistant.store.schema import note


@dataclass(frozen=True, slots=True)
class TextOf:
    """The text of that entry's note, whose digest the entry holds; nothing where it had none, or where it was erased."""

    number: int
    digest: str | None


@dataclass(frozen=True, slots=True)
class NoteOf:
    """The note of the entry with that number, if it has one."""

    number: int


@dataclass(frozen=True, slots=True)
class Digested:
    """These columns of the row give this digest."""

    columns: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Whole:
    """Lists of numbers whose whole parts are these: an older version entered no more of them."""

    numbers: list[list[int]]


def columns_sha256(row: Mapping[str, Any], columns: tuple[str, ...]) -> str:
    """Of what a row holds there: words of documents, which nobody may have erased, so without a salt."""
    return hashlib.sha256(rfc8785.dumps({name: plain(row[name]) for name in columns})).hexdigest()


def is_expected(connection: Connection, row: Mapping[str, Any], column: str, value: Any) -> bool:
    """Whether the row holds there what an entry says."""
    found = row[column]
    match value:
        case TextOf():
            return is_text_of(connection, found, value.number, value.digest)
        case NoteOf():
            query = select(note.c.id).where(note.c.audit_number == value.number)
            return bool(found == connection.scalar(query))
        case Digested():
            return columns_sha256(row, value.columns) == value.digest
        case Whole():
            return bool([[int(one) for one in stretch] for stretch in found] == value.numbers)
        case _:
            return bool(plain(found) == value)


def is_text_of(connection: Connection, found: str | None, number: int, digest: str | None) -> bool:
    """Whether a column holds the text of that entry's note, or nothing where it had none or where it was erased."""
    if digest is None:
        return found is None
    query = select(note.c.salt, note.c.text).where(note.c.audit_number == number)
    kept = connection.execute(query).first()
    if kept is None:
        return False
    if not found:
        return kept.text is None
    return hashlib.sha256((kept.salt + found).encode()).hexdigest() == digest
