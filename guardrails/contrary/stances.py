"""The side that a text takes on each axis of `stances.yaml`, and the words that say so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from guardrails.plain import plain
from guardrails.tables import table

_SILENT = frozenset({"neither", "either", "both", "excepted", "compared"})
"""Sides that only take their words away from the others."""


@dataclass(frozen=True, slots=True)
class Stance:
    """One side of an axis where it is said."""

    side: str
    words: str
    """As written."""
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """Sides that exclude each other, in the order in which their words are looked for."""

    name: str
    shared: float
    """The least share of the words of the shorter text that the other must hold."""
    denied: bool
    """A denial turns its sides: two texts that both deny are not set against each other."""
    of_whom: bool
    """Its sides are of the people that they name: what is needed in the elderly says nothing of others."""
    of_use: bool
    """Its sides are set against each other only where both texts tell how something is used."""
    turned: bool
    """Who denies the one side says the other: "not in the morning", "in the evening"."""
    of_one: bool
    """Its sides are not set against each other where both texts compare two: the order is read elsewhere."""
    of_things: bool
    """Its sides name organs themselves: it is asked before what two texts name sets them apart."""
    sides: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=4096)
def stances(text: str) -> Mapping[str, Stance]:
    """By axis the side taken; axes of which the text takes no side or more than one are left out."""
    return {axis.name: stance for axis in axes() if (stance := _stance(axis, text))}


@cache
def axes() -> tuple[Axis, ...]:
    """All axes of the table."""
    return tuple(
        Axis(
            name,
            entry["shared"],
            entry.get("denied", False),
            entry.get("of_whom", False),
            entry.get("of_use", False),
            entry.get("turned", False),
            entry.get("of_one", False),
            entry.get("before_things", False),
            tuple((side, re.compile("|".join(found))) for side, found in entry["sides"].items()),
        )
        for name, entry in table("stances.yaml")["axes"].items()
    )


@cache
def words(name: str) -> re.Pattern[str]:
    """A pattern of the table that is of no axis."""
    return re.compile(table("stances.yaml")[name])


def _stance(axis: Axis, text: str) -> Stance | None:
    folded = plain(text)
    taken: list[Stance] = []
    for side, pattern in axis.sides:
        places = tuple(match.span() for match in pattern.finditer(folded))
        if places:
            folded = _without(folded, places)
            if side not in _SILENT:
                taken.append(Stance(side, text[slice(*places[0])], places))
    return taken[0] if len(taken) == 1 else None


def _without(text: str, places: tuple[tuple[int, int], ...]) -> str:
    return "".join(_pieces(text, places))


def _pieces(text: str, places: tuple[tuple[int, int], ...]) -> Iterator[str]:
    at = 0
    for start, end in places:
        yield text[at:start]
        yield "_" * (end - start)  # keeps every character at its place, and no pattern reads across
        at = end
    yield text[at:]
