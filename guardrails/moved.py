"""What changed its place in a statement that else copies its quote: the arms of a trial, "A than B" for "B than A".

Members of a list may change places, and so may values together with whose they are.
"""

import re
from collections.abc import Sequence

from guardrails.near_copy import NearCopy

_INDEFINITE = frozenset({"a", "an", "un", "une", "des"})
_DEFINITE = frozenset({"the", "le", "la", "les"})
_LINKS = frozenset({"and", "or", "et", "ou", "ni", "nor", "of", "de"}) | _INDEFINITE | _DEFINITE
_IS = frozenset({"is", "are", "was", "were", "est", "sont", "était", "étaient"})
_OF = re.compile(r"(?:of|de|des|du)$|d['’]")
_GROUPED = re.compile(
    r"(?<=(?<!\S)\d) (?=\d{3}(?!\S))|(?<=(?<!\S)\d\d) (?=\d{3}(?!\S))|(?<=(?<!\S)\d{3}) (?=\d{3}(?!\S))"
)
_DIGIT = re.compile(r"\d")
_TWO = 2


def exchanged(copy: NearCopy) -> tuple[str, ...]:
    """The two words, or the numbers, that changed places and nothing else did. Members of a list may."""
    grouped = NearCopy(_grouped(copy.quoted), _grouped(copy.said), copy.sentence)
    for one in (copy, grouped):
        numbers = tuple(one.said[at] for at in _other_places(one))
        if numbers and all(word[0].isdigit() for word in numbers):
            return numbers
    places = _other_places(copy)
    moved = tuple(copy.said[at] for at in places)
    if len(places) != _TWO or not _LINKS.isdisjoint(moved):
        return ()
    first, second = places
    between, behind = copy.said[first + 1 : second], copy.said[second + 1 :]
    return () if _either_way(moved[:1], between, moved[1:], behind) else moved


def cells_moved(text: str, sentence: str) -> tuple[str, ...]:
    """The cells of a row of a table that stand in other columns than in the quote."""
    said, quoted = ([cell.strip() for cell in row.strip().split("|")] for row in (text, sentence))
    if len(quoted) <= _TWO or sorted(said) != sorted(quoted):
        return ()
    return tuple(one for one, other in zip(said, quoted, strict=True) if one != other and one)


def turned_round(copy: NearCopy) -> tuple[str, ...]:
    """The two parts of the sentence that changed places around what is said of them."""
    places = _other_places(copy)
    if not places:
        return ()
    whole = slice(places[0], places[-1] + 1)
    there, here, behind = copy.quoted[whole], copy.said[whole], copy.said[whole.stop :]
    for one in range(1, len(there) - 1):
        for other in range(1, len(there) - one):
            before, middle, after = there[:one], there[one:-other], there[-other:]
            if here == (*after, *middle, *before) and not _either_way(before, middle, after, behind):
                both = " ".join(before), " ".join(after)
                return () if all(map(_DIGIT.search, both)) else both
    return ()


def _either_way(
    before: Sequence[str], middle: Sequence[str], after: Sequence[str], behind: Sequence[str]
) -> bool:
    """Whether what stands between says the same from either side: in a list, or where one thing "is the" other.

    "Is a" does not, since each tumour is a growth and not each growth a tumour, unless its article moves along: "a growth is …"; nor what
    is "of" something, which then is of the other: "is the source of the salt".
    """
    if _LINKS.issuperset(middle):
        return True
    if middle[0] not in _IS or (behind and _OF.match(behind[0])):
        return False
    articles = _DEFINITE | _INDEFINITE
    moves_along = len(middle) == 1 and not articles.isdisjoint((before[0], after[0]))
    return moves_along or (len(middle) == _TWO and middle[1] in _DEFINITE)


def _grouped(words: Sequence[str]) -> tuple[str, ...]:
    """The words with the thousands of a number beside what they are grouped from: "1 207" is one."""
    return tuple(_GROUPED.sub("", " ".join(words)).split())


def _other_places(copy: NearCopy) -> list[int]:
    """Where another word stands than in the quote, if all words are those of the quote."""
    if sorted(copy.said) != sorted(copy.quoted):
        return []
    return [at for at, (one, other) in enumerate(zip(copy.said, copy.quoted, strict=True)) if one != other]
