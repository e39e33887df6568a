"""Does every quantity of a statement stand in its quotes?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from guardrails.numbers.extract import extract
from guardrails.numbers.model import Quantity
from guardrails.numbers.patterns import TIME_UNITS, units_table
from guardrails.plain import plain
from guardrails.tables import table
from ingestion.text import find_quote

_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_OUT_OF = re.compile(r"\b(?:[Oo]f|[Aa]mong|[Ss]ur|[Pp]armi)\s+(?:the\s+|les\s+|a total of\s+)?$")
_ADVERB = re.compile(r"(?:ly|quotidien\w*|hebdomadaires?|mensuel\w*)\s*$")
_STOPS = ".!?…"
_MOST_PARTS = 20
"""A share of so many parts at most is a way to say a percentage; 142 of 1,207 is a count."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A quantity of the statement that no quote holds, and the quantities of the quotes that come nearest."""

    quantity: Quantity
    near: tuple[Quantity, ...]
    """Same value with another unit or comparator, or the same unit with another value."""


def missing(statement: str, language: str, quotes: Iterable[tuple[str, str]]) -> list[Missing]:
    """The quantities of `statement` that stand in none of the `quotes`, pairs of text and language.

    A quantity stands when value, unit, comparator and kind (p-value, range, date …) are the same.
    A statement that is one or several whole sentences of a quote, word for word, misses nothing.
    """
    pairs = list(quotes)
    if any(_is_whole(statement, quote) for quote, _ in pairs):
        return []
    pool = [q for quote, quoted in pairs for q in _expanded(extract(quote, quoted, ones=True), quote)]
    return [
        Missing(quantity, _near(quantity, pool))
        for quantity in extract(statement, language, ones=True)
        if (not quantity.weak or quantity.comparator)
        and not any(_same(form, other) for form in _told(quantity, statement, language) for other in pool)
    ]


def _is_whole(statement: str, quote: str) -> bool:
    """Not merely part of a sentence: "12 weeks" stands in "up to 12 weeks" and means something else."""
    found = find_quote(statement, quote)
    if found is None:
        return False
    before, after = quote[: found[0]].rstrip(), quote[found[1] :].lstrip()
    return (not before or before[-1] in _STOPS) and (
        not after or quote[found[1] - 1] in _STOPS or after in _STOPS
    )


def same_quantity(one: Quantity, other: Quantity) -> bool:
    """Whether one may stand for the other, in any of the ways to say it."""
    return any(_same(form, other) for form in _forms(one))


def _same(one: Quantity, other: Quantity) -> bool:
    bare = (one.inherited or other.inherited) and not (one.unit and other.unit)
    return (
        one.kind == other.kind
        and one.value == other.value
        and one.upper == other.upper
        and one.comparator == other.comparator
        and (one.unit == other.unit or bare)
    )


def _told(quantity: Quantity, text: str, language: str) -> Iterator[Quantity]:
    """The forms of a quantity, and what the words before it make of it: "fell by 0.4" is −0.4."""
    yield from _forms(quantity)
    if quantity.kind != "number" or quantity.comparator:
        return
    if _falls().search(plain(text[: quantity.start])):
        yield replace(quantity, value=-abs(quantity.value))
    if language == "fr" and _DOTTED.fullmatch(quantity.text.strip()):  # 1.040 patients
        yield replace(quantity, value=Decimal(quantity.text.strip().replace(".", "")))


@cache
def _falls() -> re.Pattern[str]:
    """A word of decrease, then "by" or "de", where the number begins."""
    signs = table("relations.yaml")["signs"]
    words = "|".join(pattern for kind, sign, pattern in signs if kind == "change" and sign < 0)
    return re.compile(rf"(?:{words})(?:\s+\w+){{0,4}}?\s+(?:by|of|de|d')\s*$")


def _forms(quantity: Quantity) -> Iterator[Quantity]:
    """The ways to say it: a quarter is 25 %, 1 g is 1000 mg, a year is 12 months."""
    yield quantity
    if quantity.kind == "fraction" and not quantity.unit and quantity.upper and quantity.upper <= _MOST_PARTS:
        percent = quantity.value * 100 / quantity.upper
        yield replace(quantity, value=percent, upper=None, unit="%", kind="number")
    if quantity.unit == "%" and quantity.kind == "number":
        yield from _shares_of(quantity)
    if quantity.unit in _scales() and quantity.kind in {"number", "range"}:
        for unit, factor in _scales()[quantity.unit].items():
            upper = None if quantity.upper is None else quantity.upper * factor
            yield replace(quantity, value=quantity.value * factor, upper=upper, unit=unit)


@cache
def _scales() -> Mapping[str, Mapping[str, Decimal]]:
    """By unit: the other units of its kind, and by what its value is multiplied to be told in them."""
    scales: list[dict[str, int]] = units_table()["equal"]
    return {
        unit: {other: Decimal(size) / Decimal(sizes) for other, sizes in scale.items() if other != unit}
        for scale in scales
        for unit, size in scale.items()
    }


def _expanded(quantities: tuple[Quantity, ...], text: str) -> Iterator[Quantity]:
    """The quantities of a quote with what they contain: 142/1,207 holds 142 and 1,207; a date holds its year.

    10 mg once a day may be told as 10 mg a day, and the reverse; of 2,145 people, 812 are 812 of 2,145.
    """
    for quantity in quantities:
        yield quantity
        if quantity.kind == "fraction" and quantity.upper is not None and quantity.text[:1].isdigit():
            yield replace(quantity, kind="number", upper=None)
            yield replace(quantity, kind="number", value=quantity.upper, upper=None)
        if quantity.kind == "date":
            year, rest = divmod(int(quantity.value), 10000)
            yield replace(quantity, value=Decimal(year), unit="", kind="number")
            yield replace(quantity, value=Decimal(year * 10000 + rest // 100 * 100))
    for one, after in pairwise(quantities):
        once = after.kind == "frequency" and after.value == 1
        if once and one.kind in {"number", "range"} and one.unit and "/" not in one.unit:
            yield replace(one, unit=one.unit + after.unit)
    numbers = [quantity for quantity in quantities if quantity.kind == "number"]
    for one, after in pairwise(numbers):
        yield from _two(one, after)
        if _OUT_OF.search(text[: one.start]) and one.value > after.value:
            yield from _two(after, one)
    for quantity in numbers:
        measure, _, per = quantity.unit.rpartition("/")
        if measure and per in TIME_UNITS and _ADVERB.search(quantity.text):
            yield replace(quantity, unit=measure)
            yield replace(quantity, unit=f"/{per}", value=Decimal(1), kind="frequency")


def _shares_of(percent: Quantity) -> Iterator[Quantity]:
    """The shares of few parts that are exactly this percentage."""
    for parts in range(2, _MOST_PARTS + 1):
        share = percent.value * parts / 100
        if share == share.to_integral_value() and share < parts:
            yield replace(percent, value=share, upper=Decimal(parts), unit="", kind="fraction")


def _two(one: Quantity, after: Quantity) -> Iterator[Quantity]:
    """Two neighbours may be told as a range ("from 10 mg … to 20 mg") or a share ("142 … of the 1,207")."""
    if one.comparator == after.comparator == "":
        if one.unit == after.unit and one.value < after.value:
            yield replace(one, kind="range", upper=after.value)
        if not one.unit and not after.unit:
            yield replace(one, kind="fraction", upper=after.value)


def _near(quantity: Quantity, pool: list[Quantity]) -> tuple[Quantity, ...]:
    near = [
        other
        for other in pool
        if other.value == quantity.value or (quantity.unit and other.unit == quantity.unit)
    ]
    unique = {(q.text, q.start): q for q in near}
    return tuple(unique.values())[:5]
