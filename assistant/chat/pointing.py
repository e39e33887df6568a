"""Where a person may look who is told no answer: places of approved documents, never their words.

A place is no answer and is not told as one. It spares a health professional the search for the section, and says nothing.
"""

from collections.abc import Sequence
from typing import Any

from assistant.retrieval.view import locator_json
from guardrails.model import Evidence

MOST = 3
"""Places that are named: more are no help between two patients."""


def nearest_places(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The first passages of a search that stand in different places, a section of a document counting once."""
    places: dict[tuple[str, str], Evidence] = {}
    for item in found:
        places.setdefault((item.source, item.locator.section or item.passage), item)
    return tuple(places.values())[:MOST]


def place_json(item: Evidence, *, cross_language: bool) -> dict[str, Any]:
    """A place without its words."""
    return {
        "passage": item.passage,
        "source": item.source,
        "title": item.title,
        "language": item.language,
        "locator": locator_json(item.locator),
        "cross_language": cross_language,
    }
