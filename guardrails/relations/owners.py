"""What a value may belong to besides an arm: people, ages, doses, weeks, things of one kind."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from guardrails.numbers.patterns import DOSES, TIME_UNITS
from guardrails.relations.arms import Mention, by_pattern
from guardrails.relations.model import Sentence
from guardrails.relations.patterns import pattern
from guardrails.things import things

_NEAR = 14
_AGES = frozenset({"year", "month"})
_NAMED_TIME = re.compile(r"\b(?:week|day|month|year|semaine|jour|mois|annee)s?\s*\d+\s*$")
Owners = Callable[[Sentence], list[Mention]]
"""Finds the owners in a sentence."""


def by_words(*groups: str) -> Owners:
    """What the patterns of these groups of `relations.yaml` find, in order."""

    def of(sentence: Sentence) -> list[Mention]:
        found = (mention for group in groups for mention in by_pattern(sentence, group))
        return sorted(found, key=lambda m: m.start)

    return of


def _on_doses(sentence: Sentence) -> list[Mention]:
    """Groups told by their dose, and those on placebo: "patients on 25 mg"."""
    placebo = [m for m in by_pattern(sentence, "arms") if m.key == "placebo"]
    doses = [
        Mention(f"{q.value.normalize()} {q.unit}", q.start, q.end, q.text.strip())
        for q in sentence.quantities
        if q.unit in DOSES and q.kind == "number" and pattern("on_a_dose").search(sentence.plain[: q.start])
    ]
    return sorted([*doses, *placebo], key=lambda m: m.start) if doses else []


def _at_times(sentence: Sentence) -> list[Mention]:
    """When something was measured: "at week 12"."""
    return [
        Mention(f"{q.value.normalize()} {q.unit}", q.start, q.end, q.text.strip())
        for q in sentence.quantities
        if q.unit in TIME_UNITS
        and q.kind == "number"
        and not q.comparator
        and (named := _NAMED_TIME.search(sentence.plain[: q.end]))
        and pattern("at_a_time").search(sentence.plain[: named.start()])
    ]


def _of_age(sentence: Sentence) -> list[Mention]:
    """Groups told by their age: "aged 65 years or older"."""
    return [
        Mention(f"{q.comparator}{q.value.normalize()}-{q.upper} {q.unit}", q.start, q.end, q.text.strip())
        for q in sentence.quantities
        if q.unit in _AGES
        and (q.kind == "range" or q.comparator)
        and pattern("aged").search(sentence.plain, max(0, q.start - _NEAR), q.end + _NEAR)
    ]


@cache
def of_kind(kind: str) -> Owners:
    """The things of one kind."""

    def of(sentence: Sentence) -> list[Mention]:
        found = things(sentence.text)
        return [
            Mention(t.name, t.start, t.end, sentence.text[t.start : t.end]) for t in found if t.kind == kind
        ]

    return of


def _groups_of_people(sentence: Sentence) -> list[Mention]:
    """Who is spoken of: the whole population, an age, a sex, an illness."""
    named = by_words("populations", "impaired", "wholes")(sentence)
    return sorted([*named, *_of_age(sentence), *of_kind("condition")(sentence)], key=lambda m: m.start)


def owner_groups(said: Sequence[Sentence], quoted: Sequence[Sentence]) -> tuple[Owners, ...]:
    """Who; what is measured; on which dose; which thing of a kind that the quotes name several of."""
    told = {thing.kind for sentence in said for thing in things(sentence.text)}
    held = {(thing.kind, thing.name) for sentence in quoted for thing in things(sentence.text)}
    several = Counter(kind for kind, _ in held)
    return (*_groups(), *(of_kind(kind) for kind in sorted(told) if several[kind] > 1))


@cache
def _groups() -> tuple[Owners, ...]:
    words = (("populations",), ("populations", "impaired"), ("measures",), ("media",), ("limits",), ("wholes",),
             ("analyses",))  # fmt: skip
    return (
        *(by_words(*names) for names in words),
        _on_doses,
        _at_times,
        _of_age,
        _groups_of_people,
    )


IN_ORDER = (by_words("sides"), by_words("settings"), by_words("turns"))
"""Before and after, of a meal or a dose; alone and together; the first and those that follow."""
