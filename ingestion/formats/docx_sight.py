"""Which words of a Word document are not shown: hidden, struck through, or of the colour of what they stand on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingestion.formats.docx_styles import Style, W, fill, is_on, value
from ingestion.formats.office import attribute

PAPER = "FFFFFF"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}\Z")
_TINY = 2
"""Half points: nobody can read smaller type."""
_ALIKE = 16
"""Of 255: colours that differ less in each of the three are one to the eye."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why a run is left out; neither where it is shown."""

    unseen: bool
    struck: bool


def paper_of(root: Any) -> str | None:
    """The colour on which a document's text stands; None where drawings behind the text may give it another."""
    background = root.find(f"{W}background")
    behind = any((anchor.get("behindDoc") or "0") in {"1", "true"} for anchor in root.iter(_ANCHOR))
    return None if behind else PAPER if background is None else background.get(f"{W}color") or None


def ground_of_cells(properties: Any, styles: Mapping[str, Style], ground: str | None) -> str | None:
    """The colour under a table's cells that say nothing of it themselves; None where the table's style paints some of them."""
    if properties is None:
        return ground
    style = styles.get(value(properties, "tblStyle") or "", Style())
    return None if style.paints else over(fill(properties.find(f"{W}shd")), ground)


def over(painted: str | None, ground: str | None) -> str | None:
    """The ground once something is painted over it; "" paints nothing, None is a pattern."""
    return ground if not painted and painted is not None else painted


def left_out(run: Any, style: Style, styles: Mapping[str, Style], ground: str | None) -> LeftOut:
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
    return LeftOut(unseen or _is_lost(run, properties, (style, styled), ground), struck or doubly)


def _is_lost(run: Any, properties: Any, styles: tuple[Style, Style], ground: str | None) -> bool:
    """Whether the words have the colour of their ground."""
    style, styled = styles
    colour = value(properties, "color") or styled.colour or style.colour
    if colour is None or not _COLOUR.match(colour):
        return False
    paragraph = next(run.iterancestors(f"{W}p"), None)
    painted = paragraph.find(f"{W}pPr/{W}shd") if paragraph is not None else None
    for layer in (
        style.fill if painted is None else fill(painted),
        styled.fill,
        fill(properties.find(f"{W}shd")),
        None if value(properties, "highlight") not in {None, "none"} else "",
    ):
        ground = over(layer, ground)
    return ground is not None and _are_alike(colour, ground)


def _are_alike(one: str, other: str) -> bool:
    if not _COLOUR.match(other):
        return False
    return all(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) < _ALIKE for at in (0, 2, 4))
