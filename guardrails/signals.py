"""What can be counted about a statement beside its quotes, for a judge that ranks: overlap, numbers, words of meaning."""

import itertools
import math
from collections.abc import Mapping, Sequence

from guardrails.markers import Markers, classes, markers
from guardrails.model import Language
from guardrails.near_copy import words
from guardrails.numbers import extract, missing
from guardrails.overlap import contents
from ingestion.sentences import split

_TOLD = ("negation", "hedge", "up", "down", "superior", "significance", "association")


def signals(statement: str, language: Language, quotes: Sequence[str]) -> Mapping[str, float]:
    """The signals by name. `quotes` are in the statement's language; the sentence that shares most words leads."""
    text = " ".join(quotes)
    sentences = [text[start:end] for start, end in split(text, language)] or [text]
    said = contents(statement)
    shares = [len(said & contents(sentence)) / max(1, len(said)) for sentence in sentences]
    nearest = sentences[shares.index(max(shares))]
    told, beside, anywhere = (markers(t, language) for t in (statement, nearest, text))
    quantities = max(1, len(extract(statement, language)))
    return {
        "share_in_nearest": max(shares),
        "share_in_second": sorted(shares)[-2] if len(shares) > 1 else 0.0,
        "share_in_all": len(said & contents(text)) / max(1, len(said)),
        "pairs_of_words": _pairs(statement, text),
        "has_numbers": float(bool(extract(statement, language))),
        "numbers_missing": len(missing(statement, language, [(text, language)])) / quantities,
        "numbers_not_in_nearest": len(missing(statement, language, [(nearest, language)])) / quantities,
        "length": math.log1p(len(words(statement))),
        **{f"said_{name}": float(name in told) for name in _TOLD},
        **{f"quoted_{name}": float(name in beside) for name in _TOLD},
        "negation_differs": float(("negation" in told) != ("negation" in beside)),
        "negation_anywhere": float("negation" in anywhere),
        "direction_turned": float(_turned(told, beside)),
        "direction_same": float(any(d in told and d in beside for d in ("up", "down"))),
        "concepts_added": float(_more(told, beside)),
        "concepts_added_to_all": float(_more(told, anywhere)),
        "concepts_lost": float(_more(beside, told)),
    }


def _pairs(statement: str, text: str) -> float:
    said, held = words(statement), words(text)
    pairs = set(itertools.pairwise(said))
    return len(pairs & set(itertools.pairwise(held))) / max(1, len(pairs))


def _turned(told: Markers, beside: Markers) -> bool:
    up, down = ("up" in told, "up" in beside), ("down" in told, "down" in beside)
    return (up[0] and not down[0] and down[1] and not up[1]) or (
        down[0] and not up[0] and up[1] and not down[1]
    )


def _more(one: Markers, other: Markers) -> int:
    return sum(c in one and c not in other for k in classes() for c in k.concepts)
