"""The shapes of pieces and of what begins one."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Incoming, Json, Outgoing


class NewAdaptation(Incoming):
    """For whom a published piece is to be adapted; empty: as it is."""

    market: str
    audience: str = ""
    channel: str = ""


class NewDraft(Incoming):
    """A piece to draft."""

    product: str
    kind: Literal["key-moments", "quiz", "email", "brief"]
    market: str
    language: Literal["fr", "en"]
    topic: str | None = None
    sources: list[str] = Field(default=[])
    engine: str = "extractive"
    audience: str = "hcp"
    qualification: str | None = None
    channel: str | None = None


class NewWording(Incoming):
    """Another text for one statement, based on the revision that was read."""

    text: str
    base: str = Field(description="The id of the revision that was edited.")


class PieceHead(Outgoing):
    """What a piece is and where it stands."""

    id: str
    kind: str
    product: str
    market: str
    language: str
    engine: str
    revision: int
    hash: str
    status: str


class Draft(Outgoing):
    """A piece: its statements with their citations, what was rejected, the findings, the typed document."""

    piece: PieceHead
    statements: list[Json]
    rejected: list[Json]
    findings: list[Json]
    content: Json


class Pieces(Outgoing):
    """A page of the pieces; `next` is the `after` of the page that follows, if one does."""

    pieces: list[PieceHead]
    next: str | None = None
