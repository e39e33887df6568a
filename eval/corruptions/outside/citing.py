"""True words beside the wrong quote of the same document."""

import random
import re
from collections.abc import Iterable
from functools import lru_cache

from eval.corruptions.material import Corrupted, Material

_FAR, _NEAR = 8, 4
_NEAREST = 6
_HELD, _HOLDS = 0.5, 0.9
_STEM = 5
_SMALL = frozenset(
    {
        "the", "and", "for", "with", "was", "were", "are", "been", "that", "this", "from", "not", "which", "who", "than", "had",
        "has", "have", "les", "des", "une", "dans", "par", "pour", "est", "sont", "chez", "avec", "aux", "sur", "que", "qui",
        "plus", "pas", "été",
    }
)  # fmt: skip


def another_of_the_document(material: Material, rng: random.Random) -> Corrupted | None:
    """citations: the quote is a sentence of the document that stands far off."""
    at = _at(material)
    return _cited(
        material,
        "another of the document",
        (*material.others[: max(0, at - _FAR)], *material.others[at + _FAR + 1 :]),
        rng,
    )


def another_of_the_section(material: Material, rng: random.Random) -> Corrupted | None:
    """citations: the quote is a sentence that stands near by."""
    at = _at(material)
    return _cited(
        material, "another of the section", material.others[max(0, at - _NEAR) : at + _NEAR + 1], rng
    )


def closest_in_words(material: Material, rng: random.Random) -> Corrupted | None:
    """citations: the quote is the sentence of the document that shares the most words without saying it."""
    ranked = sorted(
        (other for other in material.others if other != material.sentence),
        key=lambda other: (-contained(material.sentence, other), other),
    )
    return _cited(material, "closest in words", _other(material, ranked[:_NEAREST])[:1], rng)


def contained(one: str, other: str) -> float:
    """The share of the words of one sentence that the other holds too."""
    words = words_in(one)
    return len(words & words_in(other)) / max(1, len(words))


@lru_cache(maxsize=20_000)
def words_in(sentence: str) -> frozenset[str]:
    """The words that say something, each by its first letters: one word in two forms is one word."""
    return frozenset(
        word[:_STEM] for word in re.findall(r"[^\W_]{3,}", sentence.lower()) if word not in _SMALL
    )


def _at(material: Material) -> int:
    return material.others.index(material.sentence)


def _other(material: Material, options: Iterable[str]) -> list[str]:
    """Those that neither say what the sentence says nor are said by it."""
    sentence = material.sentence
    return [
        other
        for other in options
        if other != sentence and contained(sentence, other) < _HELD and contained(other, sentence) < _HOLDS
    ]


def _cited(material: Material, way: str, options: Iterable[str], rng: random.Random) -> Corrupted | None:
    other = _other(material, options)
    if not other:
        return None
    return Corrupted("citations", way, material.sentence, material.sentence, (rng.choice(other),))
