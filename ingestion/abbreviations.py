"""Abbreviations that a document explains itself: “progression-free survival (PFS)”, “SSP (survie sans progression)”.

After Schwartz and Hearst (2003): a long form carries every sign of its short form, in order, read from the right, and the
first sign begins one of its words. What does not is no explanation, whatever stands in the brackets.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_SHORT, LONGEST_LONG = 12, 160
"""Characters."""
_FEWEST = 2
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,200})[)\]]")
_LISTED = re.compile(
    r"(?:^|[;.,|\n]\s*)([^\W_][\w./+-]{1,11})\s*(?:=|:|, )\s*([^;=:|\n]{4,160}?)(?=[;.|\n]|$)"
)
"""Of a table's footnote: “PFS: progression-free survival; AE = adverse event; BP, blood pressure.”"""
_SHORT = re.compile(r"[^\W_][\w./+-]*")
_WORD = re.compile(r"[^\W_]+")
_STOPS = re.compile(r"[.:!?](?=\s)|[;()\[\]“”«»\"]|\n")
_UNITS = frozenset(
    [
        "mg",
        "kg",
        "ml",
        "dl",
        "mmol",
        "mol",
        "mcg",
        "cm",
        "mm",
        "ug",
        "ng",
        "pg",
        "ui",
        "iu",
        "fig",
        "tab",
        "ref",
        "vs",
        "min",
        "sec",
    ]
)
_LITTLE = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "for",
        "and",
        "or",
        "to",
        "with",
        "by",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
    ]
)
"""No long form begins with these."""
_WITHIN = re.compile(r"\s*(?:[;,]|\bi\.?e\.?\b|\bor\b|\bou\b|\bsoit\b)\s*")


@dataclass(frozen=True, slots=True, order=True)
class Abbreviation:
    """A short form as it is written, and the words that it stands for."""

    short: str
    long: str
    times: int = 1
    """How often the document says so."""


def abbreviations_in(texts: Iterable[str]) -> list[Abbreviation]:
    """Every pair that the texts explain, once each with how often, in order of the short form."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    times: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for short, long in _explained(text):
            key = short, long.casefold()
            first.setdefault(key, (short, long))
            times[key] += 1
    return sorted(Abbreviation(*pair, times[key]) for key, pair in first.items())


def _explained(text: str) -> Iterator[tuple[str, str]]:
    for bracket in _BRACKETS.finditer(text):
        before = text[: bracket.start()].rstrip()
        parts = [part.strip(" “”«»\"'") for part in _WITHIN.split(bracket[1]) if part]
        short = next((part for part in parts if is_short(part)), "")
        if parts and short == parts[0] and (long := _long_form(short, _clause_before(before))):
            yield short, long
        elif (named := _last_word(before)) and parts and (long := _whole(named, parts[0])):
            yield named, long
    for listed in _LISTED.finditer(text):
        if is_short(listed[1]) and (long := _whole(listed[1], listed[2].strip())):
            yield listed[1], long


def is_short(text: str) -> bool:
    """Whether a text can be a short form: one word with two capitals, or a capital and a figure; no unit."""
    if not _FEWEST <= len(text) <= LONGEST_SHORT or not _SHORT.fullmatch(text):
        return False
    capitals = sum(letter.isupper() for letter in text)
    figures = any(letter.isdigit() for letter in text)
    if text.casefold() in _UNITS or capitals + figures < _FEWEST or not capitals:
        return False
    return sum(letter.isalpha() for letter in text) * 2 >= len(text)


def _last_word(before: str) -> str:
    """The word right before a bracket, where it can be a short form."""
    word = before.rsplit(None, 1)[-1].strip("“”«»\"',") if before else ""
    return word if is_short(word) else ""


def _clause_before(before: str) -> str:
    """The words of the clause that ends at a bracket."""
    stops = list(_STOPS.finditer(before))
    return before[stops[-1].end() :] if stops else before


def _long_form(short: str, before: str) -> str:
    """The shortest end of `before` whose words begin with the signs, else the shortest that carries them; or nothing.

    “survie sans progression” and not “sans progression” for SSP, though both carry its letters.
    """
    words = list(_WORD.finditer(before))
    signs = [sign for sign in _folded(short) if sign.isalnum()]
    most = min(len(signs) + 5, 2 * len(signs))
    ends = [
        before[word.start() :].strip(" ,-–")
        for word in reversed(words[-most:])
        if word[0].casefold() not in _LITTLE
    ]
    carrying = [long for long in ends if len(long) <= LONGEST_LONG and _carries(long, signs, short)]
    return next((long for long in carrying if _initials(long, signs)), carrying[0] if carrying else "")


def _whole(short: str, long: str) -> str:
    """The long form where it carries the short form from its first word on; empty where it does not."""
    signs = [sign for sign in _folded(short) if sign.isalnum()]
    words = _WORD.findall(long)
    if not 1 <= len(words) <= min(len(signs) + 5, 2 * len(signs)) or len(long) > LONGEST_LONG:
        return ""
    return long if _carries(long, signs, short) else ""


def _carries(long: str, signs: list[str], short: str) -> bool:
    """Whether the signs stand in the long form in order, read from the right, the first at the very beginning."""
    if len(long) <= len(short) or short in _WORD.findall(long):
        return False
    plain = _folded(long)
    at = len(plain)
    for number, sign in enumerate(reversed(signs)):
        first = number == len(signs) - 1
        at = 0 if first and plain[:1] == sign else -1 if first else plain.rfind(sign, 1, at)
        if at < 0:
            return False
    return _opens_words(plain, signs)


def _initials(long: str, signs: list[str]) -> bool:
    """Whether the signs begin words of the long form, in order."""
    openings = iter(word[0] for word in re.findall(r"[^\W_]+", _folded(long)))
    return all(sign in openings for sign in signs)


def _opens_words(plain: str, signs: list[str]) -> bool:
    """At least half of the signs begin a word: letters picked from within one word explain nothing."""
    opening = [word[0] for word in re.findall(r"[^\W_]+", plain)]
    kept = 0
    for sign in signs:
        if sign in opening:
            opening.remove(sign)
            kept += 1
    return 2 * kept >= len(signs)


def _folded(text: str) -> str:
    """Lower case without accents, of the same length where every letter has one sign."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text).casefold()
