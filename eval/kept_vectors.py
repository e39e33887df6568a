"""Vectors kept from one measurement to the next, by text hash and model: a second run embeds nothing again."""

import sqlite3
from contextlib import closing
from pathlib import Path

FILE = "eval-vectors.sqlite"
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
