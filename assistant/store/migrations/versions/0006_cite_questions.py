"""Whether the approval of a recording covers its live questions and answers.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "source", sa.Column("cite_questions", sa.Boolean(), nullable=False, server_default=sa.false())
    )
