"""The migrated database is the schema that the code speaks of."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from assistant.errors import IntegrityError
from assistant.store import migrations
from assistant.store.database import Database, open_database
from assistant.store.migrations import NEWEST, known_revisions, migrate
from assistant.store.schema import metadata

DieAt = Callable[[str], Callable[[str], None]]


def test_the_migrated_database_is_the_schema(db: Database) -> None:
    with db.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_revision_is_the_last_file() -> None:
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert script.get_current_head() == NEWEST
    assert NEWEST in known_revisions()


def test_a_current_database_is_left_alone(db: Database) -> None:
    assert migrate(db) is False


def test_two_processes_migrating_at_once_both_end_well(tmp_path: Path) -> None:
    databases = [open_database(f"sqlite:///{tmp_path / 'new.sqlite'}") for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(migrate, databases))
    assert sorted(done) == [False, False, False, True]
    for opened in databases:
        opened.engine.dispose()


def test_a_database_of_a_newer_program_is_refused(db: Database) -> None:
    with db.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(IntegrityError, match="9999"):
        migrate(db)


def test_a_migration_that_dies_leaves_nothing(tmp_path: Path, die_at: DieAt) -> None:
    db = open_database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with pytest.raises(RuntimeError, match="migrate"):
        migrate(replace(db, failpoint=die_at("migrate")))
    with db.read() as connection:
        assert connection.execute(text("SELECT name FROM sqlite_master")).all() == []
    db.engine.dispose()
