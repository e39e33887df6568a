"""Postings of every stem; they take the place of each database's own word index.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from assistant.store.postings import save_postings

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "posting",
        sa.Column("reading_id", sa.String(length=40), nullable=False),
        sa.Column("stem", sa.String(length=64), nullable=False),
        sa.Column("ordinals", sa.LargeBinary(), nullable=False),
        sa.Column("in_text", sa.LargeBinary(), nullable=False),
        sa.Column("in_heading", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_posting_reading_id")),
        sa.PrimaryKeyConstraint("reading_id", "stem", name=op.f("pk_posting")),
    )
    fill()
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE passage_words")
    else:
        op.execute("DROP INDEX ix_passage_words")
        op.execute("ALTER TABLE passage DROP COLUMN words")


def fill() -> None:
    """The passages that are stored already, reading by reading."""
    connection = op.get_bind()
    for reading_id in connection.execute(sa.text("SELECT id FROM reading ORDER BY id")).scalars().all():
        rows = connection.execute(
            sa.text("SELECT ordinal, stems, heading_stems FROM passage WHERE reading_id = :reading"),
            {"reading": reading_id},
        ).all()
        save_postings(connection, reading_id, [(row.ordinal, row.stems, row.heading_stems) for row in rows])
