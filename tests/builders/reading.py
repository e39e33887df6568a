"""What a test asks the database after an act."""

from typing import Any

from sqlalchemy import func, select

from assistant.review.pieces import load_piece
from assistant.store.database import Database
from assistant.store.schema import audit_entry


def status_of(db: Database, piece_id: str) -> str:
    with db.read() as connection:
        return load_piece(connection, piece_id).status


def count(db: Database, table: Any) -> int:
    with db.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def actions(db: Database) -> list[str]:
    with db.read() as connection:
        return list(connection.scalars(select(audit_entry.c.action).order_by(audit_entry.c.number)))
