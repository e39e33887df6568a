"""A question that names the use that the label gives: its words ask for nothing more than the question without them.

“Dose in pulmonary hypertension?” of a medicine for just that asks for the dose, whose sentence does not repeat the disease; “is it ok
for pulmonary hypertension?” asks for the indication. Without this, what chances to hold the word is told: a fatal case “in a PAH study”.
"""

import re
from collections.abc import Sequence

from assistant.chat.doses import DOSE, OF_DOSES
from assistant.chat.expected import asks_how_to_stop, says_how
from assistant.chat.needs import only_asks
from assistant.chat.question import concepts, take_apart
from assistant.chat.readable import section_number
from assistant.chat.times_and_doses import without_a_time_reached
from assistant.chat.wording import flat
from assistant.engines.units import Unit
from assistant.store.words import query_stems, stems
from guardrails.model import Language

_ASKED: dict[Language, str] = {"en": "What is the indication?", "fr": "Quelle est l'indication ?"}
_OK_FOR = re.compile(
    r"\b(?:ok|okay|alright|indicated|approved|licensed|suitable|useful|used?|usable|good) (?:for|in|to treat)\b"
    r"|\b(?:ok|bon|indiquee?|utilisable|adaptee?|valable) (?:pour|dans|en)\b"
)
_DENIES = re.compile(r"\b(?:not?|never|without|except\w*|exclud\w+|unless|non|pas|jamais|sans|sauf|hors)\b")
"""“In patients without diabetes”, “except in children”: such words bound, in the question and in the indication."""
_WORD = re.compile(r"[^\W_]+")
_SHORT = 3
_ASKING = frozenset({"ok", "is", "it", "to", "in", "of", "a", "y", "ca"})
"""Short words that are no mark; “ca” is a cancer."""
_MOST_SENTENCES = 2
"""Of an indication: of one with more, each may have its own dose."""


def asked_of_its_use(question: str, language: Language, units: Sequence[Unit], names: Sequence[str]) -> str:
    """The question without the words of the indication, where it asks for the dose; the question for the indication, where it asks
    whether the medicine is for it; else the question as it is, also where a word of it is not the indication's.
    """
    asked = take_apart(question, names, frozenset())
    about = {concept.name for concept in asked.concepts}
    if not asked.words or asked.named or _DENIES.search(flat(question)):
        return question
    of_use, of_doses = bool(_OK_FOR.search(flat(question))), bool(about) and about <= OF_DOSES
    if not of_doses and not (of_use and about <= {"indication"}):
        return question
    held = _held(units, language)
    if not held or not all(word & held for word in asked.words) or _has_a_mark_beyond(question, names, units):
        return question
    if not of_doses:
        return _ASKED[language]
    words = frozenset().union(*asked.words)
    return question if _dosed_apart(units, words) else _without(question, words)


def asked_of_stopping(question: str, units: Sequence[Unit]) -> str:
    """Where it is asked how to stop after a time: without the time, where the label says how for all who took it for longer than less."""
    if not asks_how_to_stop(question):
        return question
    for unit in units:
        told = unit.source_kind == "label" and says_how(unit.text)
        if told and concepts()["stopping"].said.search(flat(unit.text)):
            rest = without_a_time_reached(unit.text, question)
            if rest != question:
                return rest
    return question


def _has_a_mark_beyond(question: str, names: Sequence[str], units: Sequence[Unit]) -> bool:
    """Whether it has a short mark that the indication does not have: “class IV” is not “class III”."""
    own = {mark for name in names for mark in _WORD.findall(flat(name))}
    told = {mark for unit in units if unit.zone == "indication" for mark in _WORD.findall(flat(unit.text))}
    marks = {mark for mark in _WORD.findall(flat(question)) if len(mark) < _SHORT or mark[0].isdigit()}
    return any(mark not in own | told | _ASKING and not only_asks(mark) for mark in marks)


def _held(units: Sequence[Unit], language: Language) -> frozenset[str]:
    """The stems of the indication; none where it has more than one use, or a list of them."""
    indicated = {
        unit.text: unit.kind
        for unit in units
        if unit.source_kind == "label" and unit.zone == "indication" and unit.language == language
    }
    if len(indicated) > _MOST_SENTENCES or any(kind != "sentence" for kind in indicated.values()):
        return frozenset()
    if any(_DENIES.search(flat(text)) for text in indicated):
        return frozenset()
    return frozenset(stem for text in indicated for stem in stems(text, language))


def _dosed_apart(units: Sequence[Unit], words: frozenset[str]) -> bool:
    """Whether the posology speaks of these words beside an amount, or has a heading of them: then it has a dose for them."""
    return any(
        not words.isdisjoint(stems(f"{unit.heading} {unit.text if amount else ''}", unit.language))
        for unit in units
        if section_number(unit) == "4.2"
        for amount in [bool(DOSE.search(unit.text))]
    )


def _without(question: str, words: frozenset[str]) -> str:
    """The question as it was typed, without these words."""
    return _WORD.sub(lambda m: "" if words & frozenset(query_stems(flat(m[0]))) else m[0], question)
