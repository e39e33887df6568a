"""Runs of letters and digits among the stems of the passages that are stored already, so that IL-6 finds IL6.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

from assistant.store.postings import save_postings
from assistant.store.words import pieces

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_CHANGE = sa.text(
    "UPDATE passage SET stems = :stems, heading_stems = :heading_stems WHERE reading_id = :reading AND ordinal = :ordinal"
)
_READ = sa.text(
    "SELECT ordinal, text, heading, stems, heading_stems FROM passage WHERE reading_id = :reading ORDER BY ordinal"
)


def upgrade() -> None:
    fill()


def fill() -> None:
    """The readings that hold such words: their stems, then their postings anew."""
    connection = op.get_bind()
    for reading_id in connection.execute(sa.text("SELECT id FROM reading ORDER BY id")).scalars().all():
        rows = connection.execute(_READ, {"reading": reading_id}).all()
        anew = [
            {
                "reading": reading_id,
                "ordinal": row.ordinal,
                "stems": " ".join([*row.stems.split(), *pieces(row.text)]),
                "heading_stems": " ".join([*row.heading_stems.split(), *pieces(row.heading)]),
            }
            for row in rows
        ]
        if all(
            new["stems"] == row.stems and new["heading_stems"] == row.heading_stems
            for new, row in zip(anew, rows, strict=True)
        ):
            continue
        connection.execute(_CHANGE, anew)
        connection.execute(
            sa.text("DELETE FROM posting WHERE reading_id = :reading"), {"reading": reading_id}
        )
        save_postings(
            connection, reading_id, [(new["ordinal"], new["stems"], new["heading_stems"]) for new in anew]
        )


def downgrade() -> None:
    """The runs stay: a search that does not ask for them is not changed by them but for the length of counts."""
