"""Builds approved sources and draft pieces straight in a database, for tests of what comes after drafting."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import insert, select

from assistant.corpus.model import ApprovalRequest, SourceRequest
from assistant.corpus.products import find_or_none, insert_product
from assistant.corpus.sources import mark_indexed, register
from assistant.people.roles import Actor
from assistant.retrieval.evidence import evidence_of
from assistant.review.checking import check_revision
from assistant.review.model import NewPiece, Piece
from assistant.review.pieces import create_piece, load_piece, save_revision
from assistant.store.database import Database
from assistant.store.readings import save_reading
from assistant.store.schema import original, passage
from guardrails.model import Citation, Document, Evidence, QuoteSpan, Segment, locate
from ingestion.model import Page, PageSpan, Passage, PassagePart, Reading, Region, Sentence
from ingestion.text import find_quote, quote_sha256

SENTENCES = (
    "Velmora is indicated in adults with chronic heart failure.",
    "The recommended starting dose is 10 mg once daily.",
    "The most common adverse reaction was hyperkalaemia, in 142 of 1,207 patients.",
)
APPROVAL = ApprovalRequest("REF-1", date(2026, 1, 1), date(2027, 1, 1))


def reading_of(sentences: Sequence[str]) -> Reading:
    """One page a sentence, as a label would be read."""
    text = "\n".join(sentences)
    return Reading(
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        reader_version="test-1",
        format="pdf",
        pages=tuple(
            Page(number, words, regions=(Region("body", 0, len(words)),), width=595.0, height=842.0)
            for number, words in enumerate(sentences, 1)
        ),
        sentences=tuple(
            Sentence(at, words, "sentence", "body", (PageSpan(at + 1, 0, len(words)),), ("4. CLINICAL",))
            for at, words in enumerate(sentences)
        ),
        title="Label",
        language="en",
    )


def add_source(
    db: Database,
    librarian: Actor,
    sentences: Sequence[str] = SENTENCES,
    *,
    approval: ApprovalRequest | None = APPROVAL,
    markets: tuple[str, ...] = ("EU", "FR"),
    replaces: str | None = None,
    title: str = "Velmora label",
    product: str = "Velmora",
    audiences: tuple[str, ...] = ("hcp",),
    language: str = "en",
) -> str:
    """Register, approve and index a label with these sentences; returns the source's id."""
    read = reading_of(sentences)
    passages = [
        (
            hashlib.sha256(f"{read.sha256}{at}".encode()).hexdigest()[:16],
            Passage(
                ordinal=at,
                text=words,
                heading="4. CLINICAL",
                section=("4. CLINICAL",),
                layer="body",
                parts=(PassagePart(0, PageSpan(at + 1, 0, len(words))),),
                sentences=(at,),
                tokens=len(words) // 4,
            ),
        )
        for at, words in enumerate(sentences)
    ]
    request = SourceRequest(
        product,
        "label",
        markets,
        language,
        title=title,
        approval=approval,
        replaces=replaces,
        audiences=audiences,
    )
    with db.write() as tx:
        known = tx.execute(select(original.c.sha256).where(original.c.sha256 == read.sha256)).first()
        if known is None:
            tx.execute(
                insert(original).values(sha256=read.sha256, bytes=1, file_name="label.pdf", stored_at=tx.now)
            )
        reading_id = save_reading(tx, read, passages)
        found = register(tx, librarian, request, reading_id, read.sha256, "label.pdf")
        mark_indexed(tx, librarian, found.id, "test", len(passages))
    return found.id


def cite(evidence: Evidence, quote: str) -> Citation:
    """A citation of the quote, as the guardrails would verify it."""
    found = find_quote(quote, evidence.text)
    assert found is not None
    pages = {part.span.page: evidence.text for part in evidence.parts}
    return Citation(
        passage=evidence.passage,
        source=evidence.source,
        reading=evidence.reading,
        title=evidence.title,
        quote=quote,
        quote_sha256=quote_sha256(quote),
        quote_language=evidence.language,
        spans=tuple(
            QuoteSpan(span.page, span.start, span.end, pages[span.page][span.start : span.end])
            for span in locate(*found, evidence.parts)
        ),
        locator=evidence.locator,
    )


def evidence_for(db: Database, source_id: str) -> list[Evidence]:
    """All passages of a source built here, in order."""
    with db.read() as connection:
        from assistant.store.schema import source

        rows = connection.scalars(
            select(passage.c.id)
            .join(source, source.c.reading_id == passage.c.reading_id)
            .where(source.c.id == source_id)
            .order_by(passage.c.ordinal)
        )
        return evidence_of(connection, list(rows), [source_id])


def document_of(db: Database, source_id: str, count: int = 2) -> Document:
    """Key moments: a title and the first `count` sentences of the source, verbatim."""
    roles = ("indication", "dose", "safety")
    statements = [
        Segment(
            id=f"s{at + 1}",
            kind="statement",
            role=roles[at % 3],
            text=evidence.text,
            language="en",
            citations=(cite(evidence, evidence.text),),
            wording="verbatim",
        )
        for at, evidence in enumerate(evidence_for(db, source_id)[:count])
    ]
    title = Segment("t1", "structure", "title", "Velmora: key points", "en")
    return Document("key-moments", "en", title.text, (title, *statements))


def reworded(document: Document, lineage: str, text: str) -> Document:
    """The document with another, human wording of one statement."""
    return replace(
        document,
        segments=tuple(
            replace(s, text=text, wording="human") if s.id == lineage else s for s in document.segments
        ),
    )


@dataclass(frozen=True, slots=True)
class Terms:
    """What a piece is for; an internal one in the EU meets the fewest rules."""

    market: str = "EU"
    qualification: str = "internal"
    audience: str = "hcp"
    channel: str = "page"
    product: str = "Velmora"


def add_piece(db: Database, writer: Actor, document: Document, terms: Terms | None = None) -> Piece:
    """Save the document as a new piece of the product, in state draft, with its checks."""
    wanted = terms or Terms()
    with db.write() as tx:
        owner = find_or_none(tx.connection, wanted.product) or insert_product(tx, writer, wanted.product, {})
        new = NewPiece(
            product_id=owner.id,
            kind=document.kind,
            market=wanted.market,
            language=document.language,
            audience=wanted.audience,
            channel=wanted.channel,
            qualification=wanted.qualification,  # type: ignore[arg-type]  # a test names a real one
            title=document.title,
            engine="extractive",
        )
        piece = create_piece(tx, writer, new)
        revision = save_revision(tx, writer, piece.id, document, {"engine": "extractive"})
        piece = load_piece(tx.connection, piece.id)
        check_revision(tx, piece, revision, "draft", writer)
    return piece


def edit(db: Database, writer: Actor, piece_id: str, document: Document) -> str:
    """Save another text of the piece; returns the newest revision's id."""
    with db.write() as tx:
        return save_revision(tx, writer, piece_id, document, {"engine": "extractive"}).id


def quiz_of(db: Database, source_id: str) -> Document:
    """A quiz of one question, its explanation verbatim, whose mention stands before the question in the document."""
    _first, dose, _last = document_of(db, source_id, 3).segments[1:]
    return Document(
        "quiz",
        "en",
        "Velmora: quiz",
        (
            Segment("m1", "fragment", "mention", "Report side effects.", "en", fragment="mention:report@1"),
            Segment("t1", "structure", "title", "Velmora: quiz", "en"),
            Segment("q1", "question", "question", "What is the starting dose?", "en", group="q1"),
            replace(dose, id="s1", role="feedback", group="q1"),
            Segment("o1", "option", "distractor", "5 mg once daily", "en", group="q1"),
            Segment("o2", "option", "key", "10 mg once daily", "en", group="q1"),
            Segment("o3", "option", "distractor", "20 mg once daily", "en", group="q1"),
        ),
    )


def email_of(db: Database, source_id: str) -> Document:
    """An e-mail of one message, with tokens that the mail system fills."""
    message = document_of(db, source_id, 1).segments[1]
    return Document(
        "email",
        "en",
        "Velmora: e-mail",
        (
            Segment("t1", "structure", "subject", "About Velmora", "en"),
            Segment("t2", "structure", "preheader", "What its label says", "en"),
            Segment("t3", "structure", "greeting", "Dear", "en"),
            Segment("k1", "token", "greeting", "{{recipient_name}}", "en"),
            Segment("t4", "structure", "section", "Messages", "en"),
            message,
            Segment("t5", "structure", "call_to_action", "Ask us for the label.", "en"),
            Segment("t6", "structure", "unsubscribe", "No more e-mails:", "en"),
            Segment("k2", "token", "unsubscribe", "{{unsubscribe_product_link}}", "en"),
        ),
    )
