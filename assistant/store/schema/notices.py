"""What people are told: the notices, how each person wants them, and what is still to be sent."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from assistant.store.schema.tables import ID, metadata, ref
from assistant.store.types import Instant

notice = Table(
    "notice",
    metadata,
    Column("id", ID, primary_key=True),
    ref("user_id", "user_account.id"),
    Column(
        "kind", String(12), nullable=False
    ),  # assigned | answered | overdue | approved | recalled | expiring | account
    Column("action", String(60), nullable=False),  # of the audit entry that it tells of
    Column("audit_number", Integer, nullable=False),
    Column("subject", ID, nullable=False),  # a piece's id, or a source's; never its words
    Column("at", Instant, nullable=False),
    Column("read_at", Instant),  # null: not read yet
    UniqueConstraint("user_id", "audit_number"),  # one act is told once
    Index("ix_notice_user_id_at", "user_id", "at"),
)
delivery = Table(
    "delivery",
    metadata,
    Column("id", ID, primary_key=True),
    Column("notice_id", ForeignKey("notice.id"), nullable=False),
    Column("user_id", ID, nullable=False),
    Column("channel", String(8), nullable=False),  # email | webhook
    Column("digest", String(5), nullable=False),  # once | daily
    Column("status", String(8), nullable=False),  # waiting | sent | failed | dropped
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("problem", String(40)),  # the code of the last refusal
    Column("sent_at", Instant),
    UniqueConstraint("notice_id", "channel"),
    Index("ix_delivery_status_next_at", "status", "next_at"),
)
notice_choice = Table(
    "notice_choice",
    metadata,
    Column("user_id", ForeignKey("user_account.id"), primary_key=True),
    Column("email", Text),
    Column("webhook", Text),
    Column("webhook_form", String(8)),  # teams | slack | json
    Column(
        "kinds", JSON, nullable=False
    ),  # by kind: {"app": bool, "email": "off|once|daily", "webhook": bool}
    Column("changed_at", Instant, nullable=False),
)
