"""Numbers told less exactly or as a plain share: "more than half" of 58 %, six months for 24 weeks, a quarter of 120 of 480."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

from guardrails.numbers.forms import forms
from guardrails.numbers.in_words import in_words, limited_in_words
from guardrails.numbers.model import Quantity

_REACH = Decimal(1) / 3
"""How far a bound may be from the share: "more than half" of 58 %, not of 95 %."""
_LITTLE = Decimal(1)
"""In percentage points: "under 1 %" of 0.2 % is near enough."""
DAYS = {"day": Decimal(1), "week": Decimal(7), "month": Decimal("30.44"), "year": Decimal("365.25")}
_SIMPLE = 5
"""Parts and multiples up to which a share in words is plainly that of two values: halved, a third, four times."""
_TWO = 2
_OF_A_DOSE = re.compile(
    r"\s+(?:up\b|(?:the |a |la |une |de )?(?:next |following |prochaine )?dos(?:e|age))", re.IGNORECASE
)
ROUGHLY = Decimal("0.1")
"""How far two months and eight weeks are apart."""


def is_kept_bound(quantity: Quantity, text: str, held: Sequence[Quantity]) -> bool:
    """Whether it bounds a share of the quotes that is told without a limit there, from the right side and near."""
    around = text[: quantity.start], text[quantity.end :]
    bounds = [form for one in (quantity, *limited_in_words(quantity, *around)) for form in forms(one)]
    return any(
        _keeps(share.value, bound)
        for bound in bounds
        if (bound.unit, bound.kind) == ("%", "number")
        for share in _shares(held)
    )


def _shares(held: Sequence[Quantity]) -> Iterable[Quantity]:
    bare = (q for q in held if not q.comparator)
    return (form for q in bare for form in forms(q) if (form.unit, form.kind) == ("%", "number"))


def _keeps(share: Decimal, bound: Quantity) -> bool:
    above = bound.comparator in {">", "≥"} and share > bound.value
    below = bound.comparator in {"<", "≤"} and share < bound.value
    return (above or below) and abs(share - bound.value) <= max(_LITTLE, _REACH * bound.value)


def is_class_of_frequency(quantity: Quantity, held: Sequence[Quantity]) -> bool:
    """Whether it is the range, or an end of it, that two limits of the quotes make: 1 to 10 % for "≥ 1/100 to < 1/10"."""
    limits = [form for q in held for form in forms(q) if (form.unit, form.kind) == ("%", "number")]
    lows = {q.value for q in limits if q.comparator in {">", "≥"}}
    highs = {q.value for q in limits if q.comparator in {"<", "≤"}}
    if quantity.kind == "range":
        return quantity.unit == "%" and quantity.value in lows and quantity.upper in highs
    ends = {form.value for form in forms(quantity) if form.unit == "%"}
    return bool(lows and highs and not quantity.comparator and ends & (lows | highs))


def lasts_as_long(quantity: Quantity, held: Sequence[Quantity]) -> bool:
    """Whether it is about a time of the quotes in another unit, with the same limit: six months for 24 weeks."""
    if quantity.unit not in DAYS or quantity.kind != "number":
        return False
    days = quantity.value * DAYS[quantity.unit]
    return any(
        other.kind == "number"
        and other.unit in DAYS
        and other.unit != quantity.unit
        and (other.comparator == quantity.comparator or "~" in {other.comparator, quantity.comparator})
        and abs(days - other.value * DAYS[other.unit]) <= ROUGHLY * max(days, other.value * DAYS[other.unit])
        for other in held
    )


def is_doubled_dose(quantity: Quantity, text: str, held: Sequence[Quantity]) -> bool:
    """Whether it speaks of a dose taken double where the quotes count two: "no doubling up" for "two doses should not be taken"."""
    two = any(q.kind == "number" and q.value == _TWO and not (q.unit or q.comparator) for q in held)
    double = quantity.unit == "fold" and quantity.value == _TWO and in_words(quantity)
    return two and double and _OF_A_DOSE.match(text, quantity.end) is not None


def is_plain_share(quantity: Quantity, pool: Sequence[Quantity]) -> bool:
    """Whether it is to the last digit the share that a count of the quotes is, or in words the ratio of two of their values.

    A quarter and 25 % for "120 of the 480", halved for "from 3.0 to 1.5". A share that had to be rounded is computed.
    """
    told = _share(quantity)
    if told is None:
        return False
    counted = (_share(q) for q in pool if q.kind == "fraction" and not q.comparator)
    if told < 1 and any(told == share for share in counted):
        return True
    simple = max(told.numerator, told.denominator) <= _SIMPLE
    values = {(q.unit, q.value) for q in pool if q.kind == "number" and q.value > 0 and not q.comparator}
    return (
        simple
        and in_words(quantity)
        and any(
            one[0] == other[0] and Fraction(one[1]) / Fraction(other[1]) == told
            for one, other in permutations(values, 2)
        )
    )


def _share(quantity: Quantity) -> Fraction | None:
    """A quarter of 25 % and of 1 in 4, two of twofold; None of what is no share, or bounded."""
    if quantity.comparator:
        return None
    if quantity.kind == "fraction" and not quantity.unit and quantity.upper:
        return Fraction(quantity.value) / Fraction(quantity.upper)
    if quantity.kind == "number" and quantity.unit == "%":
        return Fraction(quantity.value) / 100
    return Fraction(quantity.value) if quantity.kind == "number" and quantity.unit == "fold" else None
