"""A unit that is told once behind a number and its spread: "62.4 ± 7.9 years", "by 6.0 (95% CI 1.2 to 10.8) mL/m2"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from guardrails.numbers.model import Quantity
from guardrails.numbers.patterns import DOSES, TIME_UNITS, unit_name, unit_pattern, unit_splitter

_PLUS_MINUS = re.compile(r"\s*(?:±|\+/-|\+/−)\s*")
_SPREAD = re.compile(
    r"\s*[(\[](?=[^()\[\]]*\b(?:CI|IC|CrI|SD|SE|SEM|IQR|ET|EIQ|range|extr[eê]mes|min|interquartile|intervalle)\b)[^()\[\]]{1,80}[)\]]\s*"
)
"""A bracket that tells how sure or how wide, directly behind its number."""
_DEVIATION = re.compile(
    r"\s*[(\[]\s*(?:±|\+/-|SD|SE|SEM|standard deviation|ET|[ée]cart[- ]type)\s*(?:[:=]|of|de)?\s*",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\s+(?:of|de|des|d['’])\s?(?:[^\W\d_][\w'’-]*\s+){1,4}?(?:per|par|a|each|every)\s+(?P<unit>m[lL]|millilit(?:re|er)|gram(?:me)?|year|month|an|mois)\b"
)
_SHORTEST = 2
"""Letters of a unit that stands apart from its number: "m" and "g" may begin anything."""


def with_unit_behind(quantities: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """Each bare number with the unit that follows its spread."""
    for at, one in enumerate(quantities):
        if one.kind == "number" and one.unit:
            yield from _its_deviation(one, quantities[at + 1 : at + 2], text)
        if one.kind != "number" or one.unit:
            continue
        after = quantities[at + 1] if at + 1 < len(quantities) else None
        if after and after.unit and _PLUS_MINUS.fullmatch(text[one.end : after.start]):
            yield replace(one, unit=after.unit)
        if (bracket := _SPREAD.match(text, one.end)) and (unit := _unit_at(text, bracket.end())):
            yield replace(one, unit=unit)


def with_rate_behind(quantity: Quantity, text: str) -> Iterator[Quantity]:
    """A number whose second unit stands behind what it is of: "9 mg of benzyl alcohol per mL", "1.4% of patients per year"."""
    rate = _RATE.match(text, quantity.end) if quantity.kind == "number" else None
    unit = unit_name(rate["unit"]) if rate else None
    if unit and (quantity.unit in DOSES) == (unit not in TIME_UNITS) and quantity.unit in {*DOSES, "%"}:
        yield replace(quantity, unit=f"{quantity.unit}/{unit}")


def _its_deviation(one: Quantity, after: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """The deviation in a bracket, in the unit of its number: "58.4 years (SD 9.6)"."""
    for spread in after:
        if spread.kind == "number" and not spread.unit and _DEVIATION.fullmatch(text[one.end : spread.start]):
            yield replace(spread, unit=one.unit)


def _unit_at(text: str, start: int) -> str:
    found = unit_pattern().match(text, start)
    if found is None or len(found["unit"]) < _SHORTEST:
        return ""
    names = [unit_name(part) for part in unit_splitter().split(found["unit"])]
    return "/".join(name for name in names if name) if all(names) else ""
