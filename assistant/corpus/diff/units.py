"""A sentence as it is compared: keys that forget typography, and weighted words."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from guardrails.numbers import extract
from ingestion.model import Sentence
from ingestion.text import fold

TOKEN = re.compile(r"\w+(?:[.,'’/-]\w+)*|[^\w\s]")
"""A word, a number, or one sign."""
_NUMBER = re.compile(r"\(?(\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[IVX]{2,5})([.)]*)\s+(?=\S)")
_COUNTED = re.compile(
    r"\d+\s+(?:tablets?|capsules?|doses|injections?|sachets?|vials?|patients|women|men|children|subjects|times|cycles?"
    r"|comprimés?|gélules?|flacons?|ampoules?|femmes|hommes|enfants|sujets|fois)\b",
    re.IGNORECASE,
)
"""A heading that begins with how many: no number of a section."""
_LOOSE = str.maketrans(dict.fromkeys(" \t\n\u00a0\u2009\u202f\u00ad-‐‑‒–—−\"'’‘“”.,;:()", ""))


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with what it is recognised by."""

    sentence: Sentence
    key: str
    """Its folded text: equal keys say the same, to the letter."""
    loose: str
    """Without spaces, dashes, quotation marks and punctuation between words: equal where only typography differs."""
    words: tuple[str, ...]


def unit_of(sentence: Sentence) -> Unit:
    """Prepare a sentence."""
    key = " ".join(fold(sentence.text).text.split())
    words = tuple(token.lower() for token in TOKEN.findall(key))
    return Unit(sentence, key, loose_of(key), words)


def loose_of(text: str) -> str:
    """The text without what is only typography between words; points, commas and dashes of numbers stay."""
    kept: list[str] = []
    for at, character in enumerate(text):
        if character.isalnum() or _of_a_number(text, at):
            kept.append(character)
        else:
            kept.append(character.translate(_LOOSE))
    return "".join(kept)


def _of_a_number(text: str, at: int) -> bool:
    """Whether a sign touches a digit behind it: 1.5, -3, 10-20. Leaving it out would change the number."""
    if text[at] == " " or text[at] in "()":
        return False
    after = text[at + 1] if at + 1 < len(text) else " "
    return after.isdigit()


@lru_cache(maxsize=4096)
def bare_heading(text: str) -> str:
    """A heading without its number: what it is called when sections are renumbered."""
    return text[_numbering(text) :].strip().casefold()


def is_numbered(text: str) -> bool:
    """Whether a heading begins with the number or letter of a section: "4.2 Posology", "A. LABELLING", not "10 mg tablets"."""
    return _numbering(text) > 0


def _numbering(text: str) -> int:
    """How many characters at its beginning number the section."""
    at = 0
    while (found := _NUMBER.match(text, at)) and _numbers_a_section(text, found):
        at = found.end()
    return at


def _numbers_a_section(text: str, found: re.Match[str]) -> bool:
    """Figures without a stop or bracket only before a capital, and where they count nothing; letters only with one."""
    follows, figure = text[found.end()], found[1][0].isdigit()
    if not figure:
        return ")" in found[2] or ("." in found[2] and not follows.islower())  # E. coli
    return bool(found[2]) or (follows.isupper() and not _counts(text[found.start(1) :]))


def _counts(text: str) -> bool:
    return bool(_COUNTED.match(text)) or any(start == 0 for _, _, start in amounts(text))


@lru_cache(maxsize=4096)
def amounts(heading: str) -> tuple[tuple[Decimal, str, int], ...]:
    """(value, unit, start) of what a heading gives with a unit: "5 mg" and "12 years", also in capitals."""
    return tuple(
        dict.fromkeys(
            (found.value, found.unit, found.start)
            for text in (heading, heading.casefold())
            for found in extract(text, "en")
            if found.unit and found.is_fact()
        )
    )


class Weights:
    """How telling each word is in these two documents, and how alike two sentences are by it."""

    def __init__(self, units: Iterable[Unit]) -> None:
        """Count in how many sentences each word stands."""
        listed = list(units)
        self._many = len(listed)
        self._in: Counter[str] = Counter(f for unit in listed for f in set(features(unit)))
        self._weights: dict[str, float] = {}

    def weight(self, feature: str) -> float:
        """Rare words say more than common ones."""
        known = self._weights.get(feature)
        if known is None:
            known = self._weights[feature] = math.log(1 + self._many / (1 + self._in[feature]))
        return known

    def rarest(self, unit: Unit, count: int) -> list[str]:
        """The most telling features of a sentence."""
        return sorted(set(features(unit)), key=lambda f: (self._in[f], f))[:count]

    def likeness(
        self, one: Mapping[str, int], one_total: float, other: Mapping[str, int], other_total: float
    ) -> float:
        """Weighted Dice of two bags of features of which the weights are known, 0 to 1."""
        total = one_total + other_total
        return 2 * self.shared(one, other) / total if total else 0.0

    def shared(self, one: Mapping[str, int], other: Mapping[str, int]) -> float:
        """The weight of what both hold."""
        smaller, larger = (one, other) if len(one) <= len(other) else (other, one)
        return sum(min(n, larger[f]) * self.weight(f) for f, n in smaller.items() if f in larger)

    def total(self, bag: Mapping[str, int]) -> float:
        """The weight of a bag."""
        return sum(n * self.weight(f) for f, n in bag.items())


def features(unit: Unit) -> Sequence[str]:
    """Its words and its pairs of neighbouring words, without punctuation."""
    words = [word for word in unit.words if word[0].isalnum()]
    return [*words, *(f"{one} {two}" for one, two in pairwise(words))]


def bag(units: Iterable[Unit]) -> Counter[str]:
    """The features of one or several sentences, counted."""
    return Counter(f for unit in units for f in features(unit))
