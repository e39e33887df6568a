"""Values exchanged between arms in a translation: "19.2 % with A and 16.5 % with B" told as "16,5 % sous A et 19,2 % sous B".

A translation may turn a sentence round as a whole; then arms and values change places together. Where only one of them does, another
arm has got the value.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from guardrails.kinds_across import compared_as
from guardrails.numbers import Quantity
from guardrails.relations.arms import Known, known_names, mentions
from guardrails.relations.model import Sentence, sentences
from guardrails.relations.patterns import patterns
from guardrails.things import things
from guardrails.translations import Translation

_TWO = 2
_FRONTED = re.compile(
    r"(?:compared|in comparison|relative|versus|unlike|compare\w*|par rapport|contrairement|a la difference)\b"
)
_Values = Mapping[tuple[str, str], tuple[str, ...]]
"""By kind and unit: the values in their order."""


def values_exchanged(told: Translation) -> Iterator[list[str]]:
    """The values that stand with other arms than in every sentence that the statement may translate."""
    if found := _against_each(told, _exchanged):
        yield found


def arms_turned(told: Translation) -> Iterator[list[str]]:
    """The two arms that a statement compares the other way round than every sentence that it may translate, with the same word.

    Not where a sentence opens with the arm that the other is compared with: "compared with placebo, …".
    """
    if found := _against_each(told, _turned):
        yield found


def _against_each(
    told: Translation, compare: Callable[[Sentence, Sentence, Known], list[str]]
) -> list[str] | None:
    """What is found where the statement is one sentence, and each that it may translate, too."""
    texts = told.segment.text, *(citation.quote for citation in told.segment.citations)
    said = _read(told.segment.text, told.segment.language)

    def compared(text: str, language: str) -> list[str]:
        quoted = _read(text, language)
        return compare(said[0], quoted[0], _known(texts)) if len(said) == len(quoted) == 1 else []

    return told.against_each(compared)


@lru_cache(maxsize=8)
def _known(texts: tuple[str, ...]) -> Known:
    """Once for both: what is read of them by these names is remembered by their identity."""
    return known_names(texts)


def _turned(said: Sentence, quoted: Sentence, known: Known) -> list[str]:
    told, held = (compared_as(side.text) for side in (said, quoted))
    if told is None or told != held or any(_FRONTED.match(side.plain) for side in (said, quoted)):
        return []
    arms, others = (_owners(side, known)[0] for side in (said, quoted))
    turned = len(arms) == _TWO == len({*arms}) and arms == others[::-1]
    return [mention.written for mention in mentions(said, known)] if turned else []


def _read(text: str, language: str) -> tuple[Sentence, ...]:
    return sentences(text, "fr" if language == "fr" else "en")


def _exchanged(said: Sentence, quoted: Sentence, known: Known) -> list[str]:
    told, held = _values(said), _values(quoted)
    for owners, others in zip(_owners(said, known), _owners(quoted, known), strict=True):
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
