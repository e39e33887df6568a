"""What around a number makes a limit of it: "at least", "or more", "not below", "equal to or above"."""

import re
from collections.abc import Mapping
from typing import cast

from guardrails.numbers import patterns
from guardrails.numbers.model import Comparator

LOOK_BEHIND = 48
"""Characters before a number, and behind it, in which its limit stands."""
_OR_MORE = re.compile(r"\s+(?:or|ou)\b")
"""What makes a limit of "one": one or more."""
_MORE_OF_IT = re.compile(r"\b(?:or|ou)\s+(?:more|fewer|less|plus|moins|several|plusieurs)$", re.IGNORECASE)
_DENIED: Mapping[str, Comparator] = {"<": "≥", ">": "≤"}
_INCLUDED: Mapping[str, Comparator] = {"<": "≤", ">": "≥"}
_NOT = re.compile(
    r"\b(?:not|no|never|non|pas|jamais|n['’]\w+ pas)\s+(?:(?:be|been|being|fall|drop|go|rise|get|être|descendre|tomber|passer|monter|aller)\s+)?$",
    re.IGNORECASE,
)
"""“Not below” is at least; but “is not recommended below” denies something else."""
_OR_EQUAL = re.compile(
    r"\b(?:(?:equal(?:s|ling)?(?:\s+to)?|at|reach(?:es|ed|ing)?|is)\s+or|(?:égale?s?(?:\s+à)?|égaux(?:\s+à)?|atteign\w+|attei\w+)\s+ou)\s+$",
    re.IGNORECASE,
)
_OVER = re.compile(r"over(?:\s+(?:the|a))?\s*$", re.IGNORECASE)
_THAN_THE = re.compile(r"\b(?:than the|que (?:les?|la)|aux)\s*$", re.IGNORECASE)
"""A comparison with a value that is known, “longer than the 15 months on placebo”, sets no limit."""
_BINDS = re.compile(
    r"\b(?:may|must|should|shall|can|cannot|not|never|no|doi(?:t|vent)|peu(?:t|vent)|ne|pas|jamais)\b|n['’]",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:on|with|in|of|under|among|seen|observed|reported|du|de|des|sous|avec|chez|observée?s?)\b",
    re.IGNORECASE,
)
"""Whose the known value is."""
_AGED = re.compile(r"\s*(?:old|of age)\b", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?:aged|patients?|people|adults?|children|women|men|those|subjects)\s+over\s*$", re.IGNORECASE
)


def limit_before(text: str, window: int, start: int, unit: str, end: int) -> tuple[Comparator, int]:
    """The comparator before the number, and where it begins."""
    found = patterns.before_pattern().search(text, window, start)
    symbol = patterns.COMPARATOR_OF[str(found.lastgroup)] if found else ""
    if found and _means_it(symbol, found, text, unit, end):
        return _denied_or_equal(symbol, text, found.start())
    return "", start


def limit_behind(
    text: str, end: int, unit: str, *, weak: bool, only_near: bool
) -> tuple[Comparator, int, bool]:
    """The comparator behind the number, where what is said ends, and whether a unit follows: "12 or more weeks"."""
    rest = text[end : end + LOOK_BEHIND]
    found = patterns.after_pattern().match(rest)
    if found and (not weak or unit or _OR_MORE.match(found[0])):
        of_it = not unit and _MORE_OF_IT.search(found[0]) is not None
        return cast("Comparator", patterns.COMPARATOR_OF[str(found.lastgroup)]), end + found.end(), of_it
    if only_near or weak:
        return "", end, False
    found = patterns.after_words_pattern().match(rest)
    return cast("Comparator", patterns.COMPARATOR_OF[str(found.lastgroup)] if found else ""), end, False


def _denied_or_equal(symbol: str, text: str, start: int) -> tuple[Comparator, int]:
    """The comparator and where it begins: "not below 5" is at least 5, and so is "equal to or above 5"."""
    if symbol in _DENIED:
        if denied := _NOT.search(text, max(0, start - LOOK_BEHIND), start):
            return _DENIED[symbol], denied.start()
        if equal := _OR_EQUAL.search(text, max(0, start - LOOK_BEHIND), start):
            return _INCLUDED[symbol], equal.start()
    return cast("Comparator", symbol), start


def _means_it(symbol: str, found: re.Match[str], text: str, unit: str, end: int) -> bool:
    """Tell a limit ("over 85 years of age") from a length ("over 12 weeks"); "every 3 patients" is no rhythm."""
    if symbol == "every":
        return unit in patterns.TIME_UNITS
    if symbol in "<>" and _THAN_THE.search(found[0]):
        clause = re.split(r"[.;:,]\s", text[: found.start()])[-1]
        return bool(_BINDS.search(clause)) or not _OF_SOMEBODY.match(text, end)
    if symbol == ">" and unit in patterns.TIME_UNITS and _OVER.search(found[0]):
        return bool(_AGED.match(text, end) or _PEOPLE.search(text, 0, found.end()))
    return True
