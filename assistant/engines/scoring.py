"""How much a unit is worth quoting: its purpose, its figures, how central it is, how well it reads alone."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.engines.cues import (
    ADDED_THERAPY,
    AFTER_THE_METHODS,
    AFTERWARDS,
    AIM,
    ARMS,
    BASELINE,
    CAPTION_LIKE,
    COMMONEST,
    COMPARED,
    DEFINITION,
    DOSE_UNIT,
    EFFECT,
    ESTIMATE,
    FATAL,
    FINITE_VERB,
    FIRST_EVER,
    FORBIDS,
    GRAVE,
    LEGEND,
    MAJOR,
    MINUTIAE,
    NO_EFFECT,
    OF_THE_PACK,
    OTHERS_WORK,
    POOLED,
    PRIMARY,
    PRIOR_WORK,
    REACTION,
    RECOMMENDED,
    RESTRICTS,
    ROLE_CUES,
    SECONDARY,
    SEVERAL_PRIMARY,
    SPEAKS_OF_ONESELF,
    SPOKEN,
    STARTING,
    SURROGATE,
    SURVIVAL,
    UNKNOWN,
)
from assistant.engines.matters import matters_of, without_names
from assistant.engines.primary import other_studies, primary_results, without_difference
from assistant.engines.protocol import Role, Task
from assistant.engines.roles import FIGURE, MEASURED, role_of
from assistant.engines.standing import NOTE, hangs_on_its_title, refusal, without_cross_references, words
from assistant.engines.topic import topical_shares
from assistant.engines.units import Unit
from assistant.store.words import stems
from guardrails.citations import bare

_VALUE = re.compile(r"%|\d[.,]\d|\bn ?=")
_INFERENCE = re.compile(r"95\s?%|\b(?:CI|IC)\b|\bp\s?[<=≤]", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:we|our|us|nous|notre|nos)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^)]*\)")
_SHORT, _LONG = 10, 34
"""Words between which a sentence loses nothing for its length."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that stands alone, its role and its worth (no unit; higher is better), and its terms' weights."""

    unit: Unit
    role: Role
    worth: float
    terms: Mapping[str, float]
    topical: float = 0.0
    """Share of the topic that it or its heading carries; 0 where none was given."""
    on_topic: bool = True
    """Whether it tells what was asked for: all do where no topic was given."""
    primary: bool = False
    """Whether it gives the result of the endpoint that its paper calls primary."""
    failed: bool = False
    """Whether it tells of such an endpoint that it did not differ."""

    @property
    def asked_for(self) -> bool:
        """Whether a topic was given, and it tells of it."""
        return self.on_topic and self.topical > 0


def candidates(units: Sequence[Unit], task: Task, *, scraps: bool = False) -> list[Candidate]:
    """The units that stand alone, scored, in their order; with `scraps` also bullets that lean on their slide."""
    titled = task.kind == "key-moments"
    of_others = other_studies(units)
    standing = [
        unit
        for unit in units
        if _may_stand(unit, titled=titled, scraps=scraps)
        and not _doses_another(unit, task.names)
        and unit.order not in of_others
    ]
    terms = _weighted([stems(f"{unit.heading} {unit.text}", unit.language) for unit in standing])
    central = _centrality(standing, terms)
    early = _earliness(standing)
    asked = matters_of(task.topic or "", task.names)
    topic = without_names(task.topic or "", task.names) if asked else task.topic or ""
    topical = topical_shares(topic, standing, [unit.text for unit in units], task.otherwise)
    primary, failing = primary_results(units), without_difference(units)
    first_told = _BESIDE_A_LABEL if any(unit.source_kind == "label" for unit in units) else _PRIMARY_RESULT
    found = []
    harms = _harms(units)
    introduced, starting, methods = _introduction(units), _starting(standing, task.names), _methods(units)
    for unit, weights, centre, first, share in zip(standing, terms, central, early, topical, strict=True):
        role: Role = "key_point" if unit.order in introduced else role_of(unit)
        role = "adverse_reaction" if role == "result" and _is_harm(unit, harms) else role
        role = "design" if unit.order in methods else role
        value = worth(unit, role, task.names) + centre + first + _of_a_case(unit, role)
        gives = role == "result" and unit.zone in _WHERE_RESULTS_STAND and _gives(unit, primary)
        value += first_told if gives else 0.0
        value -= _BESIDES if role == "result" and _ALSO.search(unit.text) else 0.0
        value += _THE_FIRST_DOSE if unit.order in starting else 0.0
        found.append(
            Candidate(
                unit,
                role,
                value,
                weights,
                1.0 if unit.source_kind != "label" and not asked.isdisjoint((role, unit.zone)) else share,
                primary=gives,
                failed=_gives(unit, failing),
            )
        )
    return found


_CONCLUSIONS = 3


def _introduction(units: Sequence[Unit]) -> frozenset[int]:
    """Orders of what follows the first conclusions of a paper's abstract without a heading of its own: what was known before."""
    seen: Counter[str] = Counter()
    found = set()
    for unit in units:
        if unit.source_kind == "paper" and unit.abstract and unit.zone == "conclusion":
            seen[unit.source] += 1
            if seen[unit.source] > _CONCLUSIONS:
                found.add(unit.order)
    return frozenset(found)


def _methods(units: Sequence[Unit]) -> frozenset[int]:
    """Orders of what a paper says, behind its abstract, up to the end of its methods: how it was done, whatever its headings are called.

    Nothing where the paper discusses its results before, as some that print their methods last do.
    """
    last: dict[str, int] = {}
    for unit in units:
        if unit.source_kind == "paper" and AFTER_THE_METHODS.search(unit.heading):
            last[unit.source] = unit.order
    for unit in units:
        if unit.zone in _CONCLUDES and not unit.abstract and unit.order < last.get(unit.source, 0):
            del last[unit.source]
    return frozenset(
        unit.order
        for unit in units
        if not unit.abstract and unit.zone in _WHERE_RESULTS_STAND and unit.order < last.get(unit.source, 0)
    )


def _doses_another(unit: Unit, names: Iterable[str]) -> bool:
    """Whether it gives the dose of what is taken beside the medicine, and does not say of which."""
    beside = unit.source_kind == "label" and unit.zone == "dose" and ADDED_THERAPY.match(unit.heading)
    return bool(beside) and not any(name.casefold() in unit.text.casefold() for name in names if name)


def _of_a_case(unit: Unit, role: Role) -> float:
    """Of interactions and special populations what is forbidden or restricted comes first, and that nothing happens comes last."""
    if role not in {"interaction", "special_population"} or unit.source_kind != "label":
        return 0.0
    if FORBIDS.search(unit.text):
        return 1.8
    return (1.2 if RESTRICTS.search(unit.text) else 0.0) - (1.0 if NO_EFFECT.search(unit.text) else 0.0)


_ALSO = re.compile(r"\b(?:also|likewise|too|également|aussi)\b", re.IGNORECASE)
_BESIDES = 0.7
"""What was found besides comes after what it was found beside."""
_PRIMARY_RESULT, _BESIDE_A_LABEL = 2.5, 0.7
"""The result of the endpoint that a paper calls primary is told before all its others, minutiae or not; the label's telling comes first."""
_WHERE_RESULTS_STAND = frozenset({"result", "other"})


def _gives(unit: Unit, primary: Mapping[str, frozenset[str]]) -> bool:
    return any(result in bare(unit.text) for result in primary.get(unit.source, ()))


def _may_stand(unit: Unit, *, titled: bool, scraps: bool = False) -> bool:
    """`titled`: the piece sets a slide's title above its bullets, which lets some stand without a verb."""
    if unit.zone == "excluded" or unit.doubtful or NOTE.match(unit.text):
        return False
    if unit.source_kind == "transcript" and SPEAKS_OF_ONESELF.search(unit.text):
        return False
    if unit.kind == "row":
        return True
    reason = refusal(unit.text, unit.kind, unit.language, slide=unit.slide)
    if unit.zone not in _HEADED and not scraps:
        title = unit.heading if titled else ""
        concludes = titled and unit.zone == "conclusion"
        if hangs_on_its_title(unit.text, unit.kind, unit.language, title, concludes=concludes):
            return False
    # "Hypersensitivity to the active substance." is a whole statement under its heading.
    return reason is None or (reason == "no_verb" and unit.zone in _HEADED)


_HEADED = frozenset({"indication", "contraindication"})


def worth(unit: Unit, role: Role, names: Iterable[str]) -> float:
    """The part of a unit's score that needs nothing but the unit: about −2 to 5."""
    text = without_cross_references(unit.text)
    cue = ROLE_CUES.get(role)
    figures = bool(MEASURED.search(text) or _INFERENCE.search(text))
    compared = bool(COMPARED.search(text) or (ESTIMATE.search(text) and _INFERENCE.search(text)))
    primary = bool(PRIMARY.search(text))
    secondary = bool(SECONDARY.search(f"{unit.heading} {text}"))
    tested = role == "result" and compared and bool(EFFECT.search(text) and _INFERENCE.search(text))
    defines = bool(DEFINITION.search(text)) and not (
        tested and unit.kind == "block"
    )  # what it defines is told too
    merits = (
        (1.0, cue is not None and bool(cue.search(text))),
        (0.6, role in _WITH_FIGURES and bool(MEASURED.search(text))),
        (0.4, role in _WITH_INFERENCE and bool(_INFERENCE.search(text))),
        (0.8, role in _WITH_INFERENCE and compared),
        (1.2 if compared else 0.3, figures and not defines and primary),
        (0.8, tested and not defines and (primary or bool(MAJOR.search(text)))),
        (0.6, role == "result" and compared and figures and bool(PRIMARY.search(unit.heading))),
        # Under such a heading the parts of the primary result are told together, as an abstract may not.
        (
            1.8,
            role == "result"
            and compared
            and figures
            and bool(SEVERAL_PRIMARY.search(unit.heading))
            and unit.kind == "block",
        ),
        (-1.5, role == "result" and bool(AFTERWARDS.search(unit.heading)) and not AFTERWARDS.search(text)),
        (2.0, role == "design" and unit.source_kind == "paper" and bool(AFTERWARDS.search(text))),
        (-1.0, role == "result" and not primary and bool(SURROGATE.search(f"{unit.heading} {text}"))),
        (0.5, tested and bool(SURVIVAL.search(text))),
        (
            3.0,
            tested and not secondary and unit.source_kind == "label",
        ),  # as the authority tells it, before a paper's abstract
        (-1.5, role == "result" and bool(BASELINE.search(f"{unit.heading} {text}"))),
        (-0.8, role == "result" and figures and not compared),
        (-0.8, role == "result" and not compared and bool(EFFECT.search(text))),
        (-0.8, role == "result" and unit.source_kind == "label" and not FIGURE.search(text)),
        (3.8 if role == "adverse_reaction" else 1.0, bool(COMMONEST.search(text))),
        (-2.0, defines),
        (-2.0, secondary),
        (0.5, any(name.casefold() in text.casefold() for name in names if name)),
        (0.6, role == "dose" and bool(RECOMMENDED.search(text))),
        *_of_a_warning(unit, role, text),
        (-1.0, bool(FIRST_EVER.search(text))),
        (0.5, unit.first_of_section),
        (1.0, unit.abstract),
        (0.4, role == "result" and bool(MAJOR.search(text))),
        (-1.2, role == "design" and not (cue and cue.search(text))),
        (-1.2, role == "dose" and not (cue and cue.search(text))),
        (-1.0, role == "adverse_reaction" and not (cue and cue.search(text)) and not REACTION.search(text)),
        (-0.7, unit.source_kind == "paper" and bool(OTHERS_WORK.search(text))),
        (-2.0, role == "result" and bool(POOLED.match(text))),
        (-2.0, role == "adverse_reaction" and bool(ARMS.search(text))),
        (-2.0, role in {"conclusion", "result", "key_point"} and bool(AIM.search(text))),
        (-2.5, unit.source_kind == "paper" and bool(PRIOR_WORK.search(text))),
        (-0.8, unit.special and role == "dose"),
    )
    return sum(weight for weight, holds in merits if holds) - _hard_to_read(unit, text)


def _of_a_warning(unit: Unit, role: Role, text: str) -> Iterator[tuple[float, bool]]:
    """What can kill or maim comes before the rest; the pack and an overdose come last."""
    if role == "warning":
        yield 1.2, bool(GRAVE.search(text))
        yield 0.8, bool(FATAL.search(text))
        yield -1.5, unit.zone == "overdose"
        yield -1.5, bool(OF_THE_PACK.search(text))


def _harms(units: Sequence[Unit]) -> frozenset[tuple[str, str]]:
    """By source the grave events that it tells under its heading on safety."""
    return frozenset(
        (unit.source, match[0].casefold())
        for unit in units
        if unit.source_kind == "paper" and unit.zone == "adverse_reaction"
        for match in GRAVE.finditer(unit.text)
    )


def ranks_an_endpoint(text: str) -> bool:
    """Whether it says which rank its endpoint has: a result, and no harm."""
    return bool(PRIMARY.search(text) or SECONDARY.search(text))


def _is_harm(unit: Unit, harms: frozenset[tuple[str, str]]) -> bool:
    """Whether a result counts such an event elsewhere in the paper, as an abstract does."""
    counted = REACTION.search(unit.text) is not None and not ranks_an_endpoint(unit.text)
    return counted and any((unit.source, m[0].casefold()) in harms for m in GRAVE.finditer(unit.text))


_THE_FIRST_DOSE = 2.0


def _starting(units: Sequence[Unit], names: Iterable[str]) -> frozenset[int]:
    """Orders of what gives the dose that a treatment begins with: it comes before how it is changed, taken or missed.

    Below a dose of the product by name, one without stands for whatever else is given with it.
    """
    found, dosed = set(), set()
    for unit in units:
        if unit.zone != "dose" or not _MEASURED_DOSE.search(unit.text):
            continue
        named = any(name.casefold() in unit.text.casefold() for name in names if name)
        if STARTING.search(unit.text) and not unit.special and (named or unit.source not in dosed):
            found.add(unit.order)
        if named:
            dosed.add(unit.source)
    return frozenset(found)


_MEASURED_DOSE = re.compile(
    rf"\d\s?(?:{DOSE_UNIT}|micrograms?|microgrammes?|tablets?|comprimés?|capsules?|gélules?|drops|gouttes)\b"
)
_CONCLUDES = frozenset({"conclusion", "discussion"})
_WITH_FIGURES: frozenset[Role] = frozenset({"result", "adverse_reaction", "dose", "key_point"})
_WITH_INFERENCE: frozenset[Role] = frozenset({"result", "adverse_reaction"})


def _hard_to_read(unit: Unit, text: str) -> float:
    count = words(text)
    cost = 0.05 * max(0, _SHORT - count)
    if unit.kind != "block":
        cost += 0.03 * max(0, count - _LONG)
        if not FINITE_VERB[unit.language].search(text):
            cost += 0.4 if MEASURED.search(text) or unit.zone in _HEADED else 1.5
    if unit.source_kind != "label":
        cost += 1.8 if MINUTIAE.search(text) else 0.0
        cost += 0.3 if _PERSON.search(text) else 0.0
        cost += 3.5 if UNKNOWN.search(text) and unit.zone not in _CONCLUDES else 0.0
        cost += {"background": 0.6, "discussion": 1.5, "design": 0.3}.get(unit.zone, 0.0)
    if unit.slide or unit.kind == "bullet":
        cost += 2.0 if LEGEND.search(text) else 0.0
        cost += 1.5 if CAPTION_LIKE.match(text) and not _VALUE.search(text) else 0.0
        cost += 0.5 if unit.kind == "block" else 0.0
    if unit.source_kind == "transcript":
        cost += 2.5 if SPOKEN.search(text) else 0.0
    bracketed = sum(words(bracket) for bracket in _BRACKETS.findall(text))
    return cost + (0.4 if bracketed > 0.45 * max(count, 1) else 0.0)


@lru_cache(maxsize=16384)
def figures_in(text: str) -> frozenset[str]:
    """The numbers of the text as they are written, without the 95 of its intervals and the digits of names."""
    return frozenset(number.replace(",", ".").replace("·", ".") for number in _NUMBER.findall(text)) - {"95"}


_NUMBER = re.compile(r"(?<!\w)(?<![A-Za-z][-‑])\d+(?:[.,·]\d+)*")


def _weighted(bags: Sequence[Sequence[str]]) -> list[dict[str, float]]:
    """TF-IDF, each row of unit length."""
    spread = Counter(term for bag in bags for term in set(bag))
    rows = []
    for bag in bags:
        row = {t: (1 + math.log(n)) * math.log(1 + len(bags) / spread[t]) for t, n in Counter(bag).items()}
        length = math.sqrt(sum(weight * weight for weight in row.values())) or 1.0
        rows.append({term: weight / length for term, weight in row.items()})
    return rows


def _centrality(units: Sequence[Unit], rows: Sequence[Mapping[str, float]]) -> list[float]:
    """How near each unit is to the centre of its source: 0 to 0.8."""
    centres: dict[str, Counter[str]] = {}
    for unit, row in zip(units, rows, strict=True):
        centres.setdefault(unit.source, Counter()).update(row)
    raw = [similarity(row, centres[unit.source]) for unit, row in zip(units, rows, strict=True)]
    highest: dict[str, float] = {}
    for unit, value in zip(units, raw, strict=True):
        highest[unit.source] = max(value, highest.get(unit.source, 1e-9))
    return [0.8 * value / highest[unit.source] for unit, value in zip(units, raw, strict=True)]


_ORDERED = frozenset({"dose", "warning", "adverse_reaction", "indication"})


def _earliness(units: Sequence[Unit]) -> list[float]:
    """In a label's sections what weighs most is told first: 1.5 for the first unit of its zone, falling to 0."""
    totals = Counter((unit.source, unit.zone) for unit in units)
    rank: Counter[tuple[str, str]] = Counter()
    early = []
    for unit in units:
        key = (unit.source, unit.zone)
        share = 1 - rank[key] / totals[key]
        rank[key] += 1
        early.append(1.5 * share if unit.source_kind == "label" and unit.zone in _ORDERED else 0.0)
    return early


def similarity(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The dot product of two weighted bags of terms; the cosine where both have unit length."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * long[term] for term, weight in short.items() if term in long)
