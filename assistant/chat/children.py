"""Which sentences may be told to a question about a child: those that speak of children, and of none who are all older than this one."""

import re
from collections.abc import Sequence

from assistant.chat.bounds import stated
from assistant.chat.question import Asked, concepts
from assistant.chat.wanted import Scored
from assistant.chat.wording import flat

_ADOLESCENTS = re.compile(
    r"\badolescen\w*|\b(?:under|below|less than|younger than|moins de) (?:the age of )?1[0-8] (?:years?|ans)(?: (?:of age|old)| d'age)?"
)
_ADULT = re.compile(r"\b(?:adult|elderly|older|agees?\b|sujets? age)")
_ADOLESCENT_FROM = 12.0
_BABY = re.compile(
    r"\b(?:newborns?|neonat\w*|bab(?:y|ies)|infants?|toddlers?|nourrissons?|bebes?|nouveau-?nes?|\d{1,2}[- ](?:months?|mo|weeks?|wks?|days?)[- ]olds?"
    r"|\d{1,2} (?:mois|semaines|jours))\b"
)
_CHILD_FROM = 2.0
"""Years from which nobody is called a toddler."""
_YEARS = re.compile(r"\b(\d{1,2}) ?(?:ans|years?)\b")
_BELOW = re.compile(
    r"(?:\b(?:under|below|before|(?:younger|less|lower) than|moins de|(?:en |au-)dessous de|avant|inferieure?s? a)|<)[- ]?(?:the age of |l'age de )?(?=(?:[1-9]|1[0-2])(?!\d))"
)
"""“Under 12”: of none who is twelve."""


def of_children(fitting: Sequence[Scored], asked: Asked, child: int | None) -> list[Scored]:
    """Those that meet the need at the index `child`, where a child is asked about: beside what the label says of children the dose of
    an adult would be taken for the child's. Where the age of somebody else is given: none that speaks of children alone.
    """
    if child is None:
        adult = "age" in stated(asked.text)
        return [s for s in fitting if not (adult and _of_children_alone(s))]
    said = flat(asked.text)
    baby = _BABY.search(said) is not None
    small = baby or _too_small(asked.text, said)
    met = [s for s in fitting if child in s.met and not (small and _of_adolescents(s))]
    return [s for s in met if not (baby and _of_older(s))]


def _of_children_alone(one: Scored) -> bool:
    said = flat(one.unit.text)
    return concepts()["children"].said.search(said) is not None and not _ADULT.search(said)


def _too_small(question: str, said: str) -> bool:
    """Whether all ages that it gives are below an adolescent's."""
    if _BELOW.search(said):
        return True
    ages = [age.high for age in stated(question).get("age", ())] or [
        float(years) for years in _YEARS.findall(said)
    ]
    return bool(ages) and all(age < _ADOLESCENT_FROM for age in ages)


def _of_older(one: Scored) -> bool:
    """Whether all ages that it gives are above a toddler's."""
    ages = stated(one.unit.text).get("age", ())
    return bool(ages) and all(age.low >= _CHILD_FROM for age in ages)


def _of_adolescents(one: Scored) -> bool:
    """Whether it speaks of adolescents and of no younger children."""
    said = flat(f"{one.unit.heading}\n{one.unit.text}")
    younger = _ADOLESCENTS.sub(" ", said)
    return younger != said and not concepts()["children"].said.search(younger)
