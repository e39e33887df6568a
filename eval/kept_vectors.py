"""Vectors kept from one measurement to the next, by text hash and model: a second run embeds nothing again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.store.database import Database
from assistant.store.vectors import save_vectors

FILE = "eval-vectors.sqlite"
_BATCH = 2_000
_TABLE = (
    "CREATE TABLE IF NOT EXISTS kept.vector (text_sha256 TEXT, model TEXT, dimensions INTEGER, "
    '"values" BLOB, PRIMARY KEY (text_sha256, model))'
)
_BACK = (
    'INSERT OR IGNORE INTO main.vector (text_sha256, model, dimensions, "values") '
    'SELECT text_sha256, model, dimensions, "values" FROM kept.vector'
)
_KEEP = (
    'INSERT OR IGNORE INTO kept.vector (text_sha256, model, dimensions, "values") '
    'SELECT text_sha256, model, dimensions, "values" FROM main.vector'
)


def bring_back(home: Path, kept: Path) -> int:
    """Copy what was kept into the embedded database of a home; returns how many vectors were new to it."""
    return _copied(home, kept, _BACK)


def bring_back_anywhere(db: Database, kept: Path) -> int:
    """Copy what was kept into a database of any kind; returns how many vectors there are."""
    if not kept.is_file():
        return 0
    copied = 0
    with closing(sqlite3.connect(kept, timeout=60)) as connection:
        rows = connection.execute(
            'SELECT model, text_sha256, "values" FROM vector ORDER BY model, text_sha256'
        )
        while batch := rows.fetchmany(_BATCH):
            by_model: dict[str, dict[str, NDArray[np.float32]]] = {}
            for model, key, values in batch:
                by_model.setdefault(model, {})[key] = np.frombuffer(values, dtype="<f4")
            with db.write() as tx:
                for model, vectors in by_model.items():
                    save_vectors(tx, model, vectors)
            copied += len(batch)
    return copied


def keep(home: Path, kept: Path) -> int:
    """Keep what a home has made; returns how many vectors are new."""
    return _copied(home, kept, _KEEP)


def _copied(home: Path, kept: Path, statement: str) -> int:
    kept.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(home / "ancrage.sqlite", timeout=60)) as connection:
        connection.execute("ATTACH DATABASE ? AS kept", (str(kept),))
        connection.execute(_TABLE)
        copied = connection.execute(statement).rowcount
        connection.commit()
    return copied
