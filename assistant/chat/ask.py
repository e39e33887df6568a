"""Answering a question from the approved sources: safety first, then who asks, then what is asked, then evidence."""

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, cast

from sqlalchemy import Connection

from assistant.chat.answering import Judged, answer, readable
from assistant.chat.bounds import stated
from assistant.chat.indication import asks_of_a_disease, beyond_indication
from assistant.chat.pointing import nearest_places, place_json
from assistant.chat.question import take_apart
from assistant.chat.reading import Documents, Readings
from assistant.chat.rows import rows_that_hold
from assistant.chat.sufficiency import Sufficiency, judge
from assistant.chat.turns import Turn, told_before, write_turn
from assistant.chat.wording import flat
from assistant.corpus.claims import claims_left_out
from assistant.corpus.eligibility import eligible_sources, source_facts
from assistant.corpus.markets import known_market
from assistant.corpus.products import Product, find_product
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.retrieval.evidence import all_evidence
from assistant.retrieval.language import spoken_language
from assistant.retrieval.names import names_of
from assistant.retrieval.places import placed
from assistant.retrieval.search import Looked, Query, Searcher
from assistant.retrieval.view import citation_json
from assistant.retrieval.vocabulary import Vocabulary
from assistant.store.clock import civil_date
from assistant.store.database import Database
from guardrails.citations import ProposedCitation, Rejection, verify
from guardrails.model import CheckContext, Citation, Document, Evidence, Language, Qualification, Segment
from guardrails.runner import run
from guardrails.safety import SafetySignal, classify_turn, intake, report
from prompts.library import phrasebook

USE: Qualification = "reactive_medical"
AUDIENCE = "hcp"
HITS = 24
LONGEST_QUESTION = 2_000
_ONES_OWN = re.compile(
    r"\b(?:my|our) (?:\w+ )?(?:mother|father|mum|mom|dad|wife|husband|partner|son|daughter|child|baby|kid|friend|sister|brother|grand\w+"
    r"|aunt|uncle)\b|\b(?:ma|mon|mes|notre) (?:\w+ )?(?:mere|maman|pere|papa|femme|mari|fils|fille|enfants?|bebe|soeur|frere|amie?|grand\w*"
    r"|tante|oncle)\b|\b(?:i have|i am|i'm|i take|for me|my own|j'ai|je suis|je prends|pour moi|my (?:potassium|blood|egfr|kidneys?)|ma (?:kaliemie|tension))\b"
)
_OTHER: dict[Language, Language] = {"fr": "en", "en": "fr"}

Status = Literal["answered", "not_found", "referred", "refused"]


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


@dataclass(frozen=True, slots=True)
class _Reply:
    """What is to be said, before it is written down."""

    status: Status
    phrases: tuple[str, ...] = ()
    values: Mapping[str, object] | None = None
    statements: tuple[Segment, ...] = ()
    medical_information: bool = False
    elsewhere: Evidence | None = None
    nearest: tuple[Evidence, ...] = ()


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
) -> Answer:
    """Answer in one to five approved sentences, or say that they hold no answer, or hand over.

    Safety intake runs before anything else and its case is written in the same transaction as the turn, whatever the
    answer; what is `reported` as a side effect opens one whatever its words. `language` is that of the answer; without it, the question's own. Raises InvalidInput, UnknownProduct,
    NotFound (of a conversation that is somebody else's).
    """
    began = time.perf_counter()
    require(actor, Permission.ASK)
    asked = _clean(question)
    place = known_market(market)
    found = find_product(db, product)
    spoken = _language(asked, language, actor)
    signal = report(asked, spoken) if reported else intake(asked, spoken)
    reply = _reply(db, searcher, actor, _Question(asked, spoken, language is not None, place, found), signal)
    with db.write() as tx:
        first = not told_before(tx.connection, actor, conversation, found.id)
        message = _message(reply, spoken, signal, found, first=first)
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


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    language: Language
    insisted: bool
    """The language was asked for, not guessed."""
    market: str
    product: Product


def _clean(question: str) -> str:
    clean = question.strip()
    if not clean or len(clean) > LONGEST_QUESTION:
        raise InvalidInput(
            "There is no question."
            if not clean
            else f"The question is longer than {LONGEST_QUESTION} characters.",
            help="Ask in a sentence or two.",
        )
    return clean


def _language(question: str, wanted: str | None, actor: Actor) -> Language:
    if wanted is not None and wanted not in _OTHER:
        raise InvalidInput(f"{wanted!r} is no language that is answered here.", help="Use fr or en.")
    return cast("Language", wanted or spoken_language(question) or actor.language)


def _reply(
    db: Database, searcher: Searcher, actor: Actor, question: _Question, signal: SafetySignal | None
) -> _Reply:
    if question.product.status != "active":
        return _Reply("referred" if signal else "refused", ("frozen",))
    refused = _refused(db, searcher, actor, question)
    if signal is not None:
        return _Reply("referred") if refused else _besides(db, searcher, actor, question, signal)
    if refused is not None:
        return refused
    looked = _look(searcher, question)
    if statements := _found(db, searcher, actor, question, looked):
        return _Reply("answered", statements=statements)
    return _with_the_nearest(looked, _not_found(db, searcher, actor, question))


def _besides(
    db: Database, searcher: Searcher, actor: Actor, question: _Question, signal: SafetySignal
) -> _Reply:
    """What the documents say beside a report. Who is in danger is told whom to call, and given nothing to search."""
    wanted = _label_question(question, signal)
    looked = _look(searcher, wanted)
    if statements := _found(db, searcher, actor, wanted, looked):
        return _Reply("referred", ("besides",), statements=statements)
    reply = _Reply("referred")
    return reply if "emergency" in signal.kinds else _with_the_nearest(looked, reply)


def _with_the_nearest(looked: Looked, reply: _Reply) -> _Reply:
    """Not an answer: where to look, in the question's language."""
    places = nearest_places(looked.evidence)
    return replace(reply, phrases=(*reply.phrases, *(("nearest",) if places else ())), nearest=places)


def _label_question(question: _Question, signal: SafetySignal) -> _Question:
    """What the label may be asked beside a report: after an overdose, its own words on overdose (rule CH9)."""
    if "overdose" in signal.kinds:
        return replace(
            question,
            text={"fr": "Que faire en cas de surdosage ?", "en": "What about overdose?"}[question.language],
        )
    return question


def _refused(db: Database, searcher: Searcher, actor: Actor, question: _Question) -> _Reply | None:
    """What no approved sentence may answer (rules CH1, CH3, CH10 to CH12). A claim to be somebody changes nothing."""
    if not actor.roles:
        return _Reply("refused", ("layperson",))
    kinds = classify_turn(question.text, question.language)
    if "injection" in kinds:
        return _Reply("refused", ("injection",))
    if "off_label" in kinds or _off_label(db, searcher, question):
        return _Reply("referred", ("off_label",), medical_information=True)
    if "comparison" in kinds:
        return _Reply("refused", ("comparison",))
    if "personal_choice" in kinds and not _asks_of_figures(question.text):
        return _Reply("refused", ("personal_choice",))
    return None


def _asks_of_figures(text: str) -> bool:
    """A health professional's question with a patient's figures in it ("potassium 5.8: may I start?") is one to the label,
    but not one about a relative or oneself (rule CH12).
    """
    return bool(stated(text)) and not _ONES_OWN.search(flat(text))


def _off_label(db: Database, searcher: Searcher, question: _Question) -> bool:
    """Whether use or effect is asked about in a disease that no indication names (rule CH10)."""
    if not asks_of_a_disease(question.text):
        return False
    with db.read() as connection:
        today = civil_date(db.clock.now(), question.market)
        return beyond_indication(question.text, _documents(connection, searcher, question, today).units)


def _query(question: _Question, language: Language, k: int) -> Query:
    return Query(question.text, question.product.id, question.market, AUDIENCE, USE, language, k)


def _look(searcher: Searcher, question: _Question) -> Looked:
    """The search that answers, and the nearest places, both rest on."""
    return searcher.look(_query(question, question.language, HITS))


def _found(
    db: Database, searcher: Searcher, actor: Actor, question: _Question, looked: Looked
) -> tuple[Segment, ...]:
    """The statements that answer, each a verified quote that passes the rules of a turn."""
    fused = {**looked.beside(), **{hit.passage: hit.scores.get("fused", 0.0) for hit in looked.evidence}}
    names = names_of(question.product.name, question.product.sheet)
    with db.read() as connection:
        today = civil_date(db.clock.now(), question.market)
        vocabulary = _vocabulary(connection, searcher, looked)
        found = judge(connection, question.text, names, looked, vocabulary)
        if not found.enough:
            return ()
        documents = _documents(connection, searcher, question, today)
        given = documents.passages
        rows = rows_that_hold(question.text, documents.evidence, len(documents.units))
        chosen = answer(
            take_apart(question.text, names, vocabulary.stems),
            [*documents.told, *readable(rows, names)],
            Judged(found.needs, fused, found.about, found.best),
        )
        segments = [
            Segment(f"s{number}", "statement", "answer", unit.text, unit.language, "", citations, "verbatim")
            for number, unit in enumerate(chosen, 1)
            if (citations := _citations([(q.passage, q.text) for q in unit.quotes], given))
        ]
        return _passing(connection, actor, question, segments, documents, today)


def judged(
    db: Database,
    searcher: Searcher,
    text: str,
    product: Product,
    market: str,
    language: Language | None = None,
) -> Sufficiency:
    """What the evidence for a question is judged to be; in both languages where none is named."""
    looked = searcher.look(Query(text, product.id, market, AUDIENCE, USE, language, HITS))
    names = names_of(product.name, product.sheet)
    with db.read() as connection:
        vocabulary = _vocabulary(connection, searcher, looked)
        return judge(connection, text, names, looked, vocabulary)


def _vocabulary(connection: Connection, searcher: Searcher, looked: Looked) -> Vocabulary:
    """The words of what was searched."""
    if looked.extent is None:
        return Vocabulary(0, {})
    return searcher.memory.vocabularies.of(connection, looked.extent)


def _eligible(connection: Connection, question: _Question, today: date, language: Language) -> list[str]:
    return [
        found.id
        for found in eligible_sources(
            connection, question.product.id, question.market, AUDIENCE, USE, today, language
        )
    ]


def _documents(connection: Connection, searcher: Searcher, question: _Question, today: date) -> Documents:
    """All that may be quoted in the question's language: no claim that is out of date or of other markets."""
    ids = _eligible(connection, question, today, question.language)
    left_out = claims_left_out(connection, ids, question.market, today)
    names = names_of(question.product.name, question.product.sheet)
    return searcher.memory.of(Readings).of(connection, ids, left_out, names)


def _citations(quotes: Sequence[tuple[str, str]], given: Mapping[str, Evidence]) -> tuple[Citation, ...]:
    """The verified citations; none where one of them cannot be verified."""
    outcomes = [verify(ProposedCitation(passage, text), given) for passage, text in quotes]
    if any(isinstance(outcome, Rejection) for outcome in outcomes):
        return ()
    return tuple(outcome for outcome in outcomes if isinstance(outcome, Citation))


def _passing(
    connection: Connection,
    actor: Actor,
    question: _Question,
    segments: Sequence[Segment],
    documents: Documents,
    today: date,
) -> tuple[Segment, ...]:
    """An unsupported answer is never shown: only statements with the verdict "pass" are."""
    document = Document("answer", question.language, question.text[:80], tuple(segments))
    cited = {citation.source for segment in segments for citation in segment.citations}
    passages = {citation.passage for segment in segments for citation in segment.citations}
    context = CheckContext(
        today=today,
        stage="turn",
        market=question.market,
        language=question.language,
        audience=AUDIENCE,
        qualification=USE,
        product={**question.product.sheet, "name": question.product.name, "status": question.product.status},
        evidence=tuple(documents.passages[key] for key in sorted(passages)),
        beside={key: documents.beside[key] for key in passages if key in documents.beside},
        sources=source_facts(connection, sorted(cited), today),
        roles=frozenset(str(role) for role in actor.roles),
        extra={"ai_disclosed": True},
    )
    verdicts = run(document, context).verdicts
    return tuple(segment for segment in segments if verdicts.get(segment.id) == "pass")


def _not_found(db: Database, searcher: Searcher, actor: Actor, question: _Question) -> _Reply:
    """Say what is missing: any document for such answers, one in this language, or the fact.

    Where documents of the other language may hold it, it is said which, and where: nothing is translated (rule CH13).
    """
    with db.read() as connection:
        today = civil_date(db.clock.now(), question.market)
        own = _eligible(connection, question, today, question.language)
        other = _eligible(connection, question, today, _OTHER[question.language])
    if not other:
        return _Reply("not_found", ("not_found" if own else "not_found_for_use",))
    language = _OTHER[question.language]
    if own and not judged(db, searcher, question.text, question.product, question.market, language).enough:
        return _Reply("not_found", ("not_found",))
    nearest = _told_elsewhere(db, searcher, actor, replace(question, language=language)) or _nearest(
        db, searcher, question, other
    )
    place = f"{nearest.title}, {nearest.locator.section}" if nearest else ""
    phrase = "in_other_language" if own else "other_language"
    return _Reply("not_found", (phrase,), {"place": place}, elsewhere=nearest)


def _told_elsewhere(db: Database, searcher: Searcher, actor: Actor, question: _Question) -> Evidence | None:
    """The passage that answers in the other language, which is named and not shown."""
    told = _found(db, searcher, actor, question, _look(searcher, question))
    if not told:
        return None
    with db.read() as connection:
        today = civil_date(db.clock.now(), question.market)
        passages = _documents(connection, searcher, question, today).passages
    return passages.get(told[0].citations[0].passage)


def _nearest(
    db: Database, searcher: Searcher, question: _Question, source_ids: Sequence[str]
) -> Evidence | None:
    """Where the documents of the other language come nearest: the label's own section, else the search's first hit."""
    wanted = take_apart(
        question.text, names_of(question.product.name, question.product.sheet), frozenset()
    ).sections
    with db.read() as connection:
        for item in all_evidence(connection, source_ids):
            if item.source_kind == "label" and any(name[:3] in wanted for name in item.section):
                return item
    hits = searcher.find(_query(question, _OTHER[question.language], 1))
    return hits[0] if hits else None


def _message(
    reply: _Reply, language: Language, signal: SafetySignal | None, product: Product, *, first: bool
) -> str:
    """What is told around the statements; the first answer of a conversation says that an AI answers (rule EU1)."""
    phrases = ["disclosure"] if first else []
    if signal is not None:
        urgent = set(signal.kinds) & {"emergency", "overdose"}
        phrases += ["case_emergency"] if urgent else ["case_opened", "case_national"]
    phrases += reply.phrases
    book = phrasebook(f"chat.{language}")
    values = {"product": product.sheet.get("brand") or product.name, **(reply.values or {})}
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
