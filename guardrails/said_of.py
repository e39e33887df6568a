"""What a word of meaning is said of: "before" of the meal, "combined" with another medicine, a denial of what stands around it."""

import re
from collections.abc import Sequence

from guardrails.answers import ANYTHING, Object, Text, inverse
from guardrails.markers import MarkerClass, markers
from guardrails.overlap import contents, speaks_of
from guardrails.told import places_of

_BEFORE, _AFTER = 25, 45
_USED = re.compile(
    r"\b(?:use[ds]?|using|take[ns]?|taking|receiv\w+|given|administ\w+|utilis\w+|pris\w*|prendre|recevoir|reçu\w*|emploi)\b",
    re.IGNORECASE,
)
_USE_BESIDE = re.compile(
    r"(?:\b(?:utilisation|administration|prise|emploi) $|^ (?:use|administration|intake) (?:of|with)\b)",
    re.IGNORECASE,
)
"""What makes of "concomitant" a use of something besides, not the treatment itself combined."""
_WITH = re.compile(r"\b(?:with|avec)\s+(?:(?:the|la|le|les)\s+|l['’])?([^\W\d_]+)", re.IGNORECASE)
_OBJECT = 34
"""Characters after a word of time in which its object stands."""


def object_of(marker_class: MarkerClass, words: Sequence[str], texts: Sequence[Text]) -> Object:
    """What a concept is said of: the words of content behind it, or before it where none follows."""
    if not marker_class.reach:
        return ANYTHING
    after, before = frozenset[str](), frozenset[str]()
    for text, _ in texts:
        for match in places_of(words, text):
            after |= contents(re.split(r"[,;.:()]", text[match.end() : match.end() + _OBJECT])[0])
            before |= contents(
                re.split(r"[,;.:()]", text[max(0, match.start() - _BEFORE) : match.start()])[-1]
            )
    return Object(after or before, marker_class.reach)


def of_another_thing(marker_class: MarkerClass, said: Sequence[Text], quoted: Sequence[Text]) -> bool:
    """Whether a reversal may still say the same: of an inverse thing, or of another one."""
    if marker_class.name == "direction":
        return inverse(said, quoted)
    if not marker_class.of_object:
        return False
    objects = [_behind(marker_class, texts) for texts in (said, quoted)]
    return not objects[0] & objects[1]


def _behind(marker_class: MarkerClass, texts: Sequence[Text]) -> frozenset[str]:
    """The words of content that follow the concepts of a class: before the meal, after the meal."""
    found = frozenset[str]()
    for text, language in texts:
        for concept, words in markers(text, language).items():
            if concept in marker_class.concepts:
                for match in places_of(words, text):
                    found |= contents(re.split(r"[,;.]", text[match.end() : match.end() + _OBJECT])[0])
    return found


def joined_by_with(concept: str, words: Sequence[str], quoted: Sequence[Text], said: Sequence[Text]) -> bool:
    """Whether the statement joins by a plain "with" what the quotes combine, or uses what they allow besides: "with dexamethasone"."""
    if concept != "combination" or any("monotherapy" in markers(*text) for text in said):
        return False
    partners, besides = frozenset[str](), frozenset[str]()
    for text, _ in quoted:
        for match in places_of(words, text):
            behind = text[match.end() : match.end() + _OBJECT]
            noun = _USE_BESIDE.match(behind)
            if noun or _USE_BESIDE.search(text[: match.start()]):
                besides |= contents(behind[noun.end() if noun else 0 :])
            names = (contents(name) for name in behind.split())
            partners |= next((name for name in names if name), frozenset())
    if any(contents(text) & besides and _USED.search(text) for text, _ in said):
        return True
    return any(contents(match[1]) & partners for text, _ in said for match in _WITH.finditer(text))


def what_is_told(words: Sequence[str], texts: Sequence[Text], other: str) -> bool:
    """Whether the other side speaks of what a denial or a doubt is of: the words around it."""
    around = frozenset[str]()
    for text, _ in texts:
        for match in places_of(words, text):
            around |= contents(text[max(0, match.start() - _BEFORE) : match.start()])
            around |= contents(text[match.start() : match.end() + _AFTER])
    return not around or speaks_of(around, contents(other))
