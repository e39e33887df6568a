"""The reply to a question in its conversation: one that leans on the question before is read with its matter, and told so."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.chat.asked import Question
from assistant.chat.following import carried
from assistant.chat.reply import Reply, reply_to
from assistant.people.roles import Actor
from assistant.retrieval.names import known_names
from assistant.retrieval.search import Searcher
from assistant.store.database import Database
from guardrails.safety import SafetySignal


def reply_after(
    before: Sequence[str],
    db: Database,
    searcher: Searcher,
    actor: Actor,
    question: Question,
    signal: SafetySignal | None,
) -> Reply:
    """Return what is to be said behind the questions `before`, oldest first. What reports something is read as it was typed; so is what
    the documents answer only as typed.
    """
    read = None if signal else _read_after(before, db, question)
    if read is None:
        return reply_to(db, searcher, actor, question, signal)
    leaning = reply_to(db, searcher, actor, replace(question, text=read), None)
    if leaning.status != "answered":
        alone = reply_to(db, searcher, actor, question, None)
        if (alone.status, leaning.status) != ("not_found", "not_found"):
            return alone
    return replace(
        leaning, phrases=("follows", *leaning.phrases), values={**(leaning.values or {}), "read": read}
    )


def _read_after(before: Sequence[str], db: Database, question: Question) -> str | None:
    """The question with the matter of the one before, which may lean on the one before that."""
    if not before:
        return None
    with db.read() as connection:
        names = known_names(connection, question.product.id)
    matter = before[0]
    for text in before[1:]:
        matter = carried(text, matter, names) or text
    return carried(question.text, matter, names)
