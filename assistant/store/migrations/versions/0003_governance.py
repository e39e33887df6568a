"""Display rights, times left out, confirmed references, and reminders of what expires.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source", sa.Column("excluded_times", sa.JSON(), server_default="[]", nullable=False))
    op.add_column(
        "source",
        sa.Column("display_right", sa.String(length=16), server_default="in_house", nullable=False),
    )
    op.create_table(
        "source_reference",
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=40), nullable=False),
        sa.Column("confirmed_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_reference_source_id")),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_source_reference")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("product_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("item_id", sa.String(length=40), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_reminder_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "kind", "item_id", "expires_on", "days", name=op.f("uq_reminder_kind_item_id_expires_on_days")
        ),
    )
    op.create_index(op.f("ix_reminder_product_id"), "reminder", ["product_id"], unique=False)
