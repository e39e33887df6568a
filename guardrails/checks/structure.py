"""Every factual sentence cites: as a statement it must, and anywhere else it may not stand (GR1).

Word lists do not know every way to state a fact. What the engines' phrasebook wrote is known to be free of them; what
a person wrote or changed beside the statements is read by a named medical reviewer.
"""

# ruff: noqa: ARG001  every check takes the same arguments, whichever it looks at

from collections.abc import Iterator

from guardrails.checks.each import each_segment
from guardrails.checks.quotes import every_statement_cites
from guardrails.checks.titles import without_cited_titles
from guardrails.facts import Fact, claims, facts
from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.packs import Rule
from guardrails.product import ProductSheet

_LEGAL_ROLES = frozenset({"mention", "footer", "unsubscribe"})
"""Prices, dates and reporting lines stand here; efficacy and comparison still may not."""
_BESIDE_STATEMENTS = frozenset({"structure", "question", "option"})


def every_fact_cites(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Statements cite; titles, greetings and calls to action state no facts."""
    yield from every_statement_cites(rule, document, context)
    yield from _facts_in_structure(rule, document, context)
    yield from _written_by_hand(rule, document, context)


@each_segment
def _facts_in_structure(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """One finding per structure segment that holds a number, a claim about the product or a comparison."""
    if segment.kind != "structure" or segment.citations:
        return
    names = ProductSheet(context.product, context.market).names()
    named = without_cited_titles(segment.text, document, context)
    # A title's own numbers are its document's; a claim stays a claim, also where it is a title.
    found = [f for f in _facts(segment, names) if f.kind != "quantity" or named[f.start : f.end].strip()]
    if found:
        yield rule.finding(
            segment.id,
            "structure",
            text=segment.text,
            words=sorted({fact.text for fact in found}),
            kinds=sorted({fact.kind for fact in found}),
        )


@each_segment
def _written_by_hand(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """What a person wrote beside the statements waits for a reviewer."""
    if segment.kind in _BESIDE_STATEMENTS and segment.wording == "human":
        yield rule.finding(segment.id, "human", "needs_review", text=segment.text)


def _facts(segment: Segment, names: tuple[str, ...]) -> list[Fact]:
    if segment.role in _LEGAL_ROLES:
        found = claims(segment.text, segment.language)
        return [fact for fact in found if fact.kind in {"efficacy", "comparative"}]
    return list(facts(segment.text, segment.language, names))
