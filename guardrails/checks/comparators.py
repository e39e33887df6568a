"""Comparison with a medicine that can be recognised: fair and from a comparative source, or not at all (FR21, FR23)."""

import re
from collections.abc import Iterator

from guardrails.checks.each import each_segment
from guardrails.checks.lexicon import is_label_wording
from guardrails.model import CheckContext, Document, Finding, Segment, Severity
from guardrails.numbers.patterns import alternatives
from guardrails.packs import Rule
from guardrails.plain import plain
from guardrails.product import ProductSheet
from guardrails.risks import names_a_risk

_READ = frozenset({"statement", "structure"})
_CARRIERS = frozenset({"statement", "fragment"})
_NEAR = 60
"""Characters after the comparing words in which the other medicine is named."""


@each_segment
def competitor_compared(
    rule: Rule, segment: Segment, document: Document, context: CheckContext
) -> Iterator[Finding]:
    """A comparison with one of the sheet's `competitors` rests on a source that compares, told with efficacy and harms.

    The source compares where a quote names the competitor, too; a title rests on those of the piece. Its harms stand in the piece where a statement that cites
    it names a risk, its efficacy where one names none.
    """
    name = _compared_with(segment, rule, context)
    if not name:
        return
    cited = segment.citations or tuple(c for s in document.segments for c in s.citations)
    sources = {c.source for c in cited if _stands_in(name, c.quote)}
    if not sources:
        yield rule.finding(segment.id, severity=_held(segment, context), name=name, text=segment.text)
        return
    told = [s for s in document.segments if s.kind in _CARRIERS and sources & {c.source for c in s.citations}]
    if len({names_a_risk(s.text, s.language) for s in told}) == 1:
        yield rule.finding(
            segment.id,
            "one_sided",
            _held(segment, context),
            name=name,
            title=next(c.title for c in cited if c.source in sources),
        )


@each_segment
def pharmacology_compared(
    rule: Rule, segment: Segment, _: Document, context: CheckContext
) -> Iterator[Finding]:
    """What a medicine does in the body or a test tube is not compared with a competitor: no effect on patients follows from it."""
    name = _compared_with(segment, rule, context)
    found = re.search(rule.params["pharmacology"], segment.text, re.IGNORECASE) if name else None
    if found and not re.search(rule.params["clinical"], segment.text, re.IGNORECASE):
        yield rule.finding(segment.id, severity=_held(segment, context), name=name, words=found[0])


def _compared_with(segment: Segment, rule: Rule, context: CheckContext) -> str:
    """The competitor that a text of the piece compares with; empty where it compares with none.

    It stands right after the comparing words ("than enalapril"), or before them where the own medicine stands after.
    """
    if segment.kind not in _READ:
        return ""
    sheet, text = ProductSheet(context.product, context.market), segment.text
    competitors, own = sheet.texts("competitors"), sheet.names()
    for words in re.finditer(rule.params["compares"], text, re.IGNORECASE):
        after = re.split(r"[.;](?!\d)", text[words.end() : words.end() + _NEAR])[0]
        turned = any(_stands_in(name, after) for name in own)
        for name in competitors:
            if _stands_in(name, after) or (turned and _stands_in(name, text[: words.start()])):
                return name
    return ""


def _stands_in(name: str, text: str) -> bool:
    """Whether the text names it, with accents or without: a quote may be in another language."""
    return re.search(rf"(?<!\w)(?:{alternatives((plain(name),))})e?\b", plain(text)) is not None


def _held(segment: Segment, context: CheckContext) -> Severity | None:
    """In the label's own words it waits for a reviewer: an authority approved that wording."""
    return "needs_review" if is_label_wording(segment, context) else None
