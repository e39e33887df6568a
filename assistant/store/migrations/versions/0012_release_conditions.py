"""What a market asks for before use: visas, certificates and submissions; the windows of deposit.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_OPEN = sa.text("status = 'requested'")
_NUMBERED = sa.text("status in ('requested', 'granted')")


def upgrade() -> None:
    op.create_table(
        "release_record",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("piece_id", sa.String(length=40), nullable=False),
        sa.Column("revision_id", sa.String(length=40), nullable=False),
        sa.Column("manifest_hash", sa.String(length=64), nullable=False),
        sa.Column("condition", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("window_closes_on", sa.Date(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("printed_name", sa.Text(), nullable=True),
        sa.Column("qualification", sa.String(length=24), nullable=True),
        sa.Column("registration", sa.String(length=40), nullable=True),
        sa.Column("meaning", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.String(length=32), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.String(length=32), nullable=True),
        sa.Column("decision_entry", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("fk_release_record_piece_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_release_record_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_record")),
    )
    op.create_index(op.f("ix_release_record_piece_id"), "release_record", ["piece_id"])
    op.create_index(op.f("ix_release_record_revision_id"), "release_record", ["revision_id"])
    op.create_index(
        "uq_release_record_open",
        "release_record",
        ["manifest_hash", "condition"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index(
        "uq_release_record_number",
        "release_record",
        ["number"],
        unique=True,
        sqlite_where=_NUMBERED,
        postgresql_where=_NUMBERED,
    )
    op.create_table(
        "deposit_calendar",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("market", sa.String(length=8), nullable=False),
        sa.Column("type", sa.String(length=8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("windows", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("set_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_calendar")),
        sa.UniqueConstraint("market", "type", "year", name=op.f("uq_deposit_calendar_market_type_year")),
    )


def downgrade() -> None:
    op.drop_table("deposit_calendar")
    op.drop_table("release_record")
