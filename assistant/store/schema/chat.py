"""Conversations and the cases that they open."""

from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, String, Table, Text, UniqueConstraint

from assistant.store.schema.tables import ID, metadata, ref
from assistant.store.types import Instant

conversation = Table(
    "conversation",
    metadata,
    Column("id", ID, primary_key=True),
    ref("user_id", "user_account.id"),
    ref("product_id", "product.id"),
    Column("market", String(8), nullable=False),
    Column("started_at", Instant, nullable=False),
)
turn = Table(
    "turn",
    metadata,
    Column("id", ID, primary_key=True),
    ref("conversation_id", "conversation.id"),
    Column("number", Integer, nullable=False),
    Column("question", Text, nullable=False),  # erasable
    Column("status", String(16), nullable=False),
    Column("answer", JSON, nullable=False),
    Column("milliseconds", Float, nullable=False),
    Column("asked_at", Instant, nullable=False),
    UniqueConstraint("conversation_id", "number"),
)
case = Table(
    "safety_case",
    metadata,
    Column("id", ID, primary_key=True),
    Column("turn_id", ID, nullable=False, index=True),
    ref("product_id", "product.id"),
    Column("kind", String(24), nullable=False),
    Column("status", String(16), nullable=False),  # open | acknowledged | closed
    Column("triggers", JSON, nullable=False),  # [[start, end], …] in the question
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column(
        "said_question_at", Instant, nullable=True
    ),  # whoever asked says that nothing happened; it stays open
    Column("acknowledged_at", Instant),
    Column("acknowledged_by", ID),
    Column("serious", Boolean),  # null: not known, and of a question
    Column("reference", String(80)),  # its number in the company's safety database
    Column("outcome", String(16)),  # reported | answered | not_a_case | duplicate
    Column("duplicate_of", ID, index=True),
    Column("closed_at", Instant),
    Column("closed_by", ID),
    Index("ix_safety_case_clock", "status", "due_at", "id"),
)
