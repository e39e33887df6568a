"""A figure, a numeral or a unit exchanged at its place in a statement that else copies its quote.

Each may stand elsewhere in the quote, so that nothing is new in the statement: "once" beside "a daily dose", "95" beside "a 95% interval",
"study IV" beside "study III". At its place it says otherwise. So does a sign of comparison.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from guardrails.model import Language
from guardrails.near_copy import NearCopy
from guardrails.numbers.numerals import value_of_words
from guardrails.numbers.patterns import ONES, TIME_UNITS, unit_name, units_table

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SIGNED = re.compile(r"(?P<sign>[<>]=?|[≤≥])\s?(?P<number>\d+(?:[.,]\d+)*)")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ROMAN = re.compile(r"(?:ix|iv|v?i{1,3}|v|x)")
_TIMES = {"en": {"once": 1, "twice": 2, "thrice": 3}, "fr": {}}
_REACH = Decimal("0.05")
"""How far a rounded figure may be from what it rounds."""
_VAGUE = re.compile(
    r"\b(?:a few|few|several|some|many|quelques|plusieurs|de nombreu(?:x|ses)|certain(?:e?s)) (?P<unit>[^\W\d_]+)"
)
Change = tuple[str, str]


def changed_in_place(copy: NearCopy, language: Language) -> Iterator[Change]:
    """What stands in the copy and what the quote has at that place, (said, quoted), where both are figures, numerals or units."""
    pairs = [(said, quoted) for said, quoted in copy.pairs() if said and quoted]
    figures = [(one, other, said, quoted) for said, quoted in pairs for one, other in _values(said, quoted, language)]  # fmt: skip
    if Counter(one for one, *_ in figures) != Counter(other for _, other, *_ in figures):
        for one, other, said, quoted in figures:
            if one != other and not _rounds(one, other):
                yield said, quoted
    for said, quoted in pairs:
        numerals = _ROMAN.fullmatch(said) and _ROMAN.fullmatch(quoted)
        units = unit_name(said), unit_name(quoted)
        if numerals or (all(units) and units[0] != units[1]) or _other_length(said, quoted):
            yield said, quoted


def turned_signs(text: str, sentence: str) -> Iterator[Change]:
    """What stands in the text and what its sentence has, where a number keeps its figures and not its sign: "grade ≤ 3" for "grade ≥ 3"."""
    said, quoted = _signed(text), _signed(sentence)
    for number, signs in said.items():
        if signs.isdisjoint(quoted.get(number, signs)):
            yield f"{min(signs)} {number}", f"{min(quoted[number])} {number}"


def _signed(text: str) -> dict[str, set[str]]:
    """The signs of comparison that each number stands behind."""
    found: dict[str, set[str]] = {}
    for match in _SIGNED.finditer(text):
        found.setdefault(match["number"], set()).add(match["sign"].replace("<=", "≤").replace(">=", "≥"))
    return found


def _values(said: str, quoted: str, language: Language) -> Iterator[tuple[Decimal, Decimal]]:
    """The values of both, where each is one figure alone."""
    one, other = _value(said, language), _value(quoted, language)
    if one is not None and other is not None:
        yield one, other


def _value(word: str, language: Language) -> Decimal | None:
    if _DIGITS.fullmatch(word):
        plain = _GROUPED.sub("", word) if language == "en" else word
        plain = plain.replace(",", ".")
        return Decimal(plain) if plain.count(".") <= 1 else None
    if word in _TIMES[language]:
        return Decimal(_TIMES[language][word])
    return value_of_words(word, language) if word in _number_words(language) else None


@cache
def _number_words(language: Language) -> frozenset[str]:
    return frozenset({*map(str, units_table()["words"][language]), *ONES[language]})


def _rounds(one: Decimal, other: Decimal) -> bool:
    """Whether the one is the other with fewer digits."""
    shorter = len(one.normalize().as_tuple().digits) < len(other.normalize().as_tuple().digits)
    return shorter and abs(one - other) <= _REACH * abs(other)


def _other_length(said: str, quoted: str) -> bool:
    """Whether a vague stretch of time stands for a counted one of another unit: "a few days" for "more than 6 months"."""
    vague = _VAGUE.search(said)
    told = unit_name(vague["unit"]) if vague else None
    held = {name for word in quoted.split() if (name := unit_name(word)) in TIME_UNITS}
    counted = any(_DIGITS.fullmatch(word) for word in quoted.split())
    return told in TIME_UNITS and counted and bool(held) and told not in held
