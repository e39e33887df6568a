"""What the cited sources are: in force, allowed here, published (GR5 to GR8)."""

# ruff: noqa: ARG001  every check takes the same arguments, whichever it looks at

import itertools
import re
from collections.abc import Iterator, Mapping

from guardrails.checks.each import each_segment
from guardrails.model import CheckContext, Document, Finding, Segment, SourceFacts
from guardrails.packs import Rule


@each_segment
def sources_in_force(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """Each cited source is known, approved and not past its date, on the context's day."""
    for source, title in _cited(segment, context):
        if source is None:
            yield rule.finding(segment.id, "unknown", title=title)
        elif source.status != "approved":
            yield rule.finding(segment.id, "status", title=source.title, status=source.status)
        elif source.expires_on and source.expires_on < context.today:
            yield rule.finding(
                segment.id, "expired", title=source.title, expires_on=source.expires_on.isoformat()
            )


@each_segment
def sources_fit(rule: Rule, segment: Segment, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Market, audience and permitted use of each cited source cover the piece. A translation is said."""
    for source, _ in _cited(segment, context):
        if source is None:
            continue
        for field, wanted, allowed in (
            ("market", context.market, source.markets),
            ("audience", context.audience, source.audiences),
            ("use", context.qualification, source.uses),
        ):
            if wanted not in allowed:
                yield rule.finding(
                    segment.id, field, title=source.title, wanted=wanted, allowed=sorted(allowed)
                )
        if source.language != segment.language:
            yield rule.finding(segment.id, "language", "info", title=source.title, language=source.language)


@each_segment
def display_right(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """Of a source whose licence allows its reference only, a text for others holds few and short quotations."""
    for at, cited in enumerate(segment.citations, 1):
        source = context.sources.get(cited.source)
        if source is None or source.display_right != "reference_only":
            continue
        most, longest = rule.params["most_quotations"], rule.params["longest_quotation"]
        if len(cited.quote) > longest:
            yield rule.finding(segment.id, "long", title=source.title, most=longest, length=len(cited.quote))
        elif _quotations_so_far(source.id, segment, at, document) > most:
            yield rule.finding(segment.id, "many", title=source.title, most=most)


def _quotations_so_far(source: str, segment: Segment, at: int, document: Document) -> int:
    """How many different quotations of the source the piece has, up to the segment's citation number `at`."""
    before = itertools.takewhile(lambda other: other is not segment, document.segments)
    cited = (*(citation for other in before for citation in other.citations), *segment.citations[:at])
    return len({citation.quote_sha256 for citation in cited if citation.source == source})


def references_complete(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """A cited paper has its bibliographic reference: authors, title, journal, year."""
    seen: set[str] = set()
    for source, _ in (pair for segment in document.segments for pair in _cited(segment, context)):
        if source is None or source.kind != "paper" or source.id in seen:
            continue
        seen.add(source.id)
        if not re.search(r"\b(?:19|20)\d{2}\b", source.reference):
            yield rule.finding("piece", title=source.title, reference=source.reference)


@each_segment
def sources_published(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """No cited source, nor what a cited slide names as its origin, is an abstract, a poster, data on file or an appendix.

    A slide's reference that is not registered is said too: nobody here can look it up. `extra["registered"]` names the
    sources of footnotes that were registered since the text was written.
    """
    pattern = re.compile(rule.params["pattern"], re.IGNORECASE)
    for source, _ in _cited(segment, context):
        if source and (match := pattern.search(f"{source.title} {source.reference}")):
            yield rule.finding(segment.id, title=source.title, words=match[0])
    registered = context.extra.get("registered")
    since = registered if isinstance(registered, Mapping) else {}
    notes = {note.text: note.source for c in segment.citations for note in c.references}
    for text, named in notes.items():
        if match := pattern.search(text):
            yield rule.finding(segment.id, title=text, words=match[0])
        elif named is None and text not in since:
            yield rule.finding(segment.id, "not_registered", "warn", reference=text)


def _cited(segment: Segment, context: CheckContext) -> Iterator[tuple[SourceFacts | None, str]]:
    """Each of the sources that a segment cites, once, and the title its citation gives."""
    titles = {citation.source: citation.title for citation in segment.citations}
    for source, title in titles.items():
        yield context.sources.get(source), title
