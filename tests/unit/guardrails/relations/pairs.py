"""What the relations of a statement with its quotes are found to say otherwise."""

from guardrails.model import Language, Segment
from guardrails.relations import relations
from tests.unit.guardrails.builders import citation, evidence


def variants(text: str, *quotes: str, language: Language = "en") -> set[str]:
    """The contradictions found, by their message."""
    segment = Segment(
        "s1", "statement", "result", text, language,
        citations=tuple(citation(quote, evidence(quote, language=language)) for quote in quotes),
    )  # fmt: skip
    return {c.variant for c in relations(segment, [("Velmora", "cardorelone")]).contradictions}
