"""The reply to a question in its conversation: one that leans on the question before is read with its matter, and told so.

Of what the documents say to the question so read, only what names the new thing is told: the rest was found in everybody.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.chat.asked import Question
from assistant.chat.following import Thing, carried, narrowed_to
from assistant.chat.naming import names, of_degree
from assistant.chat.reply import Reply, reply_to
from assistant.people.roles import Actor
from assistant.retrieval.names import known_names
from assistant.retrieval.search import Searcher
from assistant.store.database import Database
from guardrails.model import Segment
from guardrails.safety import SafetySignal

_OF_ONE_PATIENT = frozenset({"weight", "age"})
"""Kinds of which a figure says nothing of its neighbours: a dose by weight is read where it stands."""


def reply_after(
    before: Sequence[str],
    db: Database,
    searcher: Searcher,
    actor: Actor,
    question: Question,
    signal: SafetySignal | None,
) -> Reply:
    """Return what is to be said behind the questions `before`, oldest first. What reports something is read as it was typed; so is what
    the documents answer only as typed, or answer without a word on what is new, and a weight or an age that they do not name.
    """
    leant = None if signal else _read_after(before, db, question)
    if leant is None:
        return reply_to(db, searcher, actor, question, signal)
    read, thing = leant
    leaning = reply_to(db, searcher, actor, replace(question, text=read), None)
    if leaning.status == "answered":
        leaning = replace(leaning, statements=_on(thing, read, leaning.statements))
        if not leaning.statements:
            return reply_to(db, searcher, actor, question, None)
    else:
        alone = reply_to(db, searcher, actor, question, None)
        if thing.kind in _OF_ONE_PATIENT or (alone.status, leaning.status) != ("not_found", "not_found"):
            return alone
    return replace(
        leaning, phrases=("follows", *leaning.phrases), values={**(leaning.values or {}), "read": read}
    )


def _on(thing: Thing, read: str, statements: Sequence[Segment]) -> tuple[Segment, ...]:
    """Of the statements those that name the thing, and in an organ no other degree than the one that is asked for."""
    return tuple(
        statement
        for statement in statements
        if names(statement.text, thing.text) and (thing.kind != "organ" or of_degree(statement.text, read))
    )


def _read_after(before: Sequence[str], db: Database, question: Question) -> tuple[str, Thing] | None:
    """The question with the matter of the one before, which may lean on the one before that; and what is new in it."""
    if not before:
        return None
    with db.read() as connection:
        known = known_names(connection, question.product.id)
    matter = before[0]
    for text in before[1:]:
        matter = carried(text, matter, known) or text
    read, thing = carried(question.text, matter, known), narrowed_to(question.text, known)
    return (read, thing) if read and thing else None
