"""Words that exclude each other, exchanged where a statement is else nearly a sentence of its quotes.

"Always" for "often", "aspartate" for "alanine", "one month" for "one week", "dramatically" put in, "about" left out: in a free rewording such a word
may be carried by others; here nothing else was changed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from guardrails.markers import markers, pattern_of
from guardrails.model import Segment
from guardrails.near_copy import NearCopy, near_copy
from guardrails.numbers import Quantity, extract
from guardrails.tables import table

NEAR = 0.7
"""Share of equal words: a short sentence with two words changed is still the same one."""
_LONGEST = 4
"""Words of a change that may still be an exchange of one for another."""
_ARTICLE = re.compile(r"^(?:a|an|the|un|une|le|la|les)\s+")
Group = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Changed:
    """What the statement says, and what its quote says in that place; either may be nothing."""

    said: str
    quoted: str


def changed_words(segment: Segment) -> Iterator[Changed]:
    """The words of `near_words.yaml` that were exchanged, put in or left out."""
    copy = near_copy(segment, NEAR)
    if copy is None:
        return
    edits = list(copy.pairs())
    yield from _exchanged(copy, edits)
    yield from _put_in(copy, edits, segment.language)
    yield from _approximate(copy, segment)


def same_by_list(one: str, other: str) -> bool:
    """Whether two words are of one group, which says the same."""
    return not _groups_with(one).isdisjoint(_groups_with(other))


@lru_cache(maxsize=8192)
def _groups_with(word: str) -> frozenset[tuple[str, int, int]]:
    """The groups that a word is of, each by its place."""
    return frozenset(
        (name, at, place)
        for name in ("exclude_each_other", "same_in_a_copy")
        for at, groups in enumerate(_groups(name))
        for place, group in enumerate(groups)
        if group.search(word)
    )


def _exchanged(copy: NearCopy, edits: Sequence[tuple[str, str]]) -> Iterator[Changed]:
    said, quoted = " ".join(copy.said), " ".join(copy.quoted)
    for put, taken in edits:
        short = max(len(put.split()), len(taken.split())) <= _LONGEST
        single = len(_ARTICLE.sub("", put).split()) == len(_ARTICLE.sub("", taken).split()) == 1
        for groups in (
            *(_groups("exclude_each_other") if short else ()),
            *(_groups("word_for_word") if single else ()),
        ):
            if pair := _excluding(groups, put, taken):
                moved = pair[0].search(quoted) and pair[1].search(said)
                if not moved or _turned(groups, said, quoted, edits):
                    yield Changed(_found(pair[0], put), _found(pair[1], taken))
    for put, taken in _gone_and_come(edits):
        for groups in _groups("exclude_each_other"):
            pair = _excluding(groups, put, taken)
            if pair and _turned(groups, said, quoted, edits):
                yield Changed(_found(pair[0], put), _found(pair[1], taken))


def _excluding(groups: Sequence[Group], put: str, taken: str) -> tuple[Group, Group] | None:
    """The two groups that the words put in and the words taken out are of; None where it is one or neither."""
    one, other = _one_of(groups, put), _one_of(groups, taken)
    return None if one is None or other is None or one == other else (groups[one], groups[other])


def _gone_and_come(edits: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each thing put in without anything taken beside what was taken elsewhere."""
    puts, takes = (
        [put for put, taken in edits if put and not taken],
        [taken for put, taken in edits if taken and not put],
    )
    yield from ((put, taken) for put in puts for taken in takes)


def _turned(groups: Sequence[Group], said: str, quoted: str, edits: Sequence[tuple[str, str]]) -> bool:
    """Whether the words of two groups changed places and nothing else was changed."""
    order = [_order(groups, text) for text in (said, quoted)]
    rest = [_without(groups, text) for pair in edits for text in pair]
    return order[0] != order[1] and sorted(order[0]) == sorted(order[1]) and not any(rest)


def _order(groups: Sequence[Group], text: str) -> list[int]:
    found = [(m.start(), at) for at, group in enumerate(groups) for m in group.finditer(text)]
    return [at for _, at in sorted(found)]


def _without(groups: Sequence[Group], text: str) -> str:
    for group in groups:
        text = group.sub(" ", text)
    return text.strip()


def _one_of(groups: Sequence[Group], text: str) -> int | None:
    found = [at for at, group in enumerate(groups) if group.search(text)]
    return found[0] if len(found) == 1 else None


def _found(group: Group, text: str) -> str:
    match = group.search(text)
    return match[0] if match else ""


def _put_in(copy: NearCopy, edits: Sequence[tuple[str, str]], language: str) -> Iterator[Changed]:
    """Words that make more or less of it. "Only if" for "not unless" restricts as the quote does."""
    quoted = " ".join(copy.quoted)
    restricts = {"negation", "except"} & {*markers(" | ".join(taken for _, taken in edits), language)}
    for name, group in _words_put_in().items():
        if group.search(quoted) or (name == "less" and restricts):
            continue
        for put, taken in edits:
            if (match := group.search(put)) and len(taken.split()) <= 1 and not _equals()[name].search(taken):
                yield Changed(match[0], "")


def _approximate(copy: NearCopy, segment: Segment) -> Iterator[Changed]:
    """A number that is told as exact where the quote says "about", or the reverse; not one that is rounded."""
    held = extract(copy.sentence, segment.language)
    for one in extract(segment.text, segment.language):
        alike = [other for other in held if _same_value(one, other)]
        if alike and all({one.comparator, other.comparator} == {"", "~"} for other in alike):
            yield Changed(one.text.strip(), alike[0].text.strip())


def _same_value(one: Quantity, other: Quantity) -> bool:
    return (one.kind, one.value, one.upper, one.unit) == (other.kind, other.value, other.upper, other.unit)


@cache
def _groups(name: str) -> tuple[tuple[Group, ...], ...]:
    sets: Mapping[str, Sequence[list[str]]] = table("near_words.yaml")[name]
    return tuple(tuple(pattern_of(group) for group in groups) for groups in sets.values())


@cache
def _equals() -> Mapping[str, Group]:
    return {name: pattern_of(words) for name, words in table("near_words.yaml")["put_in_for"].items()}


@cache
def _words_put_in() -> Mapping[str, Group]:
    return {name: pattern_of(words) for name, words in table("near_words.yaml")["put_in"].items()}
