"""A time within which something is done, told as the time after which it is."""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from guardrails.numbers.patterns import TIME_UNITS
from guardrails.relations.model import Contradiction, Sentence, stretches
from guardrails.relations.patterns import pattern, patterns
from guardrails.relations.ways import OTHER, opposed

_limit = partial(pattern, "limits_of_time")


def within_or_after(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "use after 28 days" or "do not use within 28 days" where the quotes say "use within 28 days"."""
    return opposed(said, quoted, _limits, "within_or_after")


def lasting_or_delayed(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "starts after 7 days" where the quotes say "for 7 days", or the reverse."""
    return opposed(said, quoted, _roles, "lasting_or_delayed")


def before_or_after(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "within 7 days after the start" where the quotes say "within 7 days before the start"."""
    return opposed(said, quoted, _sides, "before_or_after")


def time_to_or_length_of(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "the median time to response was 9.8 months" where the quotes say that a response lasted so long."""
    return opposed(said, quoted, _spans, "time_or_length")


def of_another_length(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Say "a few days" where the quotes only say "several months"."""
    told, held = _vague(said), _vague(quoted)
    if told and held and not told.keys() & held.keys():
        yield Contradiction(
            "other_thing", {"word": next(iter(told.values())), "other": sorted(held.values())}
        )


def _vague(parts: Sequence[Sentence]) -> dict[str, str]:
    return {
        unit: sentence.text[match.start() : match.end()]
        for sentence in parts
        for unit, words in patterns("vague_times").items()
        if (match := words.search(sentence.plain))
    }


def _sides(sentence: Sentence) -> Iterator[tuple[Hashable, str, str]]:
    for quantity in sentence.quantities:
        if quantity.unit in TIME_UNITS and quantity.kind in {"number", "range"}:
            behind = sentence.plain[quantity.end :]
            side = next(
                (side for side in ("before", "after") if pattern("sides_of_time", side).match(behind)), OTHER
            )
            yield (quantity.value, quantity.upper, quantity.unit), side, quantity.text.strip()


def _spans(sentence: Sentence) -> Iterator[tuple[Hashable, str, str]]:
    for start, end in stretches(sentence.plain, _AND_THE):
        part = sentence.plain[start:end]
        found = {way for way in ("time_to", "length_of") if pattern("spans", way).search(part)}
        for quantity in sentence.quantities:
            if quantity.unit in TIME_UNITS and start <= quantity.start < end:
                yield (
                    (quantity.value, quantity.unit),
                    next(iter(found)) if len(found) == 1 else OTHER,
                    quantity.text.strip(),
                )


def _roles(sentence: Sentence) -> Iterator[tuple[Hashable, str, str]]:
    for start, end in stretches(sentence.plain, _BETWEEN):
        begun = pattern("begun").search(sentence.plain, start, end)
        for quantity in sentence.quantities:
            if quantity.unit not in TIME_UNITS or not start <= quantity.start < end:
                continue
            before = sentence.plain[start : quantity.start]
            delayed = pattern("delayed").search(before) or pattern("delayed_behind").match(
                sentence.plain, quantity.end
            )
            role = OTHER
            if delayed:
                role = "begun" if begun else OTHER
            elif pattern("going_on").search(before) and not _FOLLOWED.match(sentence.plain, quantity.end):
                role = "lasting"
            yield (quantity.value, quantity.unit), role, quantity.text.strip()


def _limits(sentence: Sentence) -> Iterator[tuple[Hashable, str, str]]:
    for part_start, part_end in stretches(sentence.plain, _BETWEEN):
        acts = sorted(_acts(sentence.plain, part_start, part_end), key=lambda act: act.end)
        if not acts:
            continue
        for quantity in sentence.quantities:
            if quantity.unit not in TIME_UNITS or not part_start <= quantity.start < part_end:
                continue
            if quantity.upper is not None:
                continue  # "within 2 to 4 hours" is after 2 to 4 hours, too
            before = sentence.plain[part_start : quantity.start]
            act = next((act for act in reversed(acts) if act.end <= quantity.start), acts[0])
            for way in ("within", "after"):
                if _limit(way).search(before):
                    yield (quantity.value, quantity.unit), act.turns[way], quantity.text.strip()
                    break


@dataclass(frozen=True, slots=True)
class _Act:
    end: int
    turns: Mapping[str, str]
    """What a time within which it is done, or after which, says of the use of the thing."""


_AS_SAID = {"within": "within", "after": "after"}
_DENIED = {"within": "after", "after": "within"}
_ENDED = {"within": "within", "after": "within"}
"""Throw away after 28 days, or what is not used within 28 days: use within 28 days."""


def _acts(plain: str, start: int, end: int) -> Iterator[_Act]:
    """Where a part says that the thing is used, not used or thrown away."""
    part = plain[start:end]
    thrown = _limit("thrown").search(part)
    for act in _limit("used").finditer(part):
        denial = _limit("denied").search(part[: act.start()])
        if not denial and _limit("denied_around").search(part[: act.start()]):
            denial = _limit("denied_behind").match(part, act.end())
        turns = _AS_SAID
        if denial:
            turns = _ENDED if thrown or _limit("condition").search(part[: act.start()]) else _DENIED
        yield _Act(start + act.end(), turns)
    if thrown:
        yield _Act(start + thrown.end(), _ENDED)


_FOLLOWED = re.compile(
    r",?\s*(?:(?:and|et)\s+)?(?:followed by|then|thereafter|subsequently|before (?=\w+ing)|puis|ensuite|suivie?s? d|avant d)"
)
"""What comes next comes after that time: “2.5 mg for 4 weeks, followed by 5 mg”."""
_BETWEEN = re.compile(r"\s*;\s*|,\s+(?:and|et|but|mais)\s+|\.\s+")
_AND_THE = re.compile(_BETWEEN.pattern + r"|\s+(?:and|et)\s+(?=(?:the|an?|la|le|une?)\s|l')")
