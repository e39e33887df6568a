"""What tells of a use beyond the approved indication: a study of another disease, a result later or at another age than the label names.

Read where it is plain: what names no known condition, or whose label names none, is not judged.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.engines.denied import is_denied
from assistant.engines.limits import Kind, Limits, limits_of
from assistant.engines.protocol import Rejected
from assistant.engines.scoring import Candidate
from assistant.engines.units import Unit
from guardrails.things import things

_TOLD = frozenset({"result", "conclusion", "design", "key_point"})
_ADULTS = re.compile(r"\badult", re.IGNORECASE)
_YOUNG = re.compile(
    r"\b(?:child(?:ren)?|adolescents?|infants?|neonates?|p(?:a)?ediatric|enfants?|nourrissons?|nouveau-nés?|pédiatriques?)\b",
    re.IGNORECASE,
)
_IN_THE_YOUNG = re.compile(
    r"\b(?:in|among|of|with|chez|parmi|des) (?:(?:les|des|the|younger|\d+) ){0,2}(?:l['’])?(?:child(?:ren)?|adolescents?|infants?|neonates?|p(?:a)?ediatric (?:patients|population)|enfants?|nourrissons?|nouveau-nés?|population pédiatrique)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Beyond:
    """What of some sources is beyond the indication of the label among them; nothing where there is none."""

    others: frozenset[str] = frozenset()
    """The studies of another disease."""
    of_adults: bool = False
    """The label speaks of adults alone."""
    limits: Limits = field(default_factory=Limits)
    """What the label's indications name in figures."""

    def within(self, pool: Sequence[Candidate]) -> list[Candidate]:
        """Without what studies tell of a use beyond the indication."""
        return [
            c
            for c in pool
            if c.role not in _TOLD
            or not (
                c.unit.source in self.others
                or (self.of_adults and _is_of_the_young(c.unit.text))
                or self.limits.passed_by(c.unit.text)
            )
        ]

    def set_aside(self, titles: Mapping[str, str], pool: Sequence[Candidate] = ()) -> list[Rejected]:
        """What is not told, each with why: the studies of another disease, and of `pool` what passes a figure of the indication."""
        studies = [
            Rejected(titles[source], "GR9", "beyond_indication", _BEYOND) for source in sorted(self.others)
        ]
        passing = [
            Rejected(c.unit.text, "GR9", f"beyond_{kind}", _PASSED[kind])
            for c in pool
            if c.role in _TOLD
            and c.unit.source not in self.others
            and (kind := self.limits.passed_by(c.unit.text)) is not None
        ]
        return [*studies, *passing]


def beyond_the_indication(known: Sequence[Unit], titles: Mapping[str, str]) -> Beyond:
    """Of all units and the titles of their sources."""
    indicated = [unit.text for unit in known if unit.source_kind == "label" and unit.zone == "indication"]
    indication = " ".join(indicated)
    of_adults = bool(_ADULTS.search(indication)) and not _YOUNG.search(indication)
    return Beyond(_of_another_disease(known, titles, indicated), of_adults, limits_of(indicated))


_BEYOND = {
    "en": "What this study found is not told: it is of another disease than the indication of the label.",
    "fr": "Les résultats de cette étude ne sont pas repris : elle porte sur une autre maladie que l’indication du RCP.",
}


_PASSED: Mapping[Kind, Mapping[str, str]] = {
    "time": {
        "en": "Not told: it speaks of a treatment later than the indication of the label allows.",
        "fr": "Non repris : il s’agit d’un traitement plus tardif que ne le permet l’indication du RCP.",
    },
    "age": {
        "en": "Not told: it speaks of another age than the indication of the label names.",
        "fr": "Non repris : il s’agit d’un autre âge que celui que nomme l’indication du RCP.",
    },
}


def _of_another_disease(
    known: Sequence[Unit], titles: Mapping[str, str], indications: Sequence[str]
) -> frozenset[str]:
    """The papers whose title names diseases, and neither it nor their abstract or methods one that is indicated; none whose title names
    an organ of the indication: "chronic kidney disease" is no condition that is known.
    """
    indicated, organs = _conditions(indications), _conditions(indications, "organ")
    papers: dict[str, list[Unit]] = {}
    for unit in known if indicated else ():
        if unit.source_kind == "paper":
            papers.setdefault(unit.source, []).append(unit)
    found = set()
    for source, units in papers.items():
        title = [titles.get(source, "")]
        if organs & _conditions(title, "organ"):
            continue
        studied = _conditions(title)
        told = _conditions(u.text for u in units if u.abstract or u.zone == "design")
        if studied and not indicated & (studied | told):
            found.add(source)
    return frozenset(found)


def _conditions(texts: Iterable[str], kind: str = "condition") -> frozenset[str]:
    return frozenset(thing.name for text in texts for thing in things(text) if thing.kind == kind)


def _is_of_the_young(text: str) -> bool:
    return bool(_IN_THE_YOUNG.search(text)) and not is_denied(text) and not _ADULTS.search(text)
