"""Which of two is told to have more, where a text compares one with the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from guardrails.contrary.stances import words
from guardrails.markers import markers
from guardrails.numbers import extract
from guardrails.numbers.patterns import DOSES, TIME_UNITS
from guardrails.overlap import folded
from guardrails.plain import plain

_WITH = re.compile(
    r"\b(?:with|on|in|for|under|sous|avec|chez)\s+(?:the\s+|le\s+|la\s+|l')?(?P<name>[^\W\d_]{4,})"
)
_TWO = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """The one that stands behind "than", and whether the other is told to have more (1) or less (-1)."""

    behind: str
    sign: int
    words: str
    counted: bool
    """Read from two numbers."""


@lru_cache(maxsize=4096)
def comparison(text: str, language: str) -> tuple[Compared, ...]:
    """What a text compares; more than one reading where its numbers and its words each tell one."""
    if "negation" in markers(text, language):
        return ()
    return tuple(_readings(text, language))


def turned_round(
    said: tuple[Compared, ...], held: tuple[Compared, ...], text: str, claim: str
) -> Iterator[tuple[str, str]]:
    """Comparisons of the same two that each side tells the other way round."""
    for one in said:
        for other in held:
            known = one.behind in plain(claim) and other.behind in plain(text)
            known = known and not (one.counted and other.counted)  # read with the numbers elsewhere
            if known and (one.behind == other.behind) == (one.sign != other.sign):
                yield one.words, other.words


def _readings(text: str, language: str) -> Iterator[Compared]:
    spoken = plain(text)
    match = words("behind").search(spoken)
    up, down = (bool(words(name).search(spoken)) for name in ("higher", "fewer"))
    if match and up != down:
        yield Compared(
            folded(match["name"]), 1 if up else -1, text[match.start() : match.end()], counted=False
        )
        return
    of_taking = {*TIME_UNITS, *DOSES} - {"month"}  # months are a median survival as often
    found = [q for q in extract(text, language) if q.kind == "number" and q.unit not in of_taking]
    values = [q for q in found if sum(o.unit == q.unit for o in found) == _TWO]
    named = [(m["name"], m.start()) for m in _WITH.finditer(spoken)]
    if len(values) == _TWO and len(named) >= _TWO and values[0].value != values[1].value:
        owners = [next((n for n, at in named if at >= q.end), "") for q in values]
        if all(owners) and owners[0] != owners[1]:
            yield Compared(owners[1], 1 if values[0].value > values[1].value else -1, text, counted=True)
