"""Policies as data: adopted ones, the plan of a round, and the step of a task.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_policy",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_review_policy")),
    )
    op.create_table(
        "policy_adoption",
        sa.Column("audit_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("policy_hash", sa.String(length=64), nullable=False),
        sa.Column("adopted_by", sa.String(length=40), nullable=False),
        sa.Column("adopted_at", sa.String(length=32), nullable=False),
        sa.Column("note_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["policy_hash"], ["review_policy.hash"], name=op.f("fk_policy_adoption_policy_hash")
        ),
        sa.PrimaryKeyConstraint("audit_number", name=op.f("pk_policy_adoption")),
    )
    op.add_column("review_round", sa.Column("policy_hash", sa.String(length=64), nullable=True))
    op.add_column("review_round", sa.Column("plan", sa.JSON(), nullable=True))
    op.add_column("task", sa.Column("step", sa.Integer(), server_default="0", nullable=False))
