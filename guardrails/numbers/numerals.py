"""The value of one written number."""

import re
from decimal import Decimal

from guardrails.numbers.patterns import SPACE, units_table, unraise

_DOTTED_DECIMAL = re.compile(r"(?<![\d.])\d+\.\d+(?![\d.])")
_COMMA_DECIMAL = re.compile(r"(?<![\d,])(?:\d+,\d{1,2}|0,\d+)(?![\d,])")
_COUNTED = re.compile(
    rf"{SPACE}?(?:\)|patients?|participants?|subjects?|sujets?|adult\w*|adolescent\w*|children|enfants?|women|men|femmes?|"
    r"hommes?|people|persons?|personnes?|cases?|cas|events?|[ée]v[ée]nements?|sites?|centres?)\b",
    re.IGNORECASE,
)
_COUNT_BEFORE = re.compile(r"(?:\b[nN]\s*=\s*|\d\s?/\s?|\bof\s+|\bsur\s+)$")
_HUNDRED = 100
_DOZENS = frozenset({"dozen", "dozens", "douzaine", "dizaine", "centaine"})
"""Told as so many of them: two dozen are 24."""


def commas_group(text: str, language: str) -> bool:
    """Whether a comma before three digits groups thousands in this text.

    English groups with commas and French makes decimals with them; a text that shows the other habit
    (12.5 in French, 12,5 in English) is read by its habit.
    """
    dotted, comma = bool(_DOTTED_DECIMAL.search(text)), bool(_COMMA_DECIMAL.search(text))
    if dotted == comma:
        return language == "en"
    return dotted


_FARTHEST = 9999
"""The exponent beyond which nothing is told apart: decimals end at a million of them."""


def value_of(match: re.Match[str], text: str, grouping: bool) -> Decimal:
    """The value of a match of `NUMBER` in `text`; `grouping` as `commas_group` says."""
    written = match[0]
    if match["comma"]:
        counted = _COUNTED.match(text, match.end()) or _COUNT_BEFORE.search(text, 0, match.start())
        several = written.count(",") > 1 or "." in written
        if not written.startswith("0") and (grouping or several or counted):
            return Decimal(written.replace(",", ""))
        return Decimal(written.replace(",", "."))
    return Decimal(re.sub(rf"{SPACE}|['’]", "", written).replace(",", ".").replace("·", "."))


def power_of_ten(match: re.Match[str]) -> Decimal:
    """Ten to the exponent that a match of `EXPONENT` or `POWER` holds."""
    groups = match.groupdict()
    written = groups.get("caret") or groups.get("raised") or groups.get("flat") or "0"
    exponent = int(unraise(written))
    return Decimal(10) ** max(-_FARTHEST, min(_FARTHEST, exponent))


def value_of_words(written: str, language: str) -> Decimal:
    """The value of a number in words: "two hundred", "vingt-quatre", "quatre-vingt-dix"."""
    words: dict[str, int] = units_table()["words"][language]
    ones = {"one": 1, "un": 1, "une": 1, "onze": 11, "cents": 100, "thousands": 1000, "dozens": 12}
    rest, total, current = written.lower(), 0, 0
    while rest:
        known = max((w for w in (*words, *ones) if rest.startswith(w)), key=len, default="")
        if not known:
            rest = rest[1:] if rest[0] in " -" else re.sub(r"^\w+", "", rest)
            continue
        rest = rest[len(known) :]
        value = words.get(known) or ones[known]
        if value == _HUNDRED or known in _DOZENS:
            current = max(1, current) * value
        elif value > _HUNDRED:
            total, current = total + max(1, current) * value, 0
        else:
            current += value
    return Decimal(total + current)


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def numeral(written: str) -> Decimal:
    """The value of an arabic or roman numeral of a designator; a trailing letter (2b) is left out of it."""
    bare = written.strip().rstrip("ab" if written[0].isdigit() else "")
    roman = _ROMAN.get(bare.lower().rstrip("ab"))
    if roman is not None:
        return Decimal(roman)
    parts = re.sub(r"[^\d.]", "", bare).strip(".").split(".")
    return Decimal(".".join([parts[0], "".join(parts[1:])]) if len(parts) > 1 else parts[0])
