"""Which words of a Word document are not shown: hidden, too small to read, or struck through."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingestion.formats.docx_styles import Style, W, is_on, value
from ingestion.formats.office import attribute

_TINY = 2
"""Half points: nobody can read smaller type."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why a run is left out; neither where it is shown."""

    unseen: bool
    struck: bool


def left_out(run: Any, style: Style, styles: Mapping[str, Style]) -> LeftOut:
    """What Word shows of a run in a paragraph of this style.

    What two styles both say of a switch turns it off again, as Word has it; the run's own word is the last.
    """
    own = run.find(f"{W}rPr")
    properties = run if own is None else own
    styled = styles.get(value(properties, "rStyle") or "", Style())
    vanish, web = properties.find(f"{W}vanish"), properties.find(f"{W}webHidden")
    unseen = is_on(web) or (is_on(vanish) if vanish is not None else style.is_hidden != styled.is_hidden)
    unseen = unseen or 0 < attribute(value(properties, "sz")) <= _TINY
    strike, twice = properties.find(f"{W}strike"), properties.find(f"{W}dstrike")
    struck = is_on(strike) if strike is not None else style.is_struck != styled.is_struck
    doubly = is_on(twice) if twice is not None else style.is_struck_twice or styled.is_struck_twice
    return LeftOut(unseen, struck or doubly)
