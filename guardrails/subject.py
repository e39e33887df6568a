"""Whether the quotes of a statement speak of something else than it does."""

import re
from collections.abc import Sequence
from functools import lru_cache

from guardrails.model import Segment
from guardrails.numbers import extract, missing
from guardrails.numbers.derived import counts_little, derivation
from guardrails.overlap import (
    LEAST,
    LEAST_KINSHIP,
    contents,
    coverage,
    kinship,
    names_matter,
    shares_matter,
    speaks_of,
)

_FEW = 4
"""Words of content of a quote that is as short as such a statement."""


def foreign_subject(
    segment: Segment, headings: Sequence[str] = (), names: Sequence[str] = ()
) -> float | None:
    """The share of its words that they hold, where they are on another subject; None where they may be on its own.

    The product's `names` tell no subject: every sentence of its documents may hold them. Told in other words, a statement
    shares forms and figures with its quote all the same, so only one that shares next to nothing is sure to be of another.
    """
    over = [words for c in segment.citations if c.header for words in c.header.words]
    held = [*(citation.quote for citation in segment.citations), *over, *headings]
    text = _without(segment.text, names)
    covered = coverage(text, held)
    if covered is None:
        bare = contents(text) and not (kinship(text, held) and (names_matter(text, held) or _are_short(held)))
        bare = bare and not _in_other_words(text, held)
        return 0.0 if bare and not same_figures(segment) else None
    if covered >= LEAST or same_figures(segment) or kinship(text, held) >= LEAST_KINSHIP:
        return None
    if shares_matter(text, held):
        return None
    return covered


def _are_short(held: Sequence[str]) -> bool:
    """Whether the quotes say no more than a statement of so few words: "must be continued" for "must not be stopped"."""
    return len(contents(" ".join(held))) <= _FEW


def _in_other_words(text: str, held: Sequence[str]) -> bool:
    """Whether each of its few words has a synonym in the quotes: "se prendre … aliments" for "être pris … nourriture"."""
    return all(speaks_of(frozenset({word}), contents(" ".join(held))) for word in contents(text))


def _without(text: str, names: Sequence[str]) -> str:
    if not names:
        return text
    return re.sub(rf"\b(?:{'|'.join(map(re.escape, names))})\b", " ", text, flags=re.IGNORECASE)


def shares_figures(segment: Segment) -> bool:
    """Whether at least half of the statement's figures stand in its quotes."""
    told, lost = _figures(segment)
    return told > lost and told >= 2 * lost


def same_figures(segment: Segment) -> bool:
    """Whether the statement holds figures and all of them stand in its quotes: what it tells of them is for the reviewer."""
    told, lost = _figures(segment)
    return told > 0 and not lost and not (told == 1 and _only_how_often(segment))


def _only_how_often(segment: Segment) -> bool:
    """Whether its one figure is a rhythm that any dose has: once a day."""
    facts = [q for q in extract(segment.text, segment.language) if q.is_fact() and not q.weak]
    return all(q.kind == "frequency" for q in facts if not counts_little(q))


def _figures(segment: Segment) -> tuple[int, int]:
    """How many figures it tells but for small counts in words, and how many of them stand in no quote, however loosely."""
    return _counted(
        segment.text, segment.language, tuple((c.quote, c.quote_language) for c in segment.citations)
    )


@lru_cache(maxsize=256)
def _counted(statement: str, language: str, pairs: tuple[tuple[str, str], ...]) -> tuple[int, int]:
    """Remembered, since every finding on a figure asks it of the same statement: a long one took half a minute."""
    text = (statement, language)
    told = [q for q in extract(*text) if q.is_fact() and not q.weak and not counts_little(q)]
    lost = (
        [m for m in missing(*text, pairs) if derivation(m.quantity, text, pairs) not in {"loose", "gloss"}]
        if told
        else []
    )
    return len(told), len(lost)
