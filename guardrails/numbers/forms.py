"""The exact ways to say a quantity: a quarter is 25 %, 1 g is 1000 mg, twice daily is every 12 hours, a year is 12 months."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from guardrails.numbers.model import Quantity
from guardrails.numbers.patterns import units_table

_ROUNDED = (None, Decimal(1), Decimal("0.1"))
_HOURS = 24
_MONTHS = 12
_CALENDAR = (("week", 52, "year", 1), ("week", 26, "month", 6))
_EVERY = (
    (Decimal(7), "day", "/week"),
    (Decimal(1), "week", "/week"),
    (Decimal(1), "day", "/day"),
    (Decimal(1), "month", "/month"),
    (Decimal(12), "month", "/year"),
    (Decimal(1), "year", "/year"),
)
_READABLE = Decimal(10) ** 20
"""A number beyond it is told in one way only: arithmetic with it would leave the digits that decimals keep."""
_MOST_PARTS = 20
"""A share of so many parts at most is a way to say a percentage; 142 of 1,207 is a count."""
_ROUND_PARTS = (25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000)
"""Neither is a share of so round a number."""


def forms(quantity: Quantity) -> Iterator[Quantity]:
    """The ways to say it: a quarter is 25 %, 1 g is 1000 mg, a year is 12 months."""
    yield quantity
    ends = (quantity.value, quantity.upper)
    if any(abs(end) > _READABLE for end in ends if end is not None):
        return
    parts = quantity.upper if quantity.kind == "fraction" and not quantity.unit else None
    if parts and (parts <= _MOST_PARTS or parts in _ROUND_PARTS):
        percent = quantity.value * 100 / parts
        for digits in _ROUNDED:  # a third is 33 %
            told = percent if digits is None else percent.quantize(digits)
            yield replace(quantity, value=told, upper=None, unit="%", kind="number")
    if quantity.unit == "%" and quantity.kind == "number":
        yield from _shares_of(quantity)
    yield from _rhythms(quantity)
    if quantity.unit in _scales() and quantity.kind in {"number", "range"}:
        for unit, (size, of) in _scales()[quantity.unit].items():
            upper = None if quantity.upper is None else quantity.upper * size / of
            yield replace(quantity, value=quantity.value * size / of, upper=upper, unit=unit)


def same_in_another_form(one: Quantity, other: Quantity) -> bool:
    """Whether both are one value of one unit, in any of the ways to say it."""
    return any(
        (form.kind, form.value, form.upper, form.unit, form.comparator)
        == (other.kind, other.value, other.upper, other.unit, other.comparator)
        for form in forms(one)
    )


def _rhythms(quantity: Quantity) -> Iterator[Quantity]:
    """Twice daily is every 12 hours, 52 weeks are a year."""
    if (
        quantity.kind == "frequency"
        and quantity.unit == "/day"
        and quantity.value
        and not _HOURS % quantity.value
    ):
        yield replace(quantity, value=_HOURS / quantity.value, unit="hour", comparator="every", kind="number")
    every = quantity.unit == "hour" and quantity.comparator == "every"
    if every and quantity.value and not _HOURS % quantity.value:
        yield replace(quantity, value=_HOURS / quantity.value, unit="/day", comparator="", kind="frequency")
    yield from _once(quantity)
    if quantity.kind != "number":
        return
    for unit, value, other, same in _CALENDAR:
        if quantity.unit == unit and not quantity.value % value:
            yield replace(quantity, value=quantity.value / value * same, unit=other)
        if quantity.unit == other and not quantity.value % same:
            yield replace(quantity, value=quantity.value / same * value, unit=unit)


def _once(quantity: Quantity) -> Iterator[Quantity]:
    """Once a week is every 7 days, six times a year every two months."""
    for number, unit, per in _EVERY:
        if (quantity.comparator, quantity.value, quantity.unit) == ("every", number, unit):
            yield replace(quantity, value=Decimal(1), unit=per, comparator="", kind="frequency")
        if quantity.kind == "frequency" and quantity.value == 1 and quantity.unit == per:
            yield replace(quantity, value=number, unit=unit, comparator="every", kind="number")
    times = quantity.kind == "frequency" and quantity.unit == "/year" and quantity.value > 1
    if times and not _MONTHS % quantity.value:
        yield replace(
            quantity, value=_MONTHS / quantity.value, unit="month", comparator="every", kind="number"
        )
    every = quantity.comparator == "every" and quantity.unit == "month" and quantity.value > 1
    if every and not _MONTHS % quantity.value:
        yield replace(quantity, value=_MONTHS / quantity.value, unit="/year", comparator="", kind="frequency")


def _shares_of(percent: Quantity) -> Iterator[Quantity]:
    """The shares of few parts that are exactly this percentage."""
    for parts in (*range(2, _MOST_PARTS + 1), *_ROUND_PARTS):
        share = percent.value * parts / 100
        if share == share.to_integral_value() and share < parts:
            yield replace(percent, value=share, upper=Decimal(parts), unit="", kind="fraction")


@cache
def _scales() -> Mapping[str, Mapping[str, tuple[Decimal, Decimal]]]:
    """By unit: the other units of its kind, and by what its value is multiplied and then divided to be told in them.

    In this order 14 days are 2 weeks to the last digit.
    """
    scales: list[dict[str, int]] = units_table()["equal"]
    return {
        unit: {other: (Decimal(size), Decimal(of)) for other, of in scale.items() if other != unit}
        for scale in scales
        for unit, size in scale.items()
    }
