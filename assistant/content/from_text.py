"""An existing text becomes a piece: each factual sentence gets the quote that could carry it, and the checks judge."""

from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from assistant.content.quoting import Means, QuoteFinder
from assistant.content.request import DraftRequest, resolve
from assistant.corpus.claims import claims_left_out
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.retrieval.evidence import all_evidence
from assistant.retrieval.places import placed
from assistant.review.checking import check_revision
from assistant.review.model import NewPiece
from assistant.review.pieces import create_piece, save_revision
from assistant.store.clock import civil_date
from assistant.store.database import Database
from guardrails.model import Document, Segment
from guardrails.segmenting import segments_from_text
from guardrails.verbatim import is_verbatim
from ingestion.language import detect
from ingestion.model import Reading

LONGEST_TEXT = 200_000
"""Characters of a text that is checked at once."""
_PLAIN = frozenset({".txt", ".md", ".markdown", ".text"})


class Reader(Protocol):
    """Reads a file in a process of its own."""

    def read(self, path: Path, kind_hint: str | None = None) -> Future[Any]:
        """Begin to read; the result has a `reading`."""


def check_file(
    db: Database, means: Means, reader: Reader, actor: Actor, file: Path, request: DraftRequest
) -> str:
    """Make a piece of kind "text" from a file (txt, md, docx, pptx, pdf); returns its id.

    Raises what `resolve` raises, IngestionError for a file that cannot be read, InvalidInput for an empty one.
    """
    require(actor, Permission.DRAFT)
    text = _text_of(reader, file)
    return check_text(db, means, actor, text, request, title=file.stem)


def check_text(
    db: Database, means: Means, actor: Actor, text: str, request: DraftRequest, title: str = ""
) -> str:
    """Make a piece of kind "text" from a text; returns its id. Without a language in the request, it is detected."""
    require(actor, Permission.DRAFT)
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise InvalidInput(
            "The text is empty."
            if not text.strip()
            else f"The text is longer than {LONGEST_TEXT} characters.",
            help="Give a text of at least one sentence, or check it in parts.",
        )
    with db.read() as connection:
        today = civil_date(db.clock.now(), request.market)
        language = request.language or detect(text) or actor.language
        asked = replace(request, kind="text", language=language)
        wanted = resolve(connection, asked, today, kinds=("text",), any_language=True)
        ids = [used.id for used in wanted.sources]
        left_out = claims_left_out(connection, ids, request.market, today)
        evidence = list(all_evidence(connection, ids, left_out))
    quotes = QuoteFinder(means, wanted, evidence)
    segments = [_cited(segment, quotes) for segment in segments_from_text(text, wanted.language)]
    with db.read() as connection:
        exact = tuple(
            replace(s, citations=tuple(placed(connection, cited) for cited in s.citations)) for s in segments
        )
    named = next((s.text for s in exact if s.role == "title"), title) or wanted.product.name
    document = Document("text", wanted.language, named, exact)
    new = NewPiece(
        product_id=wanted.product.id,
        kind="text",
        market=wanted.market,
        language=wanted.language,
        audience=wanted.audience,
        channel=wanted.channel,
        qualification=wanted.qualification,
        title=named,
        engine="human",
    )
    provenance = {"engine": "human", "use": wanted.use, "sources": [used.id for used in wanted.sources]}
    with db.write() as tx:
        piece = create_piece(tx, actor, new)
        revision = save_revision(tx, actor, piece.id, document, provenance)
        check_revision(tx, piece, revision, "draft", actor)
    return piece.id


def _text_of(reader: Reader, file: Path) -> str:
    if file.suffix.lower() in _PLAIN:
        data = file.read_bytes()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("cp1252", "replace")
    read: Reading = reader.read(file).result().reading
    return "\n\n".join(sentence.text for sentence in read.sentences if sentence.layer != "notes")


def _cited(segment: Segment, quotes: QuoteFinder) -> Segment:
    if segment.kind == "structure":
        return replace(segment, wording="human")  # a person wrote it: a reviewer reads it (GR1)
    if segment.kind != "statement":
        return segment
    citation = quotes.quote_for(segment.text)
    if citation is None:
        return segment
    cited = replace(segment, citations=(citation,))
    return replace(cited, wording="verbatim" if is_verbatim(cited) else "human")
