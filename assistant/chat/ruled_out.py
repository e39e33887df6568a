"""A dose asked for somebody to whom the medicine must not be given: what the label says against it is told first, whatever else answers."""

import re
from collections.abc import Mapping, Sequence

from assistant.chat.bounds import Interval, covers
from assistant.chat.named import Told
from assistant.chat.needs import Need
from assistant.chat.question import Asked
from assistant.chat.readable import Readable
from assistant.chat.wording import flat
from assistant.engines.units import Unit

_RULES_OUT = re.compile(
    r"\b(?:is|are|est|sont) (?:therefore |donc )?(?:contra-?\s?indicated|contre-?\s?indiquee?s?)\b"
)
_ADVISES_AGAINST = re.compile(
    r"\b(?:is|are) not recommended\b|\bshould (?:be avoided|not be (?:\w+ )?(?:used|given|taken|administered|combined|co-?administered))\b"
    r"|\b(?:n'est|ne sont|n'etait) pas recommandee?s?\b|\b(?:est|sont) deconseillee?s?\b|\bdoi(?:t|vent) etre evitee?s?\b"
)
_TOGETHER = re.compile(r"\b(?:concomit|combin|co-?admin|together|ensemble|associ|simultan)")
_OF_GIVING = frozenset({"dose", "starting", "maximum", "target", "administration", "interaction"})
"""Subjects of a question on how much to give beside another medicine, and no more."""
_CLASSES = frozenset({"hepatic class", "renal class"})
"""Measures whose classes a contraindication names as a whole."""
_OWN_WORD = 1.0


def with_what_rules_out(
    chosen: Sequence[Unit],
    asked: Asked,
    needs: Sequence[Need],
    told: Sequence[Readable],
    values: Mapping[str, tuple[Interval, ...]],
) -> list[Unit]:
    """The units that answer behind the contraindication that holds for what a dose is asked beside, or for whom, unless it is among them.

    A question on no more than the dose beside a medicine has it even where the evidence was not judged to be enough: the label's list
    may name the medicine's class alone.
    """
    if all(concept.name != "dose" for concept in asked.concepts):
        return list(chosen)
    of = [one for one in told if _is_against(one, asked) and _holds(one, asked, needs, values)]
    if chosen and not any(map(_rules_out, of)):  # what is advised against goes before no other advice on it
        return list(chosen)
    if not of or any(
        one.unit.text in unit.text or unit.text in one.unit.text for one in of for unit in chosen
    ):
        return list(chosen)
    shortest = min(of, key=lambda one: (not _rules_out(one), len(one.text))).unit
    return [shortest, *chosen]


def _is_against(one: Readable, asked: Asked) -> bool:
    """Whether a label rules something out, or advises against taking both."""
    if one.unit.source_kind != "label" or one.unit.kind == "row":
        return False
    taking_both = bool(asked.named) and bool(_TOGETHER.search(one.text))
    return _rules_out(one) or (taking_both and bool(_ADVISES_AGAINST.search(one.text)))


def _rules_out(one: Readable) -> bool:
    return one.number == "4.3" or bool(_RULES_OUT.search(one.text))


def _holds(
    one: Readable, asked: Asked, needs: Sequence[Need], values: Mapping[str, tuple[Interval, ...]]
) -> bool:
    if asked.named:
        text = Told(one.text, one.above, one.stems | one.above_stems)
        beside = [
            thing for thing in asked.named if thing.words.isdisjoint(one.own)
        ]  # not the medicine itself
        return (
            bool(beside)
            and _asks_no_more(asked, needs)
            and all(thing.told_in(text, one.own) for thing in beside)
        )
    return any(name in _CLASSES and covers(one.unit.text, name, of) for name, of in values.items())


def _asks_no_more(asked: Asked, needs: Sequence[Need]) -> bool:
    """Whether each word that tells is of the dose or of what it is asked beside."""
    names = {flat(word) for thing in asked.named for word in (*thing.words, *thing.name.split())}
    names |= {word for thing in asked.named for text in thing.written for word in text.split()}
    return {concept.name for concept in asked.concepts} <= _OF_GIVING and all(
        need.concepts or flat(need.word) in names or need.weight * need.telling < _OWN_WORD for need in needs
    )
