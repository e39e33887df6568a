"""A comment that was erased is erased from its row, too: once, erasing left the words there.

Revision ID: 0031
Revises: 0030
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    empty_copies(op.get_bind())


def empty_copies(connection: sa.Connection) -> None:
    """Of every comment whose text is erased from the trail's notes, the copy that its row keeps."""
    erased = connection.execute(
        sa.text(
            "SELECT e.canonical FROM audit_entry e JOIN note n ON n.audit_number = e.number"
            " WHERE n.text IS NULL AND e.action = 'piece.commented'"
        )
    ).all()
    for (canonical,) in erased:
        found = json.loads(canonical)["details"].get("comment")
        connection.execute(sa.text("UPDATE comment SET text = '' WHERE id = :id"), {"id": found})
