"""How much of a topic each unit carries: its words, the rarer the more, also where a source writes them short."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.engines.cues import FINITE_VERB
from assistant.engines.numbered import names_another, numbered_in
from assistant.engines.units import Unit
from assistant.store.words import fold_accents, stems
from ingestion.abbreviations import abbreviations_in

_WORD = re.compile(r"[^\W_](?:[\w/+.-]*\w)?")
_LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the topic: its stems, and the phrases that say it otherwise, each as the stems that must all be there."""

    stems: frozenset[str]
    parts: tuple[frozenset[str], ...]
    """In each language what must be there together: both of “long-term”, and of “ASSENT-2” the name, for a figure stands everywhere."""
    otherwise: tuple[frozenset[str], ...]

    def in_(self, own: frozenset[str]) -> bool:
        return any(part <= own for part in (*self.parts, *self.otherwise))


def topical_shares(
    topic: str, units: Sequence[Unit], explained: Sequence[str], otherwise: Mapping[str, tuple[str, ...]]
) -> list[float]:
    """Of each unit the share, 0 to 1, of the topic that it or what heads it carries; all 0 where no unit carries a word.

    A word counts by how rare it is among the units: of “mixing with insulins”, a label of an insulin has the second
    everywhere. A word for people counts only where no other does: “population” of “paediatric population”. What names another number
    (“type 1” where “type 2” is asked) carries nothing. `explained` are texts in which short forms are explained: “LVESVi” carries “left ventricular volume”.
    `otherwise`: as in `Task`.
    """
    words = _words_of(topic, otherwise)
    if not words:
        return [0.0] * len(units)
    longs = {pair.short: _stems(pair.long) for pair in abbreviations_in(explained)}
    alone = [_stems(_meant(unit.text, topic)) | _in_full(unit.text, longs) for unit in units]
    carried = [own | _stems(_meant(_over(unit), topic)) for own, unit in zip(alone, units, strict=True)]
    weights = [_rarity(word, carried) for word in words]
    if any(weight and not word.stems <= _PEOPLE for word, weight in zip(words, weights, strict=True)):
        weights = [0.0 if word.stems <= _PEOPLE else w for word, w in zip(words, weights, strict=True)]
    whole = sum(weights)
    if not whole:
        return [0.0] * len(units)

    def share(own: frozenset[str]) -> float:
        return sum(weight for word, weight in zip(words, weights, strict=True) if word.in_(own)) / whole

    shares = [
        share(own) + (share(both) - share(own)) * (_CLAIMED if _claims(unit) else 1.0)
        for unit, own, both in zip(units, alone, carried, strict=True)
    ]
    numbered = numbered_in(topic)
    left = [
        0.0 if names_another(numbered, unit.text, _over(unit)) else one
        for unit, one in zip(units, shares, strict=True)
    ]
    # Where nothing tells of that number, what tells of another is nearer than the whole piece.
    return left if any(left) else shares


def is_told_of(topic: str, texts: Sequence[str], otherwise: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the texts speak of what the topic is about: one of its words stands in few of them, or those that stand in none
    weigh less than half of it.

    “Elderly patients” of a paper that names no elderly, “missed dose” of a label that says nothing of one. A word that stands
    nowhere weighs as one that stands in a single text. “Drug interactions” is told of where interactions are.
    """
    words = _words_of(topic, otherwise)
    longs = {pair.short: _stems(pair.long) for pair in abbreviations_in(texts)}
    held = [_stems(_meant(text, topic)) | _in_full(text, longs) for text in texts]
    matter = [word for word in words if not word.stems <= _PEOPLE] or words
    spread = [sum(1 for own in held if word.in_(own)) for word in matter]
    if not matter or any(0 < texts_with <= _FEW * len(held) for texts_with in spread):
        return True
    weights = [_rarity(word, held) for word in matter]
    return sum(weights) > math.log(1 + len(held)) * weights.count(0.0)


def _words_of(topic: str, otherwise: Mapping[str, tuple[str, ...]]) -> list[_Word]:
    return [
        _Word(found, _parts_of(word), _phrases(word, otherwise))
        for word in _WORD.findall(topic)
        if (found := _stems_of(word))
    ]


_SHORTEST_PART = 3
_FEW = 0.2
"""The share of the texts from which on a word is one of the documents' own, as “dose” is of a label: it says no topic."""


def _parts_of(word: str) -> tuple[frozenset[str], ...]:
    if fold_accents(word) in _FALSE_FRIENDS:
        return (_stems_of(word),)
    if _AGED.fullmatch(word):
        return (_ELDERLY,)
    spelt = (word, word.replace("-", "")) if "-" in word else (word,)
    both = [frozenset(stems(one, language)) for one in spelt for language in _LANGUAGES]
    return tuple(frozenset(s for s in own if len(s) >= _SHORTEST_PART) or own for own in both if own)


_NOT_ENOUGH = re.compile(
    r"\binsufficient(?:ly)?\b|\b(?:données?|preuves?|expériences?|informations?)\b[^.;]{0,30}\binsuffisantes?\b|\binsuffisamment\b",
    re.IGNORECASE,
)
"""“Data are insufficient” tells of no organ's insufficiency."""
_NO_CHILD = re.compile(r"\bchild[-‑ ]?(?:pugh|bearing)\b", re.IGNORECASE)
"""A score of the liver, and who may become pregnant."""
_AGED = re.compile(r"[âÂ]gée?s?", re.IGNORECASE)
_OF_AN_AGE = re.compile(
    r"\b[âÂ]gée?s? (?:de |d['’]|entre )(?:(?:au moins|plus de|moins de) )?(?P<age>\d+)", re.IGNORECASE
)
_OLD = 60
"""Years from which « âgé de … » tells of the elderly."""
_ELDERLY = frozenset(stems("elderly", "en"))
"""« Âgés » names the elderly, and neither « âge de procréer » nor a mean age."""


def _meant(text: str, topic: str) -> str:
    """Without what only looks like a word of the topic."""
    text = _NOT_ENOUGH.sub("", text)
    text = _OF_AN_AGE.sub(lambda aged: aged[0] if int(aged["age"]) >= _OLD else aged["age"], text)
    return text if _NO_CHILD.search(topic) else _NO_CHILD.sub("", text)


_CLAIMED = 0.45
"""What a title that claims something itself gives to what stands below it: another matter than its own may stand there."""


def _claims(unit: Unit) -> bool:
    spoken = unit.slide or unit.source_kind == "transcript"
    return spoken and bool(FINITE_VERB[unit.language].search(unit.heading))


def _over(unit: Unit) -> str:
    """Its heading; in a label also those above, which say what a whole section is for: the dose for one disease is posology, too."""
    return " ".join(unit.section) if unit.source_kind == "label" and unit.section else unit.heading


def _phrases(word: str, otherwise: Mapping[str, tuple[str, ...]]) -> tuple[frozenset[str], ...]:
    """Of each term that the word belongs to: “conduite” of a French topic is “conduire” in a label."""
    folded = fold_accents(word)
    texts = (text for term, said in otherwise.items() if folded in term.split() for text in said)
    return tuple(phrase for text in texts if (phrase := _stems(text)))


def _rarity(word: _Word, carried: Sequence[frozenset[str]]) -> float:
    """0 for a word of no unit: what the sources do not say tells none of them from the others."""
    spread = sum(1 for own in carried if word.in_(own))
    return math.log(1 + len(carried) / spread) if spread else 0.0


def _in_full(text: str, longs: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(longs[word] for word in _WORD.findall(text) if word in longs))


def _stems(text: str) -> frozenset[str]:
    return frozenset().union(*(_stems_of(word) for word in _WORD.findall(text)))


_FALSE_FRIENDS = frozenset(["observance", "conservative", "conservatives"])
"""Words whose stem is that of another: of “observed”, of « conservation »."""


_HYPHENED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
"""“Contra-indication” is written “contraindication”, too."""


@lru_cache(maxsize=16384)
def _stems_of(word: str) -> frozenset[str]:
    """In both languages; a word that either passes over, such as “with”, has none."""
    if fold_accents(word) in _FALSE_FRIENDS:
        return frozenset([fold_accents(word)])
    found = [stems(word, language) for language in _LANGUAGES]
    if not all(found):
        return frozenset()
    joined = [stems(word.replace("-", ""), language) for language in _LANGUAGES if _HYPHENED.fullmatch(word)]
    elderly = _ELDERLY if _AGED.fullmatch(word) else frozenset[str]()
    return frozenset(stem for own in (*found, *joined, elderly) for stem in own)


_PEOPLE = _stems(
    "patient patients population populations subject subjects people person persons participant participants individual individuals "
    "sujet sujets personne personnes malade malades"
)
