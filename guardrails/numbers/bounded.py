"""Numbers told by a bound that they keep, or in a longer unit of time: "more than half" of 58 %, six months for 24 weeks."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from guardrails.numbers.forms import forms
from guardrails.numbers.in_words import limited_in_words
from guardrails.numbers.model import Quantity

_REACH = Decimal(1) / 3
"""How far a bound may be from the share: "more than half" of 58 %, not of 95 %."""
_LITTLE = Decimal(1)
"""In percentage points: "under 1 %" of 0.2 % is near enough."""
DAYS = {"day": Decimal(1), "week": Decimal(7), "month": Decimal("30.44"), "year": Decimal("365.25")}
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
