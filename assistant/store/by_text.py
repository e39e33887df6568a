"""Rows that are kept for good under the hash of what they were made of: written once, by whoever comes first."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from assistant.store.batches import batches
from assistant.store.database import Transaction


def insert_into(tx: Transaction, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insertion in the words of the transaction's database, which knows what to do where the row is there already."""
    return sqlite.insert(table) if tx.connection.dialect.name == "sqlite" else postgresql.insert(table)


def keep_once(tx: Transaction, table: Table, rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep these rows, by hash; one that is known already stays as it is."""
    values = [rows[key] for key in sorted(rows)]  # in one order: no two transactions wait for each other
    if values:
        tx.execute(insert_into(tx, table).on_conflict_do_nothing(), values)


def known_texts(connection: Connection, table: Table, model: str, keys: Sequence[str]) -> set[str]:
    """Which of these texts have a row of this model."""
    known: set[str] = set()
    for some in batches(keys):
        query = select(table.c.text_sha256).where(table.c.model == model, table.c.text_sha256.in_(some))
        known.update(connection.execute(query).scalars())
    return known
