"""A search hit: a passage as evidence, with the rectangles of its text on its pages."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection

from assistant.retrieval.places import rectangles_of
from assistant.retrieval.surroundings import Around
from assistant.store.readings import load_page
from guardrails.model import Evidence
from ingestion.model import Page, Rectangle


@dataclass(frozen=True, slots=True)
class Hit(Evidence):
    """`rectangles` are (page, rectangle) pairs, one rectangle a line."""

    rectangles: tuple[tuple[int, Rectangle], ...] = ()
    cross_language: bool = False
    """It is in another language than the question."""
    repeats: tuple[Evidence, ...] = ()
    """Passages that say nearly the same elsewhere, for instance for another presentation."""
    around: tuple[Around, ...] = ()
    """What is needed beside it; no part of the passage, and not to be quoted as it."""


def hits_of(connection: Connection, evidence: Iterable[Evidence]) -> list[Hit]:
    """The evidence with its rectangles; each page is loaded once."""
    pages: dict[tuple[str, int], Page] = {}
    return [_hit(connection, item, pages) for item in evidence]


def _hit(connection: Connection, item: Evidence, pages: dict[tuple[str, int], Page]) -> Hit:
    found: list[tuple[int, Rectangle]] = []
    for part in item.parts:
        key = item.reading, part.span.page
        if key not in pages:
            pages[key] = load_page(connection, *key)
        found += [(part.span.page, box) for box in rectangles_of(pages[key], part.span)]
    values: dict[str, Any] = {field.name: getattr(item, field.name) for field in fields(Evidence)}
    return Hit(**values, rectangles=tuple(dict.fromkeys(found)))
