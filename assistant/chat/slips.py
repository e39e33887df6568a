"""A slip of the keyboard in a long word: the question is read with the one word of the documents that is a letter away, and the answer says so.

What is a word of its own is left alone, whatever word of the documents is near: “dilated” is not “diluted”.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.chat.needs import only_asks
from assistant.chat.question import concepts
from assistant.chat.wording import flat
from assistant.retrieval.protocols import WordRarity
from assistant.retrieval.shorthand import classes_of, otherwise
from assistant.store.words import query_stems

_SHORTEST = 7
_WORD = re.compile(rf"[^\W\d_]{{{_SHORTEST},}}")
_NO_EVERYDAY_WORD = 25.0
"""Words of e**-25 are not everyday ones; a misspelt word falls into rare pieces."""
_ALIKE = frozenset(map(frozenset, ("ae", "ei", "iy", "sc", "sz", "ck", "mn")))
"""Letters that are taken for each other. Any other letter changed may make another word: “arteritis” is not “arthritis”."""


@dataclass(frozen=True, slots=True)
class Read:
    """A question as it is read, and the words that were put right: as typed, as read."""

    text: str
    slips: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LongWords:
    """The words of documents that a slip may stand for: in small letters by their flat form, and their stems."""

    held: Mapping[str, str] = field(default_factory=dict)
    stems: frozenset[str] = frozenset()


def long_words(texts: Iterable[str]) -> LongWords:
    """Those of the texts."""
    found: dict[str, str] = {}
    for text in texts:
        for word in _WORD.findall(text):
            found.setdefault(flat(word), word.lower())
    return LongWords(found, frozenset(stem for word in found for stem in query_stems(word)))


def read_with(question: str, words: LongWords, rarity: WordRarity | None) -> Read:
    """Return the question with each word put right that stands nowhere in the documents and is one slip from one that does.

    Where it cannot be told whether a word is an everyday one, nothing is put right.
    """
    text, slips = question, list[tuple[str, str]]()
    for match in reversed(list(_WORD.finditer(question)) if rarity else []):
        meant = _meant(match[0], words)
        if meant and rarity and rarity.surprise(match[0].lower()) >= _NO_EVERYDAY_WORD:
            text = text[: match.start()] + meant + text[match.end() :]
            slips.append((match[0], meant))
    return Read(text, tuple(reversed(slips)))


def _meant(typed: str, words: LongWords) -> str | None:
    """The one word that it may be a slip for; none of a word that is known to the documents, to our lists or as a subject."""
    word = flat(typed)
    if word in words.held or words.stems & set(query_stems(word)):
        return None
    if (
        only_asks(word)
        or otherwise(word)
        or classes_of(word)
        or any(c.asked.search(word) for c in concepts().values())
    ):
        return None
    near = [known for known in words.held if _one_slip(word, known)]
    roots = {frozenset(query_stems(known)) for known in near}
    return words.held[min(near)] if len(roots) == 1 else None


def _one_slip(typed: str, known: str) -> bool:
    """Whether a letter is missing, doubled or too many, two have changed places, or one stands for another like it."""
    if typed[0] != known[0] or abs(len(typed) - len(known)) > 1 or len(known) < _SHORTEST:
        return False
    at = next(
        (i for i, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), min(len(typed), len(known))
    )
    one, other = typed[at:], known[at:]
    if len(typed) == len(known):
        swapped = one[:2] == other[:2][::-1] and one[2:] == other[2:]
        return bool(one) and (swapped or (frozenset((one[0], other[0])) in _ALIKE and one[1:] == other[1:]))
    return one[1:] == other if len(one) > len(other) else one == other[1:]
