"""Times of a list that name their unit once: "at weeks 4, 12 and 24" are 4, 12 and 24 weeks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from guardrails.numbers.model import Quantity
from guardrails.numbers.patterns import TIME_UNITS

_SEVERAL = re.compile(r"\b(?:days|weeks|months|jours|semaines|mois)\s+$", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:,\s*(?:and|et|or|ou)?|\band\b|\bet\b|\bor\b|\bou\b)\s*")


def at_listed_times(quantities: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """Each bare number of such a list with the unit of its first one."""
    unit, end = "", 0
    for one in quantities:
        bare = one.kind == "number" and not one.unit and not one.comparator
        if unit and bare and _JOINT.fullmatch(text[end : one.start]):
            yield replace(one, unit=unit)
            end = one.end
            continue
        opens = one.unit in TIME_UNITS and _SEVERAL.search(text, 0, one.start)
        unit, end = (one.unit, one.end) if opens else ("", 0)
