"""How near a statement is to its quotes: what a difference proves depends on it.

In a sentence told nearly as it stands, a word more or less is a change. Told freely, the same word may be carried by
another one: only what contradicts in itself is certain there, and the rest waits for a reviewer.
"""

from difflib import SequenceMatcher
from functools import lru_cache

from guardrails.model import Language, Segment
from guardrails.near_copy import words
from ingestion.sentences import split

FREE = 0.4
"""Below this likeness a statement is told freely. Chosen on statements that the checks had not been mended on, with
each writer left out in turn (see DECISIONS, 2026-11-27): of findings that a concept was lost, two thirds of those on right
statements lie below it and one in six of those on wrong ones."""


def told_freely(segment: Segment) -> bool:
    """Whether a statement shares neither words nor order with its quotes. A translation is told freely by itself."""
    return translated(segment) or nearness(segment) < FREE


def translated(segment: Segment) -> bool:
    """Whether no quote is in the statement's language."""
    return all(citation.quote_language != segment.language for citation in segment.citations)


def nearness(segment: Segment) -> float:
    """Twice the words in common order over the words of both: with the sentence, or the quote, that is most alike; 0 to 1."""
    own = (c.quote for c in segment.citations if c.quote_language == segment.language)
    return max((_alike(segment.text, quote, segment.language) for quote in own), default=0.0)


@lru_cache(maxsize=2048)
def _alike(text: str, quote: str, language: Language) -> float:
    said = words(text)
    parts = {quote, *(quote[start:end] for start, end in split(quote, language))}
    return max(SequenceMatcher(None, words(part), said, autojunk=False).ratio() for part in parts)
