"""Every table. Instants are UTC (`Instant`), civil dates are `Date`, JSON is stored as JSON.

Rows that a signature or the audit rests on are never updated: originals, readings, revisions, renditions,
manifests, decisions, signatures and audit entries.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from assistant.store.types import Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_ID = String(40)
_SHA = String(64)


def _ref(name: str, target: str, **options: bool) -> Column[str]:
    return Column(name, ForeignKey(target), nullable=options.get("nullable", False), index=True)


# People ------------------------------------------------------------------------------------------------------
user = Table(
    "user_account",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("key", String(200), nullable=False, unique=True),  # case-folded name
    Column("roles", JSON, nullable=False),  # list of role names
    Column("password_hash", Text, nullable=False),
    Column("language", String(2), nullable=False, server_default="en"),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("failed_attempts", Integer, nullable=False, server_default="0"),
    Column("locked_until", Instant),
    Column("created_at", Instant, nullable=False),
)
session = Table(
    "session",
    metadata,
    Column("token_sha256", _SHA, primary_key=True),
    _ref("user_id", "user_account.id"),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)
api_token = Table(
    "api_token",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("user_id", "user_account.id"),
    Column("name", String(200), nullable=False),
    Column("token_sha256", _SHA, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    Column("revoked_at", Instant),
)

# Products and sources ----------------------------------------------------------------------------------------
product = Table(
    "product",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("key", String(200), nullable=False, unique=True),  # case-folded name
    Column("status", String(16), nullable=False),  # active | frozen
    Column("frozen_reason", Text),
    Column("sheet", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
)
original = Table(
    "original",
    metadata,
    Column("sha256", _SHA, primary_key=True),
    Column("bytes", Integer, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("stored_at", Instant, nullable=False),
)
reading = Table(
    "reading",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("sha256", "original.sha256"),
    Column("reader_version", String(40), nullable=False),
    Column("format", String(16), nullable=False),
    Column("language", String(2)),
    Column("title", Text),
    Column("meta", JSON, nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("sha256", "reader_version"),
)
page = Table(
    "page",
    metadata,
    Column("reading_id", ForeignKey("reading.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("width", Float, nullable=False),
    Column("height", Float, nullable=False),
    Column("quality", String(12), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("starts", Float),
    Column("ends", Float),
    Column("regions", JSON, nullable=False),  # [[layer, start, end], …]
    Column("boxes", LargeBinary, nullable=False),  # zlib of packed rows: start, end, x0, y0, x1, y1
)
sentence = Table(
    "sentence",
    metadata,
    Column("reading_id", ForeignKey("reading.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("layer", String(12), nullable=False),
    Column("section", JSON, nullable=False),
    Column("page_title", Text),
    Column("parts", JSON, nullable=False),  # [[page, start, end], …]
)
passage = Table(
    "passage",
    metadata,
    Column("id", String(64), primary_key=True),
    _ref("reading_id", "reading.id"),
    Column("ordinal", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("section", JSON, nullable=False),
    Column("layer", String(12), nullable=False),
    Column("parts", JSON, nullable=False),  # [[at, page, start, end], …]
    Column("sentences", JSON, nullable=False),  # ordinals
    Column("tokens", Integer, nullable=False),
    Column("text_sha256", _SHA, nullable=False, index=True),  # of heading + text, as embedded
    Column("stems", Text, nullable=False),
    Column("heading_stems", Text, nullable=False),
)
vector = Table(
    "vector",
    metadata,
    Column("text_sha256", _SHA, primary_key=True),
    Column("model", String(80), primary_key=True),
    Column("dimensions", Integer, nullable=False),
    Column("values", LargeBinary, nullable=False),  # float32, little endian, unit length
)
source = Table(
    "source",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("product_id", "product.id"),
    _ref("sha256", "original.sha256"),
    _ref("reading_id", "reading.id"),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("language", String(2), nullable=False),
    Column("file_name", Text, nullable=False),
    Column(
        "status", String(16), nullable=False
    ),  # pending | approved | superseded | withdrawn; expiry is computed
    Column("cite_notes", Boolean, nullable=False),
    Column("excluded_pages", JSON, nullable=False),  # page numbers left out
    Column("reference", Text, nullable=False, server_default=""),
    Column("replaces", _ID),
    Column("replaced_by", _ID),
    Column("withdrawn_reason", Text),
    Column("registered_by", _ID, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("indexed_at", Instant),  # null: not yet searchable
    UniqueConstraint("product_id", "sha256"),
)
source_scope = Table(
    "source_scope",
    metadata,
    Column("source_id", ForeignKey("source.id"), primary_key=True),
    Column("scope", String(10), primary_key=True),  # market | audience | use
    Column("value", String(40), primary_key=True),
    Index("ix_source_scope_value", "scope", "value"),
)
approval = Table(
    "approval",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("source_id", "source.id"),
    Column("reference", Text, nullable=False),
    Column("approved_on", Date, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("recorded_by", _ID, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

# Pieces ------------------------------------------------------------------------------------------------------
piece = Table(
    "piece",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("product_id", "product.id"),
    Column("kind", String(16), nullable=False),
    Column("market", String(8), nullable=False),
    Column("language", String(2), nullable=False),
    Column("audience", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("qualification", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("engine", String(40), nullable=False),
    Column("author_id", _ID, nullable=False, index=True),
    Column("revision_id", _ID),  # the newest
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_piece_status", "status"),
)
revision = Table(
    "revision",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("piece_id", "piece.id"),
    Column("number", Integer, nullable=False),
    Column("document", Text, nullable=False),  # canonical JSON
    Column("hash", _SHA, nullable=False),  # sha256 of `document`
    Column(
        "provenance", JSON, nullable=False
    ),  # engine, model, prompt, evidence, rejected statements, pack version
    Column("created_by", _ID, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("piece_id", "number"),
)
segment = Table(
    "segment",
    metadata,
    Column("revision_id", ForeignKey("revision.id"), primary_key=True),
    Column("lineage", _ID, primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("fingerprint", _SHA, nullable=False, index=True),
)
citation = Table(
    "citation",
    metadata,
    Column("revision_id", ForeignKey("revision.id"), primary_key=True),
    Column("lineage", _ID, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    _ref("source_id", "source.id"),
    Column("reading_id", _ID, nullable=False),
    Column("passage_id", String(64), nullable=False),
    Column("quote_sha256", _SHA, nullable=False),
    Column("spans", JSON, nullable=False),  # [[page, start, end], …]
)
finding = Table(
    "finding",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("revision_id", "revision.id"),
    Column("stage", String(10), nullable=False),  # the stage that was checked
    Column("rule_stage", String(10), nullable=False),  # the stage at which the rule holds
    Column("rule", String(20), nullable=False, index=True),
    Column("severity", String(12), nullable=False),
    Column("place", _ID, nullable=False),  # lineage or "piece"
    Column("messages", JSON, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("overridable", Boolean, nullable=False),
    Column("rule_source", Text, nullable=False),
    Column("pack_version", _SHA, nullable=False),
    Column("created_at", Instant, nullable=False),
)
rendition = Table(
    "rendition",
    metadata,
    Column("revision_id", ForeignKey("revision.id"), primary_key=True),
    Column("name", String(12), primary_key=True),  # html | text | pdf
    Column("media_type", String(60), nullable=False),
    Column("sha256", _SHA, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)
manifest = Table(
    "manifest",
    metadata,
    Column("hash", _SHA, primary_key=True),
    Column("revision_id", ForeignKey("revision.id"), nullable=False, unique=True),
    Column("canonical", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)

# Review ------------------------------------------------------------------------------------------------------
review_round = Table(
    "review_round",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("piece_id", "piece.id"),
    _ref("revision_id", "revision.id"),
    Column("number", Integer, nullable=False),
    Column(
        "status", String(20), nullable=False
    ),  # open | approved | changes_requested | rejected | cancelled
    Column("override_request", Text),  # the writer's reason, where a block travels with a request
    Column("submitted_by", _ID, nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("closed_at", Instant),
    # One open round a piece, held by the database.
    Index(
        "uq_review_round_open",
        "piece_id",
        unique=True,
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
)
task = Table(
    "task",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("round_id", "review_round.id"),
    _ref("piece_id", "piece.id"),
    Column("role", String(20), nullable=False),
    Column("status", String(24), nullable=False),
    Column("assignee_id", _ID, index=True),
    Column("claimed_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("due_on", Date, nullable=False),
    Index("ix_task_status_role", "status", "role", "due_on"),
)
decision = Table(
    "decision",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("task_id", ForeignKey("task.id"), nullable=False, unique=True),  # every decision lands once
    Column("outcome", String(24), nullable=False),
    Column("decided_by", _ID, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("note_id", _ID),  # free text lives in `note`
)
signature = Table(
    "signature",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("piece_id", "piece.id"),
    _ref("revision_id", "revision.id"),
    Column("decision_id", _ID),
    Column("manifest_hash", _SHA, nullable=False, index=True),
    Column("user_id", _ID, nullable=False),
    Column("printed_name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("meaning", Text, nullable=False),
    Column("signed_at", Instant, nullable=False),
)
comment = Table(
    "comment",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("piece_id", "piece.id"),
    Column("revision_id", _ID, nullable=False),
    Column("lineage", _ID),  # null: on the whole piece
    Column("parent_id", _ID),
    Column("author_id", _ID, nullable=False),
    Column("text", Text, nullable=False),
    Column("mandatory", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("resolved_by", _ID),
    Column("resolved_at", Instant),
)
attestation = Table(
    "attestation",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("piece_id", "piece.id"),
    Column("lineage", _ID, nullable=False),
    Column("fingerprint", _SHA, nullable=False),
    Column("user_id", _ID, nullable=False),
    Column("reason", Text, nullable=False),
    Column("attested_at", Instant, nullable=False),
    UniqueConstraint("piece_id", "lineage", "fingerprint", "user_id"),
)
override = Table(
    "override",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("revision_id", "revision.id"),
    Column("rule", String(20), nullable=False),
    Column("place", _ID, nullable=False),
    Column("user_id", _ID, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given_at", Instant, nullable=False),
    UniqueConstraint("revision_id", "rule", "place", "user_id"),
)
publication = Table(
    "publication",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("piece_id", "piece.id"),
    _ref("revision_id", "revision.id"),
    Column("manifest_hash", _SHA, nullable=False),
    Column("status", String(16), nullable=False),  # published | suspended | recalled | superseded
    Column("release", JSON, nullable=False),  # outside the manifest: visa number and dates, internal number
    Column("published_by", _ID, nullable=False),
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
    Column("id", _ID, primary_key=True),
    _ref("piece_id", "piece.id"),
    Column("publication_id", _ID),
    Column(
        "cause", String(24), nullable=False
    ),  # recalled | source_withdrawn | source_superseded | product_frozen | expired
    Column("reason", Text, nullable=False),
    Column("recalled_by", _ID, nullable=False),
    Column("recalled_at", Instant, nullable=False),
    UniqueConstraint("piece_id", "publication_id", "cause"),
)

# Conversations and cases -------------------------------------------------------------------------------------
conversation = Table(
    "conversation",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("user_id", "user_account.id"),
    _ref("product_id", "product.id"),
    Column("market", String(8), nullable=False),
    Column("started_at", Instant, nullable=False),
)
turn = Table(
    "turn",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("conversation_id", "conversation.id"),
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
    Column("id", _ID, primary_key=True),
    Column("turn_id", _ID, nullable=False, index=True),
    _ref("product_id", "product.id"),
    Column("kind", String(24), nullable=False),
    Column("status", String(16), nullable=False),  # open | acknowledged | closed
    Column("triggers", JSON, nullable=False),  # [[start, end], …] in the question
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
)

# Audit -------------------------------------------------------------------------------------------------------
audit_entry = Table(
    "audit_entry",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("canonical", Text, nullable=False),  # the bytes that are hashed
    Column("hash", _SHA, nullable=False, unique=True),
    Column("previous", _SHA, nullable=False),
    Column(
        "action", String(60), nullable=False, index=True
    ),  # copies for queries; `canonical` is what counts
    Column("subject", _ID, nullable=False, index=True),
    Column("actor_id", _ID, nullable=False),
    Column("at", Instant, nullable=False),
)
note = Table(
    "note",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("audit_number", Integer, index=True),
    Column("salt", String(64), nullable=False),
    Column("text", Text),  # null once erased; the audit entry holds sha256(salt + text)
    Column("created_at", Instant, nullable=False),
)

# Work --------------------------------------------------------------------------------------------------------
job = Table(
    "job",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("kind", String(24), nullable=False),  # ingest | draft | cascade
    Column("status", String(12), nullable=False),  # queued | running | done | failed
    Column("arguments", JSON, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("doing", Text, nullable=False),
    Column("result", JSON),
    Column("error", JSON),
    Column("created_by", _ID, nullable=False),
    Column("executor_id", String(80)),  # the process that works on it
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_job_status", "status"),
)
executor = Table(
    "executor",
    metadata,
    Column("id", String(80), primary_key=True),  # host, process id and a random part
    Column("seen_at", Instant, nullable=False),  # its heartbeat
)
job_step = Table(
    "job_step",
    metadata,
    Column("job_id", ForeignKey("job.id"), primary_key=True),
    Column("step", String(80), primary_key=True),
    Column("result", JSON),
    Column("finished_at", Instant, nullable=False),
)
setting = Table(
    "setting",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
)
