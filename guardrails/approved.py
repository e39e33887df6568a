"""A statement beside an approved claim of the same product: does it tell the same result otherwise?

What they are about is compared first (endpoint, population, time); only then number, direction and denial.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from guardrails.aspects import aspects, days, others, values
from guardrails.contrary import against, beyond_dose, denies_the_other_side
from guardrails.differences import differences
from guardrails.markers import classes, markers
from guardrails.model import Citation, Language, Locator, Segment
from guardrails.near_copy import misplaced_quantities, near_copy
from guardrails.numbers import Quantity, extract, missing
from guardrails.numbers.derived import derivation
from guardrails.numbers.patterns import TIME_UNITS
from guardrails.overlap import contents, coverage, matters, speaks_of
from guardrails.plain import plain
from guardrails.relations import relations
from guardrails.relations.across import allowed_or_forbidden
from guardrails.relations.model import sentences
from guardrails.relations.polarity import changes
from guardrails.tables import table

Scope = Literal["same", "perhaps", "other"]
_PERHAPS = 0.4
"""Share of the statement's words of content that the claim must hold, in these or like words."""
_FEWEST = 2
_TOLD = 0.35
"""Share of the claim's words that the statement must hold."""
_OF_SCOPE = frozenset({"other_thing", "of_type", "condition", "rank_of"})
"""Contradictions that say that something else is spoken of."""
_CONTRARY = frozenset({"direction", "course_of_health", "superiority", "significance", "negation", "cause", "endpoint_test", "prohibition", "course", "frequency"})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{3,}")
_AGED = re.compile(r"\b(?:adult|adolescent|teen|child|infant|enfant|nourrisson|paediatric|pediatri)")
_COUNTED = re.compile(r"\d")
_LIMIT_REACH = 20
_BELOW = re.compile(
    r"\b(?:less than|fewer than|under|below|almost|nearly|moins|pres de|presque|inferieure?s? a)\b"
)
_ABOVE = re.compile(r"\b(?:more than|over|above|exceed\w*|plus d|plus des?|superieure?s? a|depass\w*)\b")
_NEAR = Decimal("0.8")
"""How near a limit the claim's number must be to be what it rounds: 68 % is more than two thirds."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """How a statement tells an approved claim otherwise."""

    words: str
    """What differs, as written."""
    sure: bool
    """They speak of the same; else a reviewer must say so."""
    held: str = ""
    """What the claim says instead, as written, where both can be shown."""


def contradiction(
    text: str, language: Language, claim: str, names: Sequence[str] = ()
) -> Contradiction | None:
    """What the statement says otherwise than the claim; None where it agrees or speaks of something else."""
    if len(_speaks_of(text) & _speaks_of(claim)) < _FEWEST:  # most claims of a library, told at once
        return None
    return _beside_claim(text, language, claim, tuple(names))


@lru_cache(maxsize=8192)
def _beside_claim(text: str, language: Language, claim: str, names: tuple[str, ...]) -> Contradiction | None:
    """Remembered: a piece is checked again with every change of one of its statements."""
    if beyond_dose(text, claim):
        return None
    scope = _scope(text, claim, language) if len(contents(text) & contents(claim)) >= _FEWEST else "other"
    if scope == "same" and (found := next(_contradictions(text, language, claim, names, sure=True), None)):
        return Contradiction(found, sure=True)
    if scope == "other" and (permission := _permission(text, language, claim)):
        return permission
    if contrary := against(text, language, claim, names):
        return Contradiction(contrary.said, sure=False, held=contrary.held)
    if scope == "perhaps" and (
        found := next(_contradictions(text, language, claim, names, sure=False), None)
    ):
        return Contradiction(found, sure=False)
    return None


@lru_cache(maxsize=4096)
def _speaks_of(text: str) -> frozenset[str | int]:
    """Its words of content, and whether it names an age of people: "adults only" and "adolescents" share no word."""
    return matters(text) | ({"people"} if _AGED.search(plain(text)) else frozenset())


def _permission(text: str, language: Language, claim: str) -> Contradiction | None:
    """What is allowed for people for whom the claim forbids it, or the reverse, in whatever words."""
    if not aspects(text, language).people & aspects(claim, language).people:
        return None
    found = next(allowed_or_forbidden(sentences(text, language), sentences(claim, language)), None)
    return Contradiction(str(found.evidence["words"]), sure=False) if found else None


def _contradictions(
    text: str, language: Language, claim: str, names: Sequence[str], *, sure: bool
) -> Iterator[str]:
    segment = _beside(text, language, claim)
    for difference in differences(segment):
        about = difference.marker_class.name
        turned = difference.how == "opposite" or about == "negation"
        if not (turned and difference.sure and about in _CONTRARY):
            continue
        if about == "negation" and (not sure or denies_the_other_side(text, claim)):
            continue  # where it is not sure that both speak of one thing, `against` has read what is denied
        if about == "direction" and (
            _degree_for_change(text, claim) or relations(segment, [names] if names else ()).compares_alike
        ):
            continue
        yield ", ".join(sorted(set(difference.words)))
    yield from _numbers(text, language, claim)
    if copy := near_copy(segment):
        yield from misplaced_quantities(segment, copy)
    if not sure and not (_COUNTED.search(text) and _COUNTED.search(claim)):
        return  # dear to read; told freely, without figures, it finds next to nothing that `against` does not
    for one in relations(segment, [names] if names else ()).contradictions:
        if one.variant not in _OF_SCOPE and (sure or one.variant != "change_denied"):
            yield ", ".join(str(value) for value in one.evidence.values())


def _degree_for_change(text: str, claim: str) -> bool:
    """A change on one side and on the other a degree only: "superior" and "the fall" tell no two directions."""
    ways = [any(words.search(plain(side)) for words in changes().values()) for side in (text, claim)]
    return ways[0] != ways[1]


def _numbers(text: str, language: Language, claim: str) -> Iterator[str]:
    """Numbers of a kind of which the claim gives as many, and others."""
    pair = [(claim, language)]
    lost = [m.quantity for m in missing(text, language, pair)]
    lost = [
        q for q in lost if not (q.kind in {"number", "fraction"} and derivation(q, (text, language), pair))
    ]
    unsaid = [m.quantity for m in missing(claim, language, [(text, language)])]
    theirs: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for quantity in values(unsaid, claim):
        theirs[_kind(quantity)].append(quantity)
    told = [*extract(claim, language)]
    for quantity in values(lost, text):
        if theirs[_kind(quantity)] and not _holds(quantity, text, told):
            yield f"{quantity.text.strip()} ({theirs[_kind(quantity)][0].text.strip()})"


def _holds(quantity: Quantity, text: str, told: Sequence[Quantity]) -> bool:
    """Whether the claim's numbers bear it out: both ends of its range, or one just on the right side of its limit."""
    alike = [_share(q) for q in told if _kind(q) == _kind(quantity) and q.kind != "range"]
    if quantity.kind == "range" and quantity.upper is not None:
        return {quantity.value, quantity.upper} <= {q.value for q in told}
    if quantity.unit in TIME_UNITS and any(
        q.unit in TIME_UNITS and abs(days(q) - days(quantity)) * 30 <= days(quantity) for q in told
    ):
        return True
    limit, before = _share(quantity), plain(text)[max(0, quantity.start - _LIMIT_REACH) : quantity.end]
    below, above = _BELOW.search(before), _ABOVE.search(before)
    return any(
        (below and limit * _NEAR <= value < limit) or (above and limit < value <= limit / _NEAR)
        for value in alike
    )


def _share(quantity: Quantity) -> Decimal:
    """In per cent where it is a fraction."""
    if quantity.kind == "fraction" and quantity.upper:
        return quantity.value / quantity.upper * 100
    return abs(quantity.value)


def _kind(quantity: Quantity) -> tuple[str, str]:
    if quantity.unit in TIME_UNITS:
        return "time", ""
    return (
        ("share", "")
        if quantity.kind == "fraction" or quantity.unit == "%"
        else (quantity.kind, quantity.unit)
    )


def _scope(text: str, claim: str, language: Language) -> Scope:
    said, held = coverage(text, [claim], synonyms=True), coverage(claim, [text], synonyms=True)
    if said is None or held is None or said < _PERHAPS or held < _TOLD:
        return "other"
    pairs = aspects(text, language).pairs(aspects(claim, language))
    if any(others(own, other) for own, other in pairs):
        return "other"
    added = any(own - other for own, other in pairs)
    unnamed = bool(pairs[0][1]) and not pairs[0][0]
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


def _beside(text: str, language: Language, claim: str) -> Segment:
    quoted = Citation("claim", "claim", "", "", claim, "", language, (), Locator())
    return replace(Segment("claim", "statement", "", text, language), citations=(quoted,))
