"""A measure named by two words is one thing: “blood pressure” is not told by the “blood brain barrier”, nor “heart rate” by heart failure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.chat.wording import flat
from assistant.engines.units import Unit

_EFFECT = re.compile(r"\b(?:effects?|effets?|impact|influence|chang(?:e|es|ed)|evolution|variation)\b")
_DIRECTION = re.compile(
    r"\b(?:high|low|rais\w+|ris\w+|increas\w+|elevat\w+|lower\w*|decreas\w+|drop\w*|fall\w*|reduc\w+|slow\w*|fast|haute?|basse?|elevee?|augment\w+|baiss\w+|dimin\w+|hausse|mont\w+|ralenti\w*|accelere\w*)\b"
)
_ELSEWHERE = (
    r"pulmon\w+|portal\w*|veno\w+|veineu\w+|wedge|capillar\w+|capillaire|atrial|auriculaire|ventricul\w+|intra-?\s?crani\w+|intra-?\s?ocul\w+"
    r"|ocul\w+|intra-?\s?abdom\w+"
)
_OTHER_PRESSURE = re.compile(
    rf"\b(?:{_ELSEWHERE})\W+(?:\w+ ){{0,2}}?(?:pressures?|hyper-?tens\w+)(?:[^.;]{{0,40}}?mm ?hg)?"
    rf"|\b(?:pressions?|tension|hypertension) (?:\w+ ){{0,2}}?(?:{_ELSEWHERE})(?:[^.;]{{0,40}}?mm ?hg)?"
    r"|\b(?:mean )?m?pap\b(?:[^.;]{0,40}?mm ?hg)?|\b(?:iop|pio|htap|pah)\b(?:[^.;]{0,40}?mm ?hg)?"
)
"""Pressures and hypertension of the lungs' vessels, of the eye …, with their figure: no blood pressure."""
_NO_GLUCOSE = r"(?!\W+(?:(?:and|or|et|ou|du|de|le|la)\W+)*galactose|(?: (?:at|a))? (?:\d+(?:[.,]\d+)? ?%|solutions?|infusions?|for (?:injection|infusion)))"
_NO_MEASURE = r"(?!\W+(?:medic\w+|tablets?|pills?|drugs?|lowering|treatments?))"


@dataclass(frozen=True, slots=True)
class _Measure:
    asked: re.Pattern[str]
    said: re.Pattern[str]
    other: re.Pattern[str]
    """What has its words and is another one."""
    out_of_range: re.Pattern[str]
    """What it is called where it is too high or too low: told to who asks whether it rises or falls, or of those who have it."""


_NOTHING = re.compile(r"(?!)")


def _measure(
    asked: str, also_said: str, out_of_range: str = r"(?!)", other: re.Pattern[str] = _NOTHING
) -> _Measure:
    return _Measure(
        re.compile(rf"\b(?:{asked})\b{_NO_MEASURE}"),
        re.compile(rf"\b(?:{asked}|{also_said})"),
        other,
        re.compile(out_of_range),
    )


_MEASURES = (
    _measure(
        r"(?:blood|arterial) pressures?|(?:tension|pression) (?:arterielle|sanguine)",
        r"(?:blood|arterial) \w+ pressure|(?:tension|pression) \w+ arterielle|(?:systolic|diastolic|systolique|diastolique)\b|[sd]?bp\b|pas\b|mm ?hg",
        r"\bhyper-?tens|\bhypo-?tens",
        _OTHER_PRESSURE,
    ),
    _measure(
        r"(?:heart|pulse|cardiac) rates?|(?:frequence|rythme) cardiaque",
        r"pulse\b|pouls\b|beats (?:per|a) min\w*|battements|bpm\b",
        r"\bbrady|\btachy",
    ),
    _measure(r"body ?weights?|poids corporel", r"weights?\b|poids\b|\d ?kg\b", r"\bobes|\boverweight"),
    _measure(
        r"bone (?:mineral )?densit\w+|bone mass|densite (?:minerale )?osseuse|masse osseuse",
        r"bmd\b|dmo\b|dexa\b|dxa\b",
        r"\bosteopor|\bosteopen",
    ),
    _measure(
        r"blood (?:glucose|sugars?)|glucose levels?|glyc[ae]*mies?",
        rf"(?:plasma|serum|fasting) glucose|(?<!% )(?<!%)(?<!solution de )glucose\b{_NO_GLUCOSE}|glyc[ae]+mi\w+|hba1c",
        r"\b(?:hyper|hypo)-?glyc|\bdiabet",
    ),
    _measure(r"body temperature|temperature corporelle", r"temperature\b", r"\bfever|\bpyrexia|\bfievre|\bhypertherm"),
    _measure(r"muscle mass|masse musculaire", r"lean (?:body )?mass|masse maigre", r"\bsarcopen|\bmuscle wasting"),
    _measure(r"eye pressure|intra-?ocular pressure|pression (?:intra-?)?oculaire", r"iop\b|pio\b", r"\bglaucom"),
)  # fmt: skip


def of_the_measures(unit: Unit, question: str) -> bool:
    """Whether the unit or its heading names each measure of two words that the question asks about."""
    measures, only_itself = _asked_about(question)
    if not measures:
        return True
    text = flat(f"{unit.heading}. {unit.text}")
    return all(
        measure.said.search(own := measure.other.sub(" ", text))
        or (not only_itself and measure.out_of_range.search(own))
        for measure in measures
    )


@lru_cache(maxsize=256)
def _asked_about(question: str) -> tuple[tuple[_Measure, ...], bool]:
    """The measures of a question, and whether it asks for nothing but them: read once for all units."""
    said = flat(question)
    only_itself = _EFFECT.search(said) is not None and _DIRECTION.search(said) is None
    return tuple(measure for measure in _MEASURES if measure.asked.search(said)), only_itself
