"""Answering a question from the approved sources: safety first, then who asks, then what is asked, then evidence."""

import time
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from assistant.chat.asked import Question, clean, language_of, languages_held
from assistant.chat.leaning import reply_after
from assistant.chat.pointing import place_json
from assistant.chat.reply import Reply, Status
from assistant.chat.turns import AskedBefore, Turn, asked_before, told_before, write_turn
from assistant.corpus.markets import known_market
from assistant.corpus.products import Product, find_product
from assistant.people.roles import Actor, Permission, require
from assistant.retrieval.places import placed
from assistant.retrieval.search import Searcher
from assistant.retrieval.view import citation_json
from assistant.store.database import Database
from guardrails.model import Language, Segment
from guardrails.safety import SafetySignal, intake, report
from prompts.library import phrasebook

_EMERGENCY = {"FR": ("15", "112"), "EU": ("112",), "UK": ("999", "112"), "US": ("911",)}
"""Whom to call, by market; of another country no number is guessed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person is told. `statements` are plain JSON with their citations."""

    status: Status
    statements: tuple[dict[str, Any], ...]
    message: str
    case: dict[str, str] | None
    ms: float
    conversation: str
    turn: str
    language: Language
    elsewhere: tuple[dict[str, Any], ...] = ()
    """Where documents of the other language may hold it."""
    nearest: tuple[dict[str, Any], ...] = ()
    """Of a question that nothing answers: the places that come nearest in its own language."""

    def json(self) -> dict[str, Any]:
        """The `ask` JSON."""
        return {
            "status": self.status,
            "statements": list(self.statements),
            "message": self.message,
            "case": self.case,
            "ms": self.ms,
            "conversation": self.conversation,
            "turn": self.turn,
            "language": self.language,
            "elsewhere": list(self.elsewhere),
            "nearest": list(self.nearest),
        }


def ask(  # noqa: PLR0917  collaborators, actor, and what is asked of which product where
    db: Database,
    searcher: Searcher,
    actor: Actor,
    question: str,
    product: str,
    market: str,
    conversation: str | None = None,
    language: str | None = None,
    *,
    reported: bool = False,
    reading: str | None = None,
) -> Answer:
    """Answer in one to five approved sentences and what limits them, or say that they hold no answer, or hand over.

    Safety intake runs before anything else and its case is written in the same transaction as the turn, whatever the
    answer; what is `reported` as a side effect opens one whatever its words. `language` is that of the answer; without it, the question's own. Where neither tells, nor the documents,
    it is the one that the person is `reading` in. Raises InvalidInput, UnknownProduct,
    NotFound (of a conversation that is somebody else's).
    """
    began = time.perf_counter()
    require(actor, Permission.ASK)
    asked = clean(question)
    place = known_market(market)
    found = find_product(db, product)
    spoken = language_of(
        asked, language, reading or actor.language, lambda: languages_held(db, found.id, place)
    )
    signal = report(asked, spoken) if reported else intake(asked, spoken)
    before = _before(db, actor, conversation, found)
    reply = reply_after(before, db, searcher, actor, Question(asked, spoken, place, found), signal)
    with db.write() as tx:
        first = not told_before(tx.connection, actor, conversation, found.id)
        message = _message(reply, spoken, signal, found, place, first=first)
        with_places = tuple(_statement(tx.connection, segment) for segment in reply.statements)
        turn = write_turn(
            tx,
            actor,
            Turn(
                product_id=found.id,
                market=place,
                question=asked,
                status=reply.status,
                statements=with_places,
                message=message,
                milliseconds=round((time.perf_counter() - began) * 1000, 1),
                signal=signal,
                medical_information=reply.medical_information,
            ),
            conversation,
        )
    return Answer(
        reply.status,
        with_places,
        message,
        turn.case,
        round((time.perf_counter() - began) * 1000, 1),
        turn.conversation,
        turn.id,
        spoken,
        tuple(place_json(item, cross_language=True) for item in (reply.elsewhere,) if item is not None),
        tuple(place_json(item, cross_language=False) for item in reply.nearest),
    )


def _before(
    db: Database, actor: Actor, conversation: str | None, product: Product
) -> tuple[AskedBefore, ...]:
    """What the same person asked of the same product right before."""
    if conversation is None:
        return ()
    with db.read() as connection:
        told_before(connection, actor, conversation, product.id)
        return asked_before(connection, conversation)


def _message(
    reply: Reply,
    language: Language,
    signal: SafetySignal | None,
    product: Product,
    market: str,
    *,
    first: bool,
) -> str:
    """What is told around the statements; the first answer of a conversation says that an AI answers (rule EU1)."""
    urgent = signal is not None and bool(set(signal.kinds) & {"emergency", "overdose"})
    phrases: list[str] = []
    if signal is not None:  # whom to call, or that the report was received, comes before anything else
        phrases += ["case_emergency"] if urgent else ["case_opened", "case_national"]
    phrases += ["disclosure"] if first else []
    phrases += reply.phrases
    book = phrasebook(f"chat.{language}")
    values = {
        "product": product.sheet.get("brand") or product.name,
        "emergency_numbers": _EMERGENCY.get(market, ()),
        **(reply.values or {}),
    }
    return " ".join(book.phrase(name, **values) for name in phrases)


def _statement(connection: Connection, segment: Segment) -> dict[str, Any]:
    exact = replace(segment, citations=tuple(placed(connection, citation) for citation in segment.citations))
    return {
        "id": exact.id,
        "text": exact.text,
        "language": exact.language,
        "citations": [citation_json(citation) for citation in exact.citations],
        "verdict": "pass",
    }
