"""What was exchanged in a statement that else copies its quote: "rats" for "rabbits", two weeks for a month, one arm for the other.

Who copies a sentence copies all of it. Told in own words, a statement is no copy, and other rules judge it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache

from guardrails.model import Language
from guardrails.names import looks_like_medicine
from guardrails.near_copy import NearCopy, words
from guardrails.near_words import same_by_list
from guardrails.numbers import Quantity, extract, missing
from guardrails.numbers.match import same_quantity
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
_MOST = 40
"""Quantities of a sentence that are compared: with more of them it is a table."""
_PLAIN = frozenset(
    {"found", "seen", "observed", "noted", "recorded", "reported", "recovered", "given", "takes", "take", "taken", "lasts", "lasted", "stays", "kept"}
    | {"changed", "change", "varied", "varie", "variait", "variation", "evolue", "trouve", "observe", "note", "rapporte", "constate", "donne", "prend", "dure"}
)  # fmt: skip
"""Verbs that say little: what they stand for is said by what stands around."""
_JOINS = frozenset({"and", "or", "et", "ou"})
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)")
_DIGIT = re.compile(r"\d")


def altered(copy: NearCopy, own: Collection[str]) -> Iterator[tuple[str, str]]:
    """What stands in the copy and what the quote has there, (said, quoted) in lower case, where they are other words.

    Not: small words; numbers and what they measure, which have rules of their own; another form or a synonym; what only changed its
    place; one of the product's `own` names, folded, unless it stands where the quote names another medicine.
    """
    pairs = [
        (content_words(said, counted=counted), content_words(quoted, counted=counted))
        for said, quoted in copy.pairs()
        if not same_thing(said, quoted)
        for counted in [_is_counted(said) or _is_counted(quoted)]
    ]
    put = {word for said, _ in pairs for word in said}
    taken = {word for _, quoted in pairs for word in quoted}
    for said, quoted in pairs:
        another = any(_names_a_medicine(w) and w not in own for w in quoted)
        new = [
            w
            for w in said
            if w not in taken and (another or w not in own) and not is_among(w, said[w], quoted)
        ]
        lost = [w for w in quoted if w not in put and not is_among(w, quoted[w], said)]
        if new and lost and not (_PLAIN.issuperset(new) or _PLAIN.issuperset(lost)):
            yield " ".join(said[w] for w in new), " ".join(quoted[w] for w in lost)


def _names_a_medicine(word: str) -> bool:
    return word == "placebo" or looks_like_medicine(word)


def altered_quantities(
    copy: NearCopy, text: str, language: Language, quotes: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """The same of quantities: those of the text that its sentence does not hold in any form, and those that it holds instead.

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


def joined(copy: NearCopy, quotes: Iterable[str]) -> Iterator[str]:
    """What was put into the sentence beside something with "and" or "or", and stands in no quote: "adults and adolescents"."""
    held = {word for quote in quotes for word in content_words(" ".join(words(quote)))}
    for said, quoted in copy.pairs():
        ends = {said.split(" ", 1)[0], said.rsplit(" ", 1)[-1]}
        if not quoted and ends & _JOINS and not held.issuperset(content_words(said)):
            yield said


def same_thing(said: str, quoted: str) -> bool:
    """Whether both name one thing: "ALT" and "alanine aminotransferase"."""
    if _two_findings(folded(said), folded(quoted)):
        return False
    named = [{(thing.kind, thing.name) for thing in things(text)} for text in (said, quoted)]
    letters = [("".join(word[0] for word in a.split()), b) for a, b in ((said, quoted), (quoted, said))]
    return (bool(named[0]) and named[0] == named[1]) or any(first == other for first, other in letters)


def _written(quantities: Sequence[Quantity]) -> str:
    return ", ".join(one.text.strip() for one in quantities)


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


def _is_counted(text: str) -> bool:
    return any(word[0].isdigit() or folded(word) in _numbers() for word in text.split())


@cache
def _numbers() -> frozenset[str]:
    """Numbers in words, in both languages."""
    return frozenset(folded(known) for words in units_table()["words"].values() for known in words)


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


@cache
def _endings() -> tuple[tuple[str, ...], ...]:
    """How words for findings of each kind end, also in the plural."""
    groups = table("near_words.yaml")["endings_of_findings"]
    return tuple(tuple(end for one in group for end in (one, f"{one}s")) for group in groups)


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
