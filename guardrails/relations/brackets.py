"""A value and what stands in brackets behind it: another's interval, another's share."""

import re
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

from guardrails.numbers import Quantity
from guardrails.relations.model import Contradiction, Sentence

_OPENS = re.compile(
    r"\s*(?:patients?|participants?|sujets?|subjects?|%)?\s*[(\[]\s*(?:(?:95|90|99)\s?%\s*)?(?:ci|ic|cri|confidence interval)?"
    r"(?:\s*(?:a\s*)?(?:95|90|99)(?:[.,]\d+)?\s?%)?\s*[:,=]?\s*[(\[]?\s*"
)


def bracketed_otherwise(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Speaks where the quotes put something else of its kind behind this value, and this behind another."""
    held = list(_pairs(quoted))
    for value, kind, beside, written in _pairs(said):
        own = {b for v, k, b, _ in held if v == value and k == kind}
        others = {w for v, k, b, w in held if b == beside and k == kind and v != value}
        if own and beside not in own and others:
            yield Contradiction("borrowed", {"numbers": [written]})


def _pairs(parts: Sequence[Sentence]) -> Iterator[tuple[Hashable, Hashable, Hashable, str]]:
    for sentence in parts:
        numbers = [q for q in sentence.quantities if not _is_level(q, sentence)]
        for one, after in pairwise(numbers):
            if _OPENS.fullmatch(sentence.plain[one.end : after.start]):
                kind = (one.unit, after.unit, after.kind)
                yield _key(one), kind, _key(after), after.text.strip()


def _is_level(quantity: Quantity, sentence: Sentence) -> bool:
    """The 95 % of an interval."""
    around = sentence.plain[max(0, quantity.start - 12) : quantity.end + 6]
    return quantity.unit == "%" and bool(re.search(r"\b(?:ci|ic|cri|confidence|confiance)\b", around))


def _key(quantity: Quantity) -> Hashable:
    return quantity.value, quantity.upper, quantity.unit
