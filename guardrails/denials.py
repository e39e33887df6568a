"""What a text denies: the first word of content behind each denial."""

import re
from functools import lru_cache

from guardrails.markers import markers
from guardrails.overlap import contents
from guardrails.told import places_of

_LETTERS = 4
_STOP = re.compile(r"[,;:.()]|\b(?:and|but|or|et|mais|ou)\b", re.IGNORECASE)
_PREFIX = re.compile(r"(?:dé|un|in)(?=\w{4})", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")


@lru_cache(maxsize=2048)
def denied(text: str, language: str) -> frozenset[str]:
    """The beginnings of the words that are denied: "effec" of "no effect", "recom" of "not recommended"."""
    found = frozenset[str]()
    for match in places_of(markers(text, language).get("negation", ()), text):
        rest = _STOP.split(text[match.end() :], maxsplit=1)[0]
        words = (stems(word) for word in _WORD.findall(rest))
        found |= next((word for word in words if word), frozenset())
        if prefix := _PREFIX.match(match[0]):  # what is "déconseillé" is denied to be "conseillé"
            found |= stems(match[0][prefix.end() :])
    return found


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words of content, short enough that "use" is "used"."""
    return frozenset(word[:_LETTERS].removesuffix("d") for word in contents(text))
