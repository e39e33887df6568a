"""Values that no database keeps, and databases that are not there: refusals that say what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from assistant.bootstrap import open_app
from assistant.corpus.products import add_product, find_product
from assistant.errors import Busy, IntegrityError, InvalidInput
from assistant.people.roles import Actor
from assistant.people.sessions import open_session
from assistant.settings import Settings
from assistant.store.database import Database
from assistant.store.schema import audit_entry, setting


@pytest.mark.parametrize("words", ["half a character: \ud800", "nothing: \x00"])
def test_text_that_cannot_be_kept_is_refused_and_nothing_is_changed(
    db: Database, people: dict[str, Actor], words: str
) -> None:
    def write() -> None:
        add_product(db, people["librarian"], "Velmora", {})
        with db.write() as tx:
            tx.execute(insert(setting).values(name="before", value=1))
            tx.execute(insert(setting).values(name=words, value=1))

    if db.is_sqlite and "\x00" in words:
        write()  # SQLite keeps it
        return
    with pytest.raises(InvalidInput, match="cannot be kept"):
        write()
    with db.read() as connection:
        assert connection.execute(select(setting.c.name)).scalars().all() == []


@pytest.mark.parametrize("words", ["a\x00", "a\ud800"])
@pytest.mark.parametrize(
    "act",
    [lambda db, words: open_session(db, words, "a passphrase"), find_product],
)
def test_looking_for_what_cannot_be_there_is_a_refusal(
    db: Database, act: Callable[[Database, str], object], words: str
) -> None:
    from ingestion.errors import AncrageError

    with pytest.raises(AncrageError) as refused:
        act(db, words)
    assert refused.value.http_status < 500


def test_a_number_beyond_measure_is_refused(db: Database) -> None:
    query = select(audit_entry.c.number).where(audit_entry.c.number < 10**25)
    with pytest.raises(InvalidInput), db.read() as connection:
        connection.execute(query)


def opened_at(url: str, home: Path) -> None:
    open_app(Settings(home=home, database_url=url, egress=False, workers=1)).close()


def test_a_folder_that_is_not_there_is_named_as_the_fault(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be opened") as refused:
        opened_at(f"sqlite:///{tmp_path / 'nowhere' / 'a.sqlite'}", tmp_path)
    assert "ANCRAGE_DATABASE_URL" in refused.value.help


def test_a_file_that_is_no_database_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite"
    file.write_bytes(b"Dear Sir or Madam, " * 100)
    with pytest.raises(IntegrityError):
        opened_at(f"sqlite:///{file}", tmp_path)
    assert file.read_bytes().startswith(b"Dear")


@pytest.mark.enable_socket
def test_a_server_that_is_down_is_busy_and_may_be_tried_again(tmp_path: Path) -> None:
    with pytest.raises(Busy, match="cannot be reached") as refused:
        opened_at("postgresql+psycopg://nobody@127.0.0.1:1/x", tmp_path)
    assert refused.value.retry


@pytest.mark.parametrize("url", ["postgresql+psycopg://a@host:port/x", "postgresql+psycopg"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be read as an address"):
        opened_at(url, tmp_path)
