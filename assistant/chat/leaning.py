"""The reply to a question in its conversation: one that leans on the question before is read with its matter, and told so.

Of what the documents say to the question so read, only what names the new thing is told: the rest was found in everybody. Where
nothing does, or it is not plain how it is read, nothing is told: its bare words would be answered with another matter.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.chat.asked import Question
from assistant.chat.following import Thing, asks_alone, carried, leans, narrowed_to, without_thing
from assistant.chat.naming import asks_only, is_subject, names, of_degree
from assistant.chat.question import take_apart
from assistant.chat.reply import Reply, nothing_told, reply_to
from assistant.chat.turns import AskedBefore
from assistant.chat.wording import flat
from assistant.people.roles import Actor
from assistant.retrieval.names import known_names
from assistant.retrieval.search import Searcher
from assistant.store.database import Database
from assistant.store.words import stems
from guardrails.model import Segment
from guardrails.safety import SafetySignal

_SAID_BY_THE_HEADING = frozenset({"shelf_life", "disposal"})
"""Narrow matters whose sentences need not name them: “3 years.”"""


def reply_after(
    before: Sequence[AskedBefore],
    db: Database,
    searcher: Searcher,
    actor: Actor,
    question: Question,
    signal: SafetySignal | None,
) -> Reply:
    """Return what is to be said behind the questions `before`, oldest first. What reports something is read as it was typed."""
    if signal or not before:
        return reply_to(db, searcher, actor, question, signal)
    with db.read() as connection:
        known = known_names(connection, question.product.id)
    matters = _matters(before, known)
    read, thing = _read_after(question.text, matters, known), narrowed_to(question.text, known)
    if read is None or thing is None:
        return _alone(db, searcher, actor, question, matters[0] if matters else "", known)
    reread = replace(question, text=read)
    leaning = reply_to(db, searcher, actor, reread, None)
    if leaning.status == "answered":
        told = _on(thing, read, leaning.statements, known)
        leaning = replace(leaning, statements=told) if told else nothing_told(searcher, reread)
    return replace(
        leaning, phrases=("follows", *leaning.phrases), values={**(leaning.values or {}), "read": read}
    )


def _alone(
    db: Database, searcher: Searcher, actor: Actor, question: Question, matter: str, known: Sequence[str]
) -> Reply:
    """The question by its own words: a follow-up by its form has none that say what is asked, unless it is whole without the other's."""
    alone = reply_to(db, searcher, actor, question, None)
    if alone.status != "answered" or not leans(question.text, known):
        return alone
    thing = narrowed_to(question.text, known)
    whole = thing is not None and asks_alone(question.text, matter, known)
    told = _on(thing, question.text, alone.statements, known) if thing and whole else ()
    return replace(alone, statements=told) if told else nothing_told(searcher, question)


def _on(thing: Thing, read: str, statements: Sequence[Segment], known: Sequence[str]) -> tuple[Segment, ...]:
    """Of the statements those that name the thing: in an organ no other degree than the one that is asked for, of a medicine not what another
    was compared with it; and that speak of the matter, where that is narrow: the dose in the elderly is nothing on one that was missed.
    """
    return tuple(
        statement
        for statement in statements
        if names(statement.text, thing.text)
        and (thing.kind != "organ" or of_degree(statement.text, read))
        and (thing.kind != "medicine" or is_subject(statement.text, thing.text))
        and _on_the_matter(statement, thing, read, known)
    )


def _on_the_matter(statement: Segment, thing: Thing, read: str, known: Sequence[str]) -> bool:
    """Whether it says each narrow subject that the question names beside the thing; and, where no subject is known, a word of its own:
    what is told of pregnancy is nothing on "reconstitution in pregnancy?".
    """
    asked = take_apart(without_thing(read, thing), known, frozenset())
    told = flat(statement.text)
    narrow = [one for one in asked.concepts if one.narrow and one.name not in _SAID_BY_THE_HEADING]
    if not all(concept.said.search(told) for concept in narrow):
        return False
    said = frozenset(stems(statement.text, statement.language))
    own = [forms for forms in asked.words if not any(asks_only(stem) for stem in forms)]
    return bool(asked.concepts) or not own or any(forms & said for forms in own)


def _matters(before: Sequence[AskedBefore], known: Sequence[str]) -> tuple[str, ...]:
    """What a question may lean on, the nearest first: the question before, with the matter of the one that it leans on itself, then that
    one, up to the one that names its own. None before one that was not answered, whose words are not said again; a follow-up that
    found nothing is passed over.
    """
    matters: tuple[str, ...] = ()
    for turn in before:
        if turn.status != "answered":
            matters = matters if turn.status == "not_found" and leans(turn.question, known) else ()
            continue
        read = _read_after(turn.question, matters, known)
        matters = (read, *matters) if read else (turn.question,)
    return matters


def _read_after(typed: str, matters: Sequence[str], known: Sequence[str]) -> str | None:
    """As it reads behind the nearest that it leans on plainly: in a series ("and in renal impairment?", "and in the elderly?") each leans on
    the first.
    """
    return next((read for matter in matters if (read := carried(typed, matter, known))), None)
