"""Rounds, tasks, decisions, signatures, and what was said on the way."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from assistant.store.schema.people import proof_columns, salt_column
from assistant.store.schema.tables import ID, SHA, metadata, ref
from assistant.store.types import Instant

BYTEWISE = String(40).with_variant(String(40, collation="C"), "postgresql")
"""Compared byte by byte in both databases, so that a range of beginnings is the same range."""
_FACETS = ("product_id", "market", "kind", "risk", "lease_until")

review_round = Table(
    "review_round",
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    ref("revision_id", "revision.id"),
    Column("number", Integer, nullable=False),
    Column(
        "status", String(20), nullable=False
    ),  # open | approved | changes_requested | rejected | cancelled
    Column("override_request", Text),  # the writer's reason, where a block travels with a request
    Column("submitted_by", ID, nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column(
        "policy_hash", SHA
    ),  # the policy under which it was submitted; none of a round before there was one
    Column("plan", JSON),  # what that policy asks for: steps, signatures, what is skipped
    # One open round a piece, held by the database.
    Index(
        "uq_review_round_open",
        "piece_id",
        unique=True,
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
)
review_policy = Table(  # every policy that was adopted or that a piece was submitted under, for good
    "review_policy",
    metadata,
    Column("hash", SHA, primary_key=True),
    Column("canonical", Text, nullable=False),
    Column("kept_at", Instant, nullable=False),
)
policy_adoption = Table(  # the newest is in force; none: the one that ships with the product
    "policy_adoption",
    metadata,
    Column("audit_number", Integer, primary_key=True, autoincrement=False),
    Column("policy_hash", ForeignKey("review_policy.hash"), nullable=False),
    Column("adopted_by", ID, nullable=False),
    Column("adopted_at", Instant, nullable=False),
    Column("note_id", ID),
    Column("proposal_id", ID),  # by which it came; none: adopted by one person, before it took two
)
policy_proposal = Table(
    "policy_proposal",
    metadata,
    Column("id", ID, primary_key=True),
    Column("policy_hash", ForeignKey("review_policy.hash"), nullable=False),
    Column("before_hash", SHA, nullable=False),  # what was in force when it was proposed
    Column("status", String(12), nullable=False),  # open | adopted | refused | withdrawn
    Column("audit_number", Integer, nullable=False),  # of the entry that says so
    Column("proposed_by", ID, nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("note_id", ID),
    Column("closed_by", ID),
    Column("closed_at", Instant),
    Column("closing_note_id", ID),
    # Proposed once at a time, held by the database.
    Index(
        "uq_policy_proposal_open",
        "policy_hash",
        unique=True,
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
)
task = Table(
    "task",
    metadata,
    Column("id", ID, primary_key=True),
    ref("round_id", "review_round.id"),
    ref("piece_id", "piece.id"),
    Column("role", String(20), nullable=False),
    Column("status", String(24), nullable=False),
    Column("assignee_id", ID),
    Column("claimed_at", Instant),
    Column("lease_until", Instant),  # of a claimed task: from then on others may take it
    Column("created_at", Instant, nullable=False),
    Column("due_on", Date, nullable=False),
    # What the queue is filtered and ordered by, as it was at submission: a changed piece gets new tasks.
    Column("product_id", ID, nullable=False, server_default=""),
    Column("market", String(8), nullable=False, server_default=""),
    Column("kind", String(16), nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("risk", Integer, nullable=False, server_default="3"),  # worst finding: 0 block … 3 none
    Column("step", Integer, nullable=False, server_default="0"),  # of its round's plan, from 0
    Column("for_id", ID),  # whose deputy its holder is in this
    Index("ix_task_due", "role", "status", "due_on", "id", *_FACETS),
    Index("ix_task_risk", "role", "status", "risk", "due_on", "id"),
    Index("ix_task_hand", "assignee_id", "status", "due_on", "id"),
)
task_word = Table(  # the words of a task's title, to be found by their beginnings
    "task_word",
    metadata,
    Column("task_id", ForeignKey("task.id"), primary_key=True),
    Column("word", BYTEWISE, primary_key=True),
    Index("ix_task_word_word", "word", "task_id"),
)
saved_filter = Table(  # a preference, as the language is: no act on content
    "saved_filter",
    metadata,
    Column("id", ID, primary_key=True),
    Column("user_id", ForeignKey("user_account.id"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("query", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("user_id", "name"),
)
statement_seen = Table(  # which statements, exactly as they stood, a person had before their eyes
    "statement_seen",
    metadata,
    Column("piece_id", ForeignKey("piece.id"), primary_key=True),
    Column("user_id", ID, primary_key=True),
    Column("lineage", ID, primary_key=True),
    Column("fingerprint", SHA, primary_key=True),
    Column("opened_at", Instant, nullable=False),
    Column("accepted_at", Instant),
)
decision = Table(
    "decision",
    metadata,
    Column("id", ID, primary_key=True),
    Column("task_id", ForeignKey("task.id"), nullable=False, unique=True),  # every decision lands once
    Column("outcome", String(24), nullable=False),
    Column("decided_by", ID, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("note_id", ID),  # free text lives in `note`
    Column("seen", JSON),  # which statements the reviewer had opened and accepted when deciding
)
signature = Table(
    "signature",
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    ref("revision_id", "revision.id"),
    Column("decision_id", ID),
    Column("manifest_hash", SHA, nullable=False, index=True),
    Column("user_id", ID, nullable=False),
    Column("printed_name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("meaning", Text, nullable=False),
    Column("signed_at", Instant, nullable=False),
    *proof_columns(),
    Column("on_behalf_of", ID),  # whose deputy signed
    Column("behalf_name", Text),  # that person's printed name
    salt_column(),
)
delegation = Table(
    "delegation",
    metadata,
    Column("id", ID, primary_key=True),
    ref("delegator_id", "user_account.id"),
    ref("deputy_id", "user_account.id"),
    Column("role", String(20), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("named_at", Instant, nullable=False),
    Column("ended_at", Instant),
)
comment = Table(
    "comment",
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    Column("revision_id", ID, nullable=False),
    Column("lineage", ID),  # null: on the whole piece
    Column("parent_id", ID),
    Column("author_id", ID, nullable=False),
    Column("text", Text, nullable=False),
    Column("quoted", Text),  # the words that it is about, with their place in the text of its revision
    Column("range_start", Integer),
    Column("range_end", Integer),
    Column("mandatory", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("resolved_by", ID),
    Column("resolved_at", Instant),
)
attestation = Table(
    "attestation",
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    Column("lineage", ID, nullable=False),
    Column("fingerprint", SHA, nullable=False),
    Column("user_id", ID, nullable=False),
    Column("reason", Text, nullable=False),
    Column("attested_at", Instant, nullable=False),
    UniqueConstraint("piece_id", "lineage", "fingerprint", "user_id"),
)
override = Table(
    "override",
    metadata,
    Column("id", ID, primary_key=True),
    ref("revision_id", "revision.id"),
    Column("rule", String(20), nullable=False),
    Column("place", ID, nullable=False),
    Column("user_id", ID, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given_at", Instant, nullable=False),
    UniqueConstraint("revision_id", "rule", "place", "user_id"),
)
