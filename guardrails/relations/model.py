"""What the parts of this folder hand to each other."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from guardrails.model import Language
from guardrails.numbers import Quantity, extract
from ingestion.sentences import split


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A relation that stands otherwise in the quotes."""

    variant: str
    """Of the rule's messages."""
    evidence: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, its plain form of the same length, and its quantities."""

    text: str
    plain: str
    """Lower case, accents and typographic apostrophes folded; every character at its place."""
    language: Language
    quantities: tuple[Quantity, ...]


def sentences(text: str, language: Language) -> Iterator[Sentence]:
    """The sentences of a text."""
    for start, end in split(text, language) or [(0, len(text))]:
        part = text[start:end]
        yield Sentence(part, plain(part), language, extract(part, language, ones=True))


def plain(text: str) -> str:
    """Lower case without accents, one character for each; apostrophes and hyphens in one shape."""
    return "".join(_plain_character(character) for character in text)


_SHAPES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


def _plain_character(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[:1] if character.isalpha() else character.translate(_SHAPES)
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base


def find(pattern: re.Pattern[str], sentence: Sentence) -> list[tuple[int, int]]:
    """Where a pattern of plain words stands."""
    return [match.span() for match in pattern.finditer(sentence.plain)]
