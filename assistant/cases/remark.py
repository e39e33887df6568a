"""What whoever asked says of the case that their turn opened."""

from typing import Any

from sqlalchemy import select, update

from assistant.audit.trail import record
from assistant.cases.model import MEDICAL_INFORMATION
from assistant.errors import NotFound
from assistant.people.roles import Actor, Permission, require
from assistant.store.database import Database
from assistant.store.schema import case, conversation, product, turn

_NO_QUESTION = (MEDICAL_INFORMATION, "emergency")


def say_it_was_a_question(db: Database, actor: Actor, case_id: str) -> dict[str, Any]:
    """Note on one's own safety case that the turn reported nothing; gives the turn as it was answered.

    The case stays open, with its clock: only the safety team closes it. Saying it twice changes nothing. Raises NotFound for
    a case of somebody else's turn, one that is no safety case, or an emergency.
    """
    require(actor, Permission.ASK)
    query = (
        select(
            case,
            turn.c.question,
            turn.c.status.label("answered"),
            turn.c.answer,
            conversation.c.id.label("talk"),
        )
        .add_columns(conversation.c.market, product.c.name)
        .join(turn, turn.c.id == case.c.turn_id)
        .join(conversation, conversation.c.id == turn.c.conversation_id)
        .join(product, product.c.id == case.c.product_id)
        .where(case.c.id == case_id, conversation.c.user_id == actor.id, case.c.kind.not_in(_NO_QUESTION))
    )
    with db.write() as tx:
        row = tx.execute(query).first()
        if row is None:
            raise NotFound(
                f"There is no safety case {case_id} of yours.",
                help="Use the button under the answer that opened it.",
                case=case_id,
            )
        first = update(case).where(case.c.id == case_id, case.c.said_question_at.is_(None))
        if tx.execute(first.values(said_question_at=tx.now)).rowcount:  # of two clicks at once, one
            record(tx, actor, "case.said_to_be_question", case_id, {"turn": row.turn_id})
    return {
        "status": row.answered,
        "statements": row.answer["statements"],
        "message": row.answer["message"],
        "conversation": row.talk,
        "question": row.question,
        "product": row.name,
        "market": row.market,
    }
