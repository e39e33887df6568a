"""Policies are proposed by one person and adopted by another.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)


def upgrade() -> None:
    op.create_table(
        "policy_proposal",
        sa.Column("id", _ID, nullable=False),
        sa.Column("policy_hash", sa.String(length=64), nullable=False),
        sa.Column("before_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("audit_number", sa.Integer(), nullable=False),
        sa.Column("proposed_by", _ID, nullable=False),
        sa.Column("proposed_at", sa.String(length=32), nullable=False),
        sa.Column("note_id", _ID, nullable=True),
        sa.Column("closed_by", _ID, nullable=True),
        sa.Column("closed_at", sa.String(length=32), nullable=True),
        sa.Column("closing_note_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["policy_hash"], ["review_policy.hash"], name=op.f("fk_policy_proposal_policy_hash")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_proposal")),
    )
    op.create_index(
        "uq_policy_proposal_open",
        "policy_proposal",
        ["policy_hash"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.add_column("policy_adoption", sa.Column("proposal_id", _ID, nullable=True))
