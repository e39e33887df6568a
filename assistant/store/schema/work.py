"""Jobs, their steps, and who carries them out."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text

from assistant.store.schema.tables import ID, metadata
from assistant.store.types import Instant

job = Table(
    "job",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(24), nullable=False),  # ingest | draft | cascade | ends
    Column("status", String(12), nullable=False),  # queued | running | done | failed
    Column("arguments", JSON, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("doing", Text, nullable=False),
    Column("result", JSON),
    Column("error", JSON),
    Column("created_by", ID, nullable=False),
    Column("executor_id", String(80)),  # the process that works on it
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_job_status", "status"),
    Index("ix_job_begun", "created_at", "id"),
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
