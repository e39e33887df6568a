"""Whether two words are forms or synonyms of one, and two stretches of text name one thing: "ALT" and "alanine aminotransferase"."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from guardrails.near_words import same_by_list
from guardrails.numbers.patterns import unit_name, units_table
from guardrails.overlap import folded, groups_of, is_small
from guardrails.tables import table
from guardrails.things import things

_LETTERS = 5
_SHORTEST = 3
_STEM = 4
"""Letters that two forms of one word have in common at least."""
_ENDING = 6
"""Letters by which the longer of them goes on at most: "administered" and "administration"."""
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)")
_DIGIT = re.compile(r"\d")


def same_thing(said: str, quoted: str) -> bool:
    """Whether both name one thing: "ALT" and "alanine aminotransferase"."""
    if _two_findings(folded(said), folded(quoted)):
        return False
    named = [{(thing.kind, thing.name) for thing in things(text)} for text in (said, quoted)]
    letters = [("".join(word[0] for word in a.split()), b) for a, b in ((said, quoted), (quoted, said))]
    return (bool(named[0]) and named[0] == named[1]) or any(first == other for first, other in letters)


def content_words(text: str, *, counted: bool = False) -> Mapping[str, str]:
    """Its words of content, without names of units where something is `counted`: folded, and as they are written."""
    found = {folded(bare): bare for word in text.split() if not (bare := _ELIDED.sub("", word))[0].isdigit()}
    return {
        word: written
        for word, written in found.items()
        if len(word) >= _SHORTEST
        and not is_small(word)
        and word not in _numbers()
        and not (counted and unit_name(word))
    }


def is_counted(text: str) -> bool:
    """Whether it holds a number, in figures or in words."""
    return any(word[0].isdigit() or folded(word) in _numbers() for word in text.split())


def is_among(word: str, written: str, others: Mapping[str, str]) -> bool:
    """Whether one of the others is a form or a synonym of the word."""
    return any(
        _alike(word, other) or same_by_list(written, as_written) for other, as_written in others.items()
    )


def _two_findings(one: str, other: str) -> bool:
    """Whether each ends like a finding of another kind than the other: neutropenia, neutrophilia."""
    if one[:_STEM] != other[:_STEM]:
        return False
    kinds = [_kinds(one), _kinds(other)]
    return all(kinds) and kinds[0].isdisjoint(kinds[1])


def _kinds(word: str) -> frozenset[int]:
    """The kinds of findings that it ends like, each by its place."""
    return frozenset(at for at, endings in enumerate(_endings()) if word.endswith(endings))


def _two_things(one: str, other: str) -> bool:
    """Whether both name things of one kind that exclude each other: a tablet, a capsule."""
    return any(
        first.kind == second.kind and first.name != second.name
        for first in things(one)
        for second in things(other)
    )


@lru_cache(maxsize=8192)
def _alike(one: str, other: str) -> bool:
    """Whether they are forms of one word, or synonyms."""
    if _DIGIT.findall(one) != _DIGIT.findall(other) or _two_findings(one, other) or _two_things(one, other):
        return False
    pairs = enumerate(zip(one, other, strict=False))
    common = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    if common >= _STEM and common >= max(len(one), len(other)) - _ENDING:
        return True
    return bool(groups_of(one[:_LETTERS]) & groups_of(other[:_LETTERS]))


@cache
def _numbers() -> frozenset[str]:
    """Numbers in words, in both languages."""
    return frozenset(folded(known) for words in units_table()["words"].values() for known in words)


@cache
def _endings() -> tuple[tuple[str, ...], ...]:
    """How words for findings of each kind end, also in the plural."""
    groups = table("near_words.yaml")["endings_of_findings"]
    return tuple(tuple(end for one in group for end in (one, f"{one}s")) for group in groups)
