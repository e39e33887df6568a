"""What kind of evidence stands behind a statement: non-inferiority, laboratory and animals, a rating of the authority (FR29, FR31, FR32)."""

import re
from collections.abc import Iterator

from guardrails.checks.each import each_segment
from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.packs import Rule
from guardrails.verbatim import is_verbatim

_READ = frozenset({"statement", "structure", "fragment"})


@each_segment
def noninferiority_said(
    rule: Rule, segment: Segment, document: Document, _: CheckContext
) -> Iterator[Finding]:
    """What was shown to be non-inferior is called neither superior nor equivalent, and its margin stands in the piece.

    Words of that kind that a quote holds itself are the source's. The margin may stand in any text of the same source.
    """
    if segment.kind != "statement" or not segment.citations:
        return
    quoted = " ".join(c.quote for c in segment.citations)
    said, shown = _has(rule, "noninferior", segment.text), _has(rule, "noninferior", quoted)
    stronger = _has(rule, "stronger", segment.text)
    if shown and stronger and not _has(rule, "stronger", quoted):
        yield rule.finding(segment.id, "worded", words=stronger[0])
    sources = {c.source for c in segment.citations}
    beside = (s for s in document.segments if sources & {c.source for c in s.citations})
    if (
        said
        and not _has(rule, "denied", segment.text)
        and not any(_has(rule, "margin", s.text) for s in beside)
    ):
        yield rule.finding(segment.id, severity="needs_review", words=said[0])


@each_segment
def nonclinical_labelled(rule: Rule, segment: Segment, _: Document, __: CheckContext) -> Iterator[Finding]:
    """A finding in vitro or in animals is called so, and no promise to patients is made of it."""
    if segment.kind not in _READ:
        return
    labelled = _has(rule, "nonclinical", segment.text)
    if labelled:
        if promise := _has(rule, "promise", segment.text):
            yield rule.finding(segment.id, "extrapolated", words=promise[0])
        return
    quotes = [c.quote for c in segment.citations]
    alone = [q for q in quotes if _has(rule, "nonclinical", q) and not _has(rule, "clinical", q)]
    if quotes and len(alone) == len(quotes) and not is_verbatim(segment):
        yield rule.finding(segment.id, quote=alone[0])


@each_segment
def rating_dated(rule: Rule, segment: Segment, document: Document, _: CheckContext) -> Iterator[Finding]:
    """A level of SMR or ASMR is told with the year of its opinion, in the same text or in one that speaks of the rating or opinion."""
    if segment.kind not in _READ:
        return
    rating = _has(rule, "rating", segment.text)
    if not rating or not _has(rule, "level", segment.text):
        return
    dated = (s for s in document.segments if s is segment or _has(rule, "opinion", s.text))
    if not any(_has(rule, "year", s.text) for s in dated):
        yield rule.finding(segment.id, words=rating[0], text=segment.text)


def _has(rule: Rule, name: str, text: str) -> re.Match[str] | None:
    flags = 0 if name in {"rating", "level"} else re.IGNORECASE
    return re.search(rule.params[name], text, flags)
