"""Pieces and jobs are listed in pages.

Revision ID: 0032
Revises: 0031
"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_piece_changed", "piece", ["updated_at", "id"])
    op.create_index("ix_job_begun", "job", ["created_at", "id"])
