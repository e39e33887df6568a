"""A quiz question is a quoted sentence with a gap in a frame that states no fact; any other is somebody's own words (GR2)."""

import re
from collections.abc import Iterator

from guardrails.checks.titles import without_cited_titles
from guardrails.citations import bare
from guardrails.facts import facts
from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.packs import Rule
from guardrails.product import ProductSheet

GAP = "[…]"


def free_stem(rule: Rule, segment: Segment, document: Document, context: CheckContext) -> Iterator[Finding]:
    """A question in free words waits for a named medical reviewer; what a person wrote waits by rule GR1 already."""
    if segment.kind != "question" or segment.wording == "human":
        return
    names = ProductSheet(context.product, context.market).names()
    frame = _frame(segment, document)
    plain = "" if frame is None else without_cited_titles(frame, document, context)
    if frame is None or any(True for _ in facts(plain, segment.language, names)):
        yield rule.finding(segment.id, "asked", "needs_review", text=segment.text)


def _frame(question: Segment, document: Document) -> str | None:
    """What stands around the gapped sentence; None where the question holds no sentence of its group with a gap."""
    group = document.group(question.group)
    keys = [s.text for s in group if s.kind == "option" and s.role == "key"]
    for statement in (s for s in group if s.kind == "statement"):
        for key in keys:
            asked = question.text.replace(GAP, key, 1)
            sentence = r"\s*".join(re.escape(word) for word in bare(statement.text).split())
            if GAP in question.text and sentence and (found := re.search(sentence, bare(asked))):
                return bare(asked)[: found.start()] + " " + bare(asked)[found.end() :]
    return None
