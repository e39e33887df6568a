"""Which of the sentences that fit a question are the kind of answer that it wants: a result, a rate, a time, the given value, advice."""

import re
from dataclasses import dataclass

from assistant.chat.bounds import stated
from assistant.chat.expected import (
    advises,
    asks_for_a_quantity,
    asks_for_a_rate,
    asks_for_results,
    asks_how_long,
    asks_how_often_it_is_done,
    gives_a_duration,
    gives_a_rate,
    gives_a_share,
    gives_an_interval,
    tells_a_result,
)
from assistant.chat.neighbours import RULE_FROM
from assistant.chat.question import Asked, concepts
from assistant.chat.readable import section_number
from assistant.chat.wording import flat
from assistant.engines.cues import DOSE_UNIT
from assistant.engines.units import Unit

LEAST = 0.45
"""The share of the question's needs, weighted by how rare each is, that the first sentence has to carry. The evidence was
judged before; this only keeps a neighbouring fact from being told for the one that is asked about. On questions that
nothing was learnt on it let 42 of 45 right answers through and stopped two of seven wrong ones; 0.62 stopped no more.
"""
OF_STUDIES = frozenset({"paper", "deck", "transcript"})
"""Kinds of sources that tell of studies."""
_LEFT_OUT = re.compile(
    r"\b(?:were|was) (?:\w+ )?excluded\b|\bnot eligible\b|\binelig\w+\b|\bexclusion criteri|\b(?:ont|etaient|a) (?:ete )?exclu(?:s|es|e)?\b|\bnon[- ]inclus|\bcriteres? d'exclusion"
    r"|\bnot (?:included|enrolled|recruited)\b|\b(?:pas|non) (?:\w+ )?eligibles?\b|\bpas ete (?:inclus|recrute)"
)
_HAD_NONE = re.compile(
    r"\b(?:patients?|people|persons?|those|subjects?|participants?|sujets|personnes)\b[^.;]{0,90}\b(?:who|that|qui) (?:(?:did|do) not have|had no|have no|n'avaient pas|n'ont pas)\b"
)
_UNIT = flat(DOSE_UNIT)
_BY_WEIGHT = re.compile(
    rf"\b(?:body ?weight|weigh\w*|poids|pes(?:e|ant|ent)\b)|\d\s?{_UNIT} ?(?:/|per|par) ?kg\b|\d ?kg\b"
)
_AMOUNT_A_DAY = re.compile(
    rf"\bdos(?:e|es|age)\b.{{0,60}}\d\s?{_UNIT}\b|\bposologie\b.{{0,60}}\d\s?{_UNIT}\b"
)
_START_DOSE = re.compile(
    rf"\b(?:start(?:ed|ing)?|initial|initiated|loading)\b.{{0,40}}(?:\bdose|\d\s?{_UNIT}\b)|\bdoses? (?:initiale|de depart|de charge)|\b(?:debut\w*|instaur\w*)\b.{{0,40}}\d\s?{_UNIT}\b"
)
"""A dose of its own to start with."""
_UNDIALYSED = re.compile(
    r"\b(?:non|not|pas|sans|without|hors|un|pre|never|jamais)(?:[- ](?:yet|on|under|receiving|requiring|needing|en|sous|encore|de|necessitant))*[- ]?(?:ha?emo-?)?dialy[sz](?!abl)\w*"
)
"""Kidneys that are not dialysed."""
_ASKS_TO_DEFINE = re.compile(
    r"\bhow (?:was|were|is|are|did|do|does) .{0,60}\bdefin\w+|\bdefinition\b|\bcomment .{0,60}\bdefini\w*|\bwhat (?:does|did) (?!the mean\b).{0,50}\bmean\W*$"
)
_DEFINES = re.compile(
    r"\bdefin\w+|\bmeans\b|\bmeant\b|\bcounted as\b|\bconsidered (?:as|to be)\b|\bcorrespon\w+|\bi\.?e\b|\bsignifie\b|\best compris\w*|\bthat is\b|\bc'est-a-dire\b|\bsoit (?:une?|le|la)\b"
    r"|^(?:an?|the|une?|l[ea]|l') ?[^.,;]{3,60} (?:was|is|est|etait) (?:an?|une?|any|tout\w*) "
)
_COUNTS = re.compile(r"\d (?:patients|people|participants|subjects|sujets)\b|\d \(\d+(?:[.,]\d+)? ?%\)")
_TREATED_WITH = re.compile(
    rf"\b(?:treated|traitee?s?|given|administ\w+|inject\w+)\b.{{0,60}}\d\s?{_UNIT}\b|\d\s?{_UNIT}\b.{{0,40}}\b(?:given|administ\w+|inject\w+)\b"
)
_MEASURED = re.compile(r"\b(?:auc|asc|cmax|exposure|exposition|pharmacokinetics?|pharmacocinetique)\b")
"""What was measured of two medicines together: the dose in it is the study's."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with what of the question it carries (0 to 1) and its rank among the answers."""

    unit: Unit
    coverage: float
    score: float
    met: frozenset[int]
    """Indices of the needs that it meets."""
    named: frozenset[int] = frozenset()
    """Indices of the things that the question names and it speaks of."""
    beside: frozenset[int] = frozenset()
    """Which of the named things are not the medicine of its document."""
    holds: bool = False
    """It bounds a measure of which the question gives a value, so that the value lies within."""


def of_its_kind(fitting: list[Scored], question: str, own: frozenset[int]) -> list[Scored]:
    """Those that tell a result, hold the value or give the rate that is asked for; all of them where none is or none does. `own` are
    the needs that are telling words of the question.
    """
    of_people = _of_the_weight(_on_dialysis(_defining(fitting, question), question), question)
    return _with_the_rate(_with_the_value(_with_a_result(of_people, question)), question, own)


def _defining(fitting: list[Scored], question: str) -> list[Scored]:
    """Where a definition is asked for: those that define. What became of it is none."""
    if not _ASKS_TO_DEFINE.search(flat(question)):
        return fitting
    defining = [s for s in fitting if _DEFINES.search(flat(s.unit.text))]
    return [s for s in defining if not _COUNTS.search(flat(s.unit.text))]


def as_wanted(ranked: list[Scored], asked: Asked) -> list[Scored]:
    """Of these, the best first, those that give the time or the advice that is asked for. Only where the best carries the question:
    what it does not carry no sentence answers by its kind alone.
    """
    ranked = _with_the_start(ranked, asked)
    if not ranked or ranked[0].coverage < LEAST:
        return ranked
    return _with_advice(_with_the_time(ranked, asked.text), asked)


def _on_dialysis(fitting: list[Scored], question: str) -> list[Scored]:
    """Where dialysis is asked about: those that speak of it, if one carries more of the question than any that does not; a dose for
    other kidneys is no dose for these, nor the other way round.
    """
    said = flat(question)
    if _UNDIALYSED.search(said):
        return [s for s in fitting if not _of_dialysis(s.unit)]
    if not concepts()["dialysis"].asked.search(said):
        return fitting
    on_it = [s for s in fitting if concepts()["dialysis"].said.search(flat(s.unit.text))]
    others = max((s.coverage for s in fitting if s not in on_it), default=0.0)
    return on_it if max((s.coverage for s in on_it), default=0.0) > others else fitting


def _of_the_weight(fitting: list[Scored], question: str) -> list[Scored]:
    """Where an amount is asked for somebody of a weight and the label doses by weight: only what speaks of weight. How the solution is
    made up is no dose for 72 kg.
    """
    if "weight" not in stated(question) or not asks_for_a_quantity(flat(question)):
        return fitting
    speaking = [s for s in fitting if s.unit.source_kind == "label" and _BY_WEIGHT.search(flat(s.unit.text))]
    return speaking if any(section_number(s.unit) == "4.2" for s in speaking) else fitting


def _of_dialysis(unit: Unit) -> bool:
    """Whether it speaks of patients on dialysis, and not of those who are not."""
    return bool(concepts()["dialysis"].said.search(_UNDIALYSED.sub(" ", flat(unit.text))))


def _with_a_result(fitting: list[Scored], question: str) -> list[Scored]:
    """Where a result is asked for: those that carry the question and tell one, if there are any."""
    if not asks_for_results(question):
        return fitting
    return [
        s for s in fitting if s.coverage >= LEAST and tells_a_result(s.unit.text, s.unit.language)
    ] or fitting


def _with_the_value(fitting: list[Scored]) -> list[Scored]:
    """Where the question gives a value: the rule of a list by limits that holds it; else those that hold it, if none carries more of the
    question; of a study that left such patients out, only that it did.
    """
    if rules := [s for s in fitting if s.holds and s.coverage >= LEAST and RULE_FROM.match(s.unit.text)]:
        return rules
    left_out = {s.unit.source for s in fitting if s.holds and s.coverage >= LEAST and _leaves_out(s.unit)}
    left = [s for s in fitting if s.unit.source not in left_out or (s.holds and _leaves_out(s.unit))]
    given = [s for s in left if s.holds]
    carried = max((s.coverage for s in given), default=0.0)
    return given if given and carried >= max(s.coverage for s in left) else left


def _leaves_out(unit: Unit) -> bool:
    return unit.source_kind == "paper" and bool(_LEFT_OUT.search(flat(unit.text)))


def _with_the_rate(fitting: list[Scored], question: str, own: frozenset[int]) -> list[Scored]:
    """Where a rate is asked for: those that speak of its subject and give one in figures, if none of a table's rows carries more; else such
    rows, a rate in words, or what a label says of it at all: a study's sentence on whom it took in is no rate.
    """
    if not asks_for_a_rate(question):
        return fitting
    met = own & frozenset().union(*(s.met for s in fitting))
    carrying = [
        s
        for s in fitting
        if s.coverage >= LEAST
        and met <= s.met
        and not _is_of_who_had_none(s.unit)
        and not _leaves_out(s.unit)
    ]
    rows = [s for s in carrying if s.unit.kind == "row"]
    told = [s for s in carrying if s.unit.kind != "row" and gives_a_rate(s.unit.text)]
    most = max((s.coverage for s in rows), default=0.0)
    figures = [s for s in told if s.coverage >= most and gives_a_share(s.unit.text)]
    return figures or rows or told or [s for s in carrying if s.unit.source_kind not in OF_STUDIES]


def _is_of_who_had_none(unit: Unit) -> bool:
    """Whether a study's sentence says of whom it is by what these did not have: “patients who did not have stroke” gives no rate of it."""
    return unit.source_kind in OF_STUDIES and bool(_HAD_NONE.search(flat(unit.text)))


def _with_the_time(fitting: list[Scored], question: str) -> list[Scored]:
    """Where it is asked how long something takes: those that carry the question and give a time, if there are any; where it is
    asked how often something is done, only those that say so.
    """
    carrying = [s for s in fitting if s.coverage >= LEAST and not _leaves_out(s.unit)]
    if asks_how_often_it_is_done(question):
        return [s for s in carrying if gives_an_interval(s.unit.text)]
    if asks_how_long(question):
        return [s for s in carrying if gives_a_duration(s.unit.text)] or fitting
    return fitting


def _with_the_start(ranked: list[Scored], asked: Asked) -> list[Scored]:
    """Where the starting dose is asked for: the label's sentences on doses that give an amount, if none of these tells how it is started
    and none speaks of a dose to start with. What is to be known before starting is no dose.
    """
    if asked.named or {concept.name for concept in asked.concepts} != {"dose", "starting"}:
        return ranked
    of_label = [s for s in ranked if s.unit.source_kind == "label" and section_number(s.unit) == "4.2"]
    amounts = [s for s in of_label if s.unit.kind != "row" and _AMOUNT_A_DAY.search(flat(s.unit.text))]
    start = any(s.unit.kind == "row" or _START_DOSE.search(flat(s.unit.text)) for s in of_label)
    given = [s for s in amounts if s.coverage >= LEAST]
    return ranked if start or not given else given


def _with_advice(fitting: list[Scored], asked: Asked) -> list[Scored]:
    """Where a dose beside another thing is asked for: those that carry the question and say what to do, if there are any. The dose
    that the other medicine was studied with is none, but after an overdose that of what it is treated with is.
    """
    if not asked.named or all(concept.name != "dose" for concept in asked.concepts):
        return fitting
    beside = [s for s in fitting if s.beside and s.beside <= s.named]
    antidotes = [s for s in beside if s.coverage >= LEAST and _gives_an_antidote(s.unit)]
    amounts = [s for s in beside if s.coverage >= LEAST and _amount_to_give(s.unit)]
    advice = [s for s in fitting if s.coverage >= LEAST and s.named and advises(s.unit.text)]
    if antidotes and all(s in antidotes for s in advice):
        return antidotes
    return [*amounts, *(s for s in advice if s not in amounts)] or [
        s for s in fitting if not s.named or not (_MEASURED.search(flat(s.unit.text)) or _is_an_arm(s))
    ]


def _is_an_arm(scored: Scored) -> bool:
    """Whether a label's section on its trials gives another medicine as what an arm was given: no dose that anybody is to give."""
    of_trials = scored.unit.source_kind == "label" and section_number(scored.unit) == "5.1"
    return of_trials and bool(scored.beside & scored.named)


def _amount_to_give(unit: Unit) -> bool:
    """Whether it gives one below a label's posology: that says what to do, whatever its words."""
    return section_number(unit) == "4.2" and re.search(rf"\d\s?{_UNIT}\b", flat(unit.text)) is not None


def _gives_an_antidote(unit: Unit) -> bool:
    """Whether a label's section on overdose says with how much of something it is treated."""
    return section_number(unit) == "4.9" and _TREATED_WITH.search(flat(unit.text)) is not None
