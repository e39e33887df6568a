"""What stands above a segment in its piece."""

from guardrails.model import Document


def heading_above(at: int, document: Document) -> str:
    """The nearest title or heading above the segment at `at`, where only statements stand between; empty where there is none."""
    for segment in reversed(document.segments[:at]):
        if segment.kind == "structure":
            return segment.text
        if segment.kind != "statement":
            break
    return ""
