"""Conversations and the cases that they open."""

from sqlalchemy import JSON, Column, Float, Integer, String, Table, Text, UniqueConstraint

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
)
