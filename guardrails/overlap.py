"""How much of what a statement speaks of stands in its quotes: a quote on another subject carries nothing.

Words are compared by their first letters, accents folded: no stemmer, no dictionary, the same in both languages.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from guardrails.tables import table
from guardrails.things import things

LEAST = 0.42
"""Below this share the quotes speak of something else. Measured on the shipped rewordings and corruptions (see
DECISIONS, 2026-11-26): faithful rewordings begin at 0.44, the nearest other sentences of a label end at 0.43."""
LEAST_MATTER = (4, 3 / 8)
"""Words that frame nothing, as many and such a share of the statement's, from which it is on its quotes' subject. Of 475 statements
that cite another sentence of their document two reach it."""
LEAST_KINSHIP = 0.85
"""The same for what `kinship` adds up: of 148 other sentences of a label that nothing else blocked one reached it."""
_PIECE = 4
_LETTERS = 5
_FEWEST = 3
"""A statement of fewer words of content says too little to be compared."""
_WORD = re.compile(r"[^\W\d_]{3,}")


def coverage(statement: str, quotes: Iterable[str], *, synonyms: bool = False) -> float | None:
    """The share of the statement's words of content that its quotes hold, 0 to 1; None where it has too few.

    `synonyms`: a word counts, too, where the quotes hold another of its group in `synonyms.yaml`.
    """
    quotes = tuple(quotes)
    said = contents(statement)
    if len(said) < _FEWEST:
        return None
    held = frozenset[str]().union(*(contents(quote) for quote in quotes))
    told = said & held
    if synonyms:
        groups = frozenset[int]().union(*(_groups().get(word, frozenset()) for word in held))
        told |= {word for word in said - held if _groups().get(word, frozenset()) & groups}
        known = {(thing.kind, thing.name) for quote in quotes for thing in things(quote)}
        for thing in things(statement):  # "low platelets" for thrombocytopenia
            if (thing.kind, thing.name) in known:
                told |= said & contents(statement[thing.start : thing.end])
    return len(told) / len(said)


def kinship(statement: str, quotes: Iterable[str]) -> float:
    """How much of a statement its quotes hold at all, 0 to 2: words or their synonyms, and pieces of words in any form."""
    quotes = tuple(quotes)
    said = _pieces(statement)
    held = frozenset[str]().union(*(_pieces(quote) for quote in quotes))
    spelled = len(said & held) / len(said) if said else 0.0
    return spelled + (coverage(statement, quotes, synonyms=True) or 0.0)


def shares_matter(statement: str, quotes: Iterable[str]) -> bool:
    """Whether enough of what it speaks of stands in the quotes: words that are not there to frame, or their synonyms.

    Of a row of a table, "Nausea | 14 (4.6)", a sentence has little more.
    """
    said, held = matter((statement,)), matter(quotes)
    groups = frozenset[int]().union(*(groups_of(word) for word in held))
    shared = sum(word in held or bool(groups_of(word) & groups) for word in said)
    least, share = LEAST_MATTER
    return 0 < shared == len(said) or (shared >= least and shared >= share * len(said))


def names_matter(statement: str, quotes: Iterable[str]) -> bool:
    """Whether the quotes hold one of the words that are not there to frame, or a synonym or a form of one."""
    said, held = matter((statement,)), matter(quotes)
    pieces = frozenset(word[:_PIECE] for word in held)
    return not said or speaks_of(said, held) or any(word[:_PIECE] in pieces for word in said)


def matter(texts: Iterable[str]) -> frozenset[str]:
    """Their words of content that are not there to frame."""
    return frozenset[str]().union(*(contents(text) for text in texts)) - _frames()


def speaks_of(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one of the words, or another of its group of synonyms, is among the others."""
    groups = frozenset[int]().union(*(groups_of(word) for word in others))
    return any(word in others or groups_of(word) & groups for word in words)


@lru_cache(maxsize=4096)
def matters(text: str) -> frozenset[str | int]:
    """Its words of content, each as the groups of synonyms that it is in: whether two texts share any is asked at once."""
    return frozenset(key for word in contents(text) for key in (groups_of(word) or (word,)))


def groups_of(word: str) -> frozenset[int]:
    """The numbers of the groups of synonyms that a word is in, given by its first letters as `contents` gives it."""
    return _groups().get(word, frozenset())


@lru_cache(maxsize=16384)
def folded(word: str) -> str:
    """Lower case, without accents, hyphens and apostrophes: for finding a name, never for comparing a quote."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if c.isalnum())


@lru_cache(maxsize=4096)
def contents(text: str) -> frozenset[str]:
    """The first letters of each word of content, folded."""
    small = _small_words()
    return frozenset(word[:_LETTERS] for found in _WORD.findall(text) if (word := folded(found)) not in small)


def is_small(word: str) -> bool:
    """Whether a folded word carries no content: an article, a preposition."""
    return word in _small_words()


@lru_cache(maxsize=4096)
def _pieces(text: str) -> frozenset[str]:
    """All pieces of four letters of its words: "dosing" and "overdose" share one."""
    return frozenset(
        word[at : at + _PIECE]
        for word in map(folded, _WORD.findall(text))
        if word not in _small_words()
        for at in range(len(word) - _PIECE + 1)
    )


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return frozenset(
        folded(word) for words in table("wording.yaml")["small_words"].values() for word in words
    )


@lru_cache(maxsize=1)
def _frames() -> frozenset[str]:
    words = (word for listed in table("wording.yaml")["frame_words"].values() for word in listed)
    return frozenset(folded(word)[:_LETTERS] for word in words)


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, frozenset[int]]:
    """By the first letters of a word: the groups of synonyms that it is in."""
    found: dict[str, frozenset[int]] = {}
    for number, words in enumerate(table("synonyms.yaml")["groups"]):
        for word in words:
            key = folded(word)[:_LETTERS]
            found[key] = found.get(key, frozenset()) | {number}
    return found
