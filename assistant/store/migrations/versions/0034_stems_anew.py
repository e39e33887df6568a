"""The stems of the passages that are stored already, made anew: two threads at once could store wrong ones.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

from assistant.store.postings import save_postings
from assistant.store.words import pieces, stems

revision = "0034"
down_revision = "0033"
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
    """The readings that hold a wrong one: their stems, then their postings anew."""
    connection = op.get_bind()
    for reading in connection.execute(sa.text("SELECT id, language FROM reading ORDER BY id")).all():
        rows = connection.execute(_READ, {"reading": reading.id}).all()
        anew = [
            {
                "reading": reading.id,
                "ordinal": row.ordinal,
                "stems": _stems(row.text, reading.language),
                "heading_stems": _stems(row.heading, reading.language),
            }
            for row in rows
        ]
        wrong = [
            new
            for new, row in zip(anew, rows, strict=True)
            if new["stems"] != row.stems or new["heading_stems"] != row.heading_stems
        ]
        if not wrong:
            continue
        connection.execute(_CHANGE, wrong)
        connection.execute(
            sa.text("DELETE FROM posting WHERE reading_id = :reading"), {"reading": reading.id}
        )
        save_postings(
            connection, reading.id, [(new["ordinal"], new["stems"], new["heading_stems"]) for new in anew]
        )


def _stems(text: str, language: str | None) -> str:
    return " ".join([*stems(text, language), *pieces(text)])


def downgrade() -> None:
    """Right stems stay right."""
