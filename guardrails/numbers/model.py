"""What a quantity is."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

QuantityKind = Literal["number", "p_value", "range", "fraction", "date", "designator", "frequency"]
Comparator = Literal["", "<", "≤", ">", "≥", "~", "every"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it is meant: 12,5 % and 12.5% are the same quantity, 12.5 mg and "at least 12.5 %" are not."""

    value: Decimal
    """The number; the lower end of a range; the numerator of a fraction; yyyymmdd or yyyymm of a date."""
    unit: str
    """Canonical: "mg", "mL/min/1.73m2", "week", "%"; the word of a designator ("class"); empty for a bare number."""
    comparator: Comparator
    kind: QuantityKind
    text: str
    """As written."""
    start: int
    end: int
    """Half-open code-point offsets into the text."""
    upper: Decimal | None = None
    """The upper end of a range; the denominator of a fraction."""
    inherited: bool = False
    """The unit was taken from the next number of an enumeration, "5, 10 and 20 mg", or from before: "week 24"."""
    weak: bool = False
    """"One" or "une": as often an article as a number."""

    def is_fact(self) -> bool:
        """Whether it states a quantity: "type 2", "section 4.2" and "phase 3" only name things."""
        return self.kind != "designator"
