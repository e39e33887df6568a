"""What one text denies and the other, which denies nothing, tells."""

import re
from collections.abc import Iterator
from functools import lru_cache

from guardrails.contrary.stances import stances, words
from guardrails.markers import markers
from guardrails.model import Language
from guardrails.overlap import contents, groups_of
from guardrails.plain import plain
from guardrails.relations.patterns import pattern
from guardrails.told import places_of

_CLAUSE = re.compile(r"[,;:.()]|\b(?:and|but|or|et|mais|ou)\b", re.IGNORECASE)
_NO_DENIAL = re.compile(r"contr|unknown|inconnu|ignore|avoid|evit|deconseil")
"""Words of denial that forbid or leave open."""
_LIMIT = re.compile(
    r"\s*(?:\w+\s+){0,2}(?:before|until|exceed\w*|more than|above|longer|unless|without|avant|recu\w*|received|been treated|ete traite\w*|depass\w*|exced\w*|plus de|sauf|only|seulement)\b"
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def denied_and_told(
    text: str, language: Language, claim: str, names: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """The denial of one side and the first word of the other that stands behind it there, the text's own first."""
    own, theirs = (_denied(side, language) for side in (text, claim))
    if bool(own[0]) == bool(theirs[0]):
        return
    (denial, of_what), other = (own, claim) if own[0] else (theirs, text)
    told = (
        "" if denies(other) else _told(other, [w for w in of_what if not any(n.startswith(w) for n in names)])
    )
    if told:
        yield (denial, told) if own[0] else (told, denial)


@lru_cache(maxsize=4096)
def denies(text: str) -> bool:
    """Whether it holds any word of denial."""
    return bool(pattern("negations").search(plain(text)))


@lru_cache(maxsize=4096)
def _denied(text: str, language: Language) -> tuple[str, tuple[str, ...]]:
    """The denial of a text and the words of content behind it; nothing where it allows, needs or limits something."""
    taken = stances(text)
    if {"permission", "need", "company"} & set(taken) or words("but_for").search(plain(text)):
        return "", ()
    for match in places_of(markers(text, language).get("negation", ()), text):
        if _NO_DENIAL.match(plain(match[0])):
            continue
        rest = _CLAUSE.split(text[match.end() :], maxsplit=1)[0]
        if _LIMIT.match(plain(rest)):
            continue
        if told := tuple(_of_what(rest)):
            return match[0], told
    return "", ()


def _of_what(rest: str) -> Iterator[str]:
    """The words of content behind a denial, without those that only say that something came about."""
    for word in _WORD.findall(rest):
        if not words("light").match(plain(word)):
            yield from contents(word)


def _told(text: str, of_what: list[str]) -> str:
    """The first word of the text that speaks of what is denied: of its first word, and of half of it."""
    found = [(word, stem) for word in _WORD.findall(text) for stem in contents(word)]
    told = {one: next((w for w, stem in found if _one_thing(stem, one)), "") for one in of_what}
    held = [word for word in told.values() if word]
    return held[0] if of_what and told[of_what[0]] and len(held) * 2 >= len(told) else ""


def _one_thing(word: str, other: str) -> bool:
    return word == other or bool(groups_of(word) & groups_of(other))
