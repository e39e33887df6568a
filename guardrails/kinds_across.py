"""Another of its kind in a translation: an injection for an infusion, the thigh for the abdomen, "reduced" for "stopped".

The members of a kind exclude each other and are told under one name in both languages. Where the translation and its sentence name as
many of a kind, they name the same ones; where they do not, other words may carry one of them, and nothing is said.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from guardrails.names import begins, named_words
from guardrails.plain import plain
from guardrails.tables import table
from guardrails.things import things
from guardrails.translations import Translation

_CONDITION = "thing: condition"
_Counts = Mapping[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A word of the translation, and what its sentence has in that place."""

    said: str
    quoted: str


def exchanged_across(told: Translation) -> Iterator[Exchanged]:
    """What stands for another of its kind in every sentence that the statement may translate."""
    text = told.segment.text
    if found := told.against_each(lambda sentence, _: _exchanged(text, sentence)):
        yield found[0]


def added_across(translation: Translation) -> Iterator[str]:
    """What a translation puts in: a line of treatment where no quote speaks of any, a condition that none names."""
    segment = translation.segment
    if not translation.literal:
        return
    told, held = _counts(segment.text), [_counts(citation.quote) for citation in segment.citations]
    for kind in table("across.yaml")["nothing_added"]:
        if kind in told and not any(kind in counts for counts in held):
            yield from (_word(segment.text, kind, name) for name in told[kind])
    conditions = told.get(_CONDITION, Counter())
    known = sum((counts.get(_CONDITION, Counter()) for counts in held), Counter[str]())
    if conditions.total() > known.total():
        begun = {begins(word) for c in segment.citations for word, _ in named_words(c.quote)}
        words = (_word(segment.text, _CONDITION, name) for name in conditions if name not in known)
        yield from (word for word in words if begins(word) not in begun)


def compared_as(text: str) -> str | None:
    """How a text compares two things, superior or not inferior; None where it does so not at all, more than once, or as equals."""
    found = _counts(text).get("comparison", Counter())
    return next(iter(found)) if found.total() == 1 and "equal" not in found else None


def _exchanged(said: str, quoted: str) -> list[Exchanged]:
    told, held = _counts(said), _counts(quoted)
    return [
        Exchanged(_word(said, kind, new), _word(quoted, kind, gone))
        for kind in told
        if kind in held and told[kind].total() == held[kind].total()
        for new, gone in zip(told[kind] - held[kind], held[kind] - told[kind], strict=False)
    ]


@lru_cache(maxsize=4096)
def _counts(text: str) -> _Counts:
    found: dict[str, Counter[str]] = {}
    written = plain(text)
    for kind, members in _kinds().items():
        if counted := Counter(
            {name: n for name, words in members.items() if (n := len(words.findall(written)))}
        ):
            found[kind] = counted
    for thing in things(text):
        found.setdefault(f"thing: {thing.kind}", Counter())[thing.name] += 1
    return found


def _word(text: str, kind: str, name: str) -> str:
    """The word by which the text names it."""
    if words := _kinds().get(kind, {}).get(name):
        match = words.search(plain(text))
        return text[match.start() : match.end()] if match else name
    return next(
        (text[t.start : t.end] for t in things(text) if t.name == name and kind == f"thing: {t.kind}"), name
    )


@cache
def _kinds() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    listed = table("across.yaml")["kinds"]
    return {
        kind: {name: re.compile(words) for name, words in members.items()} for kind, members in listed.items()
    }
