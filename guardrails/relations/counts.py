"""What is counted, and which part of a treatment a dose belongs to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from guardrails.numbers.patterns import TIME_UNITS
from guardrails.overlap import contents
from guardrails.relations.model import Contradiction, Sentence
from guardrails.tables import table

_NOUN = re.compile(r"\s+(?:(?:of|de|des)\s+)?([^\W\d_]{4,})")


def counted_otherwise(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Numbers that changed the things they count: "85 patients in 1,040 centres" for "1,040 patients in 85 centres"."""
    held: dict[str, set[object]] = {}
    things: dict[object, set[str]] = {}
    for value, noun, _ in _counts(quoted):
        held.setdefault(noun, set()).add(value)
        things.setdefault(value, set()).add(noun)
    for value, noun, written in _counts(said):
        if noun in held and value not in held[noun] and value in things:
            yield Contradiction(
                "attributed", {"value": written, "name": noun, "other": sorted(things[value])}
            )


def _counts(parts: Sequence[Sentence]) -> Iterator[tuple[object, str, str]]:
    for sentence in parts:
        for quantity in sentence.quantities:
            if quantity.kind == "number" and not quantity.unit and not quantity.weak:
                noun = _NOUN.match(sentence.plain, quantity.end)
                if noun and contents(noun[1]):
                    yield quantity.value, noun[1].removesuffix("s"), quantity.text.strip()


def of_other_phase(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """The maintenance dose told as the loading dose."""
    held: dict[str, dict[object, str]] = {}
    for phase, dose, _, written in _phases(quoted):
        held.setdefault(phase, {})[dose] = written
    everywhere = {(q.value, q.unit) for s in quoted for q in s.quantities}
    for phase, dose, owner, written in _phases(said):
        there = held.get(phase)
        if there and dose not in there and dose in everywhere:
            yield Contradiction(
                "of_phase", {"value": written, "name": owner, "other": sorted(there.values())}
            )


def _phases(parts: Sequence[Sentence]) -> Iterator[tuple[str, object, str, str]]:
    for sentence in parts:
        for phase, pattern in _patterns().items():
            for match in pattern.finditer(sentence.plain):
                for quantity in sentence.quantities:
                    between = sentence.plain[match.end() : quantity.start]
                    measured = quantity.unit and quantity.unit not in TIME_UNITS and quantity.kind == "number"
                    if measured and quantity.start >= match.end() and _at_once().fullmatch(between):
                        yield phase, (quantity.value, quantity.unit), match[0], quantity.text.strip()


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {key: re.compile(pattern) for key, pattern in table("relations.yaml")["phases"].items()}


@cache
def _at_once() -> re.Pattern[str]:
    return re.compile(table("relations.yaml")["at_once"])
