"""Products, sources, what was read in them, and who approved them."""

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
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from assistant.store.schema.tables import ID, SHA, metadata, ref
from assistant.store.types import Instant

product = Table(
    "product",
    metadata,
    Column("id", ID, primary_key=True),
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
    Column("sha256", SHA, primary_key=True),
    Column("bytes", Integer, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("stored_at", Instant, nullable=False),
)
reading = Table(
    "reading",
    metadata,
    Column("id", ID, primary_key=True),
    ref("sha256", "original.sha256"),
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
    Column("tables", JSON),  # see store/tables.py; null in readings made before tables were kept
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
    ref("reading_id", "reading.id"),
    Column("ordinal", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("section", JSON, nullable=False),
    Column("layer", String(12), nullable=False),
    Column("parts", JSON, nullable=False),  # [[at, page, start, end], …]
    Column("sentences", JSON, nullable=False),  # ordinals
    Column("tokens", Integer, nullable=False),
    Column("text_sha256", SHA, nullable=False, index=True),  # of heading + text, as embedded
    Column("stems", Text, nullable=False),
    Column("heading_stems", Text, nullable=False),
)
posting = Table(
    "posting",
    metadata,
    Column("reading_id", ForeignKey("reading.id"), primary_key=True),
    Column("stem", String(64), primary_key=True),
    Column("ordinals", LargeBinary, nullable=False),  # uint32, little endian: the passages that hold it
    Column("in_text", LargeBinary, nullable=False),  # uint16 each: how often
    Column("in_heading", LargeBinary, nullable=False),
)
abbreviation = Table(  # that the reading explains itself; mined when it is stored
    "abbreviation",
    metadata,
    Column("reading_id", ForeignKey("reading.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("short", String(16), nullable=False),
    Column("long", Text, nullable=False),
    Column("times", Integer, nullable=False),  # how often it is explained
)
vector = Table(
    "vector",
    metadata,
    Column("text_sha256", SHA, primary_key=True),
    Column("model", String(80), primary_key=True),
    Column("dimensions", Integer, nullable=False),
    Column("values", LargeBinary, nullable=False),  # float32, little endian, unit length
)
token_rows = Table(  # of the words of a passage that carry a subject
    "token_rows",
    metadata,
    Column("text_sha256", SHA, primary_key=True),
    Column("model", String(80), primary_key=True),
    Column("width", Integer, nullable=False),
    Column("signs", LargeBinary, nullable=False),  # one bit a number, the rows one after the other
)
source = Table(
    "source",
    metadata,
    Column("id", ID, primary_key=True),
    ref("product_id", "product.id"),
    ref("sha256", "original.sha256"),
    ref("reading_id", "reading.id"),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("language", String(2), nullable=False),
    Column("file_name", Text, nullable=False),
    Column(
        "status", String(16), nullable=False
    ),  # pending | approved | superseded | withdrawn; expiry is computed
    Column("cite_notes", Boolean, nullable=False),
    Column("cite_questions", Boolean, nullable=False, server_default=false()),  # live questions and answers
    Column("deck", JSON),  # of a recording: {"source", "proposed", "slides": {turn: slide}}
    Column("excluded_pages", JSON, nullable=False),  # page numbers left out, those of the times among them
    Column(
        "excluded_times", JSON, nullable=False, server_default="[]"
    ),  # [[from, to], …] in seconds, left out
    Column("display_right", String(16), nullable=False, server_default="in_house"),
    Column("reference", Text, nullable=False, server_default=""),
    Column("replaces", ID),
    Column("replaced_by", ID),
    Column("withdrawn_reason", Text),
    Column("registered_by", ID, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("indexed_at", Instant),  # null: not yet searchable
    UniqueConstraint("product_id", "sha256"),
)
source_reference = Table(  # what a person confirmed; what a document proposes of itself is read from it anew
    "source_reference",
    metadata,
    Column("source_id", ForeignKey("source.id"), primary_key=True),
    Column("fields", JSON, nullable=False),
    Column("confirmed_by", ID, nullable=False),
    Column("confirmed_at", Instant, nullable=False),
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
    Column("id", ID, primary_key=True),
    ref("source_id", "source.id"),
    Column("reference", Text, nullable=False),
    Column("approved_on", Date, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("recorded_by", ID, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
reminder = Table(  # one for each item, date and threshold, however often the job runs
    "reminder",
    metadata,
    Column("id", ID, primary_key=True),
    ref("product_id", "product.id"),
    Column("kind", String(16), nullable=False),  # source | piece | publication | visa
    Column("item_id", ID, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("days", Integer, nullable=False),  # the threshold that was passed
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("kind", "item_id", "expires_on", "days"),
)
