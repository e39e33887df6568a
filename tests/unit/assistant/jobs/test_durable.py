"""The file of the workflow engine, which holds nothing that our own checkpoints do not."""

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.jobs.durable import set_aside_if_damaged


def make(file: Path) -> bytes:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE work (id TEXT)")
        connection.executemany("INSERT INTO work VALUES (?)", [(str(n) * 50,) for n in range(2000)])
        connection.commit()
    return file.read_bytes()


def test_a_sound_file_and_none_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "dbos.sqlite"
    set_aside_if_damaged(file)
    assert not file.exists()
    whole = make(file)
    set_aside_if_damaged(file)
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (whole, [file])


def test_what_is_no_database_is_kept_under_another_name(tmp_path: Path) -> None:
    file = tmp_path / "dbos.sqlite"
    file.write_bytes(b"garbage")
    set_aside_if_damaged(file)
    assert [path.name for path in tmp_path.iterdir()] == ["dbos.sqlite.damaged"]
    file.write_bytes(b"garbage again")
    set_aside_if_damaged(file)
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert kept == {"dbos.sqlite.damaged": b"garbage", "dbos.sqlite.damaged-2": b"garbage again"}


def test_a_page_that_is_spoilt_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "dbos.sqlite"
    whole = make(file)
    file.write_bytes(whole[:8192] + b"\x7f" * 4096 + whole[12288:])
    set_aside_if_damaged(file)
    assert not file.exists()
    assert (tmp_path / "dbos.sqlite.damaged").exists()
    make(file)  # its place is free


def test_a_file_that_another_process_holds_is_not_damaged(tmp_path: Path) -> None:
    file = tmp_path / "dbos.sqlite"
    make(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        set_aside_if_damaged(file)
        assert file.exists()
