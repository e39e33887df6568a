"""A statement beside an approved claim of the same product: does it tell the same result otherwise?

What they are about is compared first (endpoint, population, time); only then number, direction and denial.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from guardrails.differences import differences
from guardrails.markers import classes, markers
from guardrails.model import Citation, Language, Locator, Segment
from guardrails.near_copy import misplaced_quantities, near_copy
from guardrails.numbers import Quantity, extract, missing
from guardrails.numbers.derived import derivation
from guardrails.numbers.patterns import TIME_UNITS
from guardrails.overlap import contents, coverage, speaks_of
from guardrails.plain import plain
from guardrails.relations import relations
from guardrails.relations.across import allowed_or_forbidden
from guardrails.relations.model import DOSES, sentences
from guardrails.relations.polarity import changes
from guardrails.tables import table
from guardrails.things import things

Scope = Literal["same", "perhaps", "other"]
_PERHAPS = 0.4
"""Share of the statement's words of content that the claim must hold, in these or like words."""
_FEWEST = 2
_TOLD = 0.35
"""Share of the claim's words that the statement must hold."""
_ENDPOINTS = frozenset({"outcome", "measure"})
_PEOPLE = frozenset({"population", "line", "severity", "part_of_the_study"})
_OF_THINGS = frozenset({"organ", "condition"})
_OF_SCOPE = frozenset({"other_thing", "of_type", "condition", "rank_of"})
"""Contradictions that say that something else is spoken of."""
_CONTRARY = frozenset({"direction", "course_of_health", "superiority", "significance", "negation", "cause", "endpoint_test", "prohibition", "course", "frequency"})  # fmt: skip
_AT = re.compile(
    r"\b(?:at|over|during|after|through|throughout|by|for|a|sur|pendant|apres|en|durant|d'ici)\s+(?:the\s+|la\s+|les\s+|le\s+)?"
    r"(?:(?:week|month|day|year|semaine|mois|jour|annee)s?\s*)?(?:of\s+)?$"
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_LONG = re.compile(r"-(?:week|month|day|year)\b")
_AND_A_HALF = re.compile(r"\s*(?:and a half|et demie?)\b")
"""What is not read as one number yet is not told otherwise for sure."""
_LEVEL = re.compile(r"\b(?:ci|ic|cri|confidence|confiance)\b")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """How a statement tells an approved claim otherwise."""

    words: str
    """What differs, as written."""
    sure: bool
    """They speak of the same; else a reviewer must say so."""


def contradiction(
    text: str, language: Language, claim: str, names: Sequence[str] = ()
) -> Contradiction | None:
    """What the statement says otherwise than the claim; None where it agrees or speaks of something else."""
    if len(contents(text) & contents(claim)) < _FEWEST:  # most claims of a library, told at once
        return None
    scope = _scope(text, claim, language)
    if scope == "other":
        return _permission(text, language, claim)
    found = next(_contradictions(text, language, claim, names), None)
    return Contradiction(found, scope == "same") if found else None


def _permission(text: str, language: Language, claim: str) -> Contradiction | None:
    """What is allowed for people for whom the claim forbids it, or the reverse, in whatever words."""
    if not _people(text, language) & _people(claim, language):
        return None
    pair = (list(sentences(text, language)), list(sentences(claim, language)))
    found = next(allowed_or_forbidden(*pair), None)
    return Contradiction(str(found.evidence["words"]), sure=False) if found else None


def _contradictions(text: str, language: Language, claim: str, names: Sequence[str]) -> Iterator[str]:
    segment = _beside(text, language, claim)
    read = relations(segment, [names] if names else ())
    for difference in differences(segment):
        about = difference.marker_class.name
        turned = difference.how == "opposite" or about == "negation"
        if about == "direction" and read.compares_alike:
            continue
        if turned and difference.sure and about in _CONTRARY:
            yield ", ".join(sorted(set(difference.words)))
    for one in read.contradictions:
        if one.variant not in _OF_SCOPE:
            yield ", ".join(str(value) for value in one.evidence.values())
    yield from _numbers(text, language, claim)
    if copy := near_copy(segment):
        yield from misplaced_quantities(segment, copy)


def _numbers(text: str, language: Language, claim: str) -> Iterator[str]:
    """Numbers of a kind of which the claim gives as many, and others."""
    pair = [(claim, language)]
    lost = [m.quantity for m in missing(text, language, pair)]
    lost = [
        q for q in lost if not (q.kind in {"number", "fraction"} and derivation(q, (text, language), pair))
    ]
    unsaid = [m.quantity for m in missing(claim, language, [(text, language)])]
    theirs: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for quantity in _values(unsaid, claim):
        theirs[_kind(quantity)].append(quantity)
    for quantity in _values(lost, text):
        if theirs[_kind(quantity)]:
            yield f"{quantity.text.strip()} ({theirs[_kind(quantity)][0].text.strip()})"


def _kind(quantity: Quantity) -> tuple[str, str]:
    if quantity.unit in TIME_UNITS:
        return "time", ""
    return (
        ("share", "")
        if quantity.kind == "fraction" or quantity.unit == "%"
        else (quantity.kind, quantity.unit)
    )


def _values(quantities: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """Those that tell a result: no level of an interval, no time at which it was taken."""
    for quantity in quantities:
        around = plain(text)[max(0, quantity.start - 14) : quantity.end + 10]
        level = quantity.unit == "%" and _LEVEL.search(around)
        halved = _AND_A_HALF.match(text, quantity.end)
        if quantity.kind != "designator" and not level and not halved and not _is_time_of(quantity, text):
            yield quantity


def _scope(text: str, claim: str, language: Language) -> Scope:
    said, held = coverage(text, [claim], synonyms=True), coverage(claim, [text], synonyms=True)
    if said is None or held is None or said < _PERHAPS or held < _TOLD:
        return "other"
    aspects = [(f(text, language), f(claim, language)) for f in (_endpoints, _people, _times, _doses)]
    if any(own and other and not own & other for own, other in aspects):
        return "other"
    added = any(own - other for own, other in aspects)
    unnamed = bool(aspects[0][1]) and not aspects[0][0]
    return "perhaps" if added or unnamed or _of_its_own(text, claim, language) else "same"


def _of_its_own(text: str, claim: str, language: Language) -> frozenset[str]:
    """What the statement speaks of and the claim does not: another fracture, another stage. A change or a denial is no subject."""
    said = contents(" ".join(_plain_words(text, language)))
    return frozenset(word for word in said if not speaks_of(frozenset({word}), contents(claim)))


def _plain_words(text: str, language: Language) -> Iterator[str]:
    """The words that neither frame a result nor tell its change."""
    turning = {
        word.lower()
        for group in classes()
        if group.name in _CONTRARY
        for concept in group.concepts
        for found in markers(text, language).get(concept, ())
        for word in found.split()
    }
    for word in _WORD.findall(text):
        changes_it = any(words.fullmatch(plain(word)) for words in changes().values())
        if not (changes_it or word.lower() in turning or contents(word) <= _frames()):
            yield word


@cache
def _frames() -> frozenset[str]:
    return contents(" ".join(w for words in table("wording.yaml")["frame_words"].values() for w in words))


def _doses(text: str, language: Language) -> frozenset[object]:
    """Of which dose a result is told. Where doses are all that is told, they are the result."""
    found = extract(text, language)
    doses = frozenset((q.value, q.unit) for q in found if q.unit in DOSES)
    others = [q for q in _values(found, text) if q.unit not in DOSES]
    return doses if others else frozenset()


def _endpoints(text: str, language: Language) -> frozenset[object]:
    return _concepts(text, language, _ENDPOINTS) | {t.name for t in things(text) if t.kind in _OF_THINGS}


def _people(text: str, language: Language) -> frozenset[object]:
    aged = {(q.value, q.comparator, q.upper) for q in extract(text, language) if q.unit == "year" and (q.comparator or q.kind == "range")}  # fmt: skip
    return _concepts(text, language, _PEOPLE) | aged


def _times(text: str, language: Language) -> frozenset[object]:
    return frozenset(_days(q) for q in extract(text, language) if _is_time_of(q, text))


def _is_time_of(quantity: Quantity, text: str) -> bool:
    """At week 24, over 12 months, a 52-week study: when a result was taken."""
    if quantity.unit not in TIME_UNITS or quantity.kind != "number":
        return False
    number = re.search(r"\d|$", text[quantity.start :])
    at = quantity.start + (number.start() if number else 0)
    before = plain(text)[: quantity.start]
    within = plain(text)[:at]
    return bool(_AT.search(before) or _AT.search(within) or _LONG.search(plain(quantity.text)))


_DAYS = {
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal("30.4"),
    "year": Decimal(365),
}


def _days(quantity: Quantity) -> int:
    """To the nearest month from three months on: 52 weeks are a year."""
    days = quantity.value * _DAYS.get(quantity.unit, Decimal(0))
    month = _DAYS["month"]
    return int((days / month).to_integral_value() * 30) if days > 3 * month else int(days)


def _concepts(text: str, language: Language, names: frozenset[str]) -> frozenset[object]:
    found = markers(text, language)
    return frozenset(c for group in classes() if group.name in names for c in group.concepts if c in found)


def _beside(text: str, language: Language, claim: str) -> Segment:
    quoted = Citation("claim", "claim", "", "", claim, "", language, (), Locator())
    return replace(Segment("claim", "statement", "", text, language), citations=(quoted,))
