"""Which sentences answer a question on a dose: those that give one or say what to do, and everybody's before those for some."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.chat.expected import advises
from assistant.chat.named import medicines_in
from assistant.chat.question import Asked, concepts
from assistant.chat.readable import Readable, section_number
from assistant.chat.wanted import Scored
from assistant.chat.wording import flat
from assistant.engines.cues import ADDED_THERAPY, DOSE_UNIT
from assistant.engines.units import Unit

_RHYTHM = re.compile(
    r"\b(?:once|twice|thrice|(?:two|three|four) times) (?:a|per|each|every|daily|weekly)\b|(?<!-)\b(?:daily|weekly|monthly)\b"
    r"|\bevery (?:\w+ )?(?:hours?|days?|weeks?|months?)\b|\bfois (?:par|tous)\b|\bpar (?:jour|semaine|mois)\b",
    re.IGNORECASE,
)
_DOSE = re.compile(rf"\d\s?(?!m[lL]\b){DOSE_UNIT}\b(?!/|[.·]h\b)")
"""In millilitres a label gives its vials and solvents as often; milligrams by the hour are an exposure."""
_BY_SIZE = re.compile(
    r"(?<!kg)(?<!ml)(?<!min) ?/ ?(?:kg|m ?[2²])(?!\w)|\b(?:per|par) (?:kg|kilo\w*|m ?[2²]|square met\w+)(?!\w)"
)
"""By somebody's weight or surface, and neither an index nor a rate."""
_PEOPLE = ("children", "elderly", "renal", "hepatic", "pregnancy")
"""Subjects that say of whom a dose is."""
_OF_DOSES = frozenset({"dose", "starting", "maximum", "target", "administration"})
"""Subjects of a question that asks for the dose and names nobody."""
_FOR_SOME = re.compile(
    r"\W*(?:if|when|where|should|in case|in (?:\w+ )?(?:patients?|people|women|men|children|adolescents|subjects)|for (?:patients?|people|women|men|children)\b.{0,60}\bwith"
    r"|si|s'il|lorsqu\w*|quand|en cas|en presence|chez (?:les|des|l'|la|le) (?!adultes?\b)|pour les patients)\b"
)
"""How a sentence begins that is of some patients, or of what may happen."""
_BEHIND_EVERYBODY = 0.3
"""How far such a sentence ranks behind one for everybody."""
_ITS_OWN = re.compile(
    r"\b(?:the|la|starting|target|initial|maintenance|recommended|daily) (?:\w+ )?(?:dose|dosage|posologie)\b(?! (?:of|de|d'))"
)
"""The dose, of whatever is spoken of: the medicine's."""
_AFTER_ONE = re.compile(r"\b(?:after|since|following|apres|depuis) (?:\w+ ){0,2}(?:dose|prise)\b")
"""A dose as a point in time."""


def giving_doses(fitting: Sequence[Scored], asked: Asked) -> list[Scored]:
    """Of sentences for a question on a dose: those that do more than speak of doses, and what everybody gets first where nobody is named."""
    if _AFTER_ONE.search(flat(asked.text)):
        return list(fitting)
    told = [s for s in fitting if not _only_speaks_of_doses(s.unit)]
    if _BY_SIZE.search(flat(asked.text)):
        told = [s for s in told if s.unit.kind == "row" or _BY_SIZE.search(flat(s.unit.text))]
    about = {concept.name for concept in asked.concepts}
    if "overdose" not in about and not asked.named:
        told = [s for s in told if not _after_too_much(s.unit)]
    if asked.words or not about <= _OF_DOSES:
        return told
    return [replace(s, score=s.score - _BEHIND_EVERYBODY) if _for_some(s.unit) else s for s in told]


def _for_some(unit: Unit) -> bool:
    return unit.special or bool(_FOR_SOME.match(flat(unit.text)))


def _only_speaks_of_doses(unit: Unit) -> bool:
    """Whether it gives neither a dose nor a rhythm: “forced titration to twice the lower dose”, “at the recommended dose, headache was common”.
    Below its heading on doses a label's sentence is on them whatever its words, and elsewhere it may advise.
    """
    if _DOSE.search(unit.text) or _RHYTHM.search(unit.text):
        return False
    if unit.source_kind == "label":
        return section_number(unit) not in {"", "4.2"} and not advises(unit.text)
    return unit.source_kind == "paper"


def _after_too_much(unit: Unit) -> bool:
    """Whether it tells of an overdose: what somebody survived is no dose."""
    return unit.source_kind == "label" and section_number(unit) == "4.9"


def for_the_same(units: Sequence[Unit]) -> list[Unit]:
    """Beside a row that stands under a line for whom it is, no other dose that is not of them: “after a week 100 mg” is adults'."""
    lines = [flat(unit.quotes[0].text) for unit in units if unit.kind == "row" and _stands_under_a_line(unit)]
    if not lines:
        return list(units)
    people = [concept for name in _PEOPLE if (concept := concepts()[name]).said.search(lines[0])]
    return [
        unit
        for unit in units
        if unit.kind == "row"
        or not _DOSE.search(unit.text)
        or any(p.said.search(flat(unit.text)) for p in people)
    ]


def of_another_medicine(one: Readable, asked: Asked) -> bool:
    """Whether it gives a dose and names another medicine alone, that the question does not name: “an initial heparin bolus not exceeding
    5,000 IU” is no answer to how much of the medicine.
    """
    if asked.named or one.unit.kind == "row" or all(concept.name != "dose" for concept in asked.concepts):
        return False
    if not _DOSE.search(one.unit.text) or _after_too_much(one.unit):  # there it is an antidote's
        return False
    if one.unit.source_kind == "label" and ADDED_THERAPY.match(one.unit.heading):
        return True
    named = medicines_in(one.unit.text)
    return bool(named - one.own) and not named & one.own and not _ITS_OWN.search(one.text)


def _stands_under_a_line(unit: Unit) -> bool:
    return len(unit.quotes) > 1 and unit.quotes[0].passage != unit.quotes[1].passage
