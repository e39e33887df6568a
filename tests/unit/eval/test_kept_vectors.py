import sqlite3
from contextlib import closing
from pathlib import Path

from eval.kept_vectors import bring_back, keep


def home(path: Path, *keys: str) -> Path:
    path.mkdir()
    with closing(sqlite3.connect(path / "ancrage.sqlite")) as connection:
        connection.execute(
            'CREATE TABLE vector (text_sha256 TEXT, model TEXT, dimensions INTEGER, "values" BLOB, '
            "PRIMARY KEY (text_sha256, model))"
        )
        connection.execute(
            "CREATE TABLE token_rows (text_sha256 TEXT, model TEXT, width INTEGER, signs BLOB, "
            "PRIMARY KEY (text_sha256, model))"
        )
        connection.execute("INSERT INTO token_rows VALUES (?, 'm', 1, x'00')", (f"rows of {path.name}",))
        connection.executemany("INSERT INTO vector VALUES (?, 'm', 1, x'00')", [(key,) for key in keys])
        connection.commit()
    return path


def test_vectors_go_from_one_home_to_the_next_once(tmp_path: Path) -> None:
    kept = tmp_path / "user" / "kept.sqlite"
    first, second = home(tmp_path / "first", "a", "b"), home(tmp_path / "second", "b")
    assert keep(first, kept) == 3
    assert keep(first, kept) == 0
    assert bring_back(second, kept) == 2
