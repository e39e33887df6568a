"""Two values that changed places with the words around them: "24 hours in the refrigerator, 6 hours at room temperature"."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations

from guardrails.numbers import Quantity
from guardrails.numbers.patterns import TIME_UNITS
from guardrails.overlap import contents
from guardrails.relations.model import Contradiction, Sentence, sentences, stretches
from guardrails.relations.values import told_values

_CLAUSE = re.compile(
    r";|,(?!\d)|\b(?:and|et|or|ou|versus|vs|contre|whereas|while|tandis que|alors que|but|mais|then|puis|if|when|until|si|lorsqu\w*|quand|jusqu\w*)\b"
)
_EFFECTS = frozenset({"%", "fold", "pp", "point"})
Place = tuple[str, Decimal, Decimal | None, str]
"""Kind, value, upper end and unit."""


def words_exchanged(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Speaks where a word goes from the one value to the other and another word comes back."""
    told, held = _surroundings(said), _surroundings(quoted)
    for one, other in permutations(told, 2):
        if one[0] != other[0] or not {one, other} <= held.keys() or str(one) > str(other):
            continue
        gone = (held[one][1] - held[other][1]) & (told[other][1] - told[one][1])
        come = (held[other][1] - held[one][1]) & (told[one][1] - told[other][1])
        if gone and come:
            yield Contradiction("swapped", {"numbers": [told[one][0], told[other][0]]})


def _surroundings(parts: Sequence[Sentence]) -> Mapping[Place, tuple[str, frozenset[str]]]:
    """Each value that stands alone of its kind in one clause: as written, and the words of that clause."""
    found: dict[Place, tuple[str, frozenset[str]]] = {}
    twice = set[Place]()
    for sentence in parts:
        for start, end in stretches(sentence.plain, _CLAUSE):
            text = sentence.text[start:end]
            values = [q for part in sentences(text, sentence.language) for q in told_values(part)]
            kinds = [_kind(value) for value in values]
            of_kind, told = Counter(kinds), contents(text)
            for kind, value in zip(kinds, values, strict=True):
                place = (kind, value.value, value.upper, value.unit)
                if of_kind[kind] > 1 or place in found:
                    twice.add(place)
                found[place] = (value.text.strip(), told)
    return {place: about for place, about in found.items() if place not in twice}


def _kind(quantity: Quantity) -> str:
    """Times of any unit may change places, and so may sizes of an effect: 58 % and 2.4-fold."""
    if quantity.unit in _EFFECTS:
        return "effect"
    return "time" if quantity.unit in TIME_UNITS else f"{quantity.kind} {quantity.unit}"
