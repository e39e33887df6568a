"""Pieces, their revisions, segments, citations, findings, and the bytes that are signed."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from assistant.store.schema.tables import ID, SHA, metadata, ref
from assistant.store.types import Instant

piece = Table(
    "piece",
    metadata,
    Column("id", ID, primary_key=True),
    ref("product_id", "product.id"),
    Column("kind", String(16), nullable=False),
    Column("market", String(8), nullable=False),
    Column("language", String(2), nullable=False),
    Column("audience", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("qualification", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("engine", String(40), nullable=False),
    Column("author_id", ID, nullable=False, index=True),
    Column("revision_id", ID),  # the newest
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_piece_status", "status"),
    Index("ix_piece_changed", "updated_at", "id"),
)
revision = Table(
    "revision",
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    Column("number", Integer, nullable=False),
    Column("document", Text, nullable=False),  # canonical JSON
    Column("hash", SHA, nullable=False),  # sha256 of `document`
    Column(
        "provenance", JSON, nullable=False
    ),  # engine, model, prompt, evidence, rejected statements, pack version
    Column("created_by", ID, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("piece_id", "number"),
)
kept_prompt = Table(  # the text of every template that a revision's provenance names, for good
    "kept_prompt",
    metadata,
    Column("sha256", SHA, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
    Column("kept_at", Instant, nullable=False),
)
segment = Table(
    "segment",
    metadata,
    Column("revision_id", ForeignKey("revision.id"), primary_key=True),
    Column("lineage", ID, primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("fingerprint", SHA, nullable=False, index=True),
    Column("origin", String(10)),  # source | machine | human | approved: who wrote its text, for good
    Column("origin_by", ID),
    Column("origin_engine", String(80)),
    Column("origin_revision", ID),  # with which the text came in
)
adaptation = Table(  # for good: the published revision from which a piece began
    "adaptation",
    metadata,
    Column("piece_id", ForeignKey("piece.id"), primary_key=True),
    ref("base_piece_id", "piece.id"),
    ref("base_revision_id", "revision.id"),
    Column("base_manifest", SHA, nullable=False),
    Column("made_at", Instant, nullable=False),
)
citation = Table(
    "citation",
    metadata,
    Column("revision_id", ForeignKey("revision.id"), primary_key=True),
    Column("lineage", ID, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    ref("source_id", "source.id"),
    Column("reading_id", ID, nullable=False),
    Column("passage_id", String(64), nullable=False),
    Column("quote_sha256", SHA, nullable=False),
    Column("spans", JSON, nullable=False),  # [[page, start, end], …]
)
finding = Table(
    "finding",
    metadata,
    Column("id", ID, primary_key=True),
    ref("revision_id", "revision.id"),
    Column("stage", String(10), nullable=False),  # the stage that was checked
    Column("rule_stage", String(10), nullable=False),  # the stage at which the rule holds
    Column("rule", String(20), nullable=False, index=True),
    Column("severity", String(12), nullable=False),
    Column("place", ID, nullable=False),  # lineage or "piece"
    Column("messages", JSON, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("overridable", Boolean, nullable=False),
    Column("rule_source", Text, nullable=False),
    Column("pack_version", SHA, nullable=False),
    Column("created_at", Instant, nullable=False),
)
rendition = Table(
    "rendition",
    metadata,
    Column("revision_id", ForeignKey("revision.id"), primary_key=True),
    Column("name", String(12), primary_key=True),  # html | text | pdf
    Column("media_type", String(60), nullable=False),
    Column("sha256", SHA, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)
manifest = Table(
    "manifest",
    metadata,
    Column("hash", SHA, primary_key=True),
    Column("revision_id", ForeignKey("revision.id"), nullable=False, unique=True),
    Column("canonical", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)
