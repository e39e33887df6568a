"""With what a result stands: how it was got, of how many, against what, for how long, and how sure it is (FR26)."""

import re
from collections.abc import Iterator, Mapping

from guardrails.checks.each import each_segment
from guardrails.checks.ranks import is_a_result
from guardrails.endpoints import gives_result
from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.numbers import Quantity, extract
from guardrails.numbers.patterns import TIME_UNITS
from guardrails.packs import Rule

_TOLD_OF_STUDIES = frozenset({"paper", "deck", "transcript"})
_FOUND = re.compile(
    r"\b(?:respon(?:ded|ders?|se)|surviv(?:ed|al)|died|remissions?|occurred|achieved|reached|répond\w*|survie|survécu|décédé\w*|rémissions?|survenu\w*|atteint\w*|obtenu\w*)\b",
    re.IGNORECASE,
)
_OF_DOSE = re.compile(
    r"\b(?:dos(?:e|es|age)|posologies?)\b[^.;]{0,60}\b(?:is|are|was|were|should|must|may|can|est|sont|était|doit|peut|sera)\b",
    re.IGNORECASE,
)
"""How much is given is no result."""
_AGED = re.compile(r"\s*(?:old|of age)\b|\s*d['’]âge\b", re.IGNORECASE)
_AGE = re.compile(r"\b(?:aged?|âgée?s?|age|âge)\b[^.;,]{0,30}$", re.IGNORECASE)


@each_segment
def circumstances_told(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """The first result that a piece tells of a study stands with the study's design, size, comparator, duration and endpoint and with an interval or p-value.

    Any text of the piece that cites the same source may tell them. What is missing is named; the text itself may be right.
    """
    if not _is_told_of_a_study(segment, context):
        return
    sources = {citation.source for citation in segment.citations}
    beside = [s for s in document.segments if sources & {c.source for c in s.citations}]
    if next(s for s in beside if _is_told_of_a_study(s, context)) is not segment:
        return
    parts: Mapping[str, Mapping[str, str]] = rule.params["parts"]
    lacking = [part for name, part in parts.items() if not any(_tells(name, part, s) for s in beside)]
    if lacking:
        yield rule.finding(
            segment.id, missing=[part["en"] for part in lacking], missing_fr=[part["fr"] for part in lacking]
        )


def _is_told_of_a_study(segment: Segment, context: CheckContext) -> bool:
    """Whether it tells in figures what a paper or deck found."""
    kinds = {known.kind for c in segment.citations if (known := context.sources.get(c.source))}
    return (
        segment.kind == "statement"
        and bool(kinds & _TOLD_OF_STUDIES)
        and gives_result(segment.text, segment.language)
        and is_a_result(segment, in_figures=_FOUND.search(segment.text) is not None)
        and not _OF_DOSE.search(segment.text)
    )


def _tells(name: str, part: Mapping[str, str], segment: Segment) -> bool:
    if "pattern" in part and re.search(part["pattern"], segment.text, re.IGNORECASE):
        return True
    found = extract(segment.text, segment.language)
    if name == "size":
        return any(q.kind == "fraction" and q.unit != "ratio" and (q.upper or 0) > 1 for q in found)
    return name == "duration" and any(_is_a_time(q, segment.text) for q in found)


def _is_a_time(quantity: Quantity, text: str) -> bool:
    aged = _AGED.match(text, quantity.end) or _AGE.search(text, 0, quantity.start)
    return quantity.unit in TIME_UNITS and quantity.comparator != "every" and not aged
