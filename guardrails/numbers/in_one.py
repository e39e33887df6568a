"""Quantities of several parts that are one: "1 h 30", "threefold the ULN", "divided by 2", "under 12s"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from guardrails.numbers.model import Comparator, Quantity
from guardrails.numbers.numerals import value_of_words
from guardrails.numbers.patterns import ONES, alternatives, units_table

LIMIT_OF_NORMAL = "ULN"
UPPER_LIMIT = re.compile(
    r"\s*(?:[x×]\s?)?(?:the |la |de la )?(?:ULN|LSN|(?:(?:normal(?:'s)? )?upper (?:normal )?limit|limite (?:normale )?supérieure|"
    r"normale supérieure)(?:\s(?:of|de)(?:\sthe|\sla)?\snormale?)?)\b",
    re.IGNORECASE,
)
_ONE_WORD = re.compile(
    r"\b(?P<word>twice|double|triple|treble|quadruple)(?=\s(?:the|de la)\s(?:ULN|LSN|upper|normal|limite|normale))",
    re.IGNORECASE,
)
_OF_WORD = {"twice": 2, "double": 2, "triple": 3, "treble": 3, "quadruple": 4}
_UNDER = re.compile(r"\b(?P<side>under|over)(?:[- ])(?P<age>\d{1,2})['’]?s\b", re.IGNORECASE)


def in_one(text: str, language: str) -> Iterator[Quantity]:
    """All of them that are asked of a statement."""
    for match in _hours(language).finditer(text):
        hours = Decimal(1) if match["hours"].lower() in {"a", "an"} else _value(match["hours"], language)
        yield _quantity(match, hours * 60 + _value(match["minutes"] or match["minuted"], language), "minute")
    for match in _folded(language).finditer(text):
        yield of_the_limit(_quantity(match, _value(match["number"], language), "fold"), text)
    for match in _ONE_WORD.finditer(text):
        yield of_the_limit(_quantity(match, Decimal(_OF_WORD[match["word"].lower()]), "fold"), text)
    for match in _divided(language).finditer(text):
        whole = _value(match["number"], language)
        if whole > 1:
            part = _quantity(match, Decimal(1), "")
            yield replace(part, kind="fraction", upper=whole)
    for match in _UNDER.finditer(text):
        comparator: Comparator = "<" if match["side"].lower() == "under" else ">"
        yield replace(_quantity(match, Decimal(match["age"]), "year"), comparator=comparator)


def of_the_limit(quantity: Quantity, text: str) -> Quantity:
    """Three times the upper limit of normal, where that follows."""
    return replace(quantity, unit=LIMIT_OF_NORMAL) if UPPER_LIMIT.match(text, quantity.end) else quantity


@cache
def _number(language: str) -> str:
    return rf"(?:\d{{1,3}}|{alternatives([*units_table()['words'][language], *ONES[language]])})"


@cache
def _hours(language: str) -> re.Pattern[str]:
    """An hour and 30 minutes, 1 h 30; without "minutes" only where no other unit may follow."""
    number = _number(language)
    article = "|an" if language == "en" else ""
    hours = rf"(?<![\w.,/-])(?P<hours>{number}{article})\s?(?:h|hours?|heures?)"
    named = rf"\s(?:(?:and|et)\s)?(?P<minutes>{number})\s?(?:min|mins|minutes)(?!\w)"
    glued = (
        r"\s?(?P<minuted>[0-5]\d)(?=\s*(?:[.,;:)]|$|(?:after|before|for|later|après|avant|pour|de|plus)\b))"
    )
    return re.compile(rf"{hours}(?:{named}|{glued})", re.IGNORECASE)


@cache
def _folded(language: str) -> re.Pattern[str]:
    """Sixfold, six-fold."""
    words = alternatives(w for w, value in units_table()["words"][language].items() if value > 1)
    return re.compile(rf"(?<![\w-])(?P<number>{words})[- ]?fold\b", re.IGNORECASE)


@cache
def _divided(language: str) -> re.Pattern[str]:
    """Divided by two is half of it."""
    verb = r"\bdivi(?:d|s)\w*(?:\s[^.;,:\d]{0,30}?)?\s(?:by|par)\s"
    return re.compile(rf"{verb}(?P<number>{_number(language)})(?![\w.,]\d|\w)", re.IGNORECASE)


def _value(written: str, language: str) -> Decimal:
    return Decimal(written) if written.isdigit() else value_of_words(written, language)


def _quantity(match: re.Match[str], value: Decimal, unit: str) -> Quantity:
    return Quantity(value, unit, "", "number", match[0], match.start(), match.end())
