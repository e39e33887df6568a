"""The queue's columns and words, leases, saved filters, what was seen, and comments on a range of words.

Revision ID: 0010
Revises: 0009
"""

import re
import unicodedata
from datetime import datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)
_INSTANT = sa.String(length=32)
_WORD = sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql")
_LEASE_HOURS = 48  # as calendar.yaml had it


def upgrade() -> None:
    for name, kind in (("product_id", _ID), ("market", sa.String(8)), ("kind", sa.String(16))):
        op.add_column("task", sa.Column(name, kind, server_default="", nullable=False))
    op.add_column("task", sa.Column("title", sa.Text(), server_default="", nullable=False))
    op.add_column("task", sa.Column("risk", sa.Integer(), server_default="3", nullable=False))
    op.add_column("task", sa.Column("lease_until", _INSTANT))
    op.add_column("decision", sa.Column("seen", sa.JSON()))
    op.add_column("comment", sa.Column("quoted", sa.Text()))
    op.add_column("comment", sa.Column("range_start", sa.Integer()))
    op.add_column("comment", sa.Column("range_end", sa.Integer()))
    op.create_table(
        "task_word",
        sa.Column("task_id", _ID, nullable=False),
        sa.Column("word", _WORD, nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_word_task_id")),
        sa.PrimaryKeyConstraint("task_id", "word", name=op.f("pk_task_word")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_saved_filter_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_filter_user_id_name")),
    )
    op.create_table(
        "statement_seen",
        sa.Column("piece_id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("lineage", _ID, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("opened_at", _INSTANT, nullable=False),
        sa.Column("accepted_at", _INSTANT),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("fk_statement_seen_piece_id")),
        sa.PrimaryKeyConstraint(
            "piece_id", "user_id", "lineage", "fingerprint", name=op.f("pk_statement_seen")
        ),
    )
    _fill()
    op.drop_index(op.f("ix_task_assignee_id"), table_name="task")
    op.drop_index("ix_task_status_role", table_name="task")
    facets = ("product_id", "market", "kind", "risk", "lease_until")
    op.create_index("ix_task_due", "task", ["role", "status", "due_on", "id", *facets])
    op.create_index("ix_task_risk", "task", ["role", "status", "risk", "due_on", "id"])
    op.create_index("ix_task_hand", "task", ["assignee_id", "status", "due_on", "id"])
    op.create_index("ix_task_word_word", "task_word", ["word", "task_id"])


def _fill() -> None:
    """The columns of the tasks that are there: from their pieces and the findings kept for their rounds."""
    connection = op.get_bind()
    for column in ("product_id", "market", "kind", "title"):
        connection.execute(
            sa.text(
                f"UPDATE task SET {column} = (SELECT p.{column} FROM piece p WHERE p.id = task.piece_id)"  # noqa: S608  fixed names
            )
        )
    connection.execute(
        sa.text(
            "UPDATE task SET risk = COALESCE((SELECT MIN(CASE f.severity WHEN 'block' THEN 0"
            " WHEN 'needs_review' THEN 1 WHEN 'warn' THEN 2 ELSE 3 END)"
            " FROM finding f JOIN review_round r ON r.revision_id = f.revision_id WHERE r.id = task.round_id), 3)"
        )
    )
    rows = connection.execute(sa.text("SELECT id, title, status, claimed_at FROM task")).all()
    words = [{"t": row.id, "w": word} for row in rows for word in sorted(_words(row.title))]
    if words:
        connection.execute(sa.text("INSERT INTO task_word (task_id, word) VALUES (:t, :w)"), words)
    held = [
        {"t": row.id, "until": _later(row.claimed_at)}
        for row in rows
        if row.status == "claimed" and row.claimed_at
    ]
    if held:
        connection.execute(sa.text("UPDATE task SET lease_until = :until WHERE id = :t"), held)


def _words(title: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", title).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return {word[:40] for word in re.findall(r"[^\W_]+", kept)}


def _later(claimed_at: str) -> str:
    until = datetime.fromisoformat(claimed_at) + timedelta(hours=_LEASE_HOURS)
    return until.isoformat(timespec="microseconds")
