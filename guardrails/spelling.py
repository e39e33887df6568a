"""A statement in the spelling of its quotes, where only its accents or its letter case are lost.

“RECOMMANDÉE” and “recommandee” are the quote's “recommandée”: the checks compare words and units as they are written, and would find
one dropped and another put in.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from guardrails.model import Segment
from guardrails.plain import plain

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = 4
"""Shorter words are others without their accents: “a” and “à”, “ou” and “où”, “sur” and “sûr”."""
_FEWEST = 3
"""Words in capitals from which a text is set in capitals, and no abbreviation."""


def respelled(segment: Segment) -> Segment:
    """The segment with such words as its quotes write them; itself where nothing is lost."""
    text = segment.text
    held = [word for citation in segment.citations for word in _WORD.findall(citation.quote)]
    if text.isupper() and len(_WORD.findall(text)) >= _FEWEST:
        return replace(segment, text=_in_their_case(text, held))
    own = [c.quote for c in segment.citations if c.quote_language == segment.language]
    if segment.language == "fr" and own and text.isascii():
        return replace(segment, text=_with_accents(text, held))
    return segment


def _in_their_case(text: str, held: Iterable[str]) -> str:
    """Units keep the case of the quotes (“mg”, “mL”), other words become small."""
    known = {plain(word): word for word in held}
    return _WORD.sub(
        lambda match: _of_its_length(match[0], known.get(plain(match[0]), match[0].lower())), text
    )


def _with_accents(text: str, held: Iterable[str]) -> str:
    words = set(held)
    known = dict(_accented(words))
    return _WORD.sub(
        lambda match: (
            match[0] if match[0] in words else _of_its_length(match[0], known.get(match[0], match[0]))
        ),
        text,
    )


def _accented(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        if not word.isascii() and len(word) >= _LETTERS:
            yield plain(word), word


def _of_its_length(word: str, other: str) -> str:
    """Places in the text are kept: no word becomes longer or shorter."""
    return other if len(other) == len(word) else word
