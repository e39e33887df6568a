"""What is published, and what was recalled."""

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint, text

from assistant.store.schema.people import proof_columns, salt_column
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
    ),  # recalled | source_withdrawn | source_superseded | source_reread | product_frozen | expired
    Column("reason", Text, nullable=False),
    Column("recalled_by", ID, nullable=False),
    Column("recalled_at", Instant, nullable=False),
    UniqueConstraint("piece_id", "publication_id", "cause"),
)
confirmation = Table(
    "confirmation",  # a newer version of a source: is what is published still right?
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    ref("publication_id", "publication.id"),
    Column("old_source", ID, nullable=False),
    Column("new_source", ID, nullable=False),
    Column("status", String(16), nullable=False),  # open | confirmed | declined | cancelled
    Column("meanwhile", String(10), nullable=False),  # live | suspended, as the market's policy said
    Column("roles", JSON, nullable=False),
    Column("canonical", Text, nullable=False),  # what is signed: the carry-over record, RFC 8785
    Column("hash", SHA, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    UniqueConstraint("publication_id", "old_source", "new_source"),
)
confirmation_signature = Table(
    "confirmation_signature",
    metadata,
    Column("id", ID, primary_key=True),
    ref("confirmation_id", "confirmation.id"),
    Column("hash", SHA, nullable=False),
    Column("user_id", ID, nullable=False),
    Column("printed_name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("meaning", Text, nullable=False),
    Column("signed_at", Instant, nullable=False),
    *proof_columns(),
    salt_column(),
    UniqueConstraint("confirmation_id", "role"),
    UniqueConstraint("confirmation_id", "user_id"),
)
publication_use = Table(
    "publication_use",  # the register of recipients (rule WF7)
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    ref("publication_id", "publication.id"),
    Column("mode", String(40), nullable=False),
    Column("used_on", Date, nullable=False),
    Column(
        "audit_number", Integer, nullable=False
    ),  # the recipient's name is the erasable note of that entry
    Column("file_sha256", SHA),  # of the file that it was imported from, and its line
    Column("file_line", Integer),
    Column("recorded_by", ID, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("file_sha256", "file_line"),
)
release_record = Table(
    "release_record",  # what a market asks for before use: a visa asked for and answered, a certificate, a submission
    metadata,
    Column("id", ID, primary_key=True),
    ref("piece_id", "piece.id"),
    ref("revision_id", "revision.id"),
    Column("manifest_hash", SHA, nullable=False),  # it holds for exactly these bytes
    Column("condition", String(24), nullable=False),
    Column(
        "status", String(16), nullable=False
    ),  # requested | granted | refused | submitted | certified | void
    Column("number", String(40)),  # of a permit: its own while it is asked for or granted
    Column("reference", String(200)),
    Column("requested_on", Date),
    Column("window_closes_on", Date),
    Column("answer_by", Date),  # after it silence is an answer
    Column("decided_on", Date),  # granted, refused, certified or submitted
    Column("expires_on", Date),
    Column("printed_name", Text),  # of a certificate: who signed it, by which right
    Column("qualification", String(24)),
    Column("registration", String(40)),
    Column("meaning", Text),
    Column("recorded_by", ID, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("decided_by", ID),
    Column("decided_at", Instant),
    Column("decision_entry", Integer),  # the audit entry whose erasable note holds the reason
    salt_column(),  # older versions salted certificates alone
    Index(
        "uq_release_record_open",
        "manifest_hash",
        "condition",
        unique=True,
        sqlite_where=text("status = 'requested'"),
        postgresql_where=text("status = 'requested'"),
    ),
    Index(
        "uq_release_record_number",
        "number",
        unique=True,
        sqlite_where=text("status in ('requested', 'granted')"),
        postgresql_where=text("status in ('requested', 'granted')"),
    ),
)
deposit_calendar = Table(
    "deposit_calendar",  # windows of deposit of one year, where somebody has set them
    metadata,
    Column("id", ID, primary_key=True),
    Column("market", String(8), nullable=False),
    Column("type", String(8), nullable=False),
    Column("year", Integer, nullable=False),
    Column("windows", JSON, nullable=False),  # [[opens, closes], …], both inclusive
    Column("source", Text, nullable=False),  # the decision that fixed them
    Column("version", Integer, nullable=False),
    Column("set_by", ID, nullable=False),
    Column("set_at", Instant, nullable=False),
    UniqueConstraint("market", "type", "year"),
)
