"""The shapes of questions, answers and cases."""

from typing import Literal

from api.schemas.base import Incoming, Json, Outgoing


class NewQuestion(Incoming):
    """A question to the approved sources."""

    question: str
    product: str
    market: str
    conversation: str | None = None
    language: Literal["fr", "en"] | None = None
    report: bool = False
    """Handed in as a report of a side effect: it opens a case whatever its words."""


class AnswerOut(Outgoing):
    """An answer in approved sentences, or why there is none."""

    status: Literal["answered", "not_found", "referred", "refused"]
    statements: list[Json]
    message: str | None
    case: Json | None
    ms: float


class Cases(Outgoing):
    """Safety and medical-information cases."""

    cases: list[Json]
