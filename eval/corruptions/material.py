"""What a corruption takes and gives, and how it puts one thing in the place of another."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["en", "fr"]
Kind = Literal[
    "numbers",
    "units",
    "names",
    "negation",
    "direction",
    "citations",
    "population",
    "hedging",
    "blending",
    "timing",
    "limits",
]


@dataclass(frozen=True, slots=True)
class Material:
    """A true sentence, and what stands around it to draw wrong things from."""

    sentence: str
    language: Language
    others: tuple[str, ...] = ()
    """Other true sentences in the same language."""
    medicines: tuple[tuple[str, ...], ...] = ()
    """One tuple per medicine: all its names."""
    studies: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """True sentences of other documents, where `others` are those of its own, in their order."""


@dataclass(frozen=True, slots=True)
class Corrupted:
    """A statement that its quotes do not carry."""

    kind: Kind
    way: str
    source: str
    statement: str
    quotes: tuple[str, ...]


Corruption = Callable[[Material, random.Random], Corrupted | None]


@dataclass(frozen=True, slots=True)
class Swap:
    """A pattern with what takes its place; `unless` says where in the sentence it must not be touched."""

    pattern: re.Pattern[str]
    replacement: str
    unless: re.Pattern[str] | None = field(default=None)


def swap(pattern: str, replacement: str, unless: str | None = None) -> Swap:
    """A swap that does not look at capitals, with spaces that may be of any width."""
    return Swap(_compile(pattern), replacement, _compile(unless) if unless else None)


def one_swap(sentence: str, swaps: tuple[Swap, ...], rng: random.Random) -> str | None:
    """The sentence with one of the swaps made at one place, or None where none applies."""
    chances = [
        (match, each)
        for each in swaps
        if not (each.unless and each.unless.search(sentence))
        for match in each.pattern.finditer(sentence)
    ]
    if not chances:
        return None
    match, chosen = rng.choice(chances)
    changed = put(sentence, match.start(), match.end(), match.expand(chosen.replacement))
    return changed if differ(sentence, changed) else None


def put(sentence: str, start: int, end: int, replacement: str) -> str:
    """The sentence with another text at one place; a capital stays a capital."""
    old = sentence[start:end]
    capital = old[:1].isupper() and old[1:2].islower()
    text = replacement[:1].upper() + replacement[1:] if capital and replacement else replacement
    joined = sentence[:start] + text + sentence[end:]
    joined = re.sub(r" {2,}", " ", joined).replace(" .", ".").strip()
    return joined[:1].upper() + joined[1:] if sentence[:1].isupper() else joined


def differ(one: str, other: str) -> bool:
    """Whether more than spaces and capitals is different."""
    return "".join(one.split()).casefold() != "".join(other.split()).casefold()


def by_language(
    material: Material, swaps: Mapping[Language, tuple[Swap, ...]], rng: random.Random, kind: Kind, way: str
) -> Corrupted | None:
    """One swap of the language of the sentence, its quote left as it was."""
    changed = one_swap(material.sentence, swaps[material.language], rng)
    return corrupted(material, kind, way, changed)


def corrupted(material: Material, kind: Kind, way: str, statement: str | None) -> Corrupted | None:
    """A wrong statement beside the sentence that it was made of."""
    if statement is None or not differ(material.sentence, statement):
        return None
    return Corrupted(kind, way, material.sentence, statement, (material.sentence,))


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s").replace("'", "['’]"), re.IGNORECASE)
