"""What is to be said to a question: what no source may answer is refused or referred, then the statements, then where it may stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.chat.asked import HITS, OTHER, Question, query_for
from assistant.chat.bounds import stated
from assistant.chat.indication import asks_of_a_disease, beyond_indication, holds_an_indication
from assistant.chat.marks import marks_written_out
from assistant.chat.pointing import nearest_of, nearest_places
from assistant.chat.question import take_apart
from assistant.chat.readable import section_of_label
from assistant.chat.slips import Read, read_with
from assistant.chat.small_talk import is_small_talk
from assistant.chat.statements import (
    compared_for,
    documents_for,
    eligible,
    judged,
    look,
    statements_for,
)
from assistant.chat.wording import flat
from assistant.people.roles import Actor
from assistant.retrieval.evidence import all_evidence
from assistant.retrieval.looked import Looked
from assistant.retrieval.names import known_names
from assistant.retrieval.search import Searcher
from assistant.store.clock import civil_date
from assistant.store.database import Database
from guardrails.model import Evidence, Segment
from guardrails.safety import SafetySignal, classify_turn

_ONES_OWN = re.compile(
    r"\b(?:my|our) (?:\w+ )?(?:mother|father|mum|mom|dad|wife|husband|partner|son|daughter|child|baby|kid|friend|sister|brother|grand\w+"
    r"|aunt|uncle)\b|\b(?:ma|mon|mes|notre) (?:\w+ )?(?:mere|maman|pere|papa|femme|mari|fils|fille|enfants?|bebe|soeur|frere|amie?|grand\w*"
    r"|tante|oncle)\b|\b(?:i have|i am|i'm|i take|for me|my own|j'ai|je suis|je prends|pour moi|my (?:potassium|blood|egfr|kidneys?)|ma (?:kaliemie|tension))\b"
)

Status = Literal["answered", "not_found", "referred", "refused"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be said, before it is written down."""

    status: Status
    phrases: tuple[str, ...] = ()
    values: Mapping[str, object] | None = None
    statements: tuple[Segment, ...] = ()
    medical_information: bool = False
    elsewhere: Evidence | None = None
    nearest: tuple[Evidence, ...] = ()


def reply_to(
    db: Database, searcher: Searcher, actor: Actor, question: Question, signal: SafetySignal | None
) -> Reply:
    """Return what is to be said; beside a report of a side effect, only what is no advice."""
    if question.product.status != "active":
        return Reply("referred" if signal else "refused", ("frozen",))
    refused = _refused(db, searcher, actor, question)
    if signal is not None:
        return Reply("referred") if refused else _besides(db, searcher, actor, question, signal)
    if refused is not None:
        return refused
    if is_small_talk(question.text):
        return Reply("not_found", ("small_talk",))
    read = _read(db, searcher, question)
    reply = _answer(db, searcher, actor, replace(question, text=read.text))
    if not read.slips:
        return reply
    slips = ", ".join(f"{typed} → {meant}" for typed, meant in read.slips)
    return replace(
        reply, phrases=("read_as", *reply.phrases), values={**(reply.values or {}), "slips": slips}
    )


def nothing_told(searcher: Searcher, question: Question) -> Reply:
    """What is said where nothing of what was found may be told: that it is not answered, and where to look."""
    return _with_the_nearest(look(searcher, question), Reply("not_found", ("not_found",)))


def _answer(db: Database, searcher: Searcher, actor: Actor, question: Question) -> Reply:
    looked = look(searcher, question)
    if statements := statements_for(db, searcher, actor, question, looked):
        return Reply("answered", statements=statements)
    return _with_the_nearest(looked, _not_found(db, searcher, actor, question))


def _read(db: Database, searcher: Searcher, question: Question) -> Read:
    """The question with its marks of time written out, and with a word of the documents where it has a slip of the keyboard."""
    with db.read() as connection:
        today = civil_date(db.clock.now(), question.market)
        names = known_names(connection, question.product.id)
        documents = documents_for(connection, searcher, question, today, names)
    text = marks_written_out(question.text, question.language, (item.text for item in documents.evidence))
    return read_with(text, documents.words, searcher.rarity)


def _besides(
    db: Database, searcher: Searcher, actor: Actor, question: Question, signal: SafetySignal
) -> Reply:
    """What the documents say beside a report. Who is in danger is told whom to call, and given nothing to search."""
    wanted = _label_question(question, signal)
    looked = look(searcher, wanted)
    if statements := statements_for(db, searcher, actor, wanted, looked):
        return Reply("referred", ("besides",), statements=statements)
    reply = Reply("referred")
    return reply if "emergency" in signal.kinds else _with_the_nearest(looked, reply)


def _with_the_nearest(looked: Looked, reply: Reply) -> Reply:
    """Not an answer: where to look, in the question's language."""
    places = nearest_places(looked.evidence)
    return replace(reply, phrases=(*reply.phrases, *(("nearest",) if places else ())), nearest=places)


def _label_question(question: Question, signal: SafetySignal) -> Question:
    """What the label may be asked beside a report: after an overdose, its own words on overdose (rule CH9)."""
    if "overdose" in signal.kinds:
        return replace(
            question,
            text={"fr": "Que faire en cas de surdosage ?", "en": "What about overdose?"}[question.language],
        )
    return question


def _refused(db: Database, searcher: Searcher, actor: Actor, question: Question) -> Reply | None:
    """What no approved sentence may answer (rules CH1, CH3, CH10 to CH12). A claim to be somebody changes nothing."""
    if not actor.roles:
        return Reply("refused", ("layperson",))
    kinds = classify_turn(question.text, question.language)
    if "injection" in kinds:
        return Reply("refused", ("injection",))
    if "off_label" in kinds or _off_label(db, searcher, question):
        return Reply("referred", ("off_label",), medical_information=True)
    if "comparison" in kinds:
        return _compared(db, searcher, actor, question, personal="personal_choice" in kinds)
    if "personal_choice" in kinds and not _asks_of_figures(question.text):
        return Reply("refused", ("personal_choice",))
    return None


def _compared(db: Database, searcher: Searcher, actor: Actor, question: Question, *, personal: bool) -> Reply:
    """No comparison of one's own: what an approved study says itself, in full or not at all, or where it stands (rules CH11, FR21)."""
    told, places = compared_for(db, searcher, actor, question)
    if told and not personal:
        return Reply("answered", ("head_to_head",), statements=told)
    nearest = nearest_places(places)
    return Reply("refused", ("comparison", *(("comparison_elsewhere",) if nearest else ())), nearest=nearest)


def _asks_of_figures(text: str) -> bool:
    """A health professional's question with a patient's figures in it ("potassium 5.8: may I start?") is one to the label,
    but not one about a relative or oneself (rule CH12).
    """
    return bool(stated(text)) and not _ONES_OWN.search(flat(text))


def _off_label(db: Database, searcher: Searcher, question: Question) -> bool:
    """Whether use or effect is asked about in a disease that no indication names (rule CH10)."""
    with db.read() as connection:
        names = known_names(connection, question.product.id)
        if not asks_of_a_disease(question.text, names):
            return False
        today = civil_date(db.clock.now(), question.market)
        units = documents_for(connection, searcher, question, today, names).units
        if holds_an_indication(units):
            return beyond_indication(question.text, units, names)
        elsewhere = replace(question, language=OTHER[question.language])
        units = documents_for(connection, searcher, elsewhere, today, names).units
        return beyond_indication(question.text, units, names, of_other_language=True)


def _not_found(db: Database, searcher: Searcher, actor: Actor, question: Question) -> Reply:
    """Say what is missing: any document for such answers, one in this language, or the fact.

    Where documents of the other language may hold it, it is said which, and where: nothing is translated (rule CH13).
    """
    with db.read() as connection:
        today = civil_date(db.clock.now(), question.market)
        own = eligible(connection, question, today, question.language)
        other = eligible(connection, question, today, OTHER[question.language])
    if not other:
        return Reply("not_found", ("not_found" if own else "not_found_for_use",))
    language = OTHER[question.language]
    if own and not judged(db, searcher, question.text, question.product, question.market, language).enough:
        return Reply("not_found", ("not_found",))
    nearest = _told_elsewhere(db, searcher, actor, replace(question, language=language)) or _nearest(
        db, searcher, question, other
    )
    place = f"{nearest.title}, {nearest.locator.section}" if nearest else ""
    phrase = "in_other_language" if own else "other_language"
    return Reply("not_found", (phrase,), {"place": place}, elsewhere=nearest)


def _told_elsewhere(db: Database, searcher: Searcher, actor: Actor, question: Question) -> Evidence | None:
    """The passage that answers in the other language, which is named and not shown."""
    told = statements_for(db, searcher, actor, question, look(searcher, question))
    if not told:
        return None
    with db.read() as connection:
        today = civil_date(db.clock.now(), question.market)
        names = known_names(connection, question.product.id)
        documents = documents_for(connection, searcher, question, today, names)
    return documents.passages.get(told[0].citations[0].passage)


def _nearest(
    db: Database, searcher: Searcher, question: Question, source_ids: Sequence[str]
) -> Evidence | None:
    """Where the documents of the other language come nearest: what the search found, else the label's own section."""
    with db.read() as connection:
        asked = take_apart(question.text, known_names(connection, question.product.id), frozenset())
        hits = searcher.find(query_for(question, OTHER[question.language], HITS))
        if nearest := nearest_of(hits, asked):
            return nearest
        for item in all_evidence(connection, source_ids):
            if item.source_kind == "label" and section_of_label(item.section) in asked.sections:
                return item
    return hits[0] if hits else None
