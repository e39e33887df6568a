"""In which language a piece is written (FR38)."""

import re
from collections.abc import Iterator

from guardrails.checks.length import is_readable
from guardrails.checks.titles import without_cited_titles
from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.packs import Rule
from ingestion.language import detect

_LEAST_WORDS = 8
"""A shorter text may be a name or a title."""
_REFERENCE = re.compile(r"\b(?:19|20)\d{2}\b[^.]{0,12};\s?\d|\bdoi\b|\bet al\b", re.IGNORECASE)
"""Of a bibliography: it stays in its language."""


def language_of_market(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """The piece is written in the market's language, and so is each of its texts, whatever language it is said to be in.

    The titles of what it cites and the lines of a bibliography stay in theirs.
    """
    wanted: str = rule.params["language"]
    if document.language != wanted:
        yield rule.finding("piece", language=document.language)
        return
    for segment in document.segments:
        if segment.kind != "token" and is_readable(segment) and _is_other(segment, document, context, wanted):
            yield rule.finding(segment.id, "text", text=segment.text)


def _is_other(segment: Segment, document: Document, context: CheckContext, wanted: str) -> bool:
    text = without_cited_titles(segment.text, document, context)
    if len(text.split()) < _LEAST_WORDS or _REFERENCE.search(text):
        return False
    return detect(text) not in {wanted, None}
