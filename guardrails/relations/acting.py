"""Which of two medicines does something to the other, and how each of two is given."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from guardrails.relations.arms import Known, Mention, mentions
from guardrails.relations.model import Contradiction, Sentence
from guardrails.relations.patterns import pattern
from guardrails.tables import table

_PAIR = 2
_NEAR = 28


def acts_turned_round(
    said: Sequence[Sentence], quoted: Sequence[Sentence], known: Known
) -> Iterator[Contradiction]:
    """Say "A lowered B" where the quotes only say that B lowered A."""
    held = {pair for sentence in quoted for pair in _acts(sentence, known)}
    for sentence in said:
        for (doer, other), names in _acts(sentence, known).items():
            if (other, doer) in held and (doer, other) not in held:
                yield Contradiction("turned", {"names": list(names)})


def given_otherwise(
    said: Sequence[Sentence], quoted: Sequence[Sentence], known: Known
) -> Iterator[Contradiction]:
    """Say "intravenous A" where the quotes say "oral A and intravenous B"."""
    held: dict[str, set[str]] = {}
    for sentence in quoted:
        for mention, way, _ in _given(sentence, known):
            held.setdefault(mention.key, set()).add(way)
    for sentence in said:
        for mention, way, written in _given(sentence, known):
            own = held.get(mention.key, set())
            others = sorted(name for name, ways in held.items() if way in ways)
            if own and way not in own and others:
                yield Contradiction(
                    "attributed", {"value": written, "name": mention.written, "other": others}
                )


def _acts(sentence: Sentence, known: Known) -> dict[tuple[str, str], tuple[str, str]]:
    """Who acts on whom, where a sentence has two medicines with one verb between them, or a passive before the second."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for part in sentence.parts(_BETWEEN):
        named = mentions(part, known)
        if len(named) != _PAIR or named[0].key == named[1].key:
            continue
        one, other = named
        between = part.plain[one.end : other.start]
        verbs = list(pattern("acts", "verb").finditer(between))
        if len(verbs) != 1:
            continue
        passive = pattern("acts", "passive").search(between)
        done_to = pattern("acts", "auxiliary").search(between[: verbs[0].start()])
        if passive and done_to:
            found[other.key, one.key] = (other.written, one.written)
        elif not passive and not done_to and not _BESIDE.search(between):
            found[one.key, other.key] = (one.written, other.written)
    return found


def _given(sentence: Sentence, known: Known) -> Iterator[tuple[Mention, str, str]]:
    for mention in mentions(sentence, known):
        for way, (before, after) in _ways().items():
            place = before.search(sentence.plain[max(0, mention.start - _NEAR) : mention.start])
            place = place or after.match(sentence.plain, mention.end)
            if place:
                yield mention, way, place[0].strip()


_BESIDE = re.compile(r"\b(?:when|if|with|after|during|while|in|than|lorsqu\w*|quand|si|avec|cas|chez|que)\b")
"""What stands behind these is not acted on."""
_BETWEEN = re.compile(r"\s*[;:]\s*|,\s+(?:and|et|but|mais)\s+")


@cache
def _ways() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    return {
        way: (re.compile(rf"\b{words}\s+$"), re.compile(rf"\s+{words}\b"))
        for way, words in table("relations.yaml")["given"].items()
    }
