"""Cases are acknowledged, handed over and closed.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)
_INSTANT = sa.String(length=32)


def upgrade() -> None:
    for name, kind in (
        ("acknowledged_at", _INSTANT),
        ("acknowledged_by", _ID),
        ("serious", sa.Boolean()),
        ("reference", sa.String(80)),
        ("outcome", sa.String(16)),
        ("duplicate_of", _ID),
        ("closed_at", _INSTANT),
        ("closed_by", _ID),
    ):
        op.add_column("safety_case", sa.Column(name, kind))
    op.create_index("ix_safety_case_clock", "safety_case", ["status", "due_at", "id"])
    op.create_index("ix_safety_case_duplicate_of", "safety_case", ["duplicate_of"])
