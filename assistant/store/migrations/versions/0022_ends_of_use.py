"""Have the ends of published content set right where older versions kept them too late.

A migration cannot write the audit trail, so it leaves a job: the next start does it first, publication by publication.

Revision ID: 0022
Revises: 0021
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    resting = sa.text(
        "SELECT publication.id FROM publication JOIN release_record ON release_record.piece_id = publication.piece_id"
        " WHERE publication.status IN ('published', 'suspended') AND release_record.number IS NOT NULL LIMIT 1"
    )
    if connection.execute(resting).first() is None:
        return
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    values = {"id": "job_ends_of_use", "kind": "ends", "by": "system", "now": now}
    connection.execute(
        sa.text(
            "INSERT INTO job (id, kind, status, arguments, done, total, doing, created_by, created_at, updated_at)"
            " VALUES (:id, :kind, 'queued', '{}', 0, 0, '', :by, :now, :now)"
        ),
        values,
    )
