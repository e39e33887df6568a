"""The shapes of sources, of the work of taking them in, and of search."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Incoming, Json, Outgoing


class NewApproval(Incoming):
    """An approval: both dates are inclusive, in the market's time zone."""

    approval: str = Field(description="Its reference.")
    approved_on: str = Field(examples=["2026-01-31"])
    expires_on: str = Field(examples=["2028-01-31"])


class NewRight(Incoming):
    """What may be shown of a source outside the company, and why it changes."""

    display: Literal["reference_only", "in_house", "page_picture", "handout"]
    reason: str


class SourceHead(Outgoing):
    """A source."""

    id: str
    sha256: str
    product: str
    kind: str
    status: str
    pages: int
    passages: int
    pages_by_quality: dict[str, int]
    already_known: bool


class SourceOut(Outgoing):
    """A source."""

    source: SourceHead


class Sources(Outgoing):
    """The sources."""

    sources: list[SourceHead]
    next: str | None = None


class StartedJob(Outgoing):
    """Work that was begun for a file."""

    id: str
    file: str


class Started(Outgoing):
    """What was begun, and which files were refused at once. See `GET /api/jobs/{id}`."""

    jobs: list[StartedJob]
    refused: list[Json] = Field(default=[])


class JobHead(Outgoing):
    """How far some work is."""

    id: str
    kind: str
    status: Literal["queued", "running", "done", "failed"]
    done: int
    total: int
    doing: str
    result: Json | None
    error: Json | None


class JobOut(Outgoing):
    """How far some work is."""

    job: JobHead


class Hits(Outgoing):
    """Passages that may be used now, best first."""

    hits: list[Json]
    tier: str
    language: str | None
    widened: dict[str, list[str]]
    held_in: list[str] | None = None
    reranking: str | None
    ms: float
