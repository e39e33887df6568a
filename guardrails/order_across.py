"""Values exchanged between arms in a translation: "19.2 % with A and 16.5 % with B" told as "16,5 % sous A et 19,2 % sous B".

A translation may turn a sentence round as a whole; then arms and values change places together. Where only one of them does, another
arm has got the value.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from guardrails.kinds_across import compared_as
from guardrails.model import Segment
from guardrails.numbers import Quantity
from guardrails.relations.arms import Known, known_names, mentions
from guardrails.relations.model import Sentence, sentences
from guardrails.relations.patterns import patterns
from guardrails.things import things
from guardrails.translations import literal_sentences

_TWO = 2
_FRONTED = re.compile(
    r"(?:compared|in comparison|relative|versus|unlike|compare\w*|par rapport|contrairement|a la difference)\b"
)
_Values = Mapping[tuple[str, str], tuple[str, ...]]
"""By kind and unit: the values in their order."""


def values_exchanged(segment: Segment) -> Iterator[list[str]]:
    """The values that stand with other arms than in every sentence that the statement may translate."""
    known = known_names([segment.text, *(citation.quote for citation in segment.citations)])
    found = [
        _exchanged(_read(segment.text, segment.language), _read(sentence, language), known)
        for sentence, language in literal_sentences(segment)
    ]
    if found and all(found):
        yield found[0]


def arms_turned(segment: Segment) -> Iterator[list[str]]:
    """The two arms that a statement compares the other way round than every sentence that it may translate, with the same word.

    Not where a sentence opens with the arm that the other is compared with: "compared with placebo, …".
    """
    known = known_names([segment.text, *(citation.quote for citation in segment.citations)])
    found = [
        _turned(_read(segment.text, segment.language), _read(sentence, language), known)
        for sentence, language in literal_sentences(segment)
    ]
    if found and all(found):
        yield found[0]


def _turned(said: Sequence[Sentence], quoted: Sequence[Sentence], known: Known) -> list[str]:
    if len(said) != 1 or len(quoted) != 1:
        return []
    told, held = (compared_as(side[0].text) for side in (said, quoted))
    if told is None or told != held or any(_FRONTED.match(side[0].plain) for side in (said, quoted)):
        return []
    arms, others = (_owners(side[0], known)[0] for side in (said, quoted))
    turned = len(arms) == _TWO == len({*arms}) and arms == others[::-1]
    return [mention.written for mention in mentions(said[0], known)] if turned else []


def _read(text: str, language: str) -> tuple[Sentence, ...]:
    return sentences(text, "fr" if language == "fr" else "en")


def _exchanged(said: Sequence[Sentence], quoted: Sequence[Sentence], known: Known) -> list[str]:
    if len(said) != 1 or len(quoted) != 1:
        return []
    told, held = _values(said[0]), _values(quoted[0])
    for owners, others in zip(_owners(said[0], known), _owners(quoted[0], known), strict=True):
        if len({*owners}) < _TWO or sorted(owners) != sorted(others):
            continue
        for unit, values in told.items():
            there = held.get(unit, ())
            if sorted(values) == sorted(there) and len(values) == len({*values}) >= _TWO:
                if owners == others and values != there:
                    return list(values)
                if owners != others and values == there and len(values) == len(owners) == len({*owners}):
                    return list(values)
    return []


def _values(sentence: Sentence) -> _Values:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for quantity in sorted(sentence.quantities, key=_start):
        key = (quantity.kind, quantity.unit)
        found[key] = (*found.get(key, ()), str(quantity.value.normalize()))
    return found


def _start(quantity: Quantity) -> int:
    return quantity.start


def _owners(sentence: Sentence, known: Known) -> tuple[list[str], ...]:
    """The arms in their order, each once where it is named again at once; the conditions; the groups of people."""
    arms = [mention.key for mention in mentions(sentence, known)]
    conditions = [thing.name for thing in things(sentence.text) if thing.kind == "condition"]
    people = sorted(
        (match.start(), name)
        for name, words in patterns("populations").items()
        for match in words.finditer(sentence.plain)
    )
    return tuple(_without_repeats(names) for names in (arms, conditions, [name for _, name in people]))


def _without_repeats(names: Sequence[str]) -> list[str]:
    return [name for before, name in pairwise(("", *names)) if name != before]
