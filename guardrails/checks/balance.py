"""Benefit is told with its risk: a piece that leaves safety out is one-sided, and "well tolerated" is no safety."""

# ruff: noqa: ARG001  every check takes the same three arguments, whichever it looks at

import re
from collections.abc import Iterator

from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.packs import Rule
from guardrails.risks import names_a_risk

_CARRIERS = frozenset({"statement", "fragment"})


def safety_balance(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """A piece that states a benefit names a risk, from the label where one is cited, when its sources have any.

    A contraindication, a warning, a risk or a named reaction counts; praise of the tolerability does not.
    """
    benefit = re.compile(rule.params["benefit"], re.IGNORECASE)
    safety = re.compile(rule.params["safety"], re.IGNORECASE)
    carriers = [s for s in document.segments if s.kind in _CARRIERS or s.role == "mention"]
    labels = frozenset(source.id for source in context.sources.values() if source.kind == "label")
    if any(_counts(s, labels) and names_a_risk(s.text, s.language) for s in carriers):
        return
    first = next((s for s in carriers if _tells_benefit(s, benefit)), None)
    if first and _sources_speak_of_safety(context, safety):
        praised = next((s for s in carriers if safety.search(s.text)), None)
        yield rule.finding(
            "piece", "praised" if praised else "found", statement=first.id, text=first.text,
            said=praised.text if praised else "",
        )  # fmt: skip


def _counts(segment: Segment, labels: frozenset[str]) -> bool:
    """Safety is told from the label where the piece cites one, or by an approved text."""
    own = {citation.source for citation in segment.citations}
    return segment.kind == "fragment" or segment.role == "mention" or not labels or bool(own & labels)


def _tells_benefit(segment: Segment, benefit: re.Pattern[str]) -> bool:
    return segment.role == "result" or bool(benefit.search(segment.text))


def _sources_speak_of_safety(context: CheckContext, safety: re.Pattern[str]) -> bool:
    """Labels, papers and decks on a medicine always have a safety part; of other kinds the evidence must show it."""
    known = any(source.kind in {"label", "paper", "deck"} for source in context.sources.values())
    return known or any(safety.search(f"{e.heading} {e.text}") for e in context.evidence)


def risk_near_benefit(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Risk is told with at least `params.share` of the characters that benefit is told with, and starts at most `params.apart` texts behind it.

    What benefit is and what names a risk is read as for the balance of the piece (BAL).
    """
    benefit = re.compile(rule.params["benefit"], re.IGNORECASE)
    carriers = [s for s in document.segments if s.kind in _CARRIERS or s.role == "mention"]
    risks = [n for n, s in enumerate(carriers) if names_a_risk(s.text, s.language)]
    benefits = [n for n, s in enumerate(carriers) if n not in risks and _tells_benefit(s, benefit)]
    if not benefits:
        return
    told = sum(len(carriers[n].text) for n in benefits)
    held = sum(len(carriers[n].text) for n in risks)
    first = carriers[benefits[0]]
    if held < rule.params["share"] * told:
        yield rule.finding(
            "piece", statement=first.id, benefit=told, risk=held, share=f"{rule.params['share']:.0%}"
        )
    elif min(abs(n - benefits[0]) for n in risks) > rule.params["apart"]:
        yield rule.finding("piece", "far", statement=first.id, apart=min(abs(n - benefits[0]) for n in risks))
