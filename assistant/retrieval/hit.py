"""A search hit: a passage as evidence, with the rectangles of its text on its pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection

from assistant.retrieval.places import lines_of
from assistant.retrieval.surroundings import Around
from assistant.store.readings import load_boxes
from guardrails.model import Evidence
from ingestion.model import Box, Rectangle


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


def hits_of(connection: Connection, evidence: Sequence[Evidence]) -> list[Hit]:
    """The evidence with its rectangles; the boxes of all its pages are read at once."""
    boxes = load_boxes(
        connection, {(item.reading, part.span.page) for item in evidence for part in item.parts}
    )
    return [_hit(item, boxes) for item in evidence]


def _hit(item: Evidence, boxes: Mapping[tuple[str, int], Sequence[Box]]) -> Hit:
    found = [
        (part.span.page, box)
        for part in item.parts
        for box in lines_of(boxes.get((item.reading, part.span.page), ()), part.span)
    ]
    values: dict[str, Any] = {field.name: getattr(item, field.name) for field in fields(Evidence)}
    return Hit(**values, rectangles=tuple(dict.fromkeys(found)))
