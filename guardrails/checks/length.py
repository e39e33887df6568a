"""A text is short enough to be read: the work of checking one grows faster than its length (GR12)."""

from collections.abc import Iterator

from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.packs import Rule

LONGEST = 5_000
"""Characters of one text. A sentence of a label has a few hundred, a long row of a table some two thousand."""
LONGEST_QUOTES = 20_000
"""Characters of all that it cites."""


def short_enough(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """A text that is too long to be read in one go is held here, and no check that goes text by text reads it."""
    del context
    for segment in document.segments:
        if len(segment.text) > LONGEST:
            yield rule.finding(segment.id, length=len(segment.text), longest=LONGEST)
        elif not is_readable(segment):
            yield rule.finding(segment.id, "quotes", length=_quoted(segment), longest=LONGEST_QUOTES)


def is_readable(segment: Segment) -> bool:
    """Whether a check may read it: else it is held by `short_enough`."""
    return len(segment.text) <= LONGEST and _quoted(segment) <= LONGEST_QUOTES


def _quoted(segment: Segment) -> int:
    return sum(len(citation.quote) for citation in segment.citations)
