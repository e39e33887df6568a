"""Cases as a conversation would open them."""

from sqlalchemy import insert

from assistant.cases import open_case, refer
from assistant.people.roles import Actor
from assistant.store.database import Database
from assistant.store.ids import new_id
from assistant.store.schema import conversation, turn
from guardrails.safety import SafetySignal, Trigger

REPORT = "My patient had a rash."
_START = REPORT.index("rash")
SIGNAL = SafetySignal("adverse_event", (Trigger("adverse_event", _START, _START + 4, "rash"),))


def open_report(db: Database, asker: Actor, product_id: str, *, question: bool = False) -> str:
    """A case of a side effect, or with `question` one for medical information; returns its id."""
    with db.write() as tx:
        talk, turn_id = new_id("conversation"), new_id("turn")
        about = {"product_id": product_id, "market": "FR", "user_id": asker.id}
        tx.execute(insert(conversation).values(id=talk, started_at=tx.now, **about))
        answer = {"message": "Thank you.", "statements": []}
        facts = {"status": "referred", "answer": answer, "milliseconds": 1.0, "asked_at": tx.now}
        tx.execute(insert(turn).values(id=turn_id, conversation_id=talk, number=1, question=REPORT, **facts))
        if question:
            return refer(tx, asker, turn_id, product_id).id
        return open_case(tx, asker, turn_id, product_id, SIGNAL).id
