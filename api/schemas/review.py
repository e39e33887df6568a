"""The shapes of review: what a person does to a piece, and what is shown of it."""

from pydantic import ConfigDict, Field

from api.schemas.base import Incoming, Json, Outgoing
from api.schemas.drafting import PieceHead


class NewDispute(Incoming):
    """A finding that is held to be wrong."""

    rule: str
    place: str = Field(default="piece", description="A statement's id, or piece.")
    reason: str


class Submission(Incoming):
    """What is fixed when a piece goes to review."""

    override_request: str | None = None
    qualification: str | None = None
    audience: str | None = None
    channel: str | None = None


class NewComment(Incoming):
    """A comment on the piece, or on one statement of it."""

    text: str
    statement: str | None = None
    quoted: str | None = None
    at: int | None = Field(default=None, ge=0, description="Where the quoted words begin: code points.")
    parent: str | None = None
    mandatory: bool = False


class NewAttestation(Incoming):
    """A named medical reviewer vouches for a statement."""

    statement: str
    reason: str


class NewOverride(Incoming):
    """One of the two named reasons that lift a block."""

    rule: str
    place: str = "piece"
    reason: str


class NewSignature(Incoming):
    """A signature: the password again, the meaning, and the manifest that was seen."""

    password: str
    meaning: str = "approval"
    manifest_hash: str | None = None
    changes: str | None = Field(default=None, description="Approve with these changes: the piece goes back.")

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class Review(Outgoing):
    """Everything about a piece's review."""

    piece: PieceHead
    task: Json | None
    decision: Json | None
    signature: Json | None


class Tasks(Outgoing):
    """The tasks of reviewers, where the next ones begin, and the reader's own pieces."""

    tasks: list[Json]
    next: str | None
    pieces: list[Json]
