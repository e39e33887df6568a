"""A wording tried out before it is saved: which checks would fail, and what it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.content.citing_again import cited_anew
from assistant.content.editing import clean_text, with_text
from assistant.people.roles import Actor, Permission, require
from assistant.review.checking import report_on, report_on_draft
from assistant.review.model import NewPiece
from assistant.review.pieces import load_piece, newest_revision
from assistant.review.shapes import finding_json
from assistant.review.word_diff import word_diff
from assistant.store.database import Database
from guardrails.model import Finding


@dataclass(frozen=True, slots=True)
class Trial:
    """What saving the text would do."""

    verdict: str
    """Of the segment; "pass" for one that no check judges."""
    wording: str | None
    failing: Sequence[dict[str, Any]]
    """Findings that are not there now."""
    standing: Sequence[dict[str, Any]]
    """Findings on the segment that stay."""
    gone: Sequence[dict[str, Any]]
    diff: Sequence[tuple[str, str]]
    base: str
    """The revision that it was tried on."""


def try_text(db: Database, actor: Actor, piece_id: str, lineage: str, text: str) -> Trial:
    """Check a new text of a segment and keep nothing. Raises as `edit_segment`."""
    require(actor, Permission.EDIT)
    clean = clean_text(text)
    with db.read() as connection:
        now = db.clock.now()
        piece = load_piece(connection, piece_id)
        revision = newest_revision(connection, piece)
        document = cited_anew(connection, with_text(revision.document, lineage, clean), lineage)
        terms = NewPiece(
            piece.product_id,
            piece.kind,
            piece.market,
            piece.language,
            piece.audience,
            piece.channel,
            piece.qualification,
            document.title,
            piece.engine,
        )
        before = report_on(connection, now, piece, revision, "draft").findings
        report = report_on_draft(connection, now, terms, document, "draft")
    old, new = {_key(f) for f in before}, {_key(f) for f in report.findings}
    told = [f for f in report.findings if f.severity != "info"]
    return Trial(
        verdict=report.verdicts.get(lineage, "pass"),
        wording=document.segment(lineage).wording,
        failing=[finding_json(f, actor.language) for f in told if _key(f) not in old],
        standing=[finding_json(f, actor.language) for f in told if f.where == lineage and _key(f) in old],
        gone=[finding_json(f, actor.language) for f in before if _key(f) not in new and f.severity != "info"],
        diff=word_diff(revision.document.segment(lineage).text, clean),
        base=revision.id,
    )


def _key(found: Finding) -> tuple[str, str, str]:
    return found.rule, found.where, found.messages["en"]
