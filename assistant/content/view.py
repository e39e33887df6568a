"""A piece as the command line, the API and the pages show it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from assistant.corpus.products import find_product
from assistant.retrieval.view import citation_json
from assistant.review.checking import report_on
from assistant.review.model import Piece, Revision
from assistant.review.pieces import load_piece, newest_revision
from assistant.review.shapes import finding_json
from assistant.store.clock import Clock, SystemClock
from guardrails.model import Document, Segment


def piece_json(
    connection: Connection, piece_id: str, language: str, clock: Clock | None = None
) -> dict[str, Any]:
    """The `draft` JSON: the piece, its statements with verdicts, what was rejected, the findings, the typed content.

    Verdicts and findings are as of now at stage draft, or as the review's own stage found them where a later one ran.
    Messages are in `language`. Raises UnknownPiece.
    """
    piece = load_piece(connection, piece_id)
    revision = newest_revision(connection, piece)
    report = report_on(connection, (clock or SystemClock()).now(), piece, revision, "draft")
    return {
        "piece": _piece(connection, piece, revision),
        "statements": [
            {
                "id": segment.id,
                "role": segment.role,
                "text": segment.text,
                "wording": segment.wording,
                "citations": [citation_json(citation) for citation in segment.citations],
                "verdict": report.verdicts.get(segment.id, "needs_review"),
            }
            for segment in revision.document.segments
            if segment.kind == "statement"
        ],
        "rejected": [rejected_json(item, language) for item in revision.provenance.get("rejected", [])],
        "findings": [finding_json(item, language) for item in report.findings],
        "content": content_json(revision.document),
        "provenance": {key: value for key, value in revision.provenance.items() if key != "rejected"},
    }


def _piece(connection: Connection, piece: Piece, revision: Revision) -> dict[str, Any]:
    return {
        "id": piece.id,
        "kind": piece.kind,
        "product": find_product(connection, piece.product_id).name,
        "market": piece.market,
        "language": piece.language,
        "audience": piece.audience,
        "channel": piece.channel,
        "qualification": piece.qualification,
        "engine": piece.engine,
        "title": piece.title,
        "author": piece.author_id,
        "revision": revision.number,
        "revision_id": revision.id,
        "hash": revision.hash,
        "status": piece.status,
        "created_at": piece.created_at.isoformat(timespec="seconds"),
        "updated_at": piece.updated_at.isoformat(timespec="seconds"),
    }


def rejected_json(item: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What an engine proposed and may not stand, with the reason in the reader's language."""
    messages = item["messages"]
    reason = messages.get(language) or messages["en"]
    return {"text": item["text"], "reason": reason, "rule": item["rule"], "code": item["code"]}


def content_json(document: Document) -> dict[str, Any]:
    """The typed document: its segments in reading order, and by kind the parts that it is made of."""
    return {
        "kind": document.kind,
        "language": document.language,
        "title": document.title,
        **_PARTS.get(document.kind, _no_parts)(document),
        "segments": [_segment(segment) for segment in document.segments],
    }


def _segment(segment: Segment) -> dict[str, Any]:
    named = {
        "id": segment.id,
        "kind": segment.kind,
        "role": segment.role,
        "text": segment.text,
        "group": segment.group or None,
        "wording": segment.wording,
        "fragment": segment.fragment,
    }
    return {name: value for name, value in named.items() if value is not None}


def _quiz(document: Document) -> dict[str, Any]:
    questions = []
    for stem in (s for s in document.segments if s.kind == "question"):
        group = document.group(stem.group)
        options = [{"id": s.id, "text": s.text, "key": s.role == "key"} for s in group if s.kind == "option"]
        feedback = next((s for s in group if s.role == "feedback"), None)
        questions.append(
            {
                "id": stem.id,
                "stem": stem.text,
                "options": options,
                "feedback": feedback and {"id": feedback.id, "text": feedback.text},
            }
        )
    return {"questions": questions, "mentions": _texts(document, "mention")}


def _email(document: Document) -> dict[str, Any]:
    def first(role: str, kind: str = "structure") -> str | None:
        return next((s.text for s in document.segments if s.role == role and s.kind == kind), None)

    messages = [s for s in document.segments if s.kind == "statement" and s.group == "messages"]
    safety = [s for s in document.segments if s.kind == "statement" and s.group == "safety"]
    return {
        "subject": first("subject"),
        "preheader": first("preheader"),
        "greeting": " ".join(_texts(document, "greeting")),
        "context": first("context"),
        "key_messages": [{"id": s.id, "text": s.text} for s in messages],
        "balance": [{"id": s.id, "text": s.text} for s in safety],
        "call_to_action": first("call_to_action"),
        "mentions": _texts(document, "mention"),
        "sender": first("sender"),
        "unsubscribe": first("unsubscribe", "token"),
    }


def _sections(document: Document) -> dict[str, Any]:
    """Headings, each with the ids of the statements below it."""
    sections: list[dict[str, Any]] = []
    for segment in document.segments:
        if segment.kind == "structure" and segment.role in {
            "section",
            "theme",
            "expected_question",
            "avoid_heading",
        }:
            sections.append({"heading": segment.text, "role": segment.role, "statements": []})
        elif segment.kind == "statement":
            if not sections:
                sections.append({"heading": None, "role": "section", "statements": []})
            sections[-1]["statements"].append(segment.id)
    return {"sections": sections, "mentions": _texts(document, "mention")}


def _brief(document: Document) -> dict[str, Any]:
    return {
        **_sections(document),
        "avoid": _texts(document, "avoid"),
        "documents": _texts(document, "document"),
    }


def _no_parts(document: Document) -> dict[str, Any]:
    del document
    return {}


def _texts(document: Document, role: str) -> list[str]:
    return [s.text for s in document.segments if s.role == role]


_PARTS = {"quiz": _quiz, "email": _email, "key-moments": _sections, "brief": _brief}
