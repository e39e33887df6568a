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
    next: str | None = None


class CaseOut(Outgoing):
    """A case with its conversation and its history."""

    case: Json


class Acknowledgement(Incoming):
    """That somebody has taken a case. Not known counts as serious."""

    serious: bool | None = None


class Forwarding(Incoming):
    """A case's number in the company's safety database, and which of the four criteria are known."""

    reference: str
    criteria: tuple[Literal["reporter", "patient", "medicine", "reaction"], ...] = ()
    remark: str = ""


class CaseNote(Incoming):
    """What was learnt, or asked of whoever reported the case."""

    text: str
    follow_up: bool = False


class CaseProduct(Incoming):
    """The medicine that a case is about, by name or id, and why it was another before."""

    product: str
    reason: str


class CaseClosing(Incoming):
    """How a case ends; no case and a duplicate need the reason."""

    outcome: Literal["reported", "answered", "not_a_case", "duplicate"]
    reason: str = ""
    duplicate_of: str | None = None
