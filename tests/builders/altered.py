"""Puts other values into rows, as somebody with the database's password could."""

import hashlib
import json
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import Any

import rfc8785
from sqlalchemy import Column, Connection, select, update

from assistant.audit.trail import GENESIS
from assistant.store.database import Database
from assistant.store.schema import audit_entry
from assistant.store.types import Instant

_MOMENT = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
_INSTEAD_OF_NOTHING: dict[type, Any] = {date: _MOMENT.date(), int: 1, dict: [], str: "x"}


def other(connection: Connection, column: Column[Any], value: Any) -> Any:
    """Another value that the column takes; for a foreign key one that no row has yet, if there is one."""
    for key in column.foreign_keys:
        query = (
            select(key.column).where(key.column != value).order_by(key.column.in_(select(column)), key.column)
        )
        return connection.scalars(query).first()
    if value is None:
        return _MOMENT if isinstance(column.type, Instant) else _INSTEAD_OF_NOTHING[column.type.python_type]
    if isinstance(value, bool):
        return not value
    if isinstance(value, dict | list):
        return [value]
    if isinstance(value, str):
        return f"x{value[1:]}"
    return value + (1 if isinstance(value, int) else timedelta(days=1))


def as_an_older_version_entered_it(db: Database, newer: Collection[str]) -> None:
    """Chain the trail anew, its entries without these details."""
    previous = GENESIS
    with db.write() as tx:
        for entry in tx.execute(select(audit_entry).order_by(audit_entry.c.number)).all():
            body = json.loads(entry.canonical)
            body |= {"details": {k: v for k, v in body["details"].items() if k not in newer}}
            canonical = rfc8785.dumps(body | {"previous": previous}).decode()
            digest = hashlib.sha256(canonical.encode()).hexdigest()
            tx.execute(
                update(audit_entry)
                .where(audit_entry.c.number == entry.number)
                .values(canonical=canonical, hash=digest, previous=previous)
            )
            previous = digest
