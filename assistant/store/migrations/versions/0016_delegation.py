"""Deputies: who stands for whom, on tasks and signatures.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)


def upgrade() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", _ID, nullable=False),
        sa.Column("delegator_id", _ID, nullable=False),
        sa.Column("deputy_id", _ID, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("named_at", sa.String(length=32), nullable=False),
        sa.Column("ended_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["delegator_id"], ["user_account.id"], name=op.f("fk_delegation_delegator_id")
        ),
        sa.ForeignKeyConstraint(["deputy_id"], ["user_account.id"], name=op.f("fk_delegation_deputy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    op.create_index(op.f("ix_delegation_delegator_id"), "delegation", ["delegator_id"])
    op.create_index(op.f("ix_delegation_deputy_id"), "delegation", ["deputy_id"])
    op.add_column("task", sa.Column("for_id", _ID, nullable=True))
    op.add_column("signature", sa.Column("on_behalf_of", _ID, nullable=True))
    op.add_column("signature", sa.Column("behalf_name", sa.Text(), nullable=True))
