"""Approved claims, and how each stands to its reference.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approved_claim",
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("variants", sa.JSON(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("cited_page", sa.Integer(), nullable=True),
        sa.Column("safety_text", sa.Text(), nullable=False),
        sa.Column("markets", sa.JSON(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("readable_expiry", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("match", sa.String(length=24), nullable=False),
        sa.Column("match_source", sa.String(length=40), nullable=True),
        sa.Column("match_page", sa.Integer(), nullable=True),
        sa.Column("match_detail", sa.JSON(), nullable=False),
        sa.Column("matched_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_approved_claim_source_id")),
        sa.PrimaryKeyConstraint("source_id", "page", name=op.f("pk_approved_claim")),
    )
