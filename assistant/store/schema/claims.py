"""Approved claims, and how each stands to the source that it refers to."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, String, Table, Text

from assistant.store.schema.tables import ID, metadata
from assistant.store.types import Instant

approved_claim = Table(
    "approved_claim",
    metadata,
    Column("source_id", ForeignKey("source.id"), primary_key=True),
    Column("page", Integer, primary_key=True),  # in the sheet's reading
    Column("claim_id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("variants", JSON, nullable=False),
    Column("document", Text, nullable=False),  # as the sheet names it
    Column("section", Text, nullable=False),
    Column("cited_page", Integer),
    Column("safety_text", Text, nullable=False),
    Column("markets", JSON, nullable=False),  # empty: those of the sheet
    Column("expires_on", Date),
    Column("readable_expiry", Integer, nullable=False),  # 0: a date is written that cannot be read
    Column("language", String(2), nullable=False),
    Column("match", String(24), nullable=False),
    Column("match_source", ID),
    Column("match_page", Integer),
    Column("match_detail", JSON, nullable=False),
    Column("matched_at", Instant, nullable=False),
)
