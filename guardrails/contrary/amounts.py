"""Another amount of the same: a dose, how often it is given, how long, from which age."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from guardrails.aspects import DAYS
from guardrails.contrary.stances import words
from guardrails.numbers import Quantity, extract
from guardrails.numbers.patterns import TIME_UNITS
from guardrails.plain import plain
from guardrails.tables import table

_TO_MG = {"g": 1000.0, "mg": 1.0, "ug": 0.001}
_DAYS = {unit: float(days) for unit, days in DAYS.items()}
_ALIKE = 0.15
"""By how much two intervals may differ and be one: four weeks, a month."""
_MONTHS_OF_AGE = 0.5
_YEAR = 12
_HALF = 50
_COUNTS = {
    word: number
    for number, found in enumerate(
        (
            ("one", "single", "une", "unique", "1"),
            ("two", "deux", "2"),
            ("three", "trois", "3"),
            ("four", "quatre", "4"),
            ("5",),
            ("6",),
        ),
        1,
    )
    for word in found
}
_BEFORE, _BEHIND = 28, 28


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a treatment goes on."""

    days: float
    limit: Literal["least", "most", "none"]
    """At least that long; at most, or that long is enough; or without a limit said."""
    words: str
    """As written."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a text tells of doses and times."""

    doses: tuple[tuple[float, str, str], ...]
    """Value, unit, as written."""
    largest: bool
    """Its doses are limits."""
    intervals: tuple[tuple[float, str], ...]
    """Days between two administrations, as written."""
    lasts: "Lasting | None"
    """How long a treatment goes on, where one time is told."""
    ages: tuple[tuple[float, str], ...]
    """Months from which on people are meant, as written."""
    years: frozenset[float]
    """All years told, limits or not, in months."""
    course: tuple[int, str] | None
    """Of how many doses a course is."""
    share: float | None
    """The one share of people told in figures, in per cent."""
    most_people: bool | None
    """Whether words tell it of most people, or of few."""
    instructs: bool
    """It tells no result: a dose in it is one to take."""


@lru_cache(maxsize=4096)
def amounts(text: str, language: str) -> Amounts:
    """Read once for each text."""
    found = extract(text, language, ones=True)
    spoken = plain(text)
    told = [q for q in found if q.unit in TIME_UNITS and q.kind == "number" and q.comparator != "every"]
    ages = tuple(_ages(told, spoken))
    return Amounts(
        tuple(_doses(found)),
        bool(words("most").search(spoken)),
        tuple(_intervals(found, spoken, text)),
        _lasting(told[0], spoken) if len(told) == 1 and not ages else None,
        ages,
        frozenset(float(q.value) * _YEAR for q in found if q.unit == "year"),
        _course(spoken, text),
        _one_share(found),
        _most_people(spoken),
        all(_of_taking(q) for q in found),
    )


def differing(said: Amounts, held: Amounts) -> Iterator[tuple[str, str]]:
    """What the first tells otherwise than the second, as both are written."""
    if said.course and held.course and said.course[0] != held.course[0]:
        yield said.course[1], held.course[1]
    if said.instructs and held.instructs and not _as_much(said, held):
        yield from _of_dose(said, held)
        yield from _of_interval(said, held)


def of_others(said: Amounts, held: Amounts) -> bool:
    """Whether one tells of most people, or of few, what the other tells of another share."""
    return any(
        one.most_people is not None and other.share is not None and one.most_people != (other.share >= _HALF)
        for one, other in ((said, held), (held, said))
    )


def of_another_age(said: Amounts, held: Amounts) -> Iterator[tuple[str, str]]:
    """From which age on, as both are written."""
    if said.years & held.years:
        return
    if len(said.ages) == len(held.ages) == 1 and abs(said.ages[0][0] - held.ages[0][0]) > _MONTHS_OF_AGE:
        yield said.ages[0][1], held.ages[0][1]


def longer_or_shorter(said: Amounts, held: Amounts) -> Iterator[tuple[str, str]]:
    """A time below what goes on at least, or above what goes on at most."""
    one, other = said.lasts, held.lasts
    if one and other and (_breaks(one, other) or _breaks(other, one)):
        yield one.words, other.words


def _breaks(one: Lasting, limit: Lasting) -> bool:
    if limit.limit == "least":
        return one.limit != "least" and one.days < limit.days * (1 - _ALIKE)
    return limit.limit == "most" and one.limit == "none" and one.days > limit.days * (1 + _ALIKE)


def _lasting(told: Quantity, spoken: str) -> Lasting | None:
    days, written = float(told.value) * _DAYS.get(told.unit, 0), told.text.strip()
    if words("least").search(spoken):
        return Lasting(days, "least", written)
    if words("most").search(spoken) or words("enough").search(spoken):
        return Lasting(days, "most", written)
    return Lasting(days, "none", written) if words("going_on").search(spoken) else None


def _course(spoken: str, text: str) -> tuple[int, str] | None:
    found = {
        (_COUNTS[m["count"] or m["only"]], text[slice(*m.span())]) for m in words("doses").finditer(spoken)
    }
    return found.pop() if len(found) == 1 else None


def _one_share(found: Sequence[Quantity]) -> float | None:
    shares = [q for q in found if q.unit == "%" or (q.kind == "fraction" and q.upper)]
    if len(shares) != 1 or shares[0].kind == "range":
        return None
    one = shares[0]
    return float(one.value / one.upper * 100) if one.kind == "fraction" and one.upper else float(one.value)


def _most_people(spoken: str) -> bool | None:
    most, few = (bool(words(name).search(spoken)) for name in ("majority", "minority"))
    return most if most != few else None


def _of_taking(quantity: Quantity) -> bool:
    return (
        quantity.unit.removesuffix("/day") in {*_TO_MG, "mL", "IU", *TIME_UNITS}
        or quantity.kind in {"frequency", "designator"}
        or quantity.weak
    )


def _of_dose(said: Amounts, held: Amounts) -> Iterator[tuple[str, str]]:
    if len(said.doses) != 1 or len(held.doses) != 1:
        return
    (value, unit, written), (other, other_unit, other_written) = said.doses[0], held.doses[0]
    if unit != other_unit or value == other or (held.largest and value < other):
        return
    yield written, other_written


def _as_much(said: Amounts, held: Amounts) -> bool:
    """Whether they come to one dose in the same time: 2 g a day, 1 g twice a day."""
    if not all(len(side.doses) == 1 and side.intervals for side in (said, held)):
        return False
    a, b = (side.doses[0][0] / side.intervals[0][0] for side in (said, held))
    return said.doses[0][1] == held.doses[0][1] and abs(a - b) <= _ALIKE * max(a, b)


def _of_interval(said: Amounts, held: Amounts) -> Iterator[tuple[str, str]]:
    for days, written in said.intervals:
        if held.intervals and all(abs(days - d) > _ALIKE * max(days, d) for d, _ in held.intervals):
            yield written, held.intervals[0][1]


def _doses(found: Sequence[Quantity]) -> Iterator[tuple[float, str, str]]:
    for quantity in found:
        unit = quantity.unit.removesuffix("/day")
        if unit in _TO_MG and quantity.kind == "number":
            yield float(quantity.value) * _TO_MG[unit], "mg", quantity.text.strip()
        elif unit in {"mL", "IU"} and quantity.kind == "number":
            yield float(quantity.value), unit, quantity.text.strip()


def _intervals(found: Sequence[Quantity], spoken: str, text: str) -> Iterator[tuple[float, str]]:
    said = False
    for quantity in found:
        if quantity.comparator == "every" and quantity.unit in _DAYS:
            yield float(quantity.value) * _DAYS[quantity.unit], quantity.text.strip()
            said = True
        elif quantity.kind == "frequency" and quantity.value and (unit := quantity.unit.strip("/")) in _DAYS:
            yield _DAYS[unit] / float(quantity.value), quantity.text.strip()
            said = True
    if said:
        return
    for days, pattern in _every().items():
        if match := pattern.search(spoken):
            yield days, text[match.start() : match.end()]
            return


@cache
def _every() -> dict[float, re.Pattern[str]]:
    """The longest interval first: "every other day" is not every day."""
    return {
        float(days): re.compile(found)
        for days, found in sorted(table("stances.yaml")["every"].items(), reverse=True)
    }


def _ages(told: Sequence[Quantity], spoken: str) -> Iterator[tuple[float, str]]:
    for quantity in told:
        before = spoken[max(0, quantity.start - _BEFORE) : quantity.start]
        behind = spoken[quantity.end : quantity.end + _BEHIND]
        whole = quantity.text
        digit = re.search(r"\d|$", whole)
        inside = plain(whole[: digit.start()]) if digit else ""
        of_people = words("minors").search(spoken) or "age" in before + behind or "adult" in spoken
        if quantity.unit in {"month", "year"} and of_people and words("aged_from").search(before + inside):
            yield float(quantity.value) * (_YEAR if quantity.unit == "year" else 1), whole.strip()
