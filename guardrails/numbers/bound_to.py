"""Numbers that stand in the quotes and belong to something else there: the strength of a tablet, the rhythm of a time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from guardrails.numbers.extract import extract
from guardrails.numbers.forms import same_in_another_form
from guardrails.numbers.model import Quantity
from guardrails.numbers.paces import is_pace, of_another_pace
from guardrails.numbers.patterns import DOSES, TIME_UNITS

_FORMS = {
    "tablet": "tablets?|comprimés?",
    "capsule": "capsules?|gélules?",
    "vial": "vials?|flacons?",
    "sachet": "sachets?",
    "pen": "(?:prefilled )?pens?|stylos?(?: préremplis?)?",
    "patch": "patch(?:es|s)?",
    "syringe": "(?:pre-?filled )?syringes?|seringues?(?: préremplies?)?",
    "suppository": "suppositor(?:y|ies)|suppositoires?",
}
_FORM = "|".join(rf"(?P<{name}>{words})" for name, words in _FORMS.items())
_AMOUNT = r"(?:(?:de|of|à)\s+)?\d[\d.,]*\s?(?:mg|g|[µμ]g|mcg|ml|UI|IU|units?|unités?)"
_AND = r"\s*(?:,|/|(?:,\s*)?\b(?:and|or|et|ou)\b)\s*"
_FORM_BEHIND = re.compile(
    rf"(?:{_AND}{_AMOUNT})*\s*(?:(?:hard|soft|film-coated|coated|prolonged-release)\s+)?(?:{_FORM})\b",
    re.IGNORECASE,
)
_FORM_BEFORE = re.compile(
    rf"\b(?:{_FORM})\s+(?:\w+\s+)?(?:of|à|de|dosés?\s+à|containing|contains?|contient|contiennent|contenant)\s+(?:{_AMOUNT}{_AND}(?:(?:de|of|à)\s+)?)*$",
    re.IGNORECASE,
)
_DURING = re.compile(
    r"\s*,?\s*(?:pendant|durant|for|during|over|au cours d(?:e|es|u)|dans)\s+(?:(?:the|les?|la|its|ses)\s+)?(?:(?:first|premi\w+)\s+)?$",
    re.IGNORECASE,
)
_WIDEST = 80
"""Characters before a number in which its form or time begins."""
_PER = {
    "week": re.compile(r"\b(?:an?|per|par)\s(?:week|semaine)\b|/\s?(?:week|semaine)\b", re.IGNORECASE),
    "month": re.compile(
        r"\b(?:an?|per|par)\s(?:month|mois)\b|\b(?:at |à )?(?:months?|mois)\s\d", re.IGNORECASE
    ),
    "day": re.compile(r"\b(?:an?|per|par)\s(?:day|jour)\b|/\s?(?:day|d|jour|j)\b", re.IGNORECASE),
    "year": re.compile(r"\b(?:an?|per|par)\s(?:year|an)\b", re.IGNORECASE),
}
"""Each week, each month told beside an amount."""

Texts = Iterable[tuple[str, str]]


def of_another(quantity: Quantity, statement: str, language: str, quotes: Texts) -> bool:
    """Whether the quotes give this strength or this rhythm another value, and never this one."""
    quotes = list(quotes)
    return (
        _another_strength(quantity, statement, quotes)
        or _another_rhythm(quantity, statement, language, quotes)
        or _rarer(quantity, quotes)
        or of_another_pace(quantity, statement, language, quotes)
    )


def _another_strength(quantity: Quantity, statement: str, quotes: Texts) -> bool:
    form = _form_of(quantity, statement)
    if not form:
        return False
    held = [
        other
        for text, language in quotes
        for other in extract(text, language)
        if _form_of(other, text) == form
    ]
    return bool(held) and not any(same_in_another_form(quantity, other) for other in held)


def _form_of(quantity: Quantity, text: str) -> str:
    """The form that a dose is the strength of, "tablet" of "20 mg tablets" and "comprimés à 20 mg"."""
    if quantity.kind != "number" or quantity.unit not in DOSES or quantity.comparator:
        return ""
    found = _FORM_BEHIND.match(text, quantity.end) or _FORM_BEFORE.search(
        text, max(0, quantity.start - _WIDEST), quantity.start
    )
    return str(found.lastgroup) if found else ""


def _another_rhythm(quantity: Quantity, statement: str, language: str, quotes: Texts) -> bool:
    """Every three months during the first six, where it is every month during these."""
    if not is_pace(quantity) or (quantity.weak and quantity.unit == "/day"):
        return False
    times = [time for rhythm, time in _timed(statement, language) if rhythm == quantity]
    if not times:
        return False
    pairs = [pair for text, other in quotes for pair in _timed(text, other)]
    held = [rhythm for rhythm, time in pairs if same_in_another_form(times[0], time)]
    return bool(held) and not any(same_in_another_form(quantity, rhythm) for rhythm in held)


def _rarer(quantity: Quantity, quotes: Sequence[tuple[str, str]]) -> bool:
    """Whether "weekly", or "every month", is told where the quotes know nothing but every so many weeks, or months."""
    if not (quantity.weak and quantity.kind == "frequency" and quantity.value == 1):
        return False
    unit = quantity.unit.removeprefix("/")
    if any(_PER[unit].search(text) for text, _ in quotes if unit in _PER):
        return False
    held = [q for text, language in quotes for q in extract(text, language, ones=True) if is_pace(q)]
    return bool(held) and all(q.comparator == "every" and q.unit == unit and q.value > 1 for q in held)


def _timed(text: str, language: str) -> Iterator[tuple[Quantity, Quantity]]:
    """Each rhythm with the time that it is kept for."""
    for rhythm, time in pairwise(extract(text, language, ones=True)):
        lasts = time.kind == "number" and time.unit in TIME_UNITS
        if is_pace(rhythm) and lasts and _DURING.fullmatch(text, rhythm.end, time.start):
            yield rhythm, time
