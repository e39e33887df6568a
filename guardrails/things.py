"""Things of one kind that a text names: organs, conditions, containers. Both languages say them under one name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from guardrails.plain import plain
from guardrails.tables import table

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3
"""Letters of the shortest beginning in the table."""
_MOST_WORDS = 6
"""Words of the longest term in the table."""
_NONE = "~"


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing where it stands."""

    kind: str
    name: str
    """The same in every wording and language."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Term:
    words: tuple[str, ...]
    open: tuple[bool, ...]
    """Which words stand for every word that begins so."""
    kind: str
    name: str

    def stands(self, words: Sequence[str]) -> bool:
        return len(words) >= len(self.words) and all(
            found.startswith(word) if anything else found == word
            for word, anything, found in zip(self.words, self.open, words, strict=False)
        )


@lru_cache(maxsize=4096)
def things(text: str) -> tuple[Thing, ...]:
    """All things of the table in the text, in order; of two terms of a kind at one place, the longer."""
    places = list(_WORD.finditer(plain(text)))
    words = [place[0] for place in places]
    found: list[Thing] = []
    taken: dict[str, int] = {}
    for at, word in enumerate(words):
        for term in _longest(word, words[at : at + _MOST_WORDS]):
            if taken.get(term.kind, -1) >= at:
                continue
            last = at + len(term.words) - 1
            taken[term.kind] = last
            if term.name != _NONE:
                found.append(Thing(term.kind, term.name, places[at].start(), places[last].end()))
    return tuple(found)


def _longest(word: str, ahead: Sequence[str]) -> Iterator[_Term]:
    """Of each kind the longest term that begins here."""
    best: dict[str, _Term] = {}
    for length in range(min(_SHORTEST, len(word)), len(word) + 1):
        for term in _terms().get(word[:length], ()):
            if term.stands(ahead) and (term.kind not in best or _size(term) > _size(best[term.kind])):
                best[term.kind] = term
    yield from best.values()


def _size(term: _Term) -> tuple[int, int]:
    return len(term.words), len(term.words[0])


@cache
def _terms() -> Mapping[str, tuple[_Term, ...]]:
    """By the first word or its beginning."""
    found: dict[str, list[_Term]] = {}
    for kind, names in table("things.yaml").items():
        for name, terms in names.items():
            for written in terms:
                words = written.split()
                term = _Term(
                    tuple(word.removesuffix("*") for word in words),
                    tuple(word.endswith("*") for word in words),
                    kind,
                    name,
                )
                found.setdefault(term.words[0], []).append(term)
    return {first: tuple(terms) for first, terms in found.items()}
