"""Does a text name a risk? "Well tolerated" and "a favourable safety profile" tell a reader nothing to act on."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from guardrails.markers import markers
from guardrails.numbers import extract
from guardrails.overlap import contents
from guardrails.plain import plain
from guardrails.safety.likeness import symptoms
from guardrails.tables import table
from ingestion.sentences import split


@lru_cache(maxsize=2048)
def names_a_risk(text: str, language: str) -> bool:
    """Whether a part of it forbids, warns, or tells of a reaction or a risk that it names or counts.

    What is denied ("no hyperkalaemia was seen") or lessened ("fewer deaths") is none, nor is where to read more.
    """
    return any(_tells(part, language) for part in _parts(text, language))


def _parts(text: str, language: str) -> Iterator[str]:
    for start, end in split(text, "fr" if language == "fr" else "en"):
        yield from (part for part in _pattern("parts").split(plain(text[start:end])) if part.strip())


def _tells(part: str, language: str) -> bool:
    if _has("pointing", part):
        return False
    denied = _has("allows", part)
    if _has("prohibits", part) and not denied:
        return _says_more(part, "prohibits")
    if denied or "negation" in markers(part, language):
        return False
    return (_has("warns", part) and _says_more(part, "warns")) or (
        not _has("lessened", part) and (_raises(part) or _tells_a_reaction(part, language))
    )


def _raises(part: str) -> bool:
    return _has("risk", part) and _has("raised", part) and _says_more(part, "risk")


def _tells_a_reaction(part: str, language: str) -> bool:
    """Whether a reaction is named or counted; "similar to placebo" and a number alone praise."""
    named = bool(symptoms().search(part)) or _has("harm", part)
    if not _has("adverse", part):
        return named and _has("happens", part)
    counted = any(q.is_fact() and q.value for q in extract(part, language))
    return named or (counted and not _has("praise", part))


def _says_more(part: str, name: str) -> bool:
    """Whether there is a word of content besides: not a bare heading."""
    return bool(contents(_pattern(name).sub(" ", part)) - _headings())


def _has(name: str, part: str) -> bool:
    return bool(_pattern(name).search(part))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("risks.yaml")[name])


@cache
def _headings() -> frozenset[str]:
    return contents(
        "special warnings precautions for use contraindications mises en garde spéciales précautions emploi contre-indications"
    )
