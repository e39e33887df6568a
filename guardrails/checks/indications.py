"""What the medicine is for: quoted from its label, and no other condition than the approved ones (GR9)."""

# ruff: noqa: ARG001  every check takes the same arguments, whichever it looks at

import re
from collections.abc import Iterator, Mapping

from guardrails.checks.each import each_segment
from guardrails.indications import Claim, claims_of_use, unnamed
from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.overlap import contents
from guardrails.packs import Rule
from guardrails.product import ProductSheet
from guardrails.verbatim import is_verbatim

_READ = frozenset({"statement", "structure", "option"})
_DISTRACTOR = "distractor"


@each_segment
def indication_from_label(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """What the medicine is indicated for is quoted from its label, and no other condition is claimed for it.

    The approved indications are those of the product sheet and of the label's section 4.1. A claim in the label's own words is the authority's.
    """
    kinds = {source.kind for c in segment.citations if (source := context.sources.get(c.source))}
    if segment.kind == "statement" and segment.citations:
        said = segment.role == "indication" or re.search(rule.params["pattern"], segment.text, re.IGNORECASE)
        if said and kinds and "label" not in kinds:
            yield rule.finding(segment.id, text=segment.text, title=segment.citations[0].title)
    if segment.kind not in _READ or segment.role == _DISTRACTOR:
        return
    if not (kinds == {"label"} and is_verbatim(segment)):
        yield from _beyond(rule, segment, context)


def _beyond(rule: Rule, segment: Segment, context: CheckContext) -> Iterator[Finding]:
    sheet = ProductSheet(context.product, context.market)
    approved = [*sheet.texts("indications"), *_of_labels(context)]
    if not approved:
        return
    for claim in claims_of_use(segment.text, (*sheet.names(), *sheet.texts("synonyms"))):
        if condition := unnamed(claim, approved):
            sure = _is_sure(claim, condition, segment, sheet) and not _label_speaks_of(
                claim, segment, context
            )
            yield rule.finding(
                segment.id,
                "beyond",
                "block" if sure else "needs_review",
                condition=condition,
                words=claim.words,
                approved=approved[0],
            )


def _is_sure(claim: Claim, condition: str, segment: Segment, sheet: ProductSheet) -> bool:
    """Those who are treated may have another condition besides, and another language another word for the same."""
    besides = claim.of_people and not claim.granted and condition == claim.condition
    raw = sheet.raw("indications")
    other_language = isinstance(raw, Mapping) and segment.language not in raw
    return claim.sure and not besides and not other_language


def _label_speaks_of(claim: Claim, segment: Segment, context: CheckContext) -> bool:
    """Whether a quoted label speaks of the condition, too: a reviewer must compare what it says of it."""
    quotes = [c.quote for c in segment.citations if _is_label(c.source, context)]
    return any(contents(claim.condition) <= contents(quote) for quote in quotes)


def _is_label(source: str, context: CheckContext) -> bool:
    return source in context.sources and context.sources[source].kind == "label"


def _of_labels(context: CheckContext) -> Iterator[str]:
    """Section 4.1 of the cited labels."""
    for source, passages in context.wholes.items():
        if _is_label(source, context):
            yield from (p.text for p in passages if any(h.startswith("4.1") for h in (p.heading, *p.section)))
