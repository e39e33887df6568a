"""How much each unit is worth quoting among the others: its role, what it is worth by itself, how central it is, how early it stands."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.engines.cues import (
    ADDED_THERAPY,
    AFTER_THE_METHODS,
    DOSE_UNIT,
    FORBIDS,
    GRAVE,
    NO_EFFECT,
    PRIMARY,
    REACTION,
    RESTRICTS,
    SECONDARY,
    SPEAKS_OF_ONESELF,
    STARTING,
)
from assistant.engines.matters import matters_of, share_in_a_label, without_names
from assistant.engines.primary import other_studies, primary_results, without_difference
from assistant.engines.protocol import Role, Task
from assistant.engines.roles import role_of
from assistant.engines.standing import NOTE, hangs_on_its_title, is_furniture, refusal
from assistant.engines.topic import topical_shares
from assistant.engines.units import Unit
from assistant.engines.worth import CONCLUDES, HEADED, worth
from assistant.store.words import stems
from guardrails.citations import bare


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
                _of_the_topic(unit, role, asked, share),
                primary=gives,
                failed=_gives(unit, failing),
            )
        )
    return found


def _of_the_topic(unit: Unit, role: Role, asked: frozenset[Role], share: float) -> float:
    if unit.source_kind == "label":
        return share_in_a_label(asked, role, unit, share)
    return 1.0 if not asked.isdisjoint((role, unit.zone)) else share


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
        if unit.zone in CONCLUDES and not unit.abstract and unit.order < last.get(unit.source, 0):
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
    on_slide = unit.slide and not titled and not scraps and unit.zone not in _LISTED
    if on_slide and is_furniture(unit.text, unit.kind, unit.language):
        return False
    if unit.zone not in HEADED and not scraps:
        title = unit.heading if titled else ""
        concludes = titled and unit.zone == "conclusion"
        if hangs_on_its_title(unit.text, unit.kind, unit.language, title, concludes=concludes):
            return False
    # "Hypersensitivity to the active substance." is a whole statement under its heading.
    return reason is None or (reason == "no_verb" and unit.zone in HEADED)


_LISTED = HEADED | {"dose", "warning", "adverse_reaction", "interaction"}
"""Zones of which a list tells something by its heading."""


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


@lru_cache(maxsize=16384)
def figures_in(text: str) -> frozenset[str]:
    """The numbers of the text as they are written, without the 95 of its intervals and the digits of names."""
    return frozenset(measures_in(text))


def measures_in(text: str) -> tuple[str, ...]:
    """As `figures_in`, in the order of the text."""
    found = (number.replace(",", ".").replace("·", ".") for number in _NUMBER.findall(text))
    return tuple(number for number in found if number != "95")


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
