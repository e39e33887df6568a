"""The section that a change is told under: numbered ones of a label, the slide's title, else the outermost heading."""

import re
from dataclasses import dataclass

from ingestion.model import Sentence

_CODE = re.compile(r"^(\d{1,2}(?:\.\d{1,2})?)\.?\s+(?=\S)")
_ANNEX = re.compile(r"^annex[e]?\b", re.IGNORECASE)
LEAD = {
    "4.1": "indication",
    "4.2": "posology",
    "4.3": "contraindications",
    "4.4": "warnings",
    "4.8": "undesirable_effects",
}
"""Sections of a summary of product characteristics that are read first, in this order (the same numbers in France)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A section: the part of the document, its number where it has one, and its title as printed."""

    part: str
    code: str
    title: str


def place_of(sentence: Sentence) -> Place:
    """Where the sentence stands; a heading stands in the section that it opens."""
    path = [*sentence.section, sentence.text] if sentence.kind == "heading" else list(sentence.section)
    part = path[0] if path and (_ANNEX.match(path[0]) or not _CODE.match(path[0])) and len(path) > 1 else ""
    numbered = [(match[1], title) for title in path if (match := _CODE.match(title))]
    deep = next(((code, title) for code, title in numbered if "." in code), None)
    if found := deep or (numbered[0] if numbered else None):
        return Place(part, found[0], found[1])
    title = sentence.page_title or (path[min(len(path), 2) - 1] if path else "")
    return Place(part if title != part else "", "", title)
