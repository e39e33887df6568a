"""What a change touches: numbers, doses, population, negation …; and which words differ."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

from assistant.corpus.diff.model import Marks
from assistant.corpus.diff.units import TOKEN, bare_heading, loose_of
from guardrails.markers import classes, markers
from guardrails.numbers import Quantity, extract
from ingestion.text import fold

_AMOUNT = frozenset(
    {"mg", "g", "µg", "ng", "IU", "mL", "tablet", "capsule", "unit", "mg/kg", "mg/m2", "mg/day"}
)
_POSITION_MATTERS = frozenset({"negation", "hedge", "direction"})
"""A "not" that went from one clause to another changes the sense, though there are as many of them."""
_SEVERITY = re.compile(
    r"\b(?:mild|moderate|severe|serious|fatal|life-threatening|end-stage|l[ée]g[eè]re?s?|mod[ée]r[ée]e?s?|s[ée]v[eè]res?|graves?|terminale?s?)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:sections?|rubriques?|tables?|tableaux?|figures?)\s+\d+(?:\.\d+)*(?:(?:\s*,)?\s*(?:and|et|or|ou)?\s*\d+\.\d+)*",
    re.IGNORECASE,
)
"""Where else to look; what it says there is compared there."""
_NAME = re.compile(r"\b(?=\w*[A-Z])(?=\w*\d)\w+\b|\b[A-Z]{3,}\b")
"""Enzymes, studies, codes: CYP2C8, PROSPER, L02BB04."""
_LONG = 1_200
"""Words of a side from which difflib may skip common words, to stay quick."""


@cache
def all_kinds() -> tuple[str, ...]:
    """Every kind there is, gravest first."""
    marked = [c.name for c in classes()]
    first = ("dose", "unit", "limit", "number", "population", "severity", "negation", "hedge", "direction")
    return (
        *first,
        *(n for n in marked if n not in first),
        "name",
        "reference",
        "renumbered",
        "wording",
        "typography",
        "repeated",
    )


def kinds_of(old: str, new: str, language: str, *, heading: bool = False) -> tuple[str, ...]:
    """The kinds of the change from `old` to `new`, gravest first; at least one."""
    if heading and bare_heading(old) == bare_heading(new):
        return ("renumbered",)
    if loose_of(fold(old).text) == loose_of(fold(new).text):
        return ("typography",)
    found = _of_patterns(old, new)
    old, new = (_REFERENCE.sub(" ", side) for side in (old, new))
    found |= _of_numbers(extract(old, language), extract(new, language)) | _of_words(old, new, language)
    return tuple(kind for kind in all_kinds() if kind in found) or ("wording",)


def _of_patterns(old: str, new: str) -> set[str]:
    return {
        kind
        for kind, pattern in (("severity", _SEVERITY), ("reference", _REFERENCE), ("name", _NAME))
        if Counter(pattern.findall(old)) != Counter(pattern.findall(new))
    }


def _of_numbers(old: Sequence[Quantity], new: Sequence[Quantity]) -> set[str]:
    facts = [[q for q in side if q.is_fact()] for side in (old, new)]
    named = [[(q.unit, q.value, q.upper) for q in side if not q.is_fact()] for side in (old, new)]
    found = {"name"} if named[0] != named[1] else set()
    before, after = ([_meaning(q) for q in side] for side in facts)
    if before == after:
        return found
    found.add("number")
    gone = [q for q in facts[0] if _meaning(q) not in after]
    come = [q for q in facts[1] if _meaning(q) not in before]
    if any(q.unit in _AMOUNT or q.unit.split("/")[0] in _AMOUNT for q in (*gone, *come)):
        found.add("dose")
    for one in gone:
        for other in come:
            if (one.value, one.upper) == (other.value, other.upper):
                found |= {"unit"} if one.unit != other.unit else set()
                found |= {"limit"} if one.comparator != other.comparator else set()
    return found


def _meaning(q: Quantity) -> tuple[object, ...]:
    return q.kind, q.value, q.upper, q.unit, q.comparator


def _of_words(old: str, new: str, language: str) -> set[str]:
    before, after = (
        Counter({concept: len(words) for concept, words in markers(text, language).items()})
        for text in (old, new)
    )
    old_marks, new_marks = marks(old, new)
    touched = {
        concept
        for text, spans in ((old, old_marks), (new, new_marks))
        for concept in markers(" | ".join(text[start:end] for start, end in spans), language)
    }
    return {
        marked.name
        for marked in classes()
        for concept in marked.concepts
        if before[concept] != after[concept] or (marked.name in _POSITION_MATTERS and concept in touched)
    }


def marks(old: str, new: str) -> tuple[Marks, Marks]:
    """The words of each side that the other does not have at that place."""
    sides = [list(TOKEN.finditer(text)) for text in (old, new)]
    words = [[fold(match[0]).text for match in side] for side in sides]
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=max(map(len, words)) > _LONG)
    found: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            for side, spans, (start, end) in zip(sides, found, ((i1, i2), (j1, j2)), strict=True):
                if start < end:
                    spans.append((side[start].start(), side[end - 1].end()))
    return tuple(found[0]), tuple(found[1])
