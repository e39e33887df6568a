"""What is counted, and which part of a treatment a dose belongs to."""

import re
from collections.abc import Iterator, Sequence

from guardrails.numbers.match import same_quantity
from guardrails.numbers.patterns import TIME_UNITS
from guardrails.overlap import contents
from guardrails.relations.arms import key_of
from guardrails.relations.model import Contradiction, Sentence, sentences
from guardrails.relations.patterns import pattern, patterns
from guardrails.told import parts_of

_TWO = 2
_OF = re.compile(r"\s+(?:of|de|d'|des|du)\s*(?:the\s+|l')?([^\W\d_]{5,})")
_LABEL = re.compile(r"\b([^\W\d_]{3,})\s*\($")
_LABEL_OF_NONE = contents(
    "patients participants subjects people placebo group groupe women femmes group years weeks months"
)
"""What stands before a bracket and is counted or dosed, not a thing of a list: "fatigue (22 %)"."""
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


def amounts_of(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Amounts that changed the things they are of: "12.5 mg of A and 50 mg of B" for "50 mg of A and 12.5 mg of B"."""
    held: dict[tuple[str, str], set[object]] = {}
    of: dict[tuple[object, str], set[str]] = {}
    for value, unit, noun, _ in _amounts(quoted):
        held.setdefault((noun, unit), set()).add(value)
        of.setdefault((value, unit), set()).add(noun)
    for value, unit, noun, written in _amounts(said):
        there = held.get((noun, unit))
        if there and value not in there and (value, unit) in of:
            yield Contradiction(
                "attributed", {"value": written, "name": noun, "other": sorted(of[value, unit])}
            )


def _amounts(parts: Sequence[Sentence]) -> Iterator[tuple[object, str, str, str]]:
    for sentence in parts:
        for quantity in sentence.quantities:
            if quantity.kind == "number" and quantity.unit:
                noun = _OF.match(sentence.plain, quantity.end) or _LABEL.search(
                    sentence.plain[: quantity.start]
                )
                if noun and contents(noun[1]) and not (_LABEL_OF_NONE & contents(noun[1])):
                    yield quantity.value, quantity.unit, key_of(noun[1]), quantity.text.strip()


def _counts(parts: Sequence[Sentence]) -> Iterator[tuple[object, str, str]]:
    for sentence in parts:
        for quantity in sentence.quantities:
            if quantity.kind == "number" and not quantity.unit and not quantity.weak:
                noun = _NOUN.match(sentence.plain, quantity.end)
                if noun and contents(noun[1]):
                    yield quantity.value, noun[1].removesuffix("s"), quantity.text.strip()


def of_other_part(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """A number of another part of the quotes, in a statement whose words are all of one part with a number of its own kind."""
    parts = [part for s in quoted for part in sentences_of(s)]
    if len(parts) < _TWO:
        return
    words = [contents(part.text) for part in parts]
    for sentence in said:
        own = contents(sentence.text)
        spoken = [at for at, held in enumerate(words) if own & _distinct(words, at)]
        if len(spoken) != 1 or len(own & _distinct(words, spoken[0])) < _TWO:
            continue
        home = parts[spoken[0]]
        for quantity in sentence.quantities:
            alike = [q for q in home.quantities if (q.unit, q.kind) == (quantity.unit, quantity.kind)]
            elsewhere = any(
                same_quantity(quantity, q) for part in parts if part is not home for q in part.quantities
            )
            told = [q for q in sentence.quantities if (q.unit, q.kind) == (quantity.unit, quantity.kind)]
            if (
                quantity.unit
                and len(told) == 1
                and not quantity.weak
                and alike
                and elsewhere
                and not any(same_quantity(quantity, q) for q in home.quantities)
            ):
                yield Contradiction("borrowed", {"numbers": [quantity.text.strip()]})


def sentences_of(sentence: Sentence) -> list[Sentence]:
    """The parts of a sentence that say something of their own, with their quantities."""
    return [
        part
        for text, _ in parts_of((sentence.text, sentence.language))
        for part in sentences(text, sentence.language)
    ]


def _distinct(words: Sequence[frozenset[str]], at: int) -> frozenset[str]:
    return words[at] - frozenset[str]().union(*(other for n, other in enumerate(words) if n != at))


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
        for phase, words in patterns("phases").items():
            for match in words.finditer(sentence.plain):
                for quantity in sentence.quantities:
                    between = sentence.plain[match.end() : quantity.start]
                    measured = quantity.unit and quantity.unit not in TIME_UNITS and quantity.kind == "number"
                    if measured and quantity.start >= match.end() and pattern("at_once").fullmatch(between):
                        yield phase, (quantity.value, quantity.unit), match[0], quantity.text.strip()
