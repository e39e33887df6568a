"""Keep the signs of the better model's rows of a passage's words, where they are wanted.

Nothing is made here: the job that makes the better model's vectors finds what is missing.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "token_rows",
        sa.Column("text_sha256", sa.String(64), primary_key=True),
        sa.Column("model", sa.String(80), primary_key=True),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("signs", sa.LargeBinary, nullable=False),
    )
