"""One place where transactions begin and end."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql import Executable

from assistant.errors import Busy, Conflict, StorageFull
from assistant.store.clock import Clock, SystemClock


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
    after_commit: Callable[[Sequence[Entry]], None] = nobody
    """Is told the audit entries that have just become durable."""

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One transaction: everything in it happens, with its audit entry, or nothing does.

        Raises Busy where another process holds the database too long, StorageFull where the disk refuses, Conflict
        where another transaction has just written what may be there once.
        """
        try:
            with self.engine.begin() as connection:
                tx = Transaction(connection, self.clock.now(), self.failpoint)
                yield tx
        except (OperationalError, IntegrityError) as error:
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
        except OperationalError as error:
            raise _typed(error) from error


def _typed(error: OperationalError | IntegrityError) -> Exception:
    text = str(error.orig).lower()
    if isinstance(error, IntegrityError):
        if "unique" not in text:
            return error
        return Conflict(
            "Somebody else has just done the same; nothing was changed.", help="Look again, then decide."
        )
    if "locked" in text or "busy" in text or "lock timeout" in text:
        return Busy("The database is busy.", help="Try again in a moment.")
    if "full" in text or "readonly" in text or "disk i/o" in text or "no space" in text:
        return StorageFull(
            "The disk is full or cannot be written; nothing was changed.",
            help="Free some space, then do it again.",
        )
    return error


def open_database(url: str, clock: Clock | None = None, busy_seconds: float = 30.0) -> Database:
    """Open `sqlite:///path` or `postgresql+psycopg://…`. SQLite writes begin at once, so that two never deadlock.

    `busy_seconds` is how long a transaction waits for another process on SQLite.
    """
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=40)
        return Database(engine, clock or SystemClock())
    engine = create_engine(url, connect_args={"timeout": busy_seconds, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that becomes a writer in mid-transaction can fail at once with "locked"; so writers say so first.
        writing = connection.get_execution_options().get("reads_only") is not True
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return Database(engine, clock or SystemClock())
