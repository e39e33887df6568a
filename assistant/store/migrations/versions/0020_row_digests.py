"""The salt with which the audit trail holds a digest of a signature's, a confirmation's and a certificate's row.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rows made before have none: they are held to what their entries spell out."""
    for table in ("signature", "confirmation_signature", "release_record"):
        op.add_column(table, sa.Column("salt", sa.String(length=32), nullable=True))
