"""A turn as people type it, made plain: small letters, no accents, near misses of known words put right."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LEAST, _LONG = 5, 9
_WORD = re.compile(r"[a-z]+")
_COURTESY = re.compile(
    r"\b(?:s'il[ -](?:vous|te)[ -]pla[iy]t|svp|stp|if (?:you|it) (?:would )?please(?: you)?|if you (?:don't|do not) mind|please|pls"
    r"|si (?:vous pou(?:v|rri)ez|tu peux) (?:me |m'|nous )?(?:repondre|aider|dire)(?: vite| rapidement)?"
    r"|if you (?:can|could) (?:please )?(?:answer|reply|help|tell)(?: me| us)?(?: quickly| fast)?)\b"
)
_MOST_COURTESIES = 8
"""Nobody says more, and patterns are slow on long runs of spaces."""
_FIRST = re.compile(
    r"^\W*(?:(?:bonjour|bonsoir|hello|hi|good (?:morning|afternoon|evening))\b)?"
    r"(?: ?(?:docteur|doctor|cher confrere|chere consoeur|cher collegue|madame|monsieur)(?= ?[,.!:;]))?[ ,.!:;-]+(?=\w)"
)
"""A greeting, and the stop behind it or behind a courtesy that was taken out."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain text and, for each of its characters, the half-open span of the original behind it."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original under the plain span `start:end`, which must not be empty."""
        return self.spans[start][0], self.spans[end - 1][1]


@lru_cache(maxsize=64)
def plain(text: str, vocabulary: frozenset[str], left_alone: frozenset[str]) -> Plain:
    """Fold case, accents, apostrophes and white space, then repair words that are one slip from the vocabulary.

    One slip is a letter too many, missing, wrong or swapped; words of nine letters and more may have two.
    Words in `left_alone` are words of their own and stay.
    """
    characters: list[str] = []
    spans: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        for base in unicodedata.normalize("NFKD", character).lower():
            if unicodedata.combining(base):
                continue
            folded = "'" if base in "’ʼ`´" else "oe" if base == "œ" else " " if base.isspace() else base
            if folded == " " and characters and characters[-1] == " ":
                continue
            characters += folded
            spans += [(at, at + 1)] * len(folded)
    return _repaired("".join(characters), spans, vocabulary, left_alone)


def without_courtesies(said: str) -> str:
    """The plain text, letter for letter, with courtesies as spaces: “s'il vous plaît” is no “if”."""
    rest = _COURTESY.sub(lambda found: " " * len(found[0]), said, count=_MOST_COURTESIES)
    return _FIRST.sub(lambda found: " " * len(found[0]), rest)


def plainly(text: str) -> str:
    """The plain text with nothing put right: what signs are looked for in whatever the language."""
    return plain(text, frozenset(), frozenset()).text


def _repaired(
    text: str, spans: list[tuple[int, int]], vocabulary: frozenset[str], left_alone: frozenset[str]
) -> Plain:
    pieces: list[str] = []
    mapped: list[tuple[int, int]] = []
    last = 0
    for match in _WORD.finditer(text):
        word = match[0]
        better = _nearest(word, vocabulary) if word not in vocabulary and word not in left_alone else None
        if better is None:
            continue
        pieces += [text[last : match.start()], better]
        mapped += spans[last : match.start()]
        mapped += [(spans[match.start()][0], spans[match.end() - 1][1])] * len(better)
        last = match.end()
    return Plain("".join([*pieces, text[last:]]), tuple(mapped + spans[last:]))


def _nearest(word: str, vocabulary: frozenset[str]) -> str | None:
    if len(word) < _LEAST:
        return None
    allowed = 2 if len(word) >= _LONG else 1
    near = (
        (slips, known)
        for known in vocabulary
        if known[0] == word[0]
        and len(known) >= _LEAST
        and abs(len(known) - len(word)) <= allowed
        and (slips := distance(word, known)) <= allowed
    )
    return min(near, default=(0, None))[1]


def distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with a neighbour to get from one word to the other."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, rows[i - 2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
