"""A time within which something is done, told as the time after which it is."""

import re
from collections.abc import Hashable, Iterator, Sequence
from functools import cache

from guardrails.numbers.patterns import TIME_UNITS
from guardrails.relations.model import Contradiction, Sentence
from guardrails.tables import table


def within_or_after(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "use after 28 days" or "do not use within 28 days" where the quotes say "use within 28 days"."""
    held: dict[Hashable, set[str]] = {}
    for sentence in quoted:
        for time, way, _ in _limits(sentence):
            held.setdefault(time, set()).add(way)
    for sentence in said:
        for time, way, written in _limits(sentence):
            if time in held and way not in held[time]:
                yield Contradiction("within_or_after", {"value": written})


def lasting_or_delayed(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "starts after 7 days" where the quotes say "for 7 days", or the reverse."""
    held: dict[Hashable, set[str]] = {}
    for sentence in quoted:
        for time, role, _ in _roles(sentence):
            held.setdefault(time, set()).add(role)
    for sentence in said:
        for time, role, written in _roles(sentence):
            there = held.get(time, set())
            if {role} | there == {"lasting", "begun"} and role not in there:
                yield Contradiction("lasting_or_delayed", {"value": written})


def _roles(sentence: Sentence) -> Iterator[tuple[Hashable, str, str]]:
    for start, end in _parts(sentence.plain):
        begun = _pattern("begun").search(sentence.plain, start, end)
        for quantity in sentence.quantities:
            if quantity.unit not in TIME_UNITS or not start <= quantity.start < end:
                continue
            before = sentence.plain[start : quantity.start]
            delayed = _pattern("delayed").search(before) or _pattern("delayed_behind").match(
                sentence.plain, quantity.end
            )
            role = "other"
            if delayed:
                role = "begun" if begun else "other"
            elif _pattern("going_on").search(before):
                role = "lasting"
            yield (quantity.value, quantity.unit), role, quantity.text.strip()


def _limits(sentence: Sentence) -> Iterator[tuple[Hashable, str, str]]:
    for part_start, part_end in _parts(sentence.plain):
        part = sentence.plain[part_start:part_end]
        if not _words("used").search(part):
            continue
        turned = bool(_words("ended").search(part))
        for quantity in sentence.quantities:
            if quantity.unit not in TIME_UNITS or not part_start <= quantity.start < part_end:
                continue
            before = sentence.plain[part_start : quantity.start]
            for way, other in (("within", "after"), ("after", "within")):
                if _words(way).search(before):
                    yield (
                        (quantity.value, quantity.unit),
                        other if turned else way,
                        quantity.text.strip(),
                    )
                    break


def _parts(plain: str) -> Iterator[tuple[int, int]]:
    edges = [0, *(edge for match in _BETWEEN.finditer(plain) for edge in match.span()), len(plain)]
    yield from zip(edges[::2], edges[1::2], strict=True)


_BETWEEN = re.compile(r"\s*;\s*|,\s+(?:and|et|but|mais)\s+|\.\s+")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("relations.yaml")[name])


@cache
def _words(group: str) -> re.Pattern[str]:
    return re.compile(table("relations.yaml")["limits_of_time"][group])
