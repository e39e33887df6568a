"""Vectors kept from one measurement to the next, by text hash and model: a second run embeds nothing again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from assistant.store.database import Database
from assistant.store.token_rows import save_token_rows
from assistant.store.vectors import save_vectors

FILE = "eval-vectors.sqlite"
_BATCH = 2_000
_TABLES = {
    "vector": ("dimensions INTEGER", "values"),
    "token_rows": ("width INTEGER", "signs"),
}
"""Of each table of this kind, its number and its bytes, beside the text's hash and the model."""


def bring_back(home: Path, kept: Path) -> int:
    """Copy what was kept into the embedded database of a home; returns how many vectors were new to it."""
    return _copied(home, kept, "kept", "main")


def bring_back_anywhere(db: Database, kept: Path) -> int:
    """Copy what was kept into a database of any kind; returns how many vectors and token rows there are."""
    if not kept.is_file():
        return 0
    copied = 0
    with closing(sqlite3.connect(kept, timeout=60)) as connection:
        present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        for table, (number, values) in _TABLES.items():
            if table not in present:
                continue
            rows = connection.execute(
                f'SELECT model, text_sha256, {number.split()[0]}, "{values}" FROM {table} ORDER BY model, text_sha256'  # noqa: S608  names above
            )
            while batch := rows.fetchmany(_BATCH):
                _save(db, table, batch)
                copied += len(batch)
    return copied


def _save(db: Database, table: str, batch: list[tuple[str, str, int, bytes]]) -> None:
    by_model: dict[str, dict[str, tuple[int, bytes]]] = {}
    for model, key, number, values in batch:
        by_model.setdefault(model, {})[key] = number, values
    with db.write() as tx:
        for model, found in by_model.items():
            if table == "token_rows":
                save_token_rows(tx, model, found)
            else:
                vectors = {key: np.frombuffer(values, dtype="<f4") for key, (_, values) in found.items()}
                save_vectors(tx, model, vectors)


def keep(home: Path, kept: Path) -> int:
    """Keep what a home has made; returns how many vectors are new."""
    return _copied(home, kept, "main", "kept")


def _copied(home: Path, kept: Path, of: str, to: str) -> int:
    """How many rows are new where they were copied to."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    copied = 0
    with closing(sqlite3.connect(home / "ancrage.sqlite", timeout=60)) as connection:
        connection.execute("ATTACH DATABASE ? AS kept", (str(kept),))
        for table, (number, values) in _TABLES.items():
            columns = f'text_sha256, model, {number.split()[0]}, "{values}"'
            connection.execute(
                f"CREATE TABLE IF NOT EXISTS kept.{table} (text_sha256 TEXT, model TEXT, {number}, "
                f'"{values}" BLOB, PRIMARY KEY (text_sha256, model))'
            )
            copied += connection.execute(
                f"INSERT OR IGNORE INTO {to}.{table} ({columns}) SELECT {columns} FROM {of}.{table}"  # noqa: S608  names above
            ).rowcount
        connection.commit()
    return copied
