"""Drafting: evidence that may be used now, an engine's proposal, every quote verified, one audited transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Protocol

from sqlalchemy import Connection

from assistant.content import brief, email, key_moments, quiz
from assistant.content.material import Material
from assistant.content.nothing_to_draft import nothing_on, require_substance
from assistant.content.request import DraftRequest, Wanted, resolve
from assistant.content.verification import Rejected, Verified, stopped_by_rules, verified
from assistant.corpus.claims import claims_left_out
from assistant.corpus.sheet import names_of
from assistant.engines.protocol import (
    Desk,
    Engine,
    Judged,
    Proposal,
    ProposedQuestion,
    ProposedStatement,
    Task,
)
from assistant.people.roles import Actor, Permission, require
from assistant.retrieval.evidence import all_evidence
from assistant.retrieval.looked import Query
from assistant.retrieval.places import placed
from assistant.retrieval.shorthand import of_a_topic
from assistant.review.checking import check_revision
from assistant.review.judging import judged as judged_by
from assistant.review.model import NewPiece
from assistant.review.pieces import create_piece, save_revision
from assistant.store.clock import civil_date
from assistant.store.database import Database, Transaction
from assistant.store.words import query_stems, stems
from guardrails.judge import MeaningJudge
from guardrails.model import Document, Evidence, Language, PieceKind

TOPIC_HITS = 24
"""Passages that a topic's search brings to the writer's desk."""

_BUILDERS: Mapping[PieceKind, Callable[[Material], Document]] = {
    "key-moments": key_moments.compose,
    "quiz": quiz.compose,
    "email": email.compose,
    "brief": brief.compose,
}


class Found(Protocol):
    """What a search found."""

    @property
    def evidence(self) -> Sequence[Evidence]:
        """Best first."""

    def beside(self) -> Mapping[str, float]:
        """The passages next to these in the same section."""


class Searching(Protocol):
    """Finds passages that may be used now."""

    def provenance(self, query: Query) -> Mapping[str, Any]:
        """Which models and weights such a search rests on."""

    def find(self, query: Query) -> Sequence[Evidence]:
        """Best first."""

    def look(self, query: Query) -> Found:
        """As `find`, with what stands beside the hits."""


@dataclass(frozen=True, slots=True)
class DraftOutcome:
    """The piece that was made, and its first revision."""

    piece_id: str
    revision_id: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft that is ready to be stored: everything slow is done, and nothing is written yet."""

    new: NewPiece
    document: Document
    provenance: Mapping[str, Any]


Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all, and what is being done: reading, writing, checking, saving."""
Saved = Callable[[Transaction, DraftOutcome], None]


def _silent(done: int, total: int, doing: str) -> None:
    del done, total, doing


def _no_more(tx: Transaction, outcome: DraftOutcome) -> None:
    del tx, outcome


def draft(  # noqa: PLR0917  collaborators, actor, request, and the two optional hooks
    db: Database,
    searcher: Searching,
    engine: Engine,
    actor: Actor,
    request: DraftRequest,
    on_progress: Progress = _silent,
    on_saved: Saved = _no_more,
    judge: MeaningJudge | None = None,
) -> DraftOutcome:
    """Draft a piece and store it with its first revision, findings and audit entries, in one transaction.

    `on_saved` runs within that transaction: a job records there that its work is done. `judge` is asked of each reworded
    statement before anything is stored; its notes travel with the revision and decide nothing. Raises what `resolve` raises,
    and NoEvidence where nothing in the sources can stand in such a piece.
    """
    require(actor, Permission.DRAFT)
    prepared = prepare(db, searcher, engine, request, on_progress)
    if judge is not None:
        notes = judged_by(judge, prepared.document)
        prepared = replace(prepared, provenance={**prepared.provenance, "judgements": notes})
    on_progress(3, 4, "saving")
    with db.write() as tx:
        outcome = store(tx, actor, prepared)
        on_saved(tx, outcome)
    on_progress(4, 4, "done")
    return outcome


def store(tx: Transaction, actor: Actor, prepared: Prepared) -> DraftOutcome:
    """Write a prepared draft: piece, revision, segments, citations, findings, and the audit entries of each."""
    require(actor, Permission.DRAFT)
    piece = create_piece(tx, actor, prepared.new)
    tx.failpoint("draft:piece")
    revision = save_revision(tx, actor, piece.id, prepared.document, prepared.provenance)
    tx.failpoint("draft:revision")
    check_revision(tx, piece, revision, "draft", actor)
    return DraftOutcome(piece.id, revision.id)


def prepare(
    db: Database,
    searcher: Searching,
    engine: Engine,
    request: DraftRequest,
    on_progress: Progress = _silent,
) -> Prepared:
    """Do everything of a draft that writes nothing."""
    on_progress(0, 4, "reading")
    with db.read() as connection:
        today = civil_date(db.clock.now(), request.market)
        wanted = resolve(connection, request, today)
        ids = [used.id for used in wanted.sources]
        left_out = claims_left_out(connection, ids, request.market, today)
        evidence = list(all_evidence(connection, ids, left_out))
    task = _task(wanted, _focus(searcher, wanted))
    on_progress(1, 4, "writing")
    proposed = _propose(db, engine, wanted, task, evidence, today, on_progress)
    on_progress(2, 4, "checking")
    if wanted.topic is None:
        return proposed
    rests_on = dict(searcher.provenance(_topic_query(wanted, wanted.topic)))
    return replace(proposed, provenance={**proposed.provenance, "search": rests_on})


def _propose(  # noqa: PLR0917  the draft at hand
    db: Database,
    engine: Engine,
    wanted: Wanted,
    task: Task,
    evidence: Sequence[Evidence],
    today: date,
    on_progress: Progress,
) -> Prepared:
    """Ask until no statement is stopped by a rule of the market; what was stopped is shown as rejected, with the rule.

    The last proposal that has substance stands, with its findings.
    """
    stopped: list[Rejected] = []
    prepared: Prepared | None = None
    judge = partial(_judged, db, engine, wanted, evidence, today)
    desk = Desk(judge, lambda doing, tokens: on_progress(*_written(tokens), doing))
    for _ in range(engine.rounds):
        asked = replace(task, left_out=frozenset(r.text for r in stopped))
        proposal = engine.propose(asked, evidence, desk)
        with db.read() as connection:
            checked = _verified(connection, proposal, evidence, wanted.language)
            if prepared is not None and not (checked.statements or checked.questions):
                break
            require_substance(wanted, checked, proposal, evidence)
            checked = replace(checked, rejected=(*stopped, *checked.rejected))
            prepared = _prepared(engine, wanted, checked, proposal, evidence, today)
            more = stopped_by_rules(connection, db.clock.now(), prepared.new, prepared.document)
        if not more:
            break
        stopped += more
    else:
        left = _without(checked, more)
        if left.statements or left.questions:
            prepared = _prepared(engine, wanted, left, proposal, evidence, today)
    assert prepared is not None
    return prepared


_PARTS_OF_WRITING = 100
_TYPICAL_TOKENS = 2_000


def _written(tokens: int) -> tuple[int, int]:
    """How far a draft is while a model writes: between its first step of four and its second."""
    share = min(tokens, _TYPICAL_TOKENS) * (_PARTS_OF_WRITING - 1) // _TYPICAL_TOKENS
    return _PARTS_OF_WRITING + share, 4 * _PARTS_OF_WRITING


def _judged(
    db: Database,
    engine: Engine,
    wanted: Wanted,
    evidence: Sequence[Evidence],
    today: date,
    proposal: Proposal,
) -> Judged:
    """A proposal as it would stand in its piece: every statement verified, then the rules, until none stops any."""
    rejected: list[Rejected] = []
    with db.read() as connection:
        standing, checked = _stands_alone(connection, proposal, evidence, wanted.language, rejected)
        while checked.statements or checked.questions:
            prepared = _prepared(engine, wanted, checked, standing, evidence, today)
            more = stopped_by_rules(connection, db.clock.now(), prepared.new, prepared.document)
            if not more:
                break
            rejected += more
            texts = {r.text for r in more}
            checked = _without(checked, more)
            standing = Proposal(
                tuple(s for s in standing.statements if s.text not in texts),
                tuple(q for q in standing.questions if q.feedback.text not in texts),
            )
    return Judged(standing, tuple(rejected))


def _stands_alone(
    connection: Connection,
    proposal: Proposal,
    evidence: Sequence[Evidence],
    language: Language,
    rejected: list[Rejected],
) -> tuple[Proposal, Verified]:
    """What of a proposal has its quotes and numbers, as proposed and as verified."""
    statements: list[ProposedStatement] = []
    questions: list[ProposedQuestion] = []
    for statement in proposal.statements:
        one = _verified(connection, Proposal((statement,)), evidence, language)
        rejected += one.rejected
        statements += [statement] if one.statements else []
    for question in proposal.questions:
        one = _verified(connection, Proposal(questions=(question,)), evidence, language)
        rejected += one.rejected
        questions += [question] if one.questions else []
    standing = Proposal(tuple(statements), tuple(questions))
    return standing, _verified(connection, standing, evidence, language)


def _without(checked: Verified, more: Sequence[Rejected]) -> Verified:
    """What remains when the engine was asked as often as it may be and a rule still stops something."""
    texts = {rejected.text for rejected in more}
    return Verified(
        tuple(statement for statement in checked.statements if statement.text not in texts),
        tuple(pair for pair in checked.questions if pair[1].text not in texts),
        (*more, *checked.rejected),
    )


def _prepared(
    engine: Engine,
    wanted: Wanted,
    checked: Verified,
    proposal: Proposal,
    evidence: Sequence[Evidence],
    today: date,
) -> Prepared:
    material = _material(wanted, checked, today)
    document = _BUILDERS[wanted.kind](material)
    return Prepared(
        new=NewPiece(
            product_id=wanted.product.id,
            kind=wanted.kind,
            market=wanted.market,
            language=wanted.language,
            audience=wanted.audience,
            channel=wanted.channel,
            qualification=wanted.qualification,
            title=document.title,
            engine=engine.name,
        ),
        document=document,
        provenance={
            "engine": engine.name,
            "model": engine.model,
            "topic": wanted.topic,
            "use": wanted.use,
            "templates": [dict(material.book.provenance())],
            "sources": [used.id for used in wanted.sources],
            "evidence": len(evidence),
            "rejected": [rejected.as_json() for rejected in checked.rejected],
            **proposal.provenance,
        },
    )


def _verified(
    connection: Connection, proposal: Proposal, evidence: Sequence[Evidence], language: Language
) -> Verified:
    given = {item.passage: item for item in reversed(evidence)}
    return verified(proposal, given, language, lambda citation: placed(connection, citation))


def _focus(searcher: Searching, wanted: Wanted) -> frozenset[str]:
    """The passages that the topic's search finds, and those beside them. Raises NoEvidence where none carries a word of it."""
    if wanted.topic is None:
        return frozenset()
    looked = searcher.look(_topic_query(wanted, wanted.topic))
    said = [wanted.topic, *(text for texts in of_a_topic(wanted.topic).values() for text in texts)]
    asked = {stem for text in said for stem in query_stems(text)}
    if not any(
        asked.intersection(stems(f"{hit.heading} {hit.text}", hit.language)) for hit in looked.evidence
    ):
        raise nothing_on(wanted)
    return frozenset([*(hit.passage for hit in looked.evidence), *looked.beside()])


def _topic_query(wanted: Wanted, topic: str) -> Query:
    sources = tuple(used.id for used in wanted.sources)
    return Query(
        topic,
        wanted.product.id,
        wanted.market,
        wanted.audience,
        wanted.use,
        wanted.language,
        TOPIC_HITS,
        sources,
    )


def _task(wanted: Wanted, focus: frozenset[str]) -> Task:
    names = names_of(wanted.product.name, wanted.product.sheet)
    said = of_a_topic(wanted.topic or "")
    promotional = wanted.qualification == "promotional"
    return Task(wanted.kind, wanted.language, names, wanted.topic, focus, said, promotional=promotional)


def _material(wanted: Wanted, checked: Verified, today: date) -> Material:
    sheet = wanted.product.sheet
    material = Material(
        kind=wanted.kind,
        language=wanted.language,
        market=wanted.market,
        qualification=wanted.qualification,
        product=str(sheet.get("brand") or wanted.product.name),
        sheet=sheet,
        topic=wanted.topic,
        today=today,
        statements=checked.statements,
        questions=checked.questions,
        sources=wanted.sources,
    )
    return material.without_loaded_topic()


__all__ = ["DraftOutcome", "DraftRequest", "Prepared", "Rejected", "draft", "prepare", "store"]
