"""What the parts of this folder hand to each other."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from guardrails.markers import markers
from guardrails.model import Language
from guardrails.numbers import Quantity, extract
from guardrails.plain import plain
from ingestion.sentences import split

_GAPS = re.compile(r"(\s\s)\s+")
"""White space that patterns would try from each of its places."""


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

    @property
    def denies(self) -> bool:
        """Whether it holds a negation."""
        return "negation" in markers(self.text, self.language)

    def parts(self, between: re.Pattern[str]) -> "list[Sentence]":
        """Its parts between the matches of a pattern of plain words, without their quantities."""
        return [
            Sentence(self.text[start:end], self.plain[start:end], self.language, ())
            for start, end in stretches(self.plain, between)
            if self.plain[start:end].strip(" .")
        ]


def stretches(plain: str, between: re.Pattern[str], opening: int = 0) -> Iterator[tuple[int, int]]:
    """Where the parts between the matches of a pattern begin and end; no match is looked for in the first `opening` characters."""
    edges = [0, *(edge for match in between.finditer(plain, opening) for edge in match.span()), len(plain)]
    yield from zip(edges[::2], edges[1::2], strict=True)


@lru_cache(maxsize=2048)
def sentences(text: str, language: Language) -> tuple[Sentence, ...]:
    """The sentences of a text; remembered, since a statement is set beside many claims."""
    parts = (_GAPS.sub(r"\1", text[start:end]) for start, end in split(text, language) or [(0, len(text))])
    return tuple(Sentence(part, plain(part), language, extract(part, language, ones=True)) for part in parts)
