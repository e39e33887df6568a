"""A check that judges one segment after the other: what it raises on one costs that one only.

The one place where that is decided. What is too long to be read (rule GR12 holds it) is left out here. A check that must see the whole piece at once (what stands somewhere in it, or
nowhere) is not made here: the runner holds the whole piece where such a check raises.
"""

from collections.abc import Callable, Iterator
from functools import wraps

from guardrails.checks.length import is_readable
from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.packs import Rule
from guardrails.unrun import could_not_read

OfSegment = Callable[[Rule, Segment, Document, CheckContext], Iterator[Finding]]


def each_segment(judge: OfSegment) -> Callable[[Rule, Document, CheckContext], Iterator[Finding]]:
    """The check of a whole document made of `judge`; a segment that it raises on is held by a finding of its own."""

    @wraps(judge)
    def check(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
        for segment in document.segments:
            try:
                if is_readable(segment):
                    yield from judge(rule, segment, document, context)
            except Exception as error:  # noqa: BLE001  a crash of any kind must never look like a pass
                yield could_not_read(rule, segment.id, error)

    return check
