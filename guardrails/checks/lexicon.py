"""Forbidden words (FR16 to FR20, FR22, FR24, FR37 and the like)."""

# ruff: noqa: ARG001  every check takes the same arguments, whichever it looks at

from collections.abc import Iterator
from datetime import date

from guardrails.checks.each import each_segment
from guardrails.lexicon import find
from guardrails.model import CheckContext, Document, Finding, Segment, Severity
from guardrails.packs import Rule
from guardrails.product import ProductSheet
from guardrails.verbatim import is_verbatim

_DISTRACTORS = frozenset({"distractor"})
"""A wrong answer may hold a wrong claim; the feedback says so."""
_WAITS: Severity = "needs_review"


@each_segment
def lexicon(rule: Rule, segment: Segment, document: Document, context: CheckContext) -> Iterator[Finding]:
    """One finding per forbidden use, in any text of the piece.

    In the label's own words it waits for a reviewer instead of blocking: an authority approved that wording. So does a use of a
    list in `params.doubtful`, which only a person can tell from a fair one.
    """
    if not _is_read(segment):
        return
    hits = list(find(segment.text, segment.language, tuple(rule.params["lists"])))
    severity: Severity | None = "needs_review" if hits and is_label_wording(segment, context) else None
    for hit in hits:
        yield rule.finding(
            segment.id, severity=severity, words=hit.text, start=hit.start, end=hit.end, text=segment.text
        )
    for hit in find(segment.text, segment.language, tuple(rule.params.get("doubtful", ()))):
        if not any(hit.start < sure.end and sure.start < hit.end for sure in hits):
            yield rule.finding(
                segment.id,
                severity="needs_review",
                words=hit.text,
                start=hit.start,
                end=hit.end,
                text=segment.text,
            )


@each_segment
def lexicon_new(rule: Rule, segment: Segment, document: Document, context: CheckContext) -> Iterator[Finding]:
    """The word "new" only within `months` of the marketing date in the product sheet.

    A use of a list in `params.doubtful` waits for a reviewer, but in the label's own words.
    """
    marketed = ProductSheet(context.product, context.market).day("marketing_date")
    young = marketed and context.today < _months_after(marketed, rule.params["months"])
    if young or not _is_read(segment):
        return
    doubtful = () if is_label_wording(segment, context) else tuple(rule.params.get("doubtful", ()))
    for names, severity in ((tuple(rule.params["lists"]), None), (doubtful, _WAITS)):
        for hit in find(segment.text, segment.language, names):
            variant = "found" if marketed else "missing_field"
            yield rule.finding(
                segment.id,
                variant,
                severity,
                words=hit.text,
                start=hit.start,
                end=hit.end,
                marketed=marketed.isoformat() if marketed else "",
                field="marketing_date",
            )


def is_label_wording(segment: Segment, context: CheckContext) -> bool:
    """Whether it is verbatim from labels alone."""
    kinds = {s.kind for c in segment.citations if (s := context.sources.get(c.source))}
    return kinds == {"label"} and is_verbatim(segment)


def _is_read(segment: Segment) -> bool:
    return segment.kind != "token" and segment.role not in _DISTRACTORS


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:  # 29 February, 31st of a short month: the first day after it
        return date(day.year + years, month + 2, 1)
