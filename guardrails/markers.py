"""The small words that carry meaning: negation, hedge, direction, population … in both languages, as concepts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from guardrails.numbers.patterns import alternatives
from guardrails.tables import table

Markers = Mapping[str, tuple[str, ...]]
"""Concepts, and the words that carry them."""
Policy = Literal["block", "review", "ignore"]


@dataclass(frozen=True, slots=True)
class MarkerClass:
    """A group of concepts and what it means when the statement adds one or loses one."""

    name: str
    added: Policy
    lost: Policy
    opposites: bool
    """Its concepts exclude each other: up and down."""
    lost_near: Policy
    """What it means that one is lost where the statement is else nearly a sentence of its quotes."""
    same_language: bool
    """It is compared within one language only: the English "should" of a label is "doit" in French."""
    flips: bool
    """A negation more or less says the same as its reversal: "do not stop" is "continue"."""
    of_object: bool
    """Its concepts exclude each other only where they are said of one thing: before and after the meal."""
    denied: Policy
    """What it means that a concept is asserted of which each part of the quotes that holds it denies."""
    listed: bool
    """Its concepts stand beside others in lists: who tells one of "adults and adolescents" widens nothing."""
    degrees: bool
    """Its concepts are degrees of one thing: who tells none of "mild or moderate impairment" widens it."""
    of_what: bool
    """It contradicts only where the other side speaks of what it is said of: a denial of something else takes nothing away."""
    needs: str
    """A concept lost contradicts only where the statement holds a word of this list of `answers.yaml`."""
    reach: int
    """Within how many words of what a concept is said of a word of `answers.yaml` answers it; 0: wherever it stands."""
    kept: frozenset[str]
    """Concepts whose loss contradicts even in a statement told freely: a restriction is seldom told by other words."""
    let_go: frozenset[str]
    """Concepts whose loss says less than the quote: the primary endpoint told without its rank."""
    turned_near: bool
    """Its concepts exclude each other only in a statement near its quotes: "may" is a permission here and a doubt there."""
    told_otherwise: bool
    """A concept put in contradicts only in a statement near its quotes: it is often told by other words."""
    across: bool
    """A concept put in or lost contradicts in a translation, too: a denial, a doubt that a translation strengthens away."""
    heads: bool
    """A concept put in may be one of the heading over the quote: what stands under "Elderly" is said of the elderly."""
    concepts: tuple[str, ...]
    labels: Mapping[str, str]


@cache
def classes() -> tuple[MarkerClass, ...]:
    """All classes of `wording.yaml`, in order."""
    return tuple(
        MarkerClass(
            name,
            entry.get("added", "review"),
            entry.get("lost", "review"),
            entry.get("opposites", False),
            entry.get("lost_near", entry.get("lost", "review")),
            entry.get("same_language", False),
            entry.get("flips", False),
            entry.get("of_object", False),
            entry.get("denied", "review"),
            entry.get("listed", False),
            entry.get("degrees", False),
            entry.get("of_what", False),
            entry.get("needs", ""),
            entry.get("reach", 0),
            frozenset(entry.get("kept", ())),
            frozenset(entry.get("let_go", ())),
            entry.get("turned_near", False),
            entry.get("told_otherwise", False),
            entry.get("across", False),
            entry.get("heads", False),
            tuple(entry["concepts"]),
            entry["label"],
        )
        for name, entry in table("wording.yaml")["classes"].items()
    )


def implied_by(concept: str) -> tuple[str, ...]:
    """The concepts that speak of this one too: a pregnant patient is a woman."""
    return tuple(table("wording.yaml")["implied"].get(concept, ()))


def side_by_side() -> list[list[str]]:
    """Groups of concepts that a sentence sets beside each other: children and adults."""
    groups: list[list[str]] = table("wording.yaml")["side_by_side"]
    return groups


@lru_cache(maxsize=4096)
def markers(text: str, language: str) -> Markers:
    """The concepts in the text and the words that carry them. `language` is "fr" or "en"."""
    plain = re.sub(r"\s+", " ", text.replace("’", "'"))
    for pattern in _exceptions(language):
        plain = pattern.sub(" ", plain)
    return {
        concept: words for concept, p in _patterns(language).items() if (words := tuple(p.findall(plain)))
    }


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    return {
        concept: pattern_of(words[language])
        for entry in table("wording.yaml")["classes"].values()
        for concept, words in entry["concepts"].items()
        if words.get(language)
    }


@cache
def _exceptions(language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in table("wording.yaml")["exceptions"][language])


def pattern_of(words: list[str]) -> re.Pattern[str]:
    """Any of the words, whole; written as in `wording.yaml`."""
    return re.compile(f"(?<![\\w-])(?:{_joined(words)})(?!\\w)", re.IGNORECASE)


def _joined(words: list[str]) -> str:
    """Words as written; one that ends in "*" stands for every word that begins so, one behind "~" is a pattern."""
    patterns = [word[1:] for word in words if word.startswith("~")]
    words = [word for word in words if not word.startswith("~")]
    stems = [word[:-1] for word in words if word.endswith("*")]
    whole = [word for word in words if not word.endswith("*")]
    parts = [f"(?:{alternatives(stems)})\\w*"] if stems else []
    return "|".join(patterns + parts + ([alternatives(whole)] if whole else []))
