"""A text in one plain shape, for finding words whatever their accents and apostrophes. Never for comparing a quote."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case without accents, one character for each; apostrophes and hyphens in one shape."""
    return "".join(_plain_character(character) for character in text)


_SHAPES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)


def _plain_character(character: str) -> str:
    base = (
        unicodedata.normalize("NFKD", character)[:1] if character.isalpha() else character.translate(_SHAPES)
    )
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base
