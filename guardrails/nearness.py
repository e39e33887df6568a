"""How near a statement is to its quotes: what a difference proves depends on it.

In a sentence told nearly as it stands, a word more or less is a change. Told freely, the same word may be carried by
another one: only what contradicts in itself is certain there, and the rest waits for a reviewer.
"""

from difflib import SequenceMatcher
from functools import lru_cache

from guardrails.model import Language, Segment
from guardrails.near_copy import words
from guardrails.overlap import coverage
from guardrails.subject import shares_figures
from ingestion.sentences import split

FREE = 0.4
"""Below this likeness a statement is told freely. Chosen on statements that the checks had not been mended on, with
each writer left out in turn (see DECISIONS, 2026-11-27): of findings that a concept was lost, two thirds of those on right
statements lie below it and one in six of those on wrong ones."""


_STILL_FREE = 0.5
"""Up to here, too, where the statement is no piece of the quote: fewer of its own words than `_PIECE` stand there in their order.
A piece that is cut out ("X causes drowsiness" of "X may cause drowsiness in some patients") has lost what it has lost."""
_PIECE = 0.65

_SAME_SUBJECT = 0.5
"""Share of a statement's words of content. Of right statements told freely that lost a concept, one in thirteen lies below; of
statements that cite another sentence, nearly all; their figures do not stand in it either."""


def told_freely(segment: Segment) -> bool:
    """Whether a statement tells its quotes in words or an order of its own. A translation does so by itself.

    One that shares few words with them is not their meaning told freely: it may be that of another sentence.
    """
    return translated(segment) or (_in_own_words(segment) and _speaks_of_them(segment))


def _in_own_words(segment: Segment) -> bool:
    near = nearness(segment)
    if near < FREE or near >= _STILL_FREE:
        return near < FREE
    own = (c.quote for c in segment.citations if c.quote_language == segment.language)
    return all(_held(segment.text, quote) < _PIECE for quote in own)


@lru_cache(maxsize=2048)
def _held(text: str, quote: str) -> float:
    """The share of the statement's words that stand in the quote in their order."""
    said = words(text)
    blocks = SequenceMatcher(None, words(quote), said, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(said) if said else 1.0


def _speaks_of_them(segment: Segment) -> bool:
    covered = coverage(segment.text, [citation.quote for citation in segment.citations])
    return covered is None or covered >= _SAME_SUBJECT or shares_figures(segment)


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
