"""What is said of one noun: whose exposure, which way a risk goes, a change by an amount or to it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from guardrails.overlap import contents, folded
from guardrails.relations.arms import Known, mentions
from guardrails.relations.model import Contradiction, Sentence
from guardrails.relations.patterns import pattern
from guardrails.relations.ways import OTHER, opposed
from guardrails.tables import table

_TWO = 2
_OF_A_DOSE = re.compile(
    r"\s+(?:of\s+|de\s+)?(?:(?:the|la|a|une|usual|normal|recommended)\s+)*(?:dos(?:e|es|age)|posologie)\b"
)
"""Half the dose is no share of people."""
_NEAR = 12
"""Characters between a direction and the noun that it is said of."""


def of_another(said: Sequence[Sentence], quoted: Sequence[Sentence], known: Known) -> Iterator[Contradiction]:
    """Say "exposure to X" where the quotes speak of the exposure to Y, and name X for something else."""
    held: dict[str, dict[str, str]] = {}
    for sentence in quoted:
        for noun, key, written in _owned(sentence, known):
            held.setdefault(noun, {})[key] = written
    named = {m.key for s in quoted for m in mentions(s, known)}
    for sentence in said:
        for noun, key, written in _owned(sentence, known):
            owners = held.get(noun, {})
            if owners and key not in owners and key in named:
                yield Contradiction(
                    "of_another", {"noun": noun, "name": written, "other": sorted(owners.values())}
                )


def _owned(sentence: Sentence, known: Known) -> Iterator[tuple[str, str, str]]:
    for mention in mentions(sentence, known):
        before, after = sentence.plain[: mention.start], sentence.plain[mention.end :]
        if (
            match := _noun_before().search(before)
            or pattern("interaction").search(before)
            or _noun_after().match(after)
        ):
            yield match["noun"].removesuffix("s"), mention.key, mention.written


def otherwise_directed(
    said: Sequence[Sentence], quoted: Sequence[Sentence], known: Known
) -> Iterator[Contradiction]:
    """A risk that is lower in the quotes and higher in the statement. Two arms compared are read elsewhere."""
    said, quoted = _in_parts(_of_one(said, known)), _in_parts(_of_one(quoted, known))
    held: dict[str, set[str]] = {}
    for sentence in quoted:
        for noun, way in _directed(sentence):
            held.setdefault(noun, set()).add(way)
    told: dict[str, set[str]] = {}
    for sentence in said:
        for noun, way in _directed(sentence):
            told.setdefault(noun, set()).add(way)
    for noun, ways in told.items():
        there = held.get(noun, set())
        if len(ways) == len(there) == 1 and ways != there and "?" not in ways | there:
            yield Contradiction("noun_turned", {"noun": noun, "way": sorted(ways), "quoted": sorted(there)})


def _in_parts(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Told apart where one part may deny and another not."""
    return [part for sentence in sentences for part in sentence.parts(pattern("parts"))]


def _of_one(parts: Sequence[Sentence], known: Known) -> list[Sentence]:
    return [s for s in parts if len({m.key for m in mentions(s, known)}) < _TWO]


def _directed(sentence: Sentence) -> Iterator[tuple[str, str]]:
    if sentence.denies:
        return
    spots = [
        (way, *m.span())
        for way in ("up", "down")
        for m in pattern("noun_signs", way).finditer(sentence.plain)
    ]
    for way in ("up", "down"):
        for match in pattern("degree_of", way).finditer(sentence.plain):
            if noun := contents(match["noun"]):
                yield next(iter(noun)), way
    for match in pattern("nouns").finditer(sentence.plain):
        near = [
            (max(start - match.end(), match.start() - end), way)
            for way, start, end in spots
            if max(start - match.end(), match.start() - end) <= _NEAR
        ]
        if near:
            nearest = {way for distance, way in near if distance == min(near)[0]}
            yield _one_name(match[0]), nearest.pop() if len({way for _, way in near}) == 1 else "?"


def by_or_to(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "reduced by 20 mg" where the quotes say "reduced to 20 mg"."""
    return opposed(said, quoted, _amounts, "by_or_to")


def change_or_share(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "fell in 34 % of patients" where the quotes say "fell by 34 %", or the reverse."""
    return opposed(said, quoted, _percentages, "change_or_share")


def _percentages(sentence: Sentence) -> Iterator[tuple[object, str, str]]:
    for quantity in sentence.quantities:
        before = sentence.plain[: quantity.start]
        if quantity.unit == "%" and quantity.kind == "number":
            role = OTHER
            if pattern("of_people").match(sentence.plain, quantity.end):
                role = "people"
            elif _amount("by").search(before) or pattern("relative_change").search(before):
                role = "change"
            yield quantity.value, role, quantity.text.strip()
        if quantity.kind == "fraction" and quantity.upper and pattern("people").search(sentence.plain):
            role = "people"
            if _OF_A_DOSE.match(sentence.plain, quantity.end):
                role = OTHER
            elif _amount("by").search(before):
                role = "change"
            yield quantity.value * 100 / quantity.upper, role, quantity.text.strip()


def _amounts(sentence: Sentence) -> Iterator[tuple[object, str, str]]:
    for quantity in sentence.quantities:
        share = quantity.kind == "fraction" and not quantity.unit
        if not share and (quantity.kind != "number" or not quantity.unit):
            continue
        whole = quantity.upper if share else 100 if quantity.unit == "%" else None
        if whole == 2 * quantity.value:
            continue  # by half is to half
        before = sentence.plain[: quantity.start]
        for how in ("by", "to"):
            if _amount(how).search(before):
                yield (quantity.value, quantity.upper, quantity.unit), how, quantity.text.strip()
                break


def _one_name(noun: str) -> str:
    """Risk and risque, rate and taux stay apart: they are compared within one language only."""
    return folded(noun).removesuffix("s")


@cache
def _noun_before() -> re.Pattern[str]:
    words = table("relations.yaml")
    return re.compile(rf"\b(?P<noun>(?:{'|'.join(words['of_one'])})s?){words['of']}$")


@cache
def _noun_after() -> re.Pattern[str]:
    return re.compile(
        rf"\s+(?:(?:trough|plasma|serum|peak|mean|maximum|systemic|starting|daily)\s+){{0,2}}(?P<noun>(?:{'|'.join(table('relations.yaml')['of_one'])})s?)\b"
    )


@cache
def _amount(how: str) -> re.Pattern[str]:
    words = table("relations.yaml")["amounts"]
    return re.compile(rf"\b{words['verb']}{words[how]}")
