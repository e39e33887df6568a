"""Quiz questions on what a label is for, what forbids it and what it does most, among names that the label nowhere speaks of.

That makes a wrong answer provable: section 4.1 holds every disease, 4.3 every contraindication and 4.8 every reaction.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.engines.cloze import GAP, OPTIONS, Cloze
from assistant.engines.cues import COMMONEST
from assistant.engines.disease_classes import AND_OTHERS, CLASSES, PART_AFTER, PART_BEFORE
from assistant.engines.named_options import FORBIDDEN, REACTIONS, TREATED, Name
from assistant.engines.standing import words
from assistant.engines.units import Unit
from guardrails.model import Language
from guardrails.things import things

_FEWEST = 3
_MUCH_LONGER = 1.25
"""Times the mean length of the options: a key that long gives itself away (QZ4)."""
_LONGEST_LIST, _LONGEST_REACTION = 70, 4
"""Words of a list that is told with a gap in it, and of a reaction that is an option."""
_SHORT_FORM = re.compile(r"^[^\w(]*\([A-Z][A-Za-z0-9-]{1,7}\)")
"""“pulmonary arterial hypertension (PAH)”: what stands behind gives it away."""
_NOT_THE_DISEASE = re.compile(
    r"\b(?:not|without|no|other than|except|pas|sans|sauf|autres? que)\b", re.IGNORECASE
)


def of_the_disease(unit: Unit, told: Sequence[Unit]) -> Cloze | None:
    """What the medicine is for, among diseases of the same part of medicine that no indication of the label names."""
    if unit.source_kind != "label" or unit.zone != "indication" or _NOT_THE_DISEASE.search(unit.text):
        return None
    indicated = "\n".join(u.text for u in told if u.source == unit.source and u.zone == "indication")
    if AND_OTHERS[unit.language].search(indicated):
        return None
    for area, classes in zip(TREATED[unit.language], CLASSES[unit.language], strict=True):
        for name in sorted(area, key=lambda one: -len(one.text)):
            found = list(re.finditer(rf"(?<![\w-]){re.escape(name.definite)}(?![\w-])", _typed(unit.text)))
            if len(found) != 1 or _SHORT_FORM.match(unit.text[found[0].end() :]):
                continue
            if _part_of_a_longer_name(unit.text, *found[0].span()) or classes.search(indicated):
                return None
            others = [other for other in area if other != name and not _of_the_other_sex(other, unit.text)]
            wrong = [other.definite for other in others if not other.said.search(indicated)]
            start, end = found[0].span()
            return _made(unit.text, start, end, _like(unit.text, wrong))
    return None


def _part_of_a_longer_name(text: str, start: int, end: int) -> bool:
    """Whether the word beside it belongs to it: the other names with that word are no diseases, or not of that organ."""
    return bool(PART_BEFORE.search(text[:start]) or PART_AFTER.match(text[end:]))


_OF_MEN = re.compile(r"\b(?:men|males?|hommes)\b", re.IGNORECASE)
_OF_WOMEN = re.compile(r"\b(?:women|females?|postmenopausal|femmes)\b", re.IGNORECASE)


def _of_the_other_sex(name: Name, text: str) -> bool:
    """Whether whom the indication names cannot have it: a wrong answer that nobody takes for right."""
    men, women = _OF_MEN.search(text), _OF_WOMEN.search(text)
    if men and not women:
        return re.search("ovar|breast", name.text) is not None
    return bool(women and not men) and re.search("prostat|erectile", name.text) is not None


def of_a_forbidden_condition(unit: Unit, item: str, said: str) -> Cloze | None:
    """One of a label's contraindications, `item`, among conditions that other medicines are forbidden in; `said` is all that the label says."""
    if unit.text.count(item) != 1 or words(unit.text) > _LONGEST_LIST:
        return None
    if not (_ILLNESS.search(item) or any(thing.kind == "condition" for thing in things(item))):
        return None
    low = item[:1].islower()
    free = absent(FORBIDDEN[unit.language], said, unit.text)
    wrong = [name.text if low else name.text[:1].upper() + name.text[1:] for name in free]
    start = unit.text.index(item)
    return _made(unit.text, start, start + len(item), _like(unit.text, wrong))


_ILLNESS = re.compile(
    r"\b(?:impairment|insufficiency|failure|disease|disorder|insuffisance|maladie|affection)\b", re.IGNORECASE
)


def of_a_reaction(unit: Unit, said: str) -> Cloze | None:
    """The reaction that is named first among the most frequent ones, among those that the label speaks of nowhere."""
    most = COMMONEST.search(unit.text)
    if unit.source_kind != "label" or unit.zone != "adverse_reaction" or unit.kind == "row" or most is None:
        return None
    found = _FIRST_NAMED[unit.language].search(unit.text, most.end()) or _NAMED_BEFORE.match(unit.text)
    if found is None or words(found["key"]) > _LONGEST_REACTION or unit.text.count(found["key"]) != 1:
        return None
    if not _is_a_reaction(found["key"], unit.language):
        return None
    free = absent(REACTIONS[unit.language], said)
    article = (found["article"] or "").strip() if unit.language == "fr" else ""
    if article in {"des", "un", "une"}:
        return None  # the articles of the others would have to be made up
    wrong = [name.definite if article else name.text for name in free]
    if found["key"][:1].isupper():
        wrong = [name[:1].upper() + name[1:] for name in wrong]
    start = found.start("article") if article else found.start("key")
    return _made(unit.text, start, found.end("key"), _like(unit.text, wrong))


_FIRST_NAMED: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:were|are|was|is|included?|being):? (?P<article>)(?P<key>[a-z][a-z -]+?)(?= \(| and |,|\.| in \d| each )"
    ),
    "fr": re.compile(
        r"(?:\b(?:sont|étaient|ont été|comprennent|comprenaient|comportent)|:)\s*:?\s*(?P<article>(?:l['’]|la |le |les |des |une? )?)(?P<key>[a-zà-ÿœ][a-zà-ÿœ '’-]+?)(?=\s\(| et |,|\.|;)"
    ),
}


_NAMED_BEFORE = re.compile(r"(?P<article>)(?P<key>[A-Z][a-z]+(?: [a-z]+)?)(?=, the most (?:common|frequent))")
"""“Hypoglycaemia, the most frequent undesirable effect, …”"""


def _is_a_reaction(named: str, language: Language) -> bool:
    known = any(name.said.search(named) for name in REACTIONS[language])
    return known or any(thing.kind == "condition" for thing in things(named))


def absent(names: Iterable[Name], said: str, forbidden: str = "") -> list[Name]:
    """The names that the label does not speak of, and that nothing wider in `forbidden` holds."""
    return [
        name for name in names if not name.said.search(said) and not (name.kin and name.kin.search(forbidden))
    ]


def _typed(text: str) -> str:
    return text.replace("'", "’")


def _like(text: str, options: Sequence[str]) -> list[str]:
    """With the apostrophes of the text."""
    return [option.replace("’", "'") if "'" in text else option for option in options]


def _made(text: str, start: int, end: int, wrong: Sequence[str]) -> Cloze | None:
    key = text[start:end]
    nearest = sorted(dict.fromkeys(wrong), key=lambda name: (abs(len(name) - len(key)), name))
    options = tuple(sorted([key, *nearest[: OPTIONS - 1]], key=str.casefold))
    if len(options) < _FEWEST or len(set(options)) < len(options):
        return None
    if len(key) > _MUCH_LONGER * sum(map(len, options)) / len(options):
        return None
    return Cloze(text[:start] + GAP + text[end:], options, options.index(key))
