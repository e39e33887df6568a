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


def denied_and_told(text: str, language: Language, claim: str) -> Iterator[tuple[str, str]]:
    """The denial of one side and the first word of the other that stands behind it there, the text's own first."""
    own, theirs = (_denied(side, language) for side in (text, claim))
    if bool(own[0]) == bool(theirs[0]):
        return
    (denial, of_what), other = (own, claim) if own[0] else (theirs, text)
    told = "" if denies(other) else _told(other, of_what)
    if told:
        yield (denial, told) if own[0] else (told, denial)


@lru_cache(maxsize=4096)
def denies(text: str) -> bool:
    """Whether it holds any word of denial."""
    return bool(pattern("negations").search(plain(text)))


@lru_cache(maxsize=4096)
def _denied(text: str, language: Language) -> tuple[str, frozenset[str]]:
    """The denial of a text and the words of content behind it; nothing where it allows, needs or limits something."""
    taken = stances(text)
    if {"permission", "need", "company"} & set(taken) or words("but_for").search(plain(text)):
        return "", frozenset()
    for match in places_of(markers(text, language).get("negation", ()), text):
        if _NO_DENIAL.match(plain(match[0])):
            continue
        rest = _CLAUSE.split(text[match.end() :], maxsplit=1)[0]
        if _LIMIT.match(plain(rest)):
            continue
        if told := contents(" ".join(_WORD.findall(rest))):
            return match[0], told
    return "", frozenset()


def _told(text: str, of_what: frozenset[str]) -> str:
    """The first word of the text that speaks of what is denied, where it speaks of half of it."""
    said = contents(text)
    groups = frozenset(number for word in said for number in groups_of(word))
    held = frozenset(word for word in of_what if word in said or groups_of(word) & groups)
    if len(held) * 2 < len(of_what):
        return ""
    near = frozenset(number for word in held for number in groups_of(word))
    return next(
        (
            w
            for w in _WORD.findall(text)
            if contents(w) & held or any(groups_of(c) & near for c in contents(w))
        ),
        "",
    )
