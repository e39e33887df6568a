"""The register of recipients: who received what, how and since when.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication_use",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("piece_id", sa.String(length=40), nullable=False),
        sa.Column("publication_id", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("audit_number", sa.Integer(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("file_line", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("fk_publication_use_piece_id")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_publication_use_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_use")),
        sa.UniqueConstraint(
            "file_sha256", "file_line", name=op.f("uq_publication_use_file_sha256_file_line")
        ),
    )
    op.create_index(op.f("ix_publication_use_piece_id"), "publication_use", ["piece_id"])
    op.create_index(op.f("ix_publication_use_publication_id"), "publication_use", ["publication_id"])


def downgrade() -> None:
    op.drop_table("publication_use")
