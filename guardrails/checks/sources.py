"""What the cited sources are: in force, allowed here, published, from the label (GR5 to GR9)."""

import re
from collections.abc import Iterator, Mapping

from guardrails.model import CheckContext, Document, Finding, Segment, SourceFacts
from guardrails.packs import Rule


def sources_in_force(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Each cited source is known, approved and not past its date, on the context's day."""
    for segment, source, title in _cited(document, context):
        if source is None:
            yield rule.finding(segment.id, "unknown", title=title)
        elif source.status != "approved":
            yield rule.finding(segment.id, "status", title=source.title, status=source.status)
        elif source.expires_on and source.expires_on < context.today:
            yield rule.finding(
                segment.id, "expired", title=source.title, expires_on=source.expires_on.isoformat()
            )


def sources_fit(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Market, audience and permitted use of each cited source cover the piece. A translation is said."""
    for segment, source, _ in _cited(document, context):
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


def display_right(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Of a source whose licence allows its reference only, a text for others holds few and short quotations."""
    quoted: dict[str, set[str]] = {}
    for segment in document.segments:
        for cited in segment.citations:
            source = context.sources.get(cited.source)
            if source is None or source.display_right != "reference_only":
                continue
            quotes = quoted.setdefault(source.id, set())
            quotes.add(cited.quote_sha256)
            most, longest = rule.params["most_quotations"], rule.params["longest_quotation"]
            if len(cited.quote) > longest:
                yield rule.finding(
                    segment.id, "long", title=source.title, most=longest, length=len(cited.quote)
                )
            elif len(quotes) > most:
                yield rule.finding(segment.id, "many", title=source.title, most=most)


def references_complete(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """A cited paper has its bibliographic reference: authors, title, journal, year."""
    seen: set[str] = set()
    for _, source, _ in _cited(document, context):
        if source is None or source.kind != "paper" or source.id in seen:
            continue
        seen.add(source.id)
        if not re.search(r"\b(?:19|20)\d{2}\b", source.reference):
            yield rule.finding("piece", title=source.title, reference=source.reference)


def sources_published(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """No cited source, nor what a cited slide names as its origin, is an abstract, a poster, data on file or an appendix.

    A slide's reference that is not registered is said too: nobody here can look it up. `extra["registered"]` names the
    sources of footnotes that were registered since the text was written.
    """
    pattern = re.compile(rule.params["pattern"], re.IGNORECASE)
    for segment, source, _ in _cited(document, context):
        if source and (match := pattern.search(f"{source.title} {source.reference}")):
            yield rule.finding(segment.id, title=source.title, words=match[0])
    registered = context.extra.get("registered")
    since = registered if isinstance(registered, Mapping) else {}
    for segment in document.segments:
        notes = {note.text: note.source for c in segment.citations for note in c.references}
        for text, named in notes.items():
            if match := pattern.search(text):
                yield rule.finding(segment.id, title=text, words=match[0])
            elif named is None and text not in since:
                yield rule.finding(segment.id, "not_registered", "warn", reference=text)


def indication_from_label(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """What the medicine is indicated for is quoted from its label."""
    pattern = re.compile(rule.params["pattern"], re.IGNORECASE)
    for segment in document.segments:
        if segment.kind != "statement" or not segment.citations:
            continue
        said = segment.role == "indication" or pattern.search(segment.text)
        kinds = {source.kind for c in segment.citations if (source := context.sources.get(c.source))}
        if said and kinds and "label" not in kinds:
            yield rule.finding(segment.id, text=segment.text, title=segment.citations[0].title)


def _cited(document: Document, context: CheckContext) -> Iterator[tuple[Segment, SourceFacts | None, str]]:
    """Every segment with each of the sources that it cites, once, and the title its citation gives."""
    for segment in document.segments:
        titles = {citation.source: citation.title for citation in segment.citations}
        for source, title in titles.items():
            yield segment, context.sources.get(source), title
