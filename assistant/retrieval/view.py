"""Evidence, locators and citations as plain JSON: the shapes that everybody shows."""

from typing import Any

from assistant.retrieval.hit import Hit
from guardrails.model import Citation, Evidence, Locator
from ingestion.model import Rectangle


def hit_json(evidence: Evidence) -> dict[str, Any]:
    """A search hit: the passage, its document, its place, its scores."""
    rectangles = evidence.rectangles if isinstance(evidence, Hit) else ()
    return {
        "passage": evidence.passage,
        "source": evidence.source,
        "title": evidence.title,
        "kind": evidence.source_kind,
        "language": evidence.language,
        "locator": locator_json(evidence.locator),
        "heading": evidence.heading,
        "rectangles": [rectangle_json(page, box) for page, box in rectangles],
        "text": evidence.text,
        "cross_language": isinstance(evidence, Hit) and evidence.cross_language,
        "repeats": [
            {
                "passage": item.passage,
                "source": item.source,
                "title": item.title,
                "locator": locator_json(item.locator),
            }
            for item in (evidence.repeats if isinstance(evidence, Hit) else ())
        ],
        "context": [
            {"role": one.role, "text": one.text, "page": one.page, "passage": one.passage or None}
            for one in (evidence.around if isinstance(evidence, Hit) else ())
        ],
        "doubtful": evidence.page_quality != "good",
        "score": round(evidence.scores.get("fused", 0.0), 6),
        "scores": {name: round(value, 6) for name, value in evidence.scores.items()},
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation: what is quoted, of which document, where, and what the slide names as its origin."""
    document: dict[str, Any] = {
        "passage": citation.passage,
        "source": citation.source,
        "title": citation.title,
        "locator": locator_json(citation.locator),
        "quote": citation.quote,
        "quote_language": citation.quote_language,
        "spans": [
            {"page": span.page, "text": span.text, "start": span.start, "end": span.end}
            for span in citation.spans
        ],
        "rectangles": [rectangle_json(page, box) for page, box in citation.rectangles],
        "doubtful": citation.doubtful,
    }
    if citation.header:
        document["header"] = {
            "spans": [
                {"page": span.page, "text": span.text, "start": span.start, "end": span.end}
                for span in citation.header.spans
            ],
            "words": list(citation.header.words),
        }
    if citation.references:
        document["references"] = [
            {"mark": note.mark, "text": note.text, "source": note.source} for note in citation.references
        ]
    if any(note.source is None for note in citation.references):
        document["reference_not_registered"] = True
    return document


def locator_json(locator: Locator) -> dict[str, Any]:
    """One of page, slide or start and end in seconds; and the section, empty where there is none."""
    places = {"page": locator.page, "slide": locator.slide, "start": locator.start, "end": locator.end}
    shown: dict[str, Any] = {name: value for name, value in places.items() if value is not None}
    shown["section"] = locator.section
    if locator.slide_of_deck is not None:
        shown["slide_of_deck"] = {
            "source": locator.slide_of_deck.source,
            "slide": locator.slide_of_deck.slide,
        }
    return shown


def rectangle_json(page: int, box: Rectangle) -> dict[str, float]:
    """Points (1/72 inch) from the page's top left."""
    return {"page": page, "x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1}
