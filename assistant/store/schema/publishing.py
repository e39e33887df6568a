"""What is published, and what was recalled."""

from sqlalchemy import JSON, Column, Date, Index, String, Table, Text, UniqueConstraint, text

from assistant.store.schema.tables import ID, SHA, metadata, ref
from assistant.store.types import Instant

publication = Table(
    "publication",
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    ref("revision_id", "revision.id"),
    Column("manifest_hash", SHA, nullable=False),
    Column("status", String(16), nullable=False),  # published | suspended | recalled | superseded
    Column("release", JSON, nullable=False),  # outside the manifest: visa number and dates, internal number
    Column("published_by", ID, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("expires_on", Date),
    Index(
        "uq_publication_live",
        "piece_id",
        unique=True,
        sqlite_where=text("status in ('published', 'suspended')"),
        postgresql_where=text("status in ('published', 'suspended')"),
    ),
)
recall = Table(
    "recall",
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    Column("publication_id", ID),
    Column(
        "cause", String(24), nullable=False
    ),  # recalled | source_withdrawn | source_superseded | product_frozen | expired
    Column("reason", Text, nullable=False),
    Column("recalled_by", ID, nullable=False),
    Column("recalled_at", Instant, nullable=False),
    UniqueConstraint("piece_id", "publication_id", "cause"),
)
