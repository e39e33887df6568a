"""Whoever asked may say that a held turn was a question; the case stays open.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("safety_case", sa.Column("said_question_at", sa.String(length=32), nullable=True))
