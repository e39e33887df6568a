"""Confirmations of publications whose source was replaced, and their signatures.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "confirmation",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("piece_id", sa.String(length=40), nullable=False),
        sa.Column("publication_id", sa.String(length=40), nullable=False),
        sa.Column("old_source", sa.String(length=40), nullable=False),
        sa.Column("new_source", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("meanwhile", sa.String(length=10), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("fk_confirmation_piece_id")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_confirmation_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint(
            "publication_id",
            "old_source",
            "new_source",
            name=op.f("uq_confirmation_publication_id_old_source_new_source"),
        ),
    )
    op.create_index(op.f("ix_confirmation_piece_id"), "confirmation", ["piece_id"])
    op.create_index(op.f("ix_confirmation_publication_id"), "confirmation", ["publication_id"])
    op.create_table(
        "confirmation_signature",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("confirmation_id", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("printed_name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmation_id"], ["confirmation.id"], name=op.f("fk_confirmation_signature_confirmation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_signature")),
        sa.UniqueConstraint(
            "confirmation_id", "role", name=op.f("uq_confirmation_signature_confirmation_id_role")
        ),
        sa.UniqueConstraint(
            "confirmation_id", "user_id", name=op.f("uq_confirmation_signature_confirmation_id_user_id")
        ),
    )
    op.create_index(
        op.f("ix_confirmation_signature_confirmation_id"), "confirmation_signature", ["confirmation_id"]
    )


def downgrade() -> None:
    op.drop_table("confirmation_signature")
    op.drop_table("confirmation")
