"""Questions and the audit trail."""

from fastapi import APIRouter

from api.auth import Ancrage, Me
from api.schemas import AnswerOut, Entries, EntryNumber, Json, NewQuestion, Verified
from assistant.audit.listing import latest_entries
from assistant.audit.verify import verify_trail
from assistant.chat.ask import ask
from assistant.people.roles import Permission, require

router = APIRouter()


@router.post("/ask", response_model=AnswerOut, summary="Ask the approved sources", tags=["ask"])
def question(app: Ancrage, me: Me, body: NewQuestion) -> Json:
    """Safety intake runs first, whatever the answer."""
    answer = ask(
        app.db,
        app.searcher,
        me,
        body.question,
        body.product,
        body.market.upper(),
        conversation=body.conversation,
        language=body.language,
        reported=body.report,
    )
    return answer.json()


@router.get("/audit/verify", response_model=Verified, summary="Verify the audit trail", tags=["system"])
def verify(app: Ancrage, me: Me) -> Json:
    """Compare `head` with one that is kept elsewhere: a chain alone does not show a lost end."""
    require(me, Permission.VERIFY_AUDIT)
    return verify_trail(app.db, app.settings.home)


@router.get("/audit/entries", response_model=Entries, summary="Read the audit trail", tags=["system"])
def entries(app: Ancrage, me: Me, before: EntryNumber | None = None, subject: str | None = None) -> Json:
    """A hundred at a time, newest first."""
    return {"entries": latest_entries(app.db, me, before=before, subject=subject)}
