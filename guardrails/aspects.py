"""Of what a result is told: dose, endpoint, people, time. Two texts that name others of one of these speak of something else."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from guardrails.markers import classes, markers
from guardrails.model import Language
from guardrails.numbers import Quantity, extract
from guardrails.numbers.patterns import DOSES, TIME_UNITS
from guardrails.plain import plain
from guardrails.tables import table
from guardrails.things import things

_ENDPOINTS = frozenset({"outcome", "measure"})
_PEOPLE = frozenset({"population", "severity", "part_of_the_study"})
_LINES = frozenset({"line"})
_OF_THINGS = frozenset({"organ", "condition"})
_AT = re.compile(
    r"\b(?:at|over|during|after|through|throughout|by|for|a|sur|pendant|apres|en|durant|d'ici)\s+(?:the\s+|la\s+|les\s+|le\s+)?"
    r"(?:(?:week|month|day|year|semaine|mois|jour|annee)s?\s*)?(?:of\s+)?$"
)
_LONG = re.compile(r"-(?:week|month|day|year)\b")
_AND_A_HALF = re.compile(r"\s*(?:and a half|et demie?)\b")
"""What is not read as one number yet is not told otherwise for sure."""
_LEVEL = re.compile(r"\b(?:ci|ic|cri|confidence|confiance)\b")


@dataclass(frozen=True, slots=True)
class Aspects:
    """What a text names of each."""

    endpoints: frozenset[object]
    people: frozenset[object]
    """With severity."""
    lines: frozenset[object]
    """Of treatment."""
    times: frozenset[object]
    """When a result was taken, in days."""
    doses: frozenset[object]
    """Of which dose a result is told; none where doses are all that is told."""
    sites: frozenset[object]
    """Hip, spine, wrist."""
    parts: frozenset[object]
    """Of a treatment: its start, its upkeep, a flare."""

    def pairs(self, other: "Aspects") -> tuple[tuple[frozenset[object], frozenset[object]], ...]:
        """Each aspect of both."""
        return (
            (self.endpoints, other.endpoints),
            (self.people, other.people),
            (self.lines, other.lines),
            (self.times, other.times),
            (self.doses, other.doses),
            (self.sites, other.sites),
            (self.parts, other.parts),
        )


@lru_cache(maxsize=4096)
def aspects(text: str, language: Language) -> Aspects:
    """Read once for each text: a claim is set beside every statement of a piece."""
    found = extract(text, language)
    doses = frozenset((q.value, q.unit) for q in found if q.unit in DOSES)
    results = [q for q in values(found, text) if q.unit not in DOSES]
    aged = {(q.value, q.comparator, q.upper) for q in found if q.unit == "year" and (q.comparator or q.kind == "range")}  # fmt: skip
    return Aspects(
        _concepts(text, language, _ENDPOINTS) | {t.name for t in things(text) if t.kind in _OF_THINGS},
        _concepts(text, language, _PEOPLE) | aged,
        _concepts(text, language, _LINES),
        frozenset(_rounded(q) for q in found if is_time_of(q, text)),
        doses if results else frozenset(),
        _named("sites", text),
        _named("parts", text),
    )


def others(own: frozenset[object], theirs: frozenset[object]) -> bool:
    """Whether both name some and none in common."""
    return bool(own and theirs and not own & theirs)


def _named(kind: str, text: str) -> frozenset[object]:
    return frozenset(name for name, found in _patterns(kind).items() if found.search(plain(text)))


@cache
def _patterns(kind: str) -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(found) for name, found in table("stances.yaml")[kind].items()}


def is_time_of(quantity: Quantity, text: str) -> bool:
    """At week 24, over 12 months, a 52-week study: when a result was taken."""
    if quantity.unit not in TIME_UNITS or quantity.kind != "number":
        return False
    number = re.search(r"\d|$", text[quantity.start :])
    at = quantity.start + (number.start() if number else 0)
    before = plain(text)[: quantity.start]
    within = plain(text)[:at]
    return bool(_AT.search(before) or _AT.search(within) or _LONG.search(plain(quantity.text)))


DAYS = {
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal("30.4"),
    "year": Decimal(365),
}
"""In each unit of time, as it is meant in speech."""


def days(quantity: Quantity) -> Decimal:
    """A time in days."""
    return quantity.value * DAYS.get(quantity.unit, Decimal(0))


def _rounded(quantity: Quantity) -> int:
    """To the nearest month from three months on: 52 weeks are a year."""
    month = DAYS["month"]
    told = days(quantity)
    return int((told / month).to_integral_value() * 30) if told > 3 * month else int(told)


def _concepts(text: str, language: Language, names: frozenset[str]) -> frozenset[object]:
    found = markers(text, language)
    return frozenset(c for group in classes() if group.name in names for c in group.concepts if c in found)


def values(quantities: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """Those that tell a result: no level of an interval, no time at which it was taken."""
    for quantity in quantities:
        around = plain(text)[max(0, quantity.start - 14) : quantity.end + 10]
        level = quantity.unit == "%" and _LEVEL.search(around)
        halved = _AND_A_HALF.match(text, quantity.end)
        if quantity.kind != "designator" and not level and not halved and not is_time_of(quantity, text):
            yield quantity
