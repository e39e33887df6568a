"""True words beside the wrong quote, and two sources made into one statement."""

import random
import re
from functools import lru_cache

from eval.corruptions.figures import numbers_in
from eval.corruptions.material import Corrupted, Material, differ, put

_TOO_NEAR = 0.4
_WORD = re.compile(r"[^\W\d_]{4,}")
_SHARE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?=\s?%)")


def citation_swapped(material: Material, rng: random.Random) -> Corrupted | None:
    """citations: the statement is true, the quote is another sentence of the documents."""
    foreign = _foreign(material)
    return _cited(material, "citation swapped", rng.choice(foreign)) if foreign else None


def citation_near(material: Material, rng: random.Random) -> Corrupted | None:
    """citations: the quote is the sentence nearest in words that does not say it."""
    del rng
    foreign = _foreign(material)
    if not foreign:
        return None
    return _cited(
        material,
        "citation of a near sentence",
        max(foreign, key=lambda other: (overlap(material.sentence, other), other)),
    )


def studies_pooled(material: Material, rng: random.Random) -> Corrupted | None:
    """blending: the result of one study is said of two."""
    present = [study for study in material.studies if study in material.sentence]
    absent = [study for study in material.studies if study not in material.sentence]
    if len(present) != 1 or not absent:
        return None
    at = material.sentence.index(present[0])
    link = "et" if material.language == "fr" else "and"
    both = f"{present[0]} {link} {rng.choice(absent)}"
    statement = put(material.sentence, at, at + len(present[0]), both)
    return Corrupted("blending", "studies pooled", material.sentence, statement, (material.sentence,))


def figure_borrowed(material: Material, rng: random.Random) -> Corrupted | None:
    """blending: a percentage of another sentence takes the place of this one's; both sentences are quoted."""
    wanted = {match.start() for match in numbers_in(material.sentence)}
    own = [match for match in _SHARE.finditer(material.sentence) if match.start() in wanted]
    lenders = (
        [
            (other, share)
            for other in material.others
            if differ(material.sentence, other)
            for share in _shares(other)
            if not re.search(rf"(?<![\d.,]){re.escape(share)}(?!\d|[.,]\d)", material.sentence)
        ]
        if own
        else []
    )
    if not lenders:
        return None
    target, (other, figure) = rng.choice(own), rng.choice(lenders)
    statement = put(material.sentence, target.start(), target.end(), figure)
    return Corrupted("blending", "figure borrowed", material.sentence, statement, (material.sentence, other))


def overlap(one: str, other: str) -> float:
    """The share of the words of one sentence that the other holds too."""
    words = _words(one)
    return len(words & _words(other)) / len(words) if words else 1.0


def _foreign(material: Material) -> list[str]:
    return [
        other
        for other in material.others
        if differ(material.sentence, other)
        and overlap(material.sentence, other) < _TOO_NEAR
        and not (_figures(material.sentence) and _figures(material.sentence) <= _figures(other))
    ]


@lru_cache(maxsize=20_000)
def _figures(sentence: str) -> frozenset[str]:
    return frozenset(match.group() for match in numbers_in(sentence))


@lru_cache(maxsize=20_000)
def _shares(sentence: str) -> tuple[str, ...]:
    known = {match.start() for match in numbers_in(sentence)}
    return tuple(match.group() for match in _SHARE.finditer(sentence) if match.start() in known)


@lru_cache(maxsize=20_000)
def _words(sentence: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(sentence))


def _cited(material: Material, way: str, quote: str) -> Corrupted:
    return Corrupted("citations", way, material.sentence, material.sentence, (quote,))
