"""Numbers told in words: what stands around them makes a limit of them, or says on which side of them the value lies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

from guardrails.numbers.forms import forms
from guardrails.numbers.model import Comparator, Quantity
from guardrails.numbers.patterns import COMPARATOR_OF, after_pattern, before_pattern

ROUGHLY_IN_WORDS = Decimal("0.1")
"""How far "almost a third" may be."""
_BARELY = re.compile(
    r"(?:(?P<over>\b(?:just|slightly|a little) (?:over|above|more than)|\b(?:un peu|à peine|légèrement) plus d(?:e (?:la |l[ae] )?|['’])|\bjuste au-dessus d(?:e (?:la |l[ae] )?|u |['’]))"
    r"|(?P<under>\b(?:just|slightly|a little) (?:under|below|less than)|\b(?:un peu|légèrement) moins d(?:e (?:la |l[ae] )?|['’])|\bjuste en dessous d(?:e (?:la |l[ae] )?|u |['’])))\s*$",
    re.IGNORECASE,
)


def in_words(form: Quantity) -> bool:
    """Whether it is written without a digit."""
    return not any(c.isdigit() for c in form.text)


def barely_told(quantity: Quantity, text: str, pool: Sequence[Quantity]) -> bool:
    """Such as "just over half" for 52 %, "un peu moins d'un tiers" for 32 %: on that side of it, and near."""
    side = _BARELY.search(text, 0, quantity.start) if in_words(quantity) else None
    if side is None:
        return False
    low, high = (Decimal(1), 1 + ROUGHLY_IN_WORDS) if side["over"] else (1 - ROUGHLY_IN_WORDS, Decimal(1))
    bare = replace(quantity, comparator="")
    return any(
        (form.kind, form.unit) == (other.kind, other.unit)
        and other.comparator in {"", "~"}
        and form.value * low < other.value < form.value * high
        for form in forms(bare)
        for other in pool
    )


def limited_in_words(quantity: Quantity, before: str, after: str) -> Iterator[Quantity]:
    """What stands around a phrase: "at least half a year", "almost a third", "half an hour or more"."""
    if quantity.comparator or not quantity.text[:1].isalpha():
        return
    if found := after_pattern().match(after):
        comparator = cast("Comparator", COMPARATOR_OF[str(found.lastgroup)])
        for form in forms(quantity):
            yield replace(form, comparator=comparator)
    if quantity.text[:2].lower() in {"d'", "d’"}:  # "plus d'un tiers"
        before += quantity.text[:2]
    if found := before_pattern().search(before):
        comparator = cast("Comparator", COMPARATOR_OF[str(found.lastgroup)])
        for form in forms(quantity):
            yield replace(form, comparator=comparator)
