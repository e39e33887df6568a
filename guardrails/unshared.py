"""Which stretches of one text no other text tells: what a rewording leaves out of its quote, and what it says in words of its own.

For a reviewer's eye, who finds a dropped condition among thirty words that are told: it decides nothing.
"""

import re
from collections.abc import Iterable, Sequence

from guardrails.overlap import folded, is_small
from guardrails.same_thing import is_among

_WORD = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*(?!\w)|\w+(?:-\w{1,2}\b)*")
_SHORTEST = 3
"""Letters of a word that is not small by its length alone: "in", "de"."""
_TIGHT = frozenset(
    {"no", "not", "may", "can", "must", "ni", "ne", "pas", "non", "sans", "peut", "peuvent", "doit", "doivent", "sauf"}
)  # fmt: skip
"""Short, and of more weight than any other word."""
_ACROSS = re.compile(r"[^.,;:()|]*")
"""What may stand between two words of one stretch: no mark that ends a clause."""


def unshared(text: str, others: Iterable[str]) -> Sequence[str]:
    """Its stretches, as written and in order, of words that are in none of the others: not in another form, nor by a synonym.

    Small words stand in a stretch only between two of its words. Both texts are of one language.
    """
    told = {folded(word[0]): word[0] for other in others for word in _words(other)}
    stretches: list[tuple[int, int]] = []
    before = 0
    """Where the last word that is told ended."""
    for word in _words(text):
        name = folded(word[0])
        if name in told or (not word[0][0].isdigit() and is_among(name, word[0], told)):
            before = word.end()
        elif (
            stretches
            and stretches[-1][1] > before
            and _ACROSS.fullmatch(text, stretches[-1][1], word.start())
        ):
            stretches[-1] = (stretches[-1][0], word.end())
        else:
            stretches.append((word.start(), word.end()))
    return [text[start:end] for start, end in stretches]


def _words(text: str) -> Iterable[re.Match[str]]:
    """Its words of content, and its numbers."""
    for word in _WORD.finditer(text):
        name = folded(word[0])
        if word[0][0].isdigit() or name in _TIGHT or (len(name) >= _SHORTEST and not is_small(name)):
            yield word
