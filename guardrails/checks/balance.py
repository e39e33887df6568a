"""Benefit is told with its risk: a summary that leaves safety out is one-sided."""

import re
from collections.abc import Iterator

from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.packs import Rule

_CARRIERS = frozenset({"statement", "fragment"})


def safety_balance(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """A piece that states a benefit states a safety fact, when its sources have any."""
    benefit = re.compile(rule.params["benefit"], re.IGNORECASE)
    safety = re.compile(rule.params["safety"], re.IGNORECASE)
    carriers = [s for s in document.segments if s.kind in _CARRIERS]
    if any(s.role == "safety" or safety.search(s.text) for s in carriers):
        return
    first = next((s for s in carriers if _tells_benefit(s, benefit)), None)
    if first and _sources_speak_of_safety(context, safety):
        yield rule.finding("piece", statement=first.id, text=first.text)


def _tells_benefit(segment: Segment, benefit: re.Pattern[str]) -> bool:
    return segment.role == "result" or bool(benefit.search(segment.text))


def _sources_speak_of_safety(context: CheckContext, safety: re.Pattern[str]) -> bool:
    """Labels, papers and decks on a medicine always have a safety part; of other kinds the evidence must show it."""
    known = any(source.kind in {"label", "paper", "deck"} for source in context.sources.values())
    return known or any(safety.search(f"{e.heading} {e.text}") for e in context.evidence)
