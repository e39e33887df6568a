"""Tasks are found by their product, their author, the id of their piece and its numbers, not only by their title.

Revision ID: 0028
Revises: 0027
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_BATCH = 5_000


def upgrade() -> None:
    fill(op.get_bind())


def fill(connection: sa.Connection) -> None:
    """Give every task the words that a new one gets."""
    numbers: dict[str, str] = {}
    for row in connection.execute(sa.text("SELECT piece_id, number, reference FROM release_record")):
        numbers[row.piece_id] = " ".join(
            (numbers.get(row.piece_id, ""), row.number or "", row.reference or "")
        )
    known: dict[str, set[str]] = {}
    for row in connection.execute(sa.text("SELECT task_id, word FROM task_word")):
        known.setdefault(row.task_id, set()).add(row.word)
    tasks = connection.execute(
        sa.text(
            "SELECT t.id, p.id AS piece, m.name AS product, u.name AS author FROM task t"
            " JOIN piece p ON p.id = t.piece_id JOIN product m ON m.id = p.product_id"
            " LEFT JOIN user_account u ON u.id = p.author_id"
        )
    ).all()
    rows = []
    for task in tasks:
        text = f"{task.product} {task.author or ''} {numbers.get(task.piece, '')}"
        rows += [
            {"t": task.id, "w": word}
            for word in sorted(
                (_words(text) | {task.piece.replace("piece_", "#")}) - known.get(task.id, set())
            )
        ]
    for begin in range(0, len(rows), _BATCH):
        connection.execute(
            sa.text("INSERT INTO task_word (task_id, word) VALUES (:t, :w)"), rows[begin : begin + _BATCH]
        )


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return {word[:40] for word in re.findall(r"[^\W_]+", kept)}
