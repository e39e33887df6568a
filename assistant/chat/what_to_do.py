"""What to do at a value: told by the row of the label's table of doses that holds it, and by what the label advises there."""

import re
from collections.abc import Sequence

from assistant.chat.bounds import covers, stated
from assistant.chat.expected import advises
from assistant.chat.needs import Need
from assistant.chat.question import Asked, concepts
from assistant.chat.readable import Readable, section_number
from assistant.chat.wording import flat
from assistant.engines.units import Unit

_ASKED = re.compile(
    r"\bwhat (?:should (?:be done|(?:i|we|one) do)|(?:do|must|can) (?:i|we|you|one) do|is to be done|must be done|to do)\b"
    r"|\bque (?:faire|dois-je faire|doit-on faire|faut-il faire|devons-nous faire|fait-on)\b|\bconduite a tenir\b"
)
_OF_THE_VALUE = re.compile(
    r"mmol|meq|serum|seri(?:que|c)|plasma|blood|sanguine?|level|taux|ml|min|monte[rz]?|grimpe|augmente|atteint|passe|arrive|s'eleve|eleve|rises?|rose"
    r"|rising|goes|climbs?|reaches|increases?|hits|gets|becomes|devient|devant|face|baisse|chute|descend|tombe|falls?|drops?"
)
"""Words that only say that a measure came to a value."""
_UNTIL = re.compile(r"\b(?:until|jusqu'a ce que)\b")
"""Behind it stands the value at which what is advised ends."""
_MOST = 7
_POSOLOGY = "4.2"


def led_by_the_row(
    chosen: Sequence[Unit],
    asked: Asked,
    needs: Sequence[Need],
    rows: Sequence[Unit],
    told: Sequence[Readable],
) -> list[Unit]:
    """The rows of the label's posology that hold the one value at which it is asked what to do, with what the label advises for that value,
    also where the evidence was not judged to be enough; else the units as they are.

    What a trial measured of it on average is no answer, nor what is advised at another value. A row on how to start is not told: the
    value was measured under treatment, or nothing says that it was not.
    """
    values = stated(asked.text)
    measure = next(iter(values), "")
    held = [row for row in rows if _gives_doses(row)]
    if len(values) != 1 or not held or not asks_what_to_do(asked, needs):
        return list(chosen)
    sources = {row.source for row in held}
    advice = [
        unit
        for unit in (*(one.unit for one in told if section_number(one.unit) == _POSOLOGY), *chosen)
        if unit.source in sources and unit.kind != "row"
        if advises(unit.text) and covers(_UNTIL.split(flat(unit.text))[0], measure, values[measure])
    ]
    units = {unit.text: unit for unit in (*held, *advice)}
    return list(units.values())[:_MOST]


def asks_what_to_do(asked: Asked, needs: Sequence[Need]) -> bool:
    """Whether it names no people, medicine, time or thing besides the value."""
    about = {concept.name for concept in asked.concepts}
    return (
        _ASKED.search(flat(asked.text)) is not None
        and not asked.named
        and about <= {"hyperkalaemia", "dose", "warning", "renal"}
        and all(need.concepts or need.number or _OF_THE_VALUE.fullmatch(flat(need.word)) for need in needs)
    )


def _gives_doses(row: Unit) -> bool:
    """Whether it stands in a table of the posology whose head says dose, and not with which to start."""
    head = flat(row.text.rsplit("\n", 1)[0])
    dose, starting = concepts()["dose"], concepts()["starting"]
    return (
        section_number(row) == _POSOLOGY and bool(dose.said.search(head)) and not starting.said.search(head)
    )
