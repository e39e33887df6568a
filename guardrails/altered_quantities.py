"""Which quantities were exchanged in a statement that else copies its quote: two weeks for a month, an end of a range for the range."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from guardrails.model import Language
from guardrails.near_copy import NearCopy
from guardrails.numbers import Quantity, extract, missing
from guardrails.numbers.match import same_quantity

_MOST = 40
"""Quantities of a sentence that are compared: with more of them it is a table."""


def altered_quantities(
    copy: NearCopy, text: str, language: Language, quotes: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Those of the text that its sentence does not hold in any form, and those that it holds instead: (said, quoted).

    One that no quote holds at all is found by its own rule (GR3).
    """
    if max(len(extract(one, language)) for one in (text, copy.sentence)) > _MOST:
        return
    lost = missing(copy.sentence, language, [(text, language)])
    if not lost:
        return
    nowhere = {one.quantity for one in missing(text, language, quotes)}
    new = [
        one.quantity
        for one in missing(text, language, [(copy.sentence, language)])
        if one.quantity not in nowhere
    ]
    yield from _cut_ranges(copy, text, language)
    if new := new or _other_rhythms(copy, text, language):
        yield _written(new), _written([one.quantity for one in lost])


def _cut_ranges(copy: NearCopy, text: str, language: Language) -> Iterator[tuple[str, str]]:
    """An end of a range told for it where nothing was put in to say that it is one: "in the range 50 mg" for "50 to 250 mg"."""
    if copy.edited()[0].strip("| "):
        return
    told, held = (Counter(_plain_numbers(one, language)) for one in (text, copy.sentence))
    for one in extract(copy.sentence, language):
        for end in (one.value, one.upper) if one.kind == "range" else ():
            if end is not None and told[end, one.unit] > held[end, one.unit]:
                yield str(end), one.text.strip()


def _plain_numbers(text: str, language: Language) -> Iterator[tuple[Decimal, str]]:
    return ((q.value, q.unit) for q in extract(text, language) if q.kind == "number" and not q.comparator)


def _other_rhythms(copy: NearCopy, text: str, language: Language) -> list[Quantity]:
    """Each week, each year: as often a manner of speaking as a figure, but not in the place of one."""
    told, held = (
        [q for q in extract(one, language, ones=True) if q.kind == "frequency"]
        for one in (text, copy.sentence)
    )
    return [q for q in told if q.weak and not any(same_quantity(q, other) for other in held)]


def _written(quantities: Sequence[Quantity]) -> str:
    return ", ".join(one.text.strip() for one in quantities)
