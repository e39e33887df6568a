"""The statements that answer a question: each a verified quote of an approved source that passes the rules of a turn."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from assistant.chat.answering import Judged, answer
from assistant.chat.asked import AUDIENCE, HITS, USE, Question, query_for
from assistant.chat.bounds import stated
from assistant.chat.denied import lacking, speaks_of_the_others
from assistant.chat.expected import asks_for_a_rate
from assistant.chat.harms import rows_with_the_rate
from assistant.chat.head_to_head import head_to_head
from assistant.chat.listed import led_by_the_list
from assistant.chat.question import Asked, take_apart
from assistant.chat.readable import readable
from assistant.chat.reading import Documents, Readings
from assistant.chat.result_rows import with_result_rows
from assistant.chat.rows import rows_that_hold
from assistant.chat.ruled_out import with_what_rules_out
from assistant.chat.sufficiency import Sufficiency, judge
from assistant.chat.times_and_doses import gives_time_or_dose, silent_on
from assistant.chat.wanted import OF_STUDIES
from assistant.chat.what_to_do import asks_what_to_do, led_by_the_row
from assistant.corpus.claims import claims_left_out
from assistant.corpus.eligibility import eligible_sources, source_facts
from assistant.corpus.products import Product
from assistant.engines.units import Unit, zone_of
from assistant.people.roles import Actor
from assistant.retrieval.looked import Looked, Query
from assistant.retrieval.names import known_names
from assistant.retrieval.search import Searcher
from assistant.retrieval.vocabulary import Vocabulary
from assistant.store.clock import civil_date
from assistant.store.database import Database
from guardrails.citations import ProposedCitation, Rejection, verify
from guardrails.model import CheckContext, Citation, Document, Evidence, Language, Segment
from guardrails.runner import run


def look(searcher: Searcher, question: Question) -> Looked:
    """The search that answers, and the nearest places, both rest on."""
    return searcher.look(query_for(question, question.language, HITS))


def statements_for(
    db: Database, searcher: Searcher, actor: Actor, question: Question, looked: Looked
) -> tuple[Segment, ...]:
    """The statements that answer, each a verified quote that passes the rules of a turn."""
    fused = {**looked.beside(), **{hit.passage: hit.scores.get("fused", 0.0) for hit in looked.evidence}}
    with db.read() as connection:
        names = known_names(connection, question.product.id)
        today = civil_date(db.clock.now(), question.market)
        vocabulary = _vocabulary(connection, searcher, looked)
        found = judge(connection, question.text, names, looked, vocabulary)
        documents = documents_for(connection, searcher, question, today, names)
        asked = take_apart(question.text, names, vocabulary.stems)
        chosen = _answering(question.text, asked, found, documents, fused, names) if found.enough else []
        after = len(documents.units) + len(documents.evidence)
        lacks = lacking(question.text)
        tables = () if lacks else documents.tables  # a row seldom says whom it is not of
        chosen = with_result_rows(chosen, asked, found.needs, tables, after, surely=found.enough)
        told = [one for one in documents.told if not speaks_of_the_others(one.unit, lacks)]
        chosen = with_what_rules_out(chosen, asked, found.needs, told, stated(question.text))
        chosen = led_by_the_list(chosen, asked, found.needs, told)
        if asks_what_to_do(asked, found.needs):  # the tables are read again for these questions alone
            rows = rows_that_hold(question.text, documents.evidence, after)
            chosen = led_by_the_row(chosen, asked, found.needs, rows, told)
        return _passing(connection, actor, question, _segments(chosen, documents.passages), documents, today)


def _answering(
    question: str,
    asked: Asked,
    found: Sufficiency,
    documents: Documents,
    fused: Mapping[str, float],
    names: tuple[str, ...],
) -> list[Unit]:
    """The sentences, and rows that hold a value or a rate, that answer."""
    # A row answers a question that names its medicine or thing; any other has sentences, or is not answered.
    best = found.best if asked.named else ""
    rows = rows_that_hold(question, documents.evidence, len(documents.units), best)
    if asks_for_a_rate(question):
        after = len(documents.units) + len(rows)
        rows += rows_with_the_rate(found.needs, documents.evidence, after)
    return answer(
        asked,
        [*documents.told, *readable(rows, names)],
        Judged(
            found.needs,
            fused,
            found.about,
            found.best,
            stated(question),
            documents.told_with,
            _silent(question, documents.evidence),
            {item.source: item.title for item in documents.evidence},
        ),
    )


def _silent(question: str, evidence: Sequence[Evidence]) -> frozenset[str]:
    """The sources on studies that nowhere give the time or the dose that the question gives, and the labels whose results nowhere give the
    time: their dose stands elsewhere.
    """
    if not gives_time_or_dose(question):  # most questions: no source is put together for them
        return frozenset()
    texts: dict[tuple[str, bool], list[str]] = {}
    for item in evidence:
        label = item.source_kind == "label"
        if item.source_kind in OF_STUDIES or (
            label and zone_of(item.section, item.heading, "label") == "result"
        ):
            texts.setdefault((item.source, label), []).append(f"{item.heading}\n{item.text}")
    return frozenset(
        source
        for (source, label), told in texts.items()
        if silent_on("\n".join(told), question, of_doses=not label)
    )


def compared_for(
    db: Database, searcher: Searcher, actor: Actor, question: Question
) -> tuple[tuple[Segment, ...], tuple[Evidence, ...]]:
    """What an approved study says of the product beside the medicine that a question compares it with, in full or not at
    all, and the passages that hold such a study.
    """
    with db.read() as connection:
        names = known_names(connection, question.product.id)
        today = civil_date(db.clock.now(), question.market)
        documents = documents_for(connection, searcher, question, today, names)
        found = head_to_head(question.text, documents.units, documents.told, names)
        segments = _segments(found.told, documents.passages)
        told = _passing(connection, actor, question, segments, documents, today)
        places = [documents.passages[quote.passage] for unit in found.places for quote in unit.quotes]
    return (told if len(told) == len(found.told) else ()), tuple(places)


def _segments(units: Sequence[Unit], given: Mapping[str, Evidence]) -> list[Segment]:
    """A statement of each unit whose quotes can be verified."""
    return [
        Segment(f"s{number}", "statement", "answer", unit.text, unit.language, "", citations, "verbatim")
        for number, unit in enumerate(units, 1)
        if (citations := _citations([(q.passage, q.text) for q in unit.quotes], given))
    ]


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
    with db.read() as connection:
        names = known_names(connection, product.id)
        vocabulary = _vocabulary(connection, searcher, looked)
        return judge(connection, text, names, looked, vocabulary)


def _vocabulary(connection: Connection, searcher: Searcher, looked: Looked) -> Vocabulary:
    """The words of what was searched."""
    if looked.extent is None:
        return Vocabulary(0, {})
    return searcher.memory.vocabularies.of(connection, looked.extent)


def eligible(connection: Connection, question: Question, today: date, language: Language) -> list[str]:
    """Return the ids of the sources of a language that may be quoted on that day."""
    return [
        found.id
        for found in eligible_sources(
            connection, question.product.id, question.market, AUDIENCE, USE, today, language
        )
    ]


def documents_for(
    connection: Connection, searcher: Searcher, question: Question, today: date, names: tuple[str, ...]
) -> Documents:
    """All that may be quoted in the question's language of the product with these names: no claim that is out of date or of
    other markets.
    """
    ids = eligible(connection, question, today, question.language)
    left_out = claims_left_out(connection, ids, question.market, today)
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
    question: Question,
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
