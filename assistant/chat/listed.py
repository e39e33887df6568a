"""What the label lists: who asks for the contraindications and nothing else is told the label's own list, whole and first."""

import re
from collections.abc import Sequence

from assistant.chat.needs import Need
from assistant.chat.question import Asked
from assistant.chat.readable import Readable
from assistant.chat.wording import flat
from assistant.engines.units import Unit

_LIST = "4.3"
_MOST = 7
"""Units that can be told: a list of more would be cut, and look whole."""
_OWN_WORD = 1.0
"""What a word of the question weighs from which more is asked than the list."""
_RULES_OUT = re.compile(r"\bcontra-?\s?indicat|\bcontre-?\s?indi")


def led_by_the_list(
    chosen: Sequence[Unit], asked: Asked, needs: Sequence[Need], told: Sequence[Readable]
) -> list[Unit]:
    """The label's section on contraindications, then what else the label calls one, where no more is asked for; else the units as
    they are.

    A warning that a medicine “must not be given again” is in the question's words and no list: told alone it is taken for one.
    The section is told where the evidence was not judged to be enough, too: it is what is asked for.
    """
    if not _asks_for_the_list(asked, needs):
        return list(chosen)
    units = [one.unit for one in told if one.number == _LIST and one.unit.source_kind == "label"]
    listed = [unit for unit in units if unit.kind != "row" and not _held(unit, units)]
    listed = list({unit.text: unit for unit in reversed(listed)}.values())[::-1]
    if not listed or len(listed) > _MOST:
        return list(chosen)
    beside = [
        unit
        for unit in chosen
        if unit.source_kind == "label" and unit not in listed and _RULES_OUT.search(flat(unit.text))
        if not _held(unit, listed)
    ]
    return [*listed, *beside][:_MOST]


def _asks_for_the_list(asked: Asked, needs: Sequence[Need]) -> bool:
    """Whether it names no other subject, no medicine, no value and no word that tells."""
    return (
        [concept.name for concept in asked.concepts] == ["contraindication"]
        and not asked.named
        and all(need.concepts or _says_little(need) for need in needs)
    )


def _says_little(need: Need) -> bool:
    return not need.number and need.weight * need.telling < _OWN_WORD


def _held(unit: Unit, units: Sequence[Unit]) -> bool:
    return any(unit.text != other.text and unit.text in other.text for other in units)
