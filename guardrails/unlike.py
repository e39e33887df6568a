"""Does a statement mean something else altogether than its quotes? By the small embedded model, in both languages alike.

It only says that a statement is far from all that its quotes say; that one is near to them proves nothing.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from ingestion.embed import Vectors, fast_embedder
from ingestion.sentences import split

LEAST = 0.31
"""Cosine below which a statement is of something else: of 865 right rewordings and translations two lie below it."""
NEAR = 0.62
"""Cosine from which its words alone do not prove that it is: one in a hundred statements that cite another sentence lies above it."""
DOUBTFUL = 1.3
"""What `overlap.kinship` adds up to where words prove enough by themselves, and the model is not asked."""
_CLAUSE = re.compile(r"\s*[;:]\s+|\s*,\s+(?=(?:and|but|whereas|while|et|mais|tandis|alors)\b)")
_MOST = 40
"""Parts of the quotes that are compared: a very long one says the rest of it as a whole."""
_SHORTEST = 3
"""Words of a clause that means something by itself."""


def likeness(statement: str, quotes: Sequence[str], language: str) -> float:
    """Cosine, -1 to 1, of the statement and the quote, sentence or clause that is nearest to it in meaning."""
    said, *held = _embedded((statement, *_parts(tuple(quotes), language)))
    return max((float(said @ one) for one in held), default=0.0)


def _parts(quotes: tuple[str, ...], language: str) -> list[str]:
    sentences = [quote[a:b] for quote in quotes for a, b in split(quote, "fr" if language == "fr" else "en")]
    clauses = [part for one in sentences for part in _CLAUSE.split(one) if len(part.split()) >= _SHORTEST]
    return list(dict.fromkeys([*quotes, *sentences, *clauses]))[:_MOST]


@lru_cache(maxsize=256)
def _embedded(texts: tuple[str, ...]) -> Vectors:
    """Unit rows; half a character, which no model reads, has no meaning."""
    return fast_embedder().embed([text.encode("utf-8", "replace").decode("utf-8") for text in texts])
