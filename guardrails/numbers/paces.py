"""How often, compared as time between: "weekly" is no "once a month", and "at least every 4 hours" no "at most"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from guardrails.numbers.extract import extract
from guardrails.numbers.model import Quantity
from guardrails.numbers.patterns import TIME_UNITS

_DAYS = {"hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7), "month": Decimal("30.4"), "year": Decimal(365)}  # fmt: skip
_NEAR = Decimal("1.15")
"""By what factor two paces may differ and be told for one another: monthly, every 4 weeks."""
_A_DAY = Decimal("1.5")
"""Taken twice a day, it is taken daily; days between that are more than these are not."""
_NO_PACE_BEHIND = re.compile(
    r"[\s-]+(?:[\w-]+\s+)?(?:dos(?:e|es|age)|totals?|amounts?|intakes?|costs?|consumption|averages?|means?|rates?|risks?|incidence|mortality|numbers?|frequency|"
    r"li(?:fe|ves|ving)|activit(?:y|ies)|practice|routines?|days?|attacks?|episodes?|headaches?|migraines?|seizures?|relapses?|exacerbations?|basis|limits?|maximum|exposure)\b",
    re.IGNORECASE,
)
_NO_PACE_BEFORE = re.compile(
    r"\b(?:dos(?:e|es|age)|posologies?|totale?s?|quantités?|apports?|coûts?|consommations?|moyennes?|taux|risques?|incidence|mortalité|nombres?|fréquences?|"
    r"vie|activités?|pratique|gestes?|jours|crises|épisodes|céphalées|migraines|rechutes|poussées|exacerbations|limites?|maximum|exposition)\s+(?:[\w-]+\s+)?$|\b(?:au|le|du)\s+$",
    re.IGNORECASE,
)
"""What is counted or added up over a day or a month happens at no pace: "monthly migraine days", "dose quotidienne"."""
_AT_LEAST_BEFORE = re.compile(
    r"\b(?:at (?:the very )?least|no less (?:often )?than|minimum|au moins|au minimum|pas moins)\s+(?:once\s+|une fois\s+)?$",
    re.IGNORECASE,
)
_AT_MOST_BEFORE = re.compile(
    r"\b(?:at (?:the very )?most|no (?:more|oftener)(?: often| frequently)? than(?: once)?|not more (?:often )?than(?: once)?|maximum|au plus|au maximum|(?:pas )?plus (?:souvent|fréquemment|d'une fois))\s+(?:once\s+|une fois\s+|que\s+|qu'une fois\s+)?$",
    re.IGNORECASE,
)
_AT_LEAST_BEHIND = re.compile(
    r"\s*,?\s*\(?(?:at (?:the )?least|as a minimum|at a minimum|or more often|au moins|au minimum|ou plus souvent)\b",
    re.IGNORECASE,
)
_AT_MOST_BEHIND = re.compile(
    r"\s*,?\s*\(?(?:at (?:the )?most|at a maximum|or less often|au plus|au maximum|ou moins souvent)\b",
    re.IGNORECASE,
)
_BOTH_WAYS = {
    "biweekly": "week",
    "bi-weekly": "week",
    "bimonthly": "month",
    "bi-monthly": "month",
    "bimensuel": "week",
}
_WIDEST = 48

Texts = Iterable[tuple[str, str]]


def of_another_pace(quantity: Quantity, statement: str, language: str, quotes: Texts) -> bool:
    """Whether the quotes do it more or less often, or set the limit of how often on the other side."""
    if not is_pace(quantity):
        return False
    pairs = list(quotes)
    return _otherwise_limited(quantity, statement, pairs) or _at_another(quantity, statement, language, pairs)


def said_both_ways(quantity: Quantity) -> Iterator[Quantity]:
    """What people mean by "biweekly" and « bimensuel » besides: every two weeks; by "bimonthly" every two months."""
    unit = next((unit for word, unit in _BOTH_WAYS.items() if quantity.text.lower().startswith(word)), "")
    if unit:
        yield replace(quantity, value=Decimal(2), unit=unit, comparator="every", kind="number")


def is_pace(quantity: Quantity) -> bool:
    """Whether it tells how often: a count of times, or the time between."""
    return quantity.kind == "frequency" or (quantity.comparator == "every" and quantity.unit in TIME_UNITS)


def _at_another(quantity: Quantity, statement: str, language: str, quotes: Sequence[tuple[str, str]]) -> bool:
    """Whether "weekly" is told where the quotes know only other paces, and one of these is told nowhere else in the statement."""
    if not quantity.weak or _is_counted(quantity, statement):
        return False
    held = [q for text, other in quotes for q in extract(text, other, ones=True) if is_pace(q)]
    others = [q for q in extract(statement, language, ones=True) if is_pace(q) and q != quantity]
    left = [q for q in held if not any(_alike(q, other) for other in others)]
    if not left or any(_alike(quantity, q) for q in held):
        return False
    return not any(_in_a_unit(quantity, text, other) for text, other in quotes)


def _is_counted(quantity: Quantity, text: str) -> bool:
    behind = _NO_PACE_BEHIND.match(text, quantity.end)
    return bool(behind or _NO_PACE_BEFORE.search(text, max(0, quantity.start - _WIDEST), quantity.start))


def _alike(one: Quantity, other: Quantity) -> bool:
    first, second = _between(one), _between(other)
    if _DAYS["day"] in {first, second}:
        return max(first, second) < _A_DAY
    return max(first, second) <= min(first, second) * _NEAR


def _between(quantity: Quantity) -> Decimal:
    """Days from one time to the next."""
    if quantity.kind == "frequency":
        return _DAYS[quantity.unit.removeprefix("/")] / quantity.value if quantity.value else Decimal(0)
    return quantity.value * _DAYS.get(quantity.unit, Decimal(0))


def _in_a_unit(quantity: Quantity, text: str, language: str) -> bool:
    """Whether an amount is one of this time: 20 mg a day, 3 visits per week."""
    unit = quantity.unit.removeprefix("/")
    if any(q.unit.endswith(f"/{unit}") and q.kind != "frequency" for q in extract(text, language)):
        return True
    return re.search(_PER[unit], text, re.IGNORECASE) is not None if unit in _PER else False


_PER = {
    "day": r"\b(?:an?|per|par|each|each one) (?:day|jour)\b|/ ?(?:day|d|jour|j)\b|\bquotidien|\bjournali|\bdaily\b|\bnight|\bmorning|\bevening|\bsoir|\bmatin",
    "week": r"\b(?:an?|per|par|each) (?:week|semaine)\b|/ ?(?:week|semaine)\b|\bweekly\b|\bhebdomadaire",
    "month": r"\b(?:an?|per|par|each) (?:month|mois)\b|/ ?(?:month|mois)\b|\bmonthly\b|\bmensuel",
    "year": r"\b(?:an?|per|par|each) (?:year|an|année)\b|/ ?(?:year|an)\b|\byearly\b|\bannu",
}


def _otherwise_limited(quantity: Quantity, statement: str, quotes: Sequence[tuple[str, str]]) -> bool:
    """Whether "at least every 4 hours" is told where the quotes say "at most", or set no limit."""
    if quantity.comparator != "every":
        return False  # a count of times carries its limit itself
    said = _limit(quantity, statement)
    if not said:
        return False
    held = [
        _limit(q, text)
        for text, language in quotes
        for q in extract(text, language, ones=True)
        if q.comparator == "every" and _between(q) == _between(quantity)
    ]
    return bool(held) and said not in held


def _limit(quantity: Quantity, text: str) -> str:
    window = max(0, quantity.start - _WIDEST)
    if _AT_LEAST_BEFORE.search(text, window, quantity.start) or _AT_LEAST_BEHIND.match(text, quantity.end):
        return "oftener"
    if _AT_MOST_BEFORE.search(text, window, quantity.start) or _AT_MOST_BEHIND.match(text, quantity.end):
        return "rarer"
    return ""
