"""Abbreviations that the documents explain themselves, to widen a question with.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from assistant.store.abbreviations import save_abbreviations

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "abbreviation",
        sa.Column("reading_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("short", sa.String(length=16), nullable=False),
        sa.Column("long", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_abbreviation_reading_id")),
        sa.PrimaryKeyConstraint("reading_id", "number", name=op.f("pk_abbreviation")),
    )
    fill()


def fill() -> None:
    """The readings that are stored already."""
    connection = op.get_bind()
    for reading_id in connection.execute(sa.text("SELECT id FROM reading ORDER BY id")).scalars().all():
        rows = connection.execute(
            sa.text("SELECT layer, text FROM sentence WHERE reading_id = :reading ORDER BY ordinal"),
            {"reading": reading_id},
        ).all()
        save_abbreviations(connection, reading_id, [(row.layer, row.text) for row in rows])


def downgrade() -> None:
    op.drop_table("abbreviation")
