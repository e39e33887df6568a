"""Choosing one to five approved sentences that answer, with up to two that limit them, where the evidence was judged to be enough (`sufficiency.py`)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.chat.bounds import Interval, covers, excludes
from assistant.chat.children import of_children
from assistant.chat.classes import of_the_class
from assistant.chat.composite import counts_death_with_others, of_death_itself
from assistant.chat.denied import lacking, speaks_of_them
from assistant.chat.doses import for_the_same, giving_doses, of_another_medicine
from assistant.chat.expected import (
    advises,
    asks_for_a_rate,
    asks_for_a_ratio,
    asks_for_results,
    asks_how_to_stop,
    of_the_median,
    says_how,
    supposes,
)
from assistant.chat.measures import of_the_measures
from assistant.chat.named import Told
from assistant.chat.needs import Need
from assistant.chat.opened import as_opened
from assistant.chat.question import Asked, Concept, concepts
from assistant.chat.readable import TIES, Readable, section_number
from assistant.chat.times_and_doses import contradicts
from assistant.chat.wanted import LEAST, OF_STUDIES, Scored, as_wanted, of_its_kind
from assistant.chat.wording import flat
from assistant.engines.units import Unit
from assistant.store.words import stems

CONCEPT_WEIGHT = 2.5
_TELLS = 1.0
"""What a word of the question's own weighs from which an answer without any such word is of something else."""
_BY_HEADING, _BY_SECTION = 0.8, 0.9
"""What a need counts that the heading above a sentence meets, or its section in a label."""
_MOST, _MOST_WITH_LIMITS = 5, 7
_NEXT_BEST, _AS_GOOD = 0.86, 3
"""A further sentence is taken when it is at least this good as the first (up to three in all), or meets a
need that is still open."""
_BY_LITERAL = 0.15
"""Of sentences on one subject, those in the question's own words come first."""
_BY_VALUE = 0.3
"""Before others comes what bounds the measure of which the question gives a value, so that the value lies within."""
_PRECLINICAL = re.compile(
    r"\bpre-?clini|\bnon-?\s?clini|\banimal|\btoxic|\bcarcino|\bcancerog|\bmutagen|\bgenotox|\bteratog|\b(?:in|chez l[ea]s?) (?:rats?|mice|rabbits?"
    r"|monkeys?|souris|lapine?s?|singes?)\b|\b(?:rats?|mice)\b"
)
"""What is asked of section 5.3: findings in animals answer no question about people or about dosing an animal."""
_ENDPOINTS = frozenset({"mortality", "hospitalisation"})
"""Subjects that are endpoints of studies themselves."""
_OF_RESULTS = _ENDPOINTS | {"result", "primary", "secondary"}
"""Subjects of a question on what a study found."""
_OF_PRIMARY = frozenset({"primary", "result"})
_OF_EFFICACY = re.compile(r"\befficac|\beffective|\bbenefi|\befficace")
_WARNS = re.compile(
    r"\b(?:risks?|risques?|contra-?indicat\w+|contre-?indiqu\w+|caution|prudence|avoid|eviter)\b"
)
_NO_EFFICACY = frozenset({"interaction", "adverse_reaction"})
"""Zones of a label in which “did not differ” is said of something else than of how well it works."""
_OF_A_PERSON = re.compile(r"(?:drs?|prof\w*|mrs?|ms)\b")
"""Whose own grant it is, and not the study's."""
_IN_A_SEX = re.compile(
    r"\b(?:in|among|chez) (?:the |an? |les? |la |l'|une? )?(hommes?|femmes?|m[ae]n|wom[ae]n|(?:fe)?males?)\b"
)
_OF_ONE_SEX = re.compile(
    r"\bgyna?ecomast|\bgynecomast|\bprostat|\berecti|\btestic|\bsperm|\bovar|\buter(?:us|in)|\bmenstru|\bmenopaus|\bvagin"
)
"""What one sex alone has need not say so."""
_Need = Concept | Need


@dataclass(frozen=True, slots=True)
class Judged:
    """What was judged of the question and of the evidence, before a sentence is chosen."""

    needs: Sequence[Need]
    fused: Mapping[str, float]
    """The search's score of each passage that it found."""
    about: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of each source, the words that it is about as a whole: its medicine, for instance. Its sentences need not repeat them."""
    best: str = ""
    """The sentence that meets most of the needs."""
    values: Mapping[str, tuple[Interval, ...]] = field(default_factory=dict)
    """What the question gives of measures, an eGFR of 35 for instance."""
    told_with: Mapping[str, tuple[Unit, ...]] = field(default_factory=dict)
    """By its text, what a sentence is told with: its limit, or what it differs from."""
    silent: frozenset[str] = frozenset()
    """Sources that nowhere give the time or the dose that the question gives: what they found is no answer to it. Of a label that is
    said of its results alone.
    """
    titles: Mapping[str, str] = field(default_factory=dict)
    """Of each source: a paper's title may say whom all of it is on."""


def answer(asked: Asked, units: Sequence[Readable], judged: Judged) -> list[Unit]:
    """The units that answer with what limits them, in reading order, a table's row first: it holds the asked value. None where
    nothing is on the subject.

    Only units of passages that the search found, or of the sections that a label reserves for the subject, are looked at.
    """
    needs = _needs(asked, judged.needs)
    lacks = lacking(asked.text)
    scored = [
        _scored(one, asked, needs, judged)
        for one in units
        if not _silent(one.unit, judged) and _of_the_endpoint(one, asked)
        if _near(one, asked, judged) or (lacks and speaks_of_them(one.unit, lacks))
        if not of_another_medicine(one, asked)
        and of_the_measures(one.unit, asked.text)
        and speaks_of_them(one.unit, lacks, judged.titles.get(one.unit.source, ""))
    ]
    chosen = _selected(scored, asked, needs)
    if chosen and asked.named:  # never what would not have been an answer without the names
        chosen = _selected([s for s in scored if s.named], asked, needs)
        if len(frozenset().union(*(s.named for s in chosen))) < len(asked.named):
            return []
    if asks_how_to_stop(asked.text) and not any(says_how(s.unit.text) for s in chosen):
        return []
    units_told = for_the_same(_completed([s.unit for s in chosen], asked, judged))
    return sorted(units_told, key=lambda unit: (unit.kind != "row", unit.order))


def _silent(unit: Unit, judged: Judged) -> bool:
    return unit.source in judged.silent and (unit.source_kind in OF_STUDIES or unit.zone == "result")


def _selected(scored: Sequence[Scored], asked: Asked, needs: Sequence[tuple[_Need, float]]) -> list[Scored]:
    """The sentences that answer; none where the best of them carries too little of the question, or is of other values."""
    fitting = [s for s in scored if _fits(s.unit, asked.text) and of_the_median(asked.text, s.unit.text)]
    fitting = _found(of_children(fitting, asked, _at(needs, "children")), asked)
    if _of_doses(needs):
        fitting = giving_doses(fitting, asked)
    fitting = _of_the_ratio(fitting, asked, needs)
    fitting = of_death_itself(as_opened(fitting, asked.text), asked.text)
    fitting = of_its_kind(fitting, asked.text, _own(needs))
    ranked = sorted(fitting, key=lambda s: (-round(s.score, 9), s.unit.order))
    chosen = _chosen(as_wanted(ranked, asked), needs)
    if not chosen or not _narrow(needs) <= frozenset().union(*(s.met for s in chosen)):
        return []
    if _of_something_else(chosen[0], asked, needs):
        return []
    return [] if chosen[0].coverage < LEAST or _of_other_values(chosen[0], scored, fitting) else chosen


def _found(fitting: Sequence[Scored], asked: Asked) -> list[Scored]:
    """Where a result or an endpoint is asked for: no sentence of a study that only supposes one."""
    if _OF_RESULTS.isdisjoint(concept.name for concept in asked.concepts):
        return list(fitting)
    return [s for s in fitting if s.unit.source_kind not in OF_STUDIES or not supposes(s.unit.text)]


def _of_something_else(first: Scored, asked: Asked, needs: Sequence[tuple[_Need, float]]) -> bool:
    """Whether the best sentence meets none of the question's own words, where these tell: the result in everybody is none of those
    “after biologics”, nor a rate that of another harm; or speaks of no endpoint where one is asked for (a loss of weight is no reduction of
    mortality); or, in a paper, gives no dose where one is asked for.
    """
    own = _own(needs)
    if own and own.isdisjoint(first.met) and (asks_for_results(asked.text) or asks_for_a_rate(asked.text)):
        return True
    elsewhere = first.unit.source_kind == "label" and first.unit.zone in _NO_EFFICACY
    if elsewhere and own.isdisjoint(first.met) and _OF_EFFICACY.search(flat(asked.text)):
        return True
    of_one_sex = _OF_ONE_SEX.search(flat(first.unit.text))
    if first.unit.source_kind in OF_STUDIES and not of_one_sex and not _of_the_sex(asked, needs) <= first.met:
        return True
    endpoints = frozenset(at for name in _ENDPOINTS if (at := _at(needs, name)) is not None)
    if endpoints and endpoints.isdisjoint(first.met):
        return True
    return first.unit.source_kind == "paper" and bool(_of_doses(needs) - first.met)


def _of_the_ratio(
    fitting: Sequence[Scored], asked: Asked, needs: Sequence[tuple[_Need, float]]
) -> list[Scored]:
    """Where a hazard ratio is asked for: those that meet every word that tells of what; that of another endpoint is none."""
    if not asks_for_a_ratio(asked.text):
        return list(fitting)
    of = frozenset(
        at
        for at, (need, weight) in enumerate(needs)
        if (
            need.name in _ENDPOINTS
            if isinstance(need, Concept)
            else weight >= _TELLS and not asks_for_a_ratio(need.word)
        )
    )
    left = [s for s in fitting if of <= s.met]
    if {c.name for c in asked.concepts} & {*_ENDPOINTS, "primary"} != {"hospitalisation"}:
        return left
    return [s for s in left if not counts_death_with_others(s.unit.text)] or left


def _of_the_sex(asked: Asked, needs: Sequence[tuple[_Need, float]]) -> frozenset[int]:
    """The needs that say of which sex: what a study found in everybody is no result in women."""
    said = _IN_A_SEX.findall(flat(asked.text))
    return frozenset(
        at for at, (need, _) in enumerate(needs) if not isinstance(need, Concept) and flat(need.word) in said
    )


def _of_doses(needs: Sequence[tuple[_Need, float]]) -> frozenset[int]:
    at = _at(needs, "dose")
    return frozenset() if at is None else frozenset({at})


def _at(needs: Sequence[tuple[_Need, float]], name: str) -> int | None:
    """Where the subject with that name stands among the needs; None where it is not asked about."""
    return next((at for at, (need, _) in enumerate(needs) if need is concepts()[name]), None)


def _own(needs: Sequence[tuple[_Need, float]]) -> frozenset[int]:
    """The needs that are words of the question's own, where these tell."""
    return frozenset(
        at for at, (need, weight) in enumerate(needs) if not isinstance(need, Concept) and weight >= _TELLS
    )


def _completed(units: Sequence[Unit], asked: Asked, judged: Judged) -> list[Unit]:
    """The units with those that they are told with, and so on: “80 mg a day” with when to go back."""
    told = list(units)
    for unit in told:
        if len(told) >= _MOST_WITH_LIMITS:
            break
        beside = judged.told_with.get(unit.text, ())
        told += [other for other in beside if _fits(other, asked.text) and not _held(other, told)]
    return told[:_MOST_WITH_LIMITS]


def _held(unit: Unit, told: Sequence[Unit]) -> bool:
    return any(unit.text in one.text for one in told)


def _of_other_values(first: Scored, scored: Sequence[Scored], fitting: Sequence[Scored]) -> bool:
    """Whether the fact that is asked about is told, but of other values, another time or another strength.

    What is left then only shares the values: "after 52 weeks" is no answer where the effect was measured after 12.
    """
    if first.unit.kind == "row":
        return False
    fit = {s.unit.order for s in fitting}
    return any(s.coverage > first.coverage and s.met > first.met for s in scored if s.unit.order not in fit)


def _fits(unit: Unit, question: str) -> bool:
    """Whether the unit speaks of the values, the class, the time, the strength and the kind of subject that are asked about."""
    if not of_the_class(unit, question):
        return False
    if unit.kind == "row":
        return True
    if excludes(f"{unit.heading}\n{unit.text}", question) or contradicts(unit.text, unit.heading, question):
        return False
    animals = unit.source_kind == "label" and section_number(unit) == "5.3"
    return not animals or bool(_PRECLINICAL.search(flat(question)))


def _needs(asked: Asked, words: Sequence[Need]) -> list[tuple[_Need, float]]:
    """The subjects that are asked about, and the words that no subject covers, everyday ones for little; a number bounds, and is no need."""
    return [
        *((concept, CONCEPT_WEIGHT) for concept in asked.concepts),
        *((need, need.weight * need.telling) for need in words if not need.concepts and not need.number),
    ]


def _near(one: Readable, asked: Asked, judged: Judged) -> bool:
    unit = one.unit
    if one.apart:
        ties = [concept for concept in asked.concepts if concept.name in TIES]
        if ties and ties[0].name == "funding" and _OF_A_PERSON.match(one.text):
            return False
        return any(concept.said.search(said) for concept in ties for said in (one.text, one.inner))
    if any(quote.passage in judged.fused for quote in unit.quotes) or unit.text == judged.best:
        return True
    holds_the_value = unit.kind == "row" and len(unit.quotes) > 1
    in_all_words = bool(asked.literal) and asked.literal <= one.stems
    return holds_the_value or in_all_words or (bool(one.number) and one.number in asked.sections)


def _scored(one: Readable, asked: Asked, needs: Sequence[tuple[_Need, float]], judged: Judged) -> Scored:
    unit = one.unit
    about = judged.about.get(unit.source, frozenset())
    parts = []
    for need, _ in needs:
        if isinstance(need, Concept):
            above = one.inner if need.narrow else one.above
            primary = one.primary and need.name in _OF_PRIMARY and asks_for_results(asked.text)
            parts.append(1.0 if primary else _concept_met(need, one.text, above, one.number))
        elif need.word in about:
            parts.append(1.0)
        else:
            parts.append(_word_met(need, one.stems, one.stems | one.above_stems))
    total = sum(weight for _, weight in needs)
    coverage = sum(part * weight for part, (_, weight) in zip(parts, needs, strict=True)) / (total or 1.0)
    passage = max((judged.fused.get(quote.passage, 0.0) for quote in unit.quotes), default=0.0)
    place = 0.3 if one.number and one.number in asked.sections else 0.0
    kind = (
        0.5 if unit.kind == "row" else 0.15 if unit.source_kind == "label" else 0.0
    )  # a row holds the asked value
    literal = len(asked.literal & one.stems) / max(1, len(asked.literal))
    score = coverage + 0.25 * passage + place + kind + 0.1 * one.worth + _BY_LITERAL * literal
    holds = _holds_the_value(unit, judged.values)
    score += _BY_VALUE * (holds and unit.zone != "design")
    met = frozenset(index for index, part in enumerate(parts) if part > 0)
    beside = frozenset(at for at, thing in enumerate(asked.named) if thing.words.isdisjoint(one.own | about))
    return Scored(unit, coverage, score, met, _named(one, asked, about), beside, holds)


def _holds_the_value(unit: Unit, values: Mapping[str, tuple[Interval, ...]]) -> bool:
    """A row was taken for what it holds."""
    text = f"{unit.heading}\n{unit.text}"
    return bool(values) and (unit.kind == "row" or any(covers(text, name, of) for name, of in values.items()))


def _of_the_endpoint(one: Readable, asked: Asked) -> bool:
    """Whether it is no definition where a result is asked for, and not the primary result where the secondary ones are."""
    about = {concept.name for concept in asked.concepts}
    if one.primary and "secondary" in about and "primary" not in about:
        return False
    return not (one.defines and asks_for_results(asked.text))


def _named(one: Readable, asked: Asked, about: frozenset[str]) -> frozenset[int]:
    """What the unit speaks of, of the things that the question names; all are met that its document is about."""
    words = {flat(word) for word in about}
    told = Told(one.text, one.above, one.stems | one.above_stems)
    # What a study found of a class, it found of its own medicine or beside it; what is advised or warned of holds for each.
    warned = one.unit.source_kind == "deck" and _WARNS.search(one.text) is not None
    by_class = one.unit.source_kind not in OF_STUDIES or warned or advises(one.unit.text)
    return frozenset(
        at
        for at, thing in enumerate(asked.named)
        if thing.name in words or thing.told_in(told, one.own, by_class=by_class)
    )


def _word_met(need: Need, in_text: frozenset[str], with_heading: frozenset[str]) -> float:
    return max(need.met(in_text), _BY_HEADING * need.met(with_heading))


def _concept_met(concept: Concept, text: str, above: str, number: str) -> float:
    if concept.said.search(text):
        return 1.0
    if number and number in concept.sections:
        return _BY_SECTION
    return _BY_HEADING if concept.said.search(above) else 0.0


def _chosen(ranked: Sequence[Scored], needs: Sequence[tuple[_Need, float]]) -> list[Scored]:
    """The best, then what meets an open need or is nearly as good; never two that say the same.

    Each meets every word of the question's own that the best one meets: a result of another study is no answer.
    """
    chosen: list[Scored] = []
    met: frozenset[int] = frozenset()
    own = frozenset(index for index, (need, _) in enumerate(needs) if not isinstance(need, Concept))
    narrow = _narrow(needs)
    for candidate in ranked:
        if len(chosen) == _MOST:
            break
        if not chosen:
            chosen, met = [candidate], candidate.met
            continue
        first = chosen[0]
        if (
            not first.met & own <= candidate.met
            or (narrow and not narrow & candidate.met)
            or any(_alike(candidate, c) for c in chosen)
        ):
            continue
        opens = bool(candidate.met - met) and candidate.coverage >= first.coverage / 2
        near = candidate.score >= _NEXT_BEST * first.score or (first.holds and candidate.holds)
        as_good = near and candidate.coverage >= first.coverage
        if opens or (as_good and len(chosen) < _AS_GOOD):
            chosen.append(candidate)
            met |= candidate.met
    return chosen


def _narrow(needs: Sequence[tuple[_Need, float]]) -> frozenset[int]:
    return frozenset(
        index for index, (need, _) in enumerate(needs) if isinstance(need, Concept) and need.narrow
    )


def _alike(one: Scored, other: Scored) -> bool:
    """Whether most of what the shorter says, and each of its numbers, stands in the longer. What says what to do repeats nothing that does
    not: “is not recommended” goes beside “there are insufficient data”.
    """
    if advises(one.unit.text) and not advises(other.unit.text):
        return False
    a, b = (set(stems(s.unit.text, s.unit.language)) for s in (one, other))
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    numbers = {stem for stem in shorter if stem[0].isdigit()}
    return numbers <= longer and len(shorter & longer) >= 0.75 * len(shorter)
