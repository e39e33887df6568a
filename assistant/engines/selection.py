"""Which candidates make a piece: so many of each role, each unlike the others, in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.engines.protocol import Role
from assistant.engines.rows_told import told_in_a_row
from assistant.engines.scoring import Candidate, figures_in, measures_in, similarity
from assistant.store.words import stems

Plan = tuple[tuple[Role, int], ...]

LABEL: Plan = (
    ("indication", 1), ("dose", 1), ("contraindication", 1), ("adverse_reaction", 1), ("result", 1), ("warning", 1),
    ("result", 1), ("dose", 1), ("warning", 1), ("indication", 1),
)  # fmt: skip
STUDY: Plan = (
    ("design", 1),
    ("result", 2),
    ("adverse_reaction", 1),
    ("conclusion", 1),
    ("result", 2),
    ("adverse_reaction", 1),
)
BESIDE_A_TOPIC: Plan = (("contraindication", 1), ("warning", 1), ("adverse_reaction", 1))
"""The safety information that stands beside what was asked for, whatever that is."""
OTHER: Plan = (
    ("indication", 1), ("dose", 1), ("result", 2), ("contraindication", 1), ("adverse_reaction", 1), ("conclusion", 1),
    ("warning", 1), ("result", 1),
)  # fmt: skip
"""Decks, transcripts, guidelines, opinions, claims: what they have of these, then what is most central.

Plans go by weight: where there is room for five statements, they are the first five.
"""

_ALIKE = 1.6
"""How much a unit loses for each part of cosine that it shares with what is chosen already."""
_TOPIC = 3.0
_ON_SLIDE = 2
"""At most so many statements of one slide or one sub-section of a deck, where others are to be had."""
DUPLICATE = 0.72
"""Cosine from which two units say the same."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many statements: filled up to `least` with the most central ones, cut at `most`."""

    least: int
    most: int

    def less(self, taken: int) -> "Size":
        """What is left of it where so many places are taken."""
        return Size(max(0, self.least - taken), max(0, self.most - taken))


def plan_for(source_kind: str) -> Plan:
    """The plan of a source of that kind."""
    return {"label": LABEL, "paper": STUDY}.get(source_kind, OTHER)


def choose(
    pool: Sequence[Candidate], plan: Plan, size: Size, taken: Sequence[Candidate] = ()
) -> list[Candidate]:
    """Choose by plan, then fill up, then put in reading order. `taken` was chosen before and is not repeated."""
    chosen: list[Candidate] = []
    for role, count in plan:
        wanted = min(count, size.most - len(chosen))
        chosen += _best(
            [c for c in pool if c.role == role and c not in chosen], wanted, [*taken, *chosen], _WORTH_IT
        )
    rest = [c for c in pool if c not in chosen and _may_fill(c)]
    # How it was measured fills no gap of what was found, but where nothing else is told of the matter.
    rest = [c for c in rest if not (c.role == "design" and c.unit.source_kind == "paper")] or rest
    chosen += _best(rest, size.least - len(chosen), [*taken, *chosen], _WORTH_FILLING)
    return in_order(chosen)


def in_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """In reading order, but for a paper's primary result: that stands before its others (FR27)."""
    first: dict[str, int] = {}
    for c in chosen:
        if c.role == "result":
            first[c.unit.source] = min(c.unit.order, first.get(c.unit.source, c.unit.order))
    return sorted(
        chosen,
        key=lambda c: (first[c.unit.source] if c.primary else c.unit.order, not c.primary, c.unit.order),
    )


def _may_fill(candidate: Candidate) -> bool:
    """A piece on a topic is not filled up with other matters, nor one without a topic with cases apart."""
    return candidate.asked_for or (
        candidate.on_topic and candidate.role not in {"interaction", "special_population"}
    )


def _best(
    pool: Sequence[Candidate], count: int, beside: Sequence[Candidate], floor: float
) -> list[Candidate]:
    """The `count` best that are least like each other and like what they stand beside."""
    chosen: list[Candidate] = []
    rest = list(pool)
    while rest and len(chosen) < count:
        scored = [(_value(c, [*beside, *chosen]), -c.unit.order, c) for c in rest]
        # Being on the topic makes no scrap worth telling, and what is not worth it now is not later.
        worthy = [one for one in scored if one[0] > _least(one[2], floor)]
        if not worthy:
            break
        best = max(worthy, key=lambda item: item[:2])[2]
        chosen.append(best)
        rest = [c for _, _, c in worthy if c is not best]
    return chosen


def _least(candidate: Candidate, floor: float) -> float:
    return _REFUSED if _is_the_dose_of_the_topic(candidate) else floor + _TOPIC * candidate.topical


def _is_the_dose_of_the_topic(candidate: Candidate) -> bool:
    """Whether a label says there the dose of those whom the topic names: a piece on renal impairment is nothing without it."""
    unit = candidate.unit
    own = unit.source_kind == "label" and unit.zone == "dose" and unit.special and unit.kind != "row"
    return own and candidate.asked_for and candidate.topical >= _NAMED


_NAMED = 0.5
"""The share of the topic from which on a heading names whom it is on."""
_ITS_DOSE = 2.5
_WORTH_IT, _WORTH_FILLING = -0.2, -1.5
"""Below these a unit is left out, even where the plan or the least number asks for one more."""
_REFUSED = -9.0
_FEWEST_FIGURES, _MANY_FIGURES = 2, 5
_NEARLY_ALL = 0.8
"""Of many figures one may be new: the same result, told with the length of follow-up."""
_NEARLY_ALL_WORDS = 0.75
_TOLD_WITH_MORE = 0.3
"""The same from which a result of two figures or more is taken for told again with others beside them."""
_SAME_MATTER = 0.1
"""Cosine from which a few figures that are all alike are taken for the same result, not for a coincidence."""


def _value(candidate: Candidate, beside: Sequence[Candidate]) -> float:
    alike = max((similarity(candidate.terms, other.terms) for other in beside), default=0.0)
    if alike > DUPLICATE or _told_again(candidate, beside):
        return _REFUSED
    value = candidate.worth + _TOPIC * candidate.topical - _ALIKE * alike
    value += _ITS_DOSE if _is_the_dose_of_the_topic(candidate) else 0.0
    near = sum(1 for other in beside if _same_place(candidate, other))
    if candidate.unit.slide and near >= _ON_SLIDE:
        value -= 2.0
    return value


def _told_again(candidate: Candidate, beside: Sequence[Candidate]) -> bool:
    """Its figures, two or more, stand in one chosen statement on the same matter, or its only one in one that holds its words."""
    if any(told_in_a_row(candidate.unit, o.unit) or _same_estimate(candidate, o) for o in beside):
        return True
    own = figures_in(candidate.unit.text)
    if len(own) < _FEWEST_FIGURES:
        return bool(own) and any(own <= figures_in(o.unit.text) and _within(candidate, o) for o in beside)
    return any(_tells_the_same(candidate, own, other) for other in beside)


def _same_estimate(one: Candidate, other: Candidate) -> bool:
    """Whether both give the same estimate with both ends of its interval, as an abstract and the results do."""
    if one.unit.source != other.unit.source or "row" in {one.unit.kind, other.unit.kind}:
        return False
    own, told = (_runs(measures_in(c.unit.text)) for c in (one, other))
    return not own.isdisjoint(told)


def _runs(figures: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Three figures with decimals that follow each other and are not alike."""
    runs = zip(figures, figures[1:], figures[2:], strict=False)
    return frozenset(run for run in runs if len(set(run)) == len(run) and all("." in f for f in run))


def _tells_the_same(candidate: Candidate, own: frozenset[str], other: Candidate) -> bool:
    """Whether a chosen statement holds its figures, or it only tells a chosen result of many figures again with more of them."""
    if other.unit.kind == "row":
        return _within(candidate, other)  # a table holds many figures
    told = figures_in(other.unit.text)
    many = len(own) >= _MANY_FIGURES
    held = len(own & told) >= (_NEARLY_ALL if many else 1.0) * len(own)
    fuller = len(told) >= _MANY_FIGURES and told <= own
    if held and many:
        return True
    alike = similarity(candidate.terms, other.terms)
    same_role = candidate.role == other.role  # a dose that names the limits of a warning tells more than it
    more = same_role and len(told) >= _FEWEST_FIGURES and told <= own and alike >= _TOLD_WITH_MORE
    return more or ((held or fuller) and alike >= _SAME_MATTER)


def _within(one: Candidate, other: Candidate) -> bool:
    """Whether the other holds nearly all the words of the one."""
    words = stems(one.unit.text, one.unit.language)
    held = frozenset(stems(other.unit.text, other.unit.language))
    return sum(word in held for word in words) >= _NEARLY_ALL_WORDS * len(words)


def _same_place(one: Candidate, other: Candidate) -> bool:
    return one.unit.source == other.unit.source and one.unit.heading == other.unit.heading
