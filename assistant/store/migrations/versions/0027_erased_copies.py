"""A reason that was erased is erased from the rows, too, to which it had been copied: once, erasing left those.

Revision ID: 0027
Revises: 0026
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_COPIES = {
    "piece.submitted": ("round", "UPDATE review_round SET override_request = NULL WHERE id = :id"),
    "statement.attested": ("attestation", "UPDATE attestation SET reason = '' WHERE id = :id"),
    "finding.overridden": ("override", "UPDATE override SET reason = '' WHERE id = :id"),
}


def upgrade() -> None:
    empty_copies(op.get_bind())


def empty_copies(connection: sa.Connection) -> None:
    """Of every entry whose text is erased, the copy that its row keeps."""
    erased = connection.execute(
        sa.text(
            "SELECT e.action, e.canonical FROM audit_entry e JOIN note n ON n.audit_number = e.number"
            " WHERE n.text IS NULL AND e.action IN ('piece.submitted', 'statement.attested', 'finding.overridden')"
        )
    ).all()
    for action, canonical in erased:
        named, emptied = _COPIES[action]
        connection.execute(sa.text(emptied), {"id": json.loads(canonical)["details"].get(named)})
