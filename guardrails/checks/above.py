"""Where a segment stands in its piece, and what stands above it."""

from guardrails.model import Document, Segment


def position(segment: Segment, document: Document) -> int:
    """The index of this very segment: the same words may stand twice."""
    return next(number for number, other in enumerate(document.segments) if other is segment)


def heading_above(at: int, document: Document) -> str:
    """The nearest title or heading above the segment at `at`, where only statements stand between; empty where there is none."""
    for segment in reversed(document.segments[:at]):
        if segment.kind == "structure":
            return segment.text
        if segment.kind != "statement":
            break
    return ""
