"""What changed its place in a statement that else copies its quote: the arms of a trial, "A than B" for "B than A".

Members of a list may change places, and so may values together with whose they are.
"""

import re

from guardrails.near_copy import NearCopy

_LINKS = frozenset(
    {
        "and",
        "or",
        "et",
        "ou",
        "ni",
        "nor",
        "the",
        "le",
        "la",
        "les",
        "a",
        "an",
        "un",
        "une",
        "of",
        "de",
        "des",
    }
)
_EITHER_WAY = _LINKS | {"is", "are", "was", "were", "est", "sont", "était", "étaient"}
"""What says the same from either side: members of a list, and what a thing is."""
_DIGIT = re.compile(r"\d")
_TWO = 2


def exchanged(copy: NearCopy) -> tuple[str, ...]:
    """The two words, or the numbers, that changed places and nothing else did.

    Members of a list may: what stands between them is then only "and", "or" and articles.
    """
    places = _other_places(copy)
    moved = tuple(copy.said[at] for at in places)
    if moved and all(word[0].isdigit() for word in moved):
        return moved
    if len(places) != _TWO or set(copy.said[places[0] + 1 : places[1]]) <= _LINKS:
        return ()
    return moved if not set(moved) & _LINKS else ()


def turned_round(copy: NearCopy) -> tuple[str, ...]:
    """The two parts of the sentence that changed places around what is said of them."""
    places = _other_places(copy)
    if not places:
        return ()
    whole = slice(places[0], places[-1] + 1)
    there, here = copy.quoted[whole], copy.said[whole]
    for one in range(1, len(there) - 1):
        for other in range(1, len(there) - one):
            before, middle, after = there[:one], there[one:-other], there[-other:]
            if here == (*after, *middle, *before) and not _EITHER_WAY.issuperset(middle):
                both = " ".join(before), " ".join(after)
                return () if all(map(_DIGIT.search, both)) else both
    return ()


def _other_places(copy: NearCopy) -> list[int]:
    """Where another word stands than in the quote, if all words are those of the quote."""
    if sorted(copy.said) != sorted(copy.quoted):
        return []
    return [at for at, (one, other) in enumerate(zip(copy.said, copy.quoted, strict=True)) if one != other]
