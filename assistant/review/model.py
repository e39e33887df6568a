"""The vocabulary of review: a piece, its revisions, the rounds and tasks of its review, and the signatures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, get_args

from guardrails.model import Document, Language, PieceKind, Qualification

KINDS: frozenset[str] = frozenset(get_args(PieceKind))
QUALIFICATIONS: frozenset[str] = frozenset(get_args(Qualification))


@dataclass(frozen=True, slots=True)
class NewPiece:
    """What has to be known of a piece before its first revision."""

    product_id: str
    kind: PieceKind
    market: str
    language: Language
    audience: str
    channel: str
    qualification: Qualification
    title: str
    engine: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of revisions with one state; `revision_id` is the newest."""

    id: str
    product_id: str
    kind: PieceKind
    market: str
    language: Language
    audience: str
    channel: str
    qualification: Qualification
    title: str
    status: str
    engine: str
    author_id: str
    revision_id: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """An immutable document of a piece. `hash` is the SHA-256 of its canonical JSON."""

    id: str
    piece_id: str
    number: int
    document: Document
    hash: str
    provenance: Mapping[str, Any]
    created_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """One way of a revision through review; at most one is open for a piece."""

    id: str
    piece_id: str
    revision_id: str
    number: int
    status: str
    override_request: str | None
    submitted_by: str
    submitted_at: datetime
    closed_at: datetime | None
    policy_hash: str | None = None
    plan: Mapping[str, Any] | None = None
    """As it is kept; `plan.plan_from` reads it."""


@dataclass(frozen=True, slots=True)
class Task:
    """What one role has to decide in a round."""

    id: str
    round_id: str
    piece_id: str
    role: str
    status: str
    assignee_id: str | None
    claimed_at: datetime | None
    created_at: datetime
    due_on: date
    lease_until: datetime | None = None
    """Of a claimed task: from then on others may take it."""
    step: int = 0
    """Of its round's plan."""
    for_id: str | None = None
    """Whose deputy its holder is in this."""

    def held_by_another(self, user_id: str, now: datetime) -> bool:
        """Whether somebody else has it in hand and has touched it lately."""
        if self.assignee_id in (None, user_id):
            return False
        return self.lease_until is None or now < self.lease_until


@dataclass(frozen=True, slots=True)
class Decision:
    """The one outcome of a task, and who decided it."""

    id: str
    task_id: str
    outcome: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Signature:
    """A person's signature on exactly one manifest: printed name, time and meaning (21 CFR 11.50)."""

    id: str
    piece_id: str
    revision_id: str
    decision_id: str | None
    manifest_hash: str
    user_id: str
    printed_name: str
    role: str
    meaning: str
    signed_at: datetime
    task_id: str | None = None
    policy_hash: str | None = None
    """The policy under which the piece was submitted."""
    proof: Mapping[str, Any] = field(default_factory=dict)
    """How the person proved who they are: {"method", "issuer", "at"}."""
    on_behalf_of: str | None = None
    """Whose deputy signed."""
    behalf_name: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a reviewer's decision led to."""

    piece_id: str
    task_id: str
    outcome: str
    piece_status: str
    decision_id: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """One shape of a piece, as the bytes that are signed and served."""

    name: str
    """html, text or pdf."""
    media_type: str
    data: bytes = field(repr=False)
    sha256: str
