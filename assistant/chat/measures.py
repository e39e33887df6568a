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
_NO_MEASURE = r"(?!\W+(?:medic\w+|tablets?|pills?|drugs?|lowering|treatments?))"


@dataclass(frozen=True, slots=True)
class _Measure:
    asked: re.Pattern[str]
    said: re.Pattern[str]
    out_of_range: re.Pattern[str]
    """What it is called where it is too high or too low: told to who asks whether it rises or falls, or of those who have it."""


def _measure(asked: str, also_said: str, out_of_range: str = r"(?!)") -> _Measure:
    return _Measure(
        re.compile(rf"\b(?:{asked})\b{_NO_MEASURE}"),
        re.compile(rf"\b(?:{asked}|{also_said})"),
        re.compile(out_of_range),
    )


_MEASURES = (
    _measure(
        r"(?:blood|arterial) pressures?|(?:tension|pression) (?:arterielle|sanguine)",
        r"(?:blood|arterial) \w+ pressure|(?:tension|pression) \w+ arterielle|(?:systolic|diastolic|systolique|diastolique)\b|[sd]?bp\b|pas\b|mm ?hg",
        r"\bhyper-?tens|\bhypo-?tens",
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
        r"(?:plasma|serum|fasting) glucose|glucose\b|glyc[ae]+mi\w+|hba1c",
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
        measure.said.search(text) or (not only_itself and measure.out_of_range.search(text))
        for measure in measures
    )


@lru_cache(maxsize=256)
def _asked_about(question: str) -> tuple[tuple[_Measure, ...], bool]:
    """The measures of a question, and whether it asks for nothing but them: read once for all units."""
    said = flat(question)
    only_itself = _EFFECT.search(said) is not None and _DIRECTION.search(said) is None
    return tuple(measure for measure in _MEASURES if measure.asked.search(said)), only_itself
