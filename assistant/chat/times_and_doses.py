"""What times and doses a text gives: a sentence on other times than the question's, or on another strength, answers another question."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.chat.bounds import NUMBER, plain, rest

_TIME = re.compile(
    rf"(?P<n>{NUMBER})[ -](?P<unit>hours?|heures?|h\b|days?|jours?|weeks?|semaines?|months?|mois|years?|ans?\b)"
    rf"|\b(?P<named>day|jour|week|semaine|month|mois|year|annee) (?P<of>{NUMBER})"
)
_DAYS = {"h": 1 / 24, "d": 1, "j": 1, "w": 7, "s": 7, "m": 30.4, "y": 365, "a": 365}
_NUMBERS = {
    "one": 1, "un": 1, "une": 1, "two": 2, "deux": 2, "three": 3, "trois": 3, "four": 4, "quatre": 4, "five": 5, "cinq": 5, "six": 6,
    "twelve": 12, "douze": 12, "eighteen": 18, "dix-huit": 18,
}  # fmt: skip
_IN_WORDS = re.compile(
    rf"\b({'|'.join(_NUMBERS)})[ -](?=(?:hours?|heures?|days?|jours?|weeks?|semaines?|months?|mois|years?|ans?)\b)"
)
_BEYOND = re.compile(
    rf"\b(?:more than|longer than|beyond|plus (?:de|longtemps que)|au-dela de|superieure?s? a)"
    rf" (?P<time>{NUMBER}[ -](?:hours?|heures?|days?|jours?|weeks?|semaines?|months?|mois|years?|ans?)\b)"
)
_NOT_KNOWN = re.compile(
    r"\b(?:not|never) (?:yet )?been (?:\w+ )?(?:evaluated|established|studied|demonstrated|assessed|investigated)\b[^.;,]*$"
    r"|\bn'(?:a|ont) (?:pas|jamais) (?:encore )?ete (?:\w+ )?(?:evaluee?s?|etablie?s?|etudiee?s?|demontree?s?)\b[^.;,]*$"
)
"""“Not evaluated for longer than 3 months” is said of a year, too; a rate “over 18 months” is not."""
_AFTER_ONSET = re.compile(
    rf"{NUMBER}[ -]?(?:h|hrs?|hours?|heures?) (?:after|from|since|post|apres|depuis|suivant)\W+(?:[a-z']+\W+){{0,3}}?(?:onset|symptom\w*|debut|first sign|premiers signes)"
)
"""So long ago something began: whether it is still in time only what gives a time tells."""
_SAME_TIME = 0.06
"""52 weeks, 12 months and 1 year are the same time."""
_STRENGTH = re.compile(
    rf"\b(?:tablets?|comprimes?|capsules?|gelules?|vials?|flacons?)\b[^.;?!\d]{{0,15}}(?P<n>{NUMBER}) ?mg\b"
    rf"|(?P<m>{NUMBER}) ?mg,? (?:film-coated |coated |hard )?(?:tablets?|comprimes?|capsules?|gelules?|vials?|flacons?)\b"
)
_LONGEST_LIST = 40
"""Numbers before the unit: without a bound, a table's figures were read anew from each of them."""
_CONTENT = re.compile(r"\bcontain|\bcontien|\bteneur\b|\bcontent\b")
_MG = re.compile(rf"({NUMBER}) ?mg\b")


@dataclass(frozen=True, slots=True)
class _Given:
    """By a question."""

    times: Sequence[float]
    doses: frozenset[float]
    strengths: frozenset[float]
    """Of the tablets that it names, or whose content it asks for."""


def contradicts(sentence: str, heading: str, asked: str) -> bool:
    """Whether the sentence gives other times than the question's, none where it is asked whether it is too late, or is of another strength of the tablet."""
    text, given = plain(sentence), _given(asked)
    times = times_in(text) if given.times else []
    if not times and _AFTER_ONSET.search(plain(asked)):
        return True  # “as soon as possible after onset” is no answer on eight hours
    if times and not _in_common(times, given.times) and not _reaches(text, given.times):
        return True
    if not given.strengths or not _MG.search(text):
        return False
    return not given.strengths & _doses(f"{plain(heading)}\n{text}")


def _reaches(text: str, times: Sequence[float]) -> bool:
    """Whether the flat text says that nothing is known of all that is longer than a time, and one of these is."""
    lower = [
        day
        for found in _BEYOND.finditer(text)
        if _NOT_KNOWN.search(text[: found.start()])
        for day in times_in(found["time"])
    ]
    return bool(lower) and max(times) >= min(lower)


def gives_time_or_dose(asked: str) -> bool:
    """Whether the question does: of any other no source is silent, and none need be read for it."""
    given = _given(asked)
    return bool(given.times or given.doses)


def silent_on(text: str, asked: str, *, of_doses: bool = True) -> bool:
    """Whether the text nowhere gives the time that the question gives, or nowhere its dose, where doses are asked for.

    A trial of 24 weeks of 15 mg says nothing of a year, nor of 30 mg.
    """
    given = _given(asked)
    doses = given.doses if of_doses else frozenset[float]()
    if not given.times and not doses:
        return False
    told = plain(text)
    if given.times and not _in_common(times_in(told), given.times):
        return True
    return bool(doses) and not doses & _doses(_listed(told, "mg"))


@lru_cache(maxsize=64)
def _given(asked: str) -> _Given:
    """Each sentence and each paper is asked for it."""
    question = rest(asked)
    doses = _doses(question)
    strengths = frozenset(float(m["n"] or m["m"]) for m in _STRENGTH.finditer(question))
    return _Given(times_in(question), doses, strengths or (doses if _CONTENT.search(question) else strengths))


def _doses(text: str) -> frozenset[float]:
    return frozenset(float(n) for n in _MG.findall(text))


def times_in(text: str) -> list[float]:
    """In days; of a flat text, also where they stand in a list or in words: “3, 6 and 12 months”, “un an”."""
    figures = _IN_WORDS.sub(lambda found: f"{_NUMBERS[found[1]]} ", text)
    whole = _listed(
        figures, r"(?:hours?|heures?|h\b|days?|jours?|weeks?|semaines?|months?|mois|years?|ans?\b)"
    )
    return [float(m["n"] or m["of"]) * _DAYS[(m["unit"] or m["named"])[0]] for m in _TIME.finditer(whole)]


def _listed(text: str, unit: str) -> str:
    """The text with the unit behind each number of a list that ends with it: “110 or 150 mg”."""
    several = rf"(?:{NUMBER} ?(?:,|/|-|–|or\b|and\b|to\b|et\b|ou\b|a\b) ?){{1,{_LONGEST_LIST}}}{NUMBER}[ -]?(?P<unit>{unit})"
    return re.sub(several, lambda found: re.sub(NUMBER, rf"\g<0> {found['unit']}", found[0]), text)


def _in_common(times: Iterable[float], others: Sequence[float]) -> bool:
    return any(abs(one - other) <= _SAME_TIME * max(one, other) for one in times for other in others)
