"""Values that are told in one of two opposite ways: by or to, within or after, for or from."""

from collections.abc import Callable, Hashable, Iterator, Sequence

from guardrails.relations.model import Contradiction, Sentence

OTHER = "other"
"""The way of a value that is told in neither: it opposes none."""
Told = Callable[[Sentence], Iterator[tuple[Hashable, str, str]]]
"""Each value of a sentence, its way, and how it is written."""


def opposed(
    said: Sequence[Sentence], quoted: Sequence[Sentence], told: Told, variant: str
) -> Iterator[Contradiction]:
    """Speaks where the statement tells a value in the one way, and the quotes tell it in the opposite way only."""
    held: dict[Hashable, set[str]] = {}
    for sentence in quoted:
        for value, way, _ in told(sentence):
            held.setdefault(value, set()).add(way)
    for sentence in said:
        for value, way, written in told(sentence):
            there = held.get(value, set())
            if there and way not in there and OTHER not in {way, *there}:
                yield Contradiction(variant, {"value": written})
