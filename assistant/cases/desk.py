"""What the safety and medical-information desk sees."""

from typing import Any

from sqlalchemy import select

from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database
from assistant.store.schema import case, conversation, product, turn


def list_cases(db: Database, actor: Actor) -> list[dict[str, Any]]:
    """Every case with the words that opened it, open ones first, the soonest due first."""
    require(actor, Permission.READ_CASES)
    query = (
        select(case, turn.c.question, turn.c.conversation_id, product.c.name, conversation.c.market)
        .join(turn, turn.c.id == case.c.turn_id)
        .join(conversation, conversation.c.id == turn.c.conversation_id)
        .join(product, product.c.id == case.c.product_id)
        .order_by(case.c.status != "open", case.c.due_at, case.c.id)
    )
    with db.read() as connection:
        return [
            {
                "id": row.id,
                "kind": row.kind,
                "status": row.status,
                "product": row.name,
                "market": row.market,
                "conversation": row.conversation_id,
                "question": row.question,
                "triggers": [list(span) for span in row.triggers],
                "opened_at": row.opened_at.isoformat(timespec="seconds"),
                "due_at": row.due_at.isoformat(timespec="seconds"),
                "said_question_at": row.said_question_at
                and row.said_question_at.isoformat(timespec="seconds"),
            }
            for row in connection.execute(query)
        ]
