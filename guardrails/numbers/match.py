"""Does every quantity of a statement stand in its quotes?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from guardrails.numbers.extract import extract
from guardrails.numbers.model import Quantity
from ingestion.text import find_quote

_STOPS = ".!?…"
_HALF = (Decimal(1), Decimal(2))


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
    pool = [q for quote, quoted in pairs for q in _expanded(extract(quote, quoted))]
    return [
        Missing(quantity, _near(quantity, pool))
        for quantity in extract(statement, language)
        if not any(_same(form, other) for form in _forms(quantity) for other in pool)
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


def _same(one: Quantity, other: Quantity) -> bool:
    bare = (one.inherited or other.inherited) and not (one.unit and other.unit)
    return (
        one.kind == other.kind
        and one.value == other.value
        and one.upper == other.upper
        and one.comparator == other.comparator
        and (one.unit == other.unit or bare)
    )


def _forms(quantity: Quantity) -> Iterator[Quantity]:
    """The ways to say it: half is 50 %, "three times a day" may stand as 3 times per day."""
    yield quantity
    if quantity.kind == "fraction" and (quantity.value, quantity.upper) == _HALF:
        yield replace(quantity, value=Decimal(50), upper=None, unit="%", kind="number")
    if quantity.unit == "%" and quantity.value == Decimal(50) and quantity.kind == "number":
        yield replace(quantity, value=_HALF[0], upper=_HALF[1], unit="", kind="fraction")


def _expanded(quantities: tuple[Quantity, ...]) -> Iterator[Quantity]:
    """The quantities of a quote with what they contain: 142/1,207 holds 142 and 1,207; a date holds its year."""
    for quantity in quantities:
        yield quantity
        if quantity.kind == "fraction" and quantity.upper is not None and quantity.text[:1].isdigit():
            yield replace(quantity, kind="number", upper=None)
            yield replace(quantity, kind="number", value=quantity.upper, upper=None)
        if quantity.kind == "date":
            year, rest = divmod(int(quantity.value), 10000)
            yield replace(quantity, value=Decimal(year), unit="", kind="number")
            yield replace(quantity, value=Decimal(year * 10000 + rest // 100 * 100))
    numbers = [quantity for quantity in quantities if quantity.kind == "number"]
    for one, after in pairwise(numbers):
        yield from _two(one, after)


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
