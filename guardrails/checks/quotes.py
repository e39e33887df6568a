"""Every statement cites, and every citation says what the approved evidence says (GR1, GR4)."""

# ruff: noqa: ARG001  every check takes the same arguments, whichever it looks at

from collections.abc import Collection, Iterator
from typing import cast

from guardrails.checks.each import each_segment
from guardrails.citations import whole_units
from guardrails.model import CheckContext, Citation, Document, Evidence, Finding, Segment
from guardrails.packs import Rule
from guardrails.verbatim import is_verbatim
from ingestion.text import find_quote, quote_sha256


@each_segment
def every_statement_cites(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """A statement cites, its evidence is at hand and still read so, and a fragment names the approved text it is."""
    if segment.kind == "statement" and not segment.citations:
        yield rule.finding(segment.id, text=segment.text)
    if segment.kind == "fragment" and not segment.fragment:
        yield rule.finding(segment.id, "fragment_unknown", text=segment.text)
    otherwise = cast("Collection[tuple[str, str]]", context.extra.get("read_otherwise", ()))
    for citation in segment.citations:
        if citation.passage not in context.passages:
            yield rule.finding(segment.id, "no_evidence", title=citation.title, passage=citation.passage)
        elif (citation.passage, citation.quote_sha256) in otherwise:
            yield rule.finding(segment.id, "read_otherwise", title=citation.title, quote=citation.quote)


@each_segment
def quotes_agree(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """Each quote stands whole in its passage, its hash and spans agree, and "verbatim" means verbatim."""
    for citation in segment.citations:
        found = context.passages.get(citation.passage)
        fault = _fault(citation, found) if found else None
        if fault:
            yield rule.finding(segment.id, fault, title=citation.title, quote=citation.quote)
    if _claims_verbatim(segment) and not is_verbatim(segment):
        yield rule.finding(segment.id, "not_verbatim", text=segment.text)


def _claims_verbatim(segment: Segment) -> bool:
    return segment.kind == "statement" and segment.wording == "verbatim" and bool(segment.citations)


def _fault(citation: Citation, evidence: Evidence) -> str | None:
    """The variant of what is wrong with a citation, or None."""
    if citation.source != evidence.source or citation.reading != evidence.reading:
        return "other_source"
    if not find_quote(citation.quote, evidence.text):
        return "changed"
    if citation.quote_sha256 != quote_sha256(citation.quote):
        return "hash"
    if not whole_units(citation.quote, evidence):
        return "partial"
    cited = "".join("".join(span.text for span in citation.spans).split())
    return None if not cited or cited == "".join(citation.quote.split()) else "spans"
