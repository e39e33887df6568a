"""What stands over a quote and belongs to what it says: the heading of its section, the heads over a row's values.

Under "Contraindications" a disease is contraindicated; "with placebo" is said of the value in that column.
"""

import re
from collections.abc import Sequence

from guardrails.answers import Text
from guardrails.markers import MarkerClass, markers
from guardrails.model import Segment
from guardrails.overlap import folded
from guardrails.table_rows import columns
from guardrails.told import quoted_sentences

_FORM = 9
"""Letters by which “contraindicated” is known as “contraindications”."""
_CONTRAINDICATES = ("contraind", "contreind")
"""As `_FORM` cuts them."""
_FORBIDS = re.compile(
    r"\b(?:must|should|do|may|can)\s*not (?:be )?(?:used?|given?|administer(?:ed)?|prescribed?|taken?)\b"
    r"|\bne (?:doi(?:t|vent) |peu(?:t|vent) )?pas (?:être )?(?:utilis|administr|prescri|donn|prendre|pris)",
    re.IGNORECASE,
)
_PERMITS = re.compile(
    r"\b(?:may|can|could|safe|safely|allowed|permitted|suitable|indicated|recommended|peu(?:t|vent)|autorisé\w*|permis\w*|indiqué\w*|recommandé\w*|"
    r"sans (?:risque|danger))\b|\b(?:not|n['’]t|pas|plus|jamais)\s+contr[ae]-?\s?indi",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+(?:[.,]\d+)?")


def in_a_heading(
    concept: str, words: Sequence[str], marker_class: MarkerClass, segment: Segment, headings: Sequence[Text]
) -> bool:
    """Whether a concept put in stands in a heading over the quotes, alone of its class; of a denial the very word does, or it
    forbids what the heading contraindicates. A quote that says something of the class itself, or permits, is not read by its heading.
    """
    if not marker_class.heads or any(
        _says_itself(concept, marker_class, quote) for quote in quoted_sentences(segment)
    ):
        return False
    for heading in headings:
        found = markers(*heading)
        if concept == "negation":
            said, held = ({folded(w)[:_FORM] for w in texts} for texts in (words, found.get("negation", ())))
            forbids = held & {*_CONTRAINDICATES} and _FORBIDS.search(segment.text)
            if forbids or (said <= held and all(len(word) == _FORM for word in said)):
                return True
        elif {*found} & {*marker_class.concepts} == {concept}:
            return True
    return False


def _says_itself(concept: str, marker_class: MarkerClass, quote: Text) -> bool:
    if concept == "negation":
        return _PERMITS.search(quote[0]) is not None
    return not {*markers(*quote)}.isdisjoint(marker_class.concepts)


def over_a_told_value(concept: str, segment: Segment) -> bool:
    """Whether a concept stands over the row of a table that is quoted, and over a value that is told: "with placebo"."""
    told = {*_FIGURES.findall(segment.text)}
    return any(
        concept in markers(f"{column.label} {column.head}", column.language)
        and not told.isdisjoint(_FIGURES.findall(column.value))
        for column in columns(segment.citations)
    )


def permitted_in_spite(segment: Segment, headings: Sequence[Text]) -> tuple[str, ...]:
    """The heading's words where what stands under “Contraindications” is told as permitted: “may be given in …”, “is not
    contraindicated in …”; empty where it is not.
    """
    said = markers(segment.text, segment.language)
    if "negation" in said or not _PERMITS.search(segment.text):
        return ()
    for heading in headings:
        words = [w for w in markers(*heading).get("negation", ()) if folded(w).startswith(_CONTRAINDICATES)]
        if words:
            return tuple(words)
    return ()
