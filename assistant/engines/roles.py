"""What a sentence tells, a dose or a result, by the section that it stands in and by its words."""

import re
from collections.abc import Mapping

from assistant.engines.cues import PRIMARY, ROLE_CUES, Zone
from assistant.engines.protocol import Role
from assistant.engines.units import Unit

_ROLE_OF_ZONE: Mapping[Zone, Role] = {
    "indication": "indication",
    "dose": "dose",
    "contraindication": "contraindication",
    "warning": "warning",
    "interaction": "interaction",
    "special_population": "special_population",
    "adverse_reaction": "adverse_reaction",
    "overdose": "warning",
    "mechanism": "key_point",
    "result": "result",
    "conclusion": "conclusion",
    "design": "design",
}
FIGURE = re.compile(r"\d")
MEASURED = re.compile(
    r"\d\s*(?:%|mg|mmHg|mmol|mL|ml|g\b|kg|months?|mois|weeks?|semaines?|days?|jours?|years?|ans\b|hours?|heures?|patients?|µg)"
)


def role_of(unit: Unit) -> Role:
    """What the unit tells: by its section in a label, by its section and its words elsewhere."""
    return role_in(unit.zone, unit.source_kind, unit.text)


def role_in(zone: Zone, source_kind: str, text: str) -> Role:
    """What a text tells that stands in such a place."""
    by_zone = _ROLE_OF_ZONE.get(zone)
    if by_zone and (source_kind == "label" or zone in _TOLD_BY_HEADING):
        return by_zone
    if zone == "background" and source_kind == "paper":
        return "key_point"  # what was known before is no result of this study
    told: tuple[tuple[Role, bool], ...] = (
        ("result", bool(PRIMARY.search(text) and FIGURE.search(text))),
        ("design", zone == "design"),
        ("adverse_reaction", cued(text, "adverse_reaction") and zone != "background"),
        ("design", zone != "discussion" and cued(text, "design") and not cued(text, "result")),
        ("contraindication", cued(text, "contraindication")),
        ("indication", cued(text, "indication")),
        ("conclusion", cued(text, "conclusion")),
        ("result", cued(text, "result") and (zone == "result" or bool(FIGURE.search(text)))),
        ("result", zone == "result" and bool(MEASURED.search(text))),
    )
    return next((role for role, holds in told if holds), "key_point")


_TOLD_BY_HEADING = frozenset(
    {"indication", "dose", "contraindication", "warning", "interaction", "conclusion", "special_population"}
)


def cued(text: str, role: Role) -> bool:
    """Whether a word of the text tells such a thing."""
    return bool(ROLE_CUES[role].search(text))
