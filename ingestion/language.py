"""Which of the product's two languages a text is written in, by its small words."""

import re
from typing import Literal


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FRENCH = _words(
    "le la les un une des du de et est sont dans pour par avec sur aux au que qui ne pas plus ou où ce cette ces chez "
    "il elle ils elles nous vous leur leurs sans être été ont avoir lors après avant selon entre d l qu n s"
)
_ENGLISH = _words(
    "the of and to in is are was were with for by that this these those from as at be been or not no which has have "
    "had an it its their than after before during between should may can will who when"
)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
"""Code points that are enough to tell."""


def detect(text: str) -> Literal["fr", "en"] | None:
    """French, English, or None where neither clearly prevails. Looks at a sample from the middle of a long text."""
    if len(text) > _SAMPLE:
        middle = (len(text) - _SAMPLE) // 2
        text = text[middle : middle + _SAMPLE]
    words = [word.lower() for word in _WORD.findall(text)]
    french = sum(word in _FRENCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if max(french, english) < max(3, 0.08 * len(words)):
        return None
    if french > 1.5 * english:
        return "fr"
    if english > 1.5 * french:
        return "en"
    return None
