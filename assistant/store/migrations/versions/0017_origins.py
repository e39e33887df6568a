"""Who wrote each text, and which published revision a piece was adapted from.

Revision ID: 0017
Revises: 0016
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)


def upgrade() -> None:
    op.create_table(
        "adaptation",
        sa.Column("piece_id", _ID, nullable=False),
        sa.Column("base_piece_id", _ID, nullable=False),
        sa.Column("base_revision_id", _ID, nullable=False),
        sa.Column("base_manifest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("fk_adaptation_piece_id")),
        sa.ForeignKeyConstraint(["base_piece_id"], ["piece.id"], name=op.f("fk_adaptation_base_piece_id")),
        sa.ForeignKeyConstraint(
            ["base_revision_id"], ["revision.id"], name=op.f("fk_adaptation_base_revision_id")
        ),
        sa.PrimaryKeyConstraint("piece_id", name=op.f("pk_adaptation")),
    )
    op.create_index(op.f("ix_adaptation_base_piece_id"), "adaptation", ["base_piece_id"])
    op.create_index(op.f("ix_adaptation_base_revision_id"), "adaptation", ["base_revision_id"])
    op.add_column("segment", sa.Column("origin", sa.String(length=10), nullable=True))
    op.add_column("segment", sa.Column("origin_by", _ID, nullable=True))
    op.add_column("segment", sa.Column("origin_engine", sa.String(length=80), nullable=True))
    op.add_column("segment", sa.Column("origin_revision", _ID, nullable=True))
    _fill()


def _fill() -> None:
    """Of the texts that are there: each is from the first revision in which its lineage says it without a break."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT id, piece_id, document, provenance, created_by FROM revision ORDER BY piece_id, number"
        ).columns(provenance=sa.JSON())
    ).all()
    piece: str | None = None
    before: dict[str, tuple[str, dict[str, Any]]] = {}
    for row in rows:
        if row.piece_id != piece:
            piece, before = row.piece_id, {}
        now: dict[str, tuple[str, dict[str, Any]]] = {}
        for segment in json.loads(row.document)["segments"]:
            text, origin = before.get(segment["id"], (None, None))
            same = origin is not None and text == segment["text"]
            now[segment["id"]] = (segment["text"], origin if same and origin else _origin(segment, row))
        values = [{"r": row.id, "l": lineage, **origin} for lineage, (_, origin) in now.items()]
        if values:
            connection.execute(
                sa.text(
                    "UPDATE segment SET origin = :kind, origin_by = :person, origin_engine = :engine,"
                    " origin_revision = :since WHERE revision_id = :r AND lineage = :l"
                ),
                values,
            )
        before = now


def _origin(segment: dict[str, Any], row: Any) -> dict[str, Any]:
    provenance = row.provenance or {}
    by_hand = bool(provenance.get("edited")) or provenance.get("engine") == "human"
    if segment["kind"] == "fragment":
        kind = "approved"
    elif segment.get("wording") == "verbatim":
        kind = "source"
    else:
        kind = "human" if by_hand else "machine"
    names = dict.fromkeys(str(provenance[key]) for key in ("engine", "model") if provenance.get(key))
    engine = None if by_hand else ", ".join(names)[:80] or "unknown"
    return {
        "kind": kind,
        "person": row.created_by if by_hand else None,
        "engine": engine,
        "since": row.id,
    }
