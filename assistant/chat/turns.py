"""A turn of a conversation, written once: question, answer, and the case it may open, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select

from assistant.audit.trail import record
from assistant.cases import open_case, refer
from assistant.errors import NotFound
from assistant.people.roles import Actor
from assistant.store.database import Transaction
from assistant.store.ids import new_id
from assistant.store.schema import conversation as conversation_table
from assistant.store.schema import turn as turn_table
from guardrails.safety import SafetySignal

_MOST_BEFORE = 8
"""Turns that a question may lean on, each on the one before it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked and what is answered."""

    product_id: str
    market: str
    question: str
    status: str
    statements: Sequence[dict[str, Any]]
    message: str
    milliseconds: float
    signal: SafetySignal | None
    medical_information: bool
    """The question goes to medical information."""


@dataclass(frozen=True, slots=True)
class Written:
    """The turn's ids, and the case that it opened: {"id", "kind"}."""

    id: str
    conversation: str
    case: dict[str, str] | None


def told_before(connection: Connection, actor: Actor, conversation: str | None, product_id: str) -> bool:
    """Whether the conversation has had a turn already. Raises NotFound for one of another person or product."""
    if conversation is None:
        return False
    if product_of(connection, actor, conversation) != product_id:
        raise NotFound(
            f"There is no conversation {conversation} of yours on this product.",
            help="Leave the conversation out to begin a new one.",
            conversation=conversation,
        )
    return _next_number(connection, conversation) > 1


def product_of(connection: Connection, actor: Actor, conversation: str) -> str | None:
    """The id of the product that a conversation of this person is on; None where it is none of theirs."""
    row = connection.execute(
        select(conversation_table.c.user_id, conversation_table.c.product_id).where(
            conversation_table.c.id == conversation
        )
    ).first()
    return row.product_id if row is not None and row.user_id == actor.id else None


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A question of the conversation, and how it was answered."""

    question: str
    status: str


def asked_before(connection: Connection, conversation: str) -> tuple[AskedBefore, ...]:
    """The last few questions of the conversation, oldest first."""
    rows = connection.execute(
        select(turn_table.c.question, turn_table.c.status)
        .where(turn_table.c.conversation_id == conversation)
        .order_by(turn_table.c.number.desc())
        .limit(_MOST_BEFORE)
    )
    return tuple(AskedBefore(row.question, row.status) for row in rows)[::-1]


def write_turn(tx: Transaction, actor: Actor, turn: Turn, conversation: str | None) -> Written:
    """Write the turn, its conversation where it begins one, and its case; the audit entries hold no words of it."""
    identity = conversation or _begin(tx, actor, turn)
    number = _next_number(tx.connection, identity)
    turn_id = new_id("turn")
    tx.execute(
        insert(turn_table).values(
            id=turn_id,
            conversation_id=identity,
            number=number,
            question=turn.question,
            status=turn.status,
            answer={"statements": list(turn.statements), "message": turn.message},
            milliseconds=turn.milliseconds,
            asked_at=tx.now,
        )
    )
    tx.failpoint("turn:row")
    quoted = [citation["passage"] for statement in turn.statements for citation in statement["citations"]]
    record(
        tx,
        actor,
        "question.answered",
        turn_id,
        {"conversation": identity, "status": turn.status, "passages": quoted},
    )
    return Written(turn_id, identity, _case(tx, actor, turn, turn_id))


def _begin(tx: Transaction, actor: Actor, turn: Turn) -> str:
    identity = new_id("conversation")
    tx.execute(
        insert(conversation_table).values(
            id=identity,
            user_id=actor.id,
            product_id=turn.product_id,
            market=turn.market,
            started_at=tx.now,
        )
    )
    return identity


def _next_number(connection: Connection, conversation: str) -> int:
    last = connection.scalar(
        select(func.max(turn_table.c.number)).where(turn_table.c.conversation_id == conversation)
    )
    return int(last or 0) + 1


def _case(tx: Transaction, actor: Actor, turn: Turn, turn_id: str) -> dict[str, str] | None:
    if turn.signal is not None:
        opened = open_case(tx, actor, turn_id, turn.product_id, turn.signal)
    elif turn.medical_information:
        opened = refer(tx, actor, turn_id, turn.product_id)
    else:
        return None
    return {"id": opened.id, "kind": opened.kind}
