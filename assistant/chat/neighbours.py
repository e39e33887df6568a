"""A sentence that says "it", together with the one before it that says what."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.engines.protocol import Quote
from assistant.engines.standing import refusal
from assistant.engines.units import Unit
from guardrails.model import Evidence


def with_the_sentence_before(units: Sequence[Unit], given: Mapping[str, Evidence]) -> list[Unit]:
    """The units and, for each sentence of a label that needs its neighbour, both as one verbatim quote.

    "It should not be split" answers nobody alone, but it does after "The tablet should be swallowed whole."
    """
    joined = [
        pair
        for before, unit in pairwise(units)
        if unit.source_kind == "label"
        and (before.section, before.kind, unit.kind) == (unit.section, "sentence", "sentence")
        and refusal(before.text, before.kind, before.language) is None
        and refusal(unit.text, unit.kind, unit.language) == "dangling"
        and (pair := _pair(before, unit, given))
    ]
    return [*units, *joined]


def _pair(before: Unit, unit: Unit, given: Mapping[str, Evidence]) -> Unit | None:
    """Both as the passage has them; None where they are of two passages or something stands between them."""
    passage = before.quotes[0].passage
    if unit.quotes[0].passage != passage or passage not in given:
        return None
    text = given[passage].text
    begins = text.find(before.text)
    second = text.find(unit.text, begins + len(before.text))
    if begins < 0 or second < 0 or text[begins + len(before.text) : second].strip():
        return None
    quote = text[begins : second + len(unit.text)]
    return replace(before, text=quote, kind="block", quotes=(Quote(passage, quote),))
