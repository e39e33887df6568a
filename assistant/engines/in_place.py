"""Does a unit say the same out of its place as in it? By the rule that judges every verbatim statement (GR11)."""

from collections.abc import Mapping

from assistant.engines.units import Unit
from guardrails.model import Beside, Evidence
from guardrails.surroundings import lacking, place_of


def stands_in_its_place(unit: Unit, passages: Mapping[str, Evidence], near: Mapping[str, Beside]) -> bool:
    """Whether nothing that turns its meaning is left around it. Contraindications are told under that name."""
    own = [passages[quote.passage] for quote in unit.quotes if quote.passage in passages]
    if unit.kind == "row" or not own:
        return True
    place = place_of(unit.text, own, near)
    if place is None:
        return False
    headed = unit.zone == "contraindication"
    return all(headed and lack.variant == "heading" for lack in lacking(place))
