"""A statement made of pieces of two sentences of its quotes: the trial of the one with the result of the other.

Each piece is true where it stands; what they say together stands nowhere.
"""

import re
from collections.abc import Collection, Sequence

from guardrails.model import Segment
from guardrails.near_copy import WORD, words
from guardrails.overlap import folded, is_small
from ingestion.sentences import split

_SHORTEST = 3
"""Words of a piece: two may stand in any sentence."""
_LONG = 4
"""Words of the rest where the first piece is the subject alone: "Pentamidine" for "deterioration of renal function"."""
_JOINT = 1
"""Words between the pieces that are of neither."""
_LINKS = frozenset({"and", "but", "or", "while", "whereas", "et", "mais", "ou", "tandis", "alors"})
_ANY = frozenset(
    {"medicine", "drug", "product", "treatment", "therapy", "patients", "dose", "tablets", "study", "trial", "médicament", "produit", "traitement"}
    | {"it", "they", "this", "these", "that", "those", "he", "she", "il", "elle", "ils", "elles", "ce", "cela", "ceci", "celui-ci", "celle-ci"}
    | {"étude", "essai", "comprimés", "substance", "active", "solution", "injection"}
)  # fmt: skip
"""What a name may stand for."""
_PLACE = re.compile(
    r"^(?:In|At|En|Au|Aux|À)\s+(?:the\s+|la\s+)?(?P<name>[A-ZÉÀ][\w'’-]+(?:\s[A-ZÉÀ][\w-]+)*)\s?,\s+"
)
"""A named place that opens a sentence, in few words: "In Malawi, …"."""
Words = tuple[str, ...]


def spliced(segment: Segment) -> tuple[str, str] | None:
    """Its two pieces, the beginning out of one sentence and the rest out of another; None where it is not made so.

    Two whole sentences may follow each other, and a sentence may go on with "and".
    """
    said = words(segment.text)
    held = {
        words(citation.quote[start:end]): None
        for citation in segment.citations
        if citation.quote_language == segment.language
        for start, end in split(citation.quote, citation.quote_language)
    }
    if moved := _in_another_place(segment.text, held):
        return moved
    begins = {sentence: _longest(said, sentence) for sentence in held}
    ends = {sentence: _longest(said[::-1], sentence[::-1]) for sentence in held}
    for first, start in begins.items():
        for second, end in ends.items():
            cut = len(said) - end
            if first == second or start + end < len(said) - _JOINT or len(said) - start < _SHORTEST:
                continue
            if cut < _SHORTEST and not (cut and end >= _LONG and _of_another(second[: len(second) - end])):
                continue
            if not _may_follow(said, first, second, start, cut):
                return _parted(segment.text, max(cut, min(start, len(said) - _SHORTEST)))
    return None


def _in_another_place(text: str, held: Collection[Words]) -> tuple[str, str] | None:
    """A place that one sentence names, and another sentence whole that does not name it."""
    place = _PLACE.match(text)
    if not place:
        return None
    rest, name = words(text[place.end() :]), set(words(place["name"]))
    named = any(name.issubset(sentence) for sentence in held)
    elsewhere = any(rest == sentence and not name & set(sentence) for sentence in held)
    return (place[0].strip(" ,"), text[place.end() :]) if named and elsewhere else None


def _of_another(subject: Words) -> bool:
    """Whether the words before the rest say of what it is told, and do not only point to it: a name in their place is another one's."""
    return any(not is_small(folded(word)) and word not in _ANY for word in subject)


def _parted(text: str, cut: int) -> tuple[str, str]:
    """The text before and from its word number `cut` on."""
    places = [match.start() for match in WORD.finditer(text)]
    at = places[cut] if cut < len(places) else len(text)
    return text[:at].strip(" ,;"), text[at:].strip()


def _may_follow(said: Words, first: Words, second: Words, start: int, cut: int) -> bool:
    """Whether the first is a whole sentence, and the second one, too, or a part that "and" joins to it."""
    whole = len(first) <= start and said[: len(first)] == first
    rest = said[len(first) :]
    return whole and (rest == second or rest[:1] == () or rest[0] in _LINKS or said[cut] in _LINKS)


def _longest(said: Sequence[str], sentence: Sequence[str]) -> int:
    """How many of the first words of `said` stand together in the sentence."""
    best = 0
    for at in range(len(sentence)):
        length = 0
        while at + length < len(sentence) and length < len(said) and sentence[at + length] == said[length]:
            length += 1
        best = max(best, length)
    return best
