"""One place where transactions begin and end."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql import Executable

from assistant.errors import Busy, Conflict, InvalidInput, StorageFull
from assistant.errors import IntegrityError as Damaged
from assistant.store.clock import Clock, SystemClock
from assistant.store.private import make_private


@dataclass(frozen=True, slots=True)
class Entry:
    """An audit entry of a transaction: its number in the chain, its hash, what was done to what, and when."""

    number: int
    hash: str
    action: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Transaction:
    """A change of the world under way: its connection, and the one instant at which all of it happens."""

    connection: Connection
    now: datetime
    failpoint: Callable[[str], None]
    entries: list["Entry"] = field(default_factory=list)
    """The audit entries written so far, for whoever is told at commit."""

    def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run one statement within this transaction."""
        return self.connection.execute(statement, parameters)


def no_failpoint(name: str) -> None:
    """Do nothing at `name`; tests inject a function that kills the process there."""
    del name


def nobody(_told: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Database:
    """SQLite or PostgreSQL, and the clock whose instants are written."""

    engine: Engine
    clock: Clock = field(default_factory=SystemClock)
    failpoint: Callable[[str], None] = no_failpoint
    before_commit: Callable[[Transaction], None] = nobody
    """Is given a transaction that has audited something, as its last act: what it writes stands or falls with it."""
    after_commit: Callable[[Sequence[Entry]], None] = nobody
    """Is told the audit entries that have just become durable."""

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One transaction: everything in it happens, with its audit entry, or nothing does.

        Raises Busy where another process holds the database too long or the server cannot be reached, StorageFull
        where the disk refuses, Conflict where another transaction has just written what may be there once, InvalidInput
        for a value that the database cannot keep.
        """
        try:
            with self.engine.begin() as connection:
                tx = Transaction(connection, self.clock.now(), self.failpoint)
                yield tx
                if tx.entries:
                    self.before_commit(tx)
        except _FAULTS as error:
            raise _typed(error) from error
        if tx.entries:
            self.after_commit(tx.entries)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading; it sees one state of the world."""
        try:
            with self.engine.connect() as connection:
                if self.is_sqlite:
                    connection.execution_options(reads_only=True)
                else:
                    connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                yield connection
        except _FAULTS as error:
            raise _typed(error) from error


# UnicodeEncodeError: half a character. OverflowError: SQLite's word for a number beyond 64 bits, as DataError is
# PostgreSQL's, which says so of a NUL in a text, too.
_FAULTS = (DatabaseError, PoolTimeout, UnicodeEncodeError, OverflowError)
_WRONG_ADDRESS = ("authentication failed", "does not exist", "failed to resolve", "no password supplied")


def _typed(error: Exception) -> Exception:
    if isinstance(error, DataError | UnicodeEncodeError | OverflowError):
        return InvalidInput(
            "A value cannot be kept: a number beyond measure, or a text with a character that is none.",
            help="Look at what was sent, and leave out control characters.",
        )
    text = str(getattr(error, "orig", error)).lower()
    if isinstance(error, IntegrityError):
        if "unique" not in text:
            return error
        return Conflict(
            "Somebody else has just done the same; nothing was changed.", help="Look again, then decide."
        )
    if isinstance(error, PoolTimeout) or "locked" in text or "busy" in text or "lock timeout" in text:
        return Busy("The database is busy.", help="Try again in a moment.")
    if "full" in text or "readonly" in text or "disk i/o" in text or "no space" in text:
        return StorageFull(
            "The disk is full or cannot be written; nothing was changed.",
            help="Free some space, then do it again.",
        )
    return _unreachable(error, text) or error


def _unreachable(error: Exception, text: str) -> Exception | None:
    """Why there is no database at the address."""
    if "unable to open database" in text:
        return InvalidInput(
            "The database file cannot be opened.",
            help="Check the path in ANCRAGE_DATABASE_URL or ANCRAGE_HOME: its folder must be there, and yours.",
        )
    if "not a database" in text or "malformed" in text:
        return Damaged(
            "The database file is damaged, or is none of Ancrage's.",
            help="Check the path, or restore the file from a copy of the home.",
        )
    if not isinstance(error, OperationalError) or getattr(error.orig, "sqlstate", "") is not None:
        return None  # psycopg gives no state where it never reached the server, and SQLite never has one
    if any(words in text for words in _WRONG_ADDRESS):
        return InvalidInput(
            "PostgreSQL does not take this address.",
            help="Check the host, the database, the user and the password in ANCRAGE_DATABASE_URL.",
        )
    return Busy(
        "PostgreSQL cannot be reached.",
        help="See whether the server runs and ANCRAGE_DATABASE_URL names it, then try again.",
    )


def _write_ahead(cursor: DBAPICursor, patience: float) -> None:
    """Have SQLite write ahead. Its own time-out does not cover this one statement, so that we wait for others here."""
    given_up = monotonic() + patience
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() >= given_up:
                raise
            sleep(0.01)
        else:
            return


def open_database(url: str, clock: Clock | None = None, busy_seconds: float = 30.0) -> Database:
    """Open `sqlite:///path` or `postgresql+psycopg://…`. SQLite writes begin at once, so that two never deadlock.

    `busy_seconds` is how long a transaction waits for another process on SQLite. Raises InvalidInput for no address.
    """
    try:
        file = make_url(url).database
    except (ArgumentError, ValueError) as error:  # ValueError: of the port
        raise InvalidInput(
            "ANCRAGE_DATABASE_URL cannot be read as an address.",
            help="For instance postgresql://user:password@host/database.",
        ) from error
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=40)
        return Database(engine, clock or SystemClock())
    if file and file != ":memory:":
        make_private(Path(file))
    engine = create_engine(url, connect_args={"timeout": busy_seconds, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        cursor = connection.cursor()
        _write_ahead(cursor, busy_seconds)
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that becomes a writer in mid-transaction can fail at once with "locked"; so writers say so first.
        writing = connection.get_execution_options().get("reads_only") is not True
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return Database(engine, clock or SystemClock())
