"""Transactions: whole or not at all, typed when they fail, and readers see one state of the world."""

import sqlite3
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import func, insert, select

from assistant.corpus.products import add_product
from assistant.errors import Busy, Conflict
from assistant.people.roles import Actor
from assistant.store.database import Database, open_database
from assistant.store.migrations import migrate
from assistant.store.schema import product, setting


def test_what_may_be_there_once_is_a_conflict_the_second_time(db: Database) -> None:
    def act() -> None:
        with db.write() as tx:
            tx.execute(insert(setting).values(name="only", value=1))

    act()
    with pytest.raises(Conflict):
        act()


def test_a_reader_sees_one_state_of_the_world(db: Database, people: dict[str, Actor]) -> None:
    count = select(func.count()).select_from(product)
    with db.read() as connection:
        assert connection.execute(count).scalar_one() == 0
        add_product(db, people["librarian"], "Velmora", {})
        assert connection.execute(count).scalar_one() == 0
    with db.read() as connection:
        assert connection.execute(count).scalar_one() == 1


def test_nothing_is_written_through_a_reader(db: Database) -> None:
    with db.read() as connection:
        if db.is_sqlite:
            connection.execute(insert(setting).values(name="a", value=1))  # rolled back at the end
        else:
            with pytest.raises(Exception, match="read-only"):
                connection.execute(insert(setting).values(name="a", value=1))
    with db.read() as connection:
        assert connection.execute(select(setting)).all() == []


def test_a_database_that_another_holds_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "ancrage.sqlite"
    db = open_database(f"sqlite:///{path}", busy_seconds=0.1)
    migrate(db)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def act() -> None:
        with db.write() as tx:
            tx.execute(insert(setting).values(name="a", value=1))

    with pytest.raises(Busy) as refused:
        act()
    assert refused.value.retry is True
    other.execute("ROLLBACK")
    other.close()
    act()
    db.engine.dispose()


def test_a_new_database_is_waited_for_while_another_process_begins_it(tmp_path: Path) -> None:
    path = tmp_path / "ancrage.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute(
        "BEGIN IMMEDIATE"
    )  # not yet writing ahead: SQLite refuses the second one here without waiting
    patient = open_database(f"sqlite:///{path}", busy_seconds=20)
    hasty = open_database(f"sqlite:///{path}", busy_seconds=0.1)
    with pytest.raises(Busy), hasty.read():
        pass
    release = Timer(0.3, other.execute, ["ROLLBACK"])
    release.start()
    with patient.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    release.join()
    other.close()
    patient.engine.dispose()
    hasty.engine.dispose()
