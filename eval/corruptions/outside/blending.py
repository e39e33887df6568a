"""Two true sentences made into one statement that neither says; both are quoted."""

import random
import re
from collections.abc import Callable

from eval.corruptions.material import Corrupted, Material, differ
from eval.corruptions.outside import clauses
from eval.corruptions.outside.names import brand, fits, medicines_in, same_medicine, studies_in
from eval.corruptions.outside.tables import stands
from eval.corruptions.outside.writing import put_in, written

Blend = Callable[[str, str, Material, random.Random], str | None]
"""What is made of two sentences, or None."""

_SHARE = re.compile(r"(?<![\w.,/–-])\d+(?:[.,]\d+)?\s?%(?!\s?(?:CI|confidence|IC|à))")
_QUANTITY = re.compile(
    r"(?<![\w.,/–-])\d+(?:[.,]\d+)?(?=\s?(mg|mL|mmHg|months|weeks|days|hours|patients|mois|semaines|jours|heures|ans|years|minutes|kg)\b)"
)
_SHORTEST, _LONGEST, _TRIES = 5, 60, 40


def predicate_of_another(material: Material, rng: random.Random) -> Corrupted | None:
    """blending: what is said of one thing is said of another."""
    return _blended(material, "predicate of another", clauses.predicate, material.others, rng)


def circumstance_before(material: Material, rng: random.Random) -> Corrupted | None:
    """blending: a circumstance of one sentence stands at the head of another."""
    return _blended(material, "circumstance before", clauses.before, material.others, rng)


def circumstance_behind(material: Material, rng: random.Random) -> Corrupted | None:
    """blending: the circumstance at the end of a sentence is another's."""
    return _blended(material, "circumstance behind", clauses.behind, material.others, rng)


def figure_of_another(material: Material, rng: random.Random) -> Corrupted | None:
    """blending: a figure of the same unit is another sentence's."""
    return _blended(material, "figure of another", _figure, material.others, rng)


def medicine_of_another(material: Material, rng: random.Random) -> Corrupted | None:
    """blending: the medicine is another sentence's."""
    return _blended(material, "medicine of another", _medicine, (*material.others, *material.elsewhere), rng)


def study_of_another(material: Material, rng: random.Random) -> Corrupted | None:
    """blending: the study is another sentence's."""
    return _blended(material, "study of another", _study, (*material.others, *material.elsewhere), rng)


def comparison_of_another(material: Material, rng: random.Random) -> Corrupted | None:
    """blending: what is compared with is another sentence's."""
    return _blended(material, "comparison of another", clauses.comparison, material.others, rng)


def object_of_another(material: Material, rng: random.Random) -> Corrupted | None:
    """blending: the same verb, with what another sentence has behind it."""
    return _blended(material, "object of another", clauses.behind_verb, material.others, rng)


def _blended(
    material: Material, way: str, blend: Blend, partners: tuple[str, ...], rng: random.Random
) -> Corrupted | None:
    for other in rng.sample(partners, min(_TRIES, len(partners))):
        if other == material.sentence:
            continue
        told = blend(material.sentence, other, material, rng)
        if told is None:
            continue
        statement = written(told, material.language)
        if (
            _SHORTEST <= len(statement.split()) <= _LONGEST
            and differ(statement, material.sentence)
            and differ(statement, other)
        ):
            return Corrupted("blending", way, material.sentence, statement, (material.sentence, other))
    return None


def _figure(one: str, two: str, material: Material, rng: random.Random) -> str | None:
    del material
    for pattern in rng.sample((_SHARE, _QUANTITY), 2):
        pairs = [
            (mine, theirs)
            for mine in pattern.finditer(one)
            for theirs in pattern.finditer(two)
            if not stands(theirs.group(), one) and mine.groups() == theirs.groups()
        ]
        if pairs:
            mine, theirs = rng.choice(pairs)
            return put_in(one, mine, theirs.group())
    return None


def _medicine(one: str, two: str, material: Material, rng: random.Random) -> str | None:
    return _name(one, medicines_in(one, material), medicines_in(two, material), material, rng)


def _study(one: str, two: str, material: Material, rng: random.Random) -> str | None:
    return _name(one, studies_in(one, material), studies_in(two, material), material, rng)


def _name(
    one: str, mine: list[re.Match[str]], theirs: list[re.Match[str]], material: Material, rng: random.Random
) -> str | None:
    pairs = [
        (own, name.group())
        for own in mine
        for name in theirs
        if name.group().lower() not in one.lower()
        and brand(own.group(), material) == brand(name.group(), material)
        and not same_medicine(own.group(), name.group(), material)
        and fits(own.group(), name.group(), one[: own.start()], material.language)
    ]
    if not pairs:
        return None
    own, name = rng.choice(pairs)
    return put_in(one, own, name)
