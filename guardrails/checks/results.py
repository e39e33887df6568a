"""How results are told: a relative measure with an absolute one (FR30)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from guardrails.checks.each import each_segment
from guardrails.checks.lexicon import is_label_wording
from guardrails.model import CheckContext, Document, Finding, Segment, Severity
from guardrails.numbers import Quantity, extract
from guardrails.packs import Rule
from ingestion.sentences import split

_TWO_ARMS = 2
_GROUPS = re.compile(
    r"\b(?:versus|vs|against|compared (?:with|to)|than|placebo|controls?|comparators?|usual care|contre|comparés? à|par rapport|témoins?|comparateurs?)\b",
    re.IGNORECASE,
)
_WHO_TOOK_PART = re.compile(
    r"\b(?:(?:at|study) (?:baseline|entry)|baseline|randomi[sz]ed|after randomi[sz]ation|enrolled|eligible|screened|aged|mean age|HbA1c|body[- ]mass index|BMI|females?|males?"
    r"|history of|characteristics|completed|goals?|à l[’']inclusion|randomisée?s?|recrutée?s?|éligibles?|âgée?s?|âge moyen|IMC|antécédents?|caractéristiques|objectifs?)\b",
    re.IGNORECASE,
)
"""Shares of those who took part, which are no rates of what happened to them."""
_TIMES = frozenset({"day", "week", "month", "year"})
_AGAINST = re.compile(r"\b(?:versus|vs|against|compared (?:with|to)|contre|comparés? à)\b", re.IGNORECASE)
_STOP = re.compile(r"[;.](?=\s)|\b(?:HR|RR|OR|ratio|rapport|CI|IC)\b")
"""A comparison with this in between is of something else."""
_TIME_TO_EVENT = re.compile(r"\bm[eé]dian|\btime to\b|\bsurvival\b|\bd[eé]lai\b|\bsurvie\b", re.IGNORECASE)
_RATE = re.compile(
    r"\b(?:annual|annuali[sz]ed|yearly|monthly) (?:[\w-]+ ){0,3}rates?\b(?! ratio)|\btaux (?:moyens? |brute?s? )?(?:annuel|annualisé|mensuel)s?\b",
    re.IGNORECASE,
)


@each_segment
def relative_with_absolute(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """A relative measure stands only in a piece that gives an absolute one of the same source.

    A share by which a risk changed is such a measure in whatever words; one of a dose or a concentration is not. In the label's
    own words it waits for a reviewer instead of blocking: an authority approved that wording.
    """
    if segment.kind != "statement" or not (words := _relative(segment.text, rule.params)):
        return
    absolute = re.compile(rule.params["absolute"], re.IGNORECASE)
    sources = {citation.source for citation in segment.citations}
    beside = (s for s in document.segments if any(c.source in sources for c in s.citations))
    if not any(_gives_absolute(other, absolute) for other in (segment, *beside)):
        severity: Severity | None = "needs_review" if is_label_wording(segment, context) else None
        yield rule.finding(segment.id, severity=severity, words=words, text=segment.text)


def _relative(text: str, params: Mapping[str, str]) -> str:
    """The words that tell a relative measure, empty where there are none."""
    if match := re.search(params["relative"], text):
        return match[0]
    for start, end in split(text):
        part = text[start:end]
        if not re.search(params["outcome"], part, re.IGNORECASE):
            continue
        for match in re.finditer(params["change"], part, re.IGNORECASE):
            if not _of_an_amount(part, match, params):
                return match[0]
    return ""


def _of_an_amount(text: str, change: re.Match[str], params: Mapping[str, str]) -> bool:
    """Whether what changed is an amount in the body: named with the change, else first in its clause before it."""
    clause = re.split(r"[,;:]\s", text[: change.start()])[-1]
    for part in (change[0], clause):
        amount = re.search(params["amount"], part, re.IGNORECASE)
        outcome = re.search(params["outcome"], part, re.IGNORECASE)
        if amount or outcome:
            return amount is not None and (outcome is None or amount.start() < outcome.start())
    return False


def _gives_absolute(segment: Segment, absolute: re.Pattern[str]) -> bool:
    """Whether an absolute effect is told: in words, or the rates or median times of both arms."""
    if segment.kind != "statement":
        return False
    if absolute.search(segment.text):
        return True
    found = extract(segment.text, segment.language)
    rates = [
        q for q in found if q.unit == "%" and q.kind == "number" and not _is_confidence(q.end, segment.text)
    ]
    shares = [q for q in found if q.kind == "fraction" and q.unit != "ratio"]
    medians = [
        q
        for q in found
        if q.unit in _TIMES and q.kind == "number" and not _is_confidence(q.end, segment.text)
    ]
    by_time = len(medians) >= _TWO_ARMS and _TIME_TO_EVENT.search(segment.text) is not None
    by_exposure = sum(q.unit.endswith("patient-year") for q in found) >= _TWO_ARMS
    both = max(len(rates), len(shares)) >= _TWO_ARMS and not _of_who_took_part(segment.text)
    return (
        both
        or by_time
        or by_exposure
        or _rates_of_both(found, segment.text)
        or _counts_of_both(found, segment.text)
    )


def _of_who_took_part(text: str) -> bool:
    return bool(_WHO_TOOK_PART.search(text)) and not _GROUPS.search(text)


def _rates_of_both(found: Sequence[Quantity], text: str) -> bool:
    """Whether a yearly rate is given of both groups: "an annual rate of 0.78 with X and of 1.50 with placebo"."""
    rate = _RATE.search(text)
    plain = [q for q in found if q.kind == "number" and not q.unit and not _is_confidence(q.end, text)]
    return rate is not None and sum(q.start >= rate.end() for q in plain) >= _TWO_ARMS


def _counts_of_both(found: Sequence[Quantity], text: str) -> bool:
    """Whether events are counted in both groups, one against the other: "271 versus 368"."""
    counts = [
        q for q in found if q.kind == "number" and not q.unit and q.value == q.value.to_integral_value()
    ]
    return any(
        _AGAINST.search(text, one.end, other.start) and not _STOP.search(text, one.end, other.start)
        for one, other in pairwise(counts)
    )


def _is_confidence(end: int, text: str) -> bool:
    around = text[max(0, end - 16) : end + 14]
    return bool(re.search(r"\b(?:CI|IC|CrI|confidence|confiance)\b", around))
