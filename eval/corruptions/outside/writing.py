"""How a changed sentence is written: its capital kept, spaces mended, articles and elisions as the language wants them."""

import random
import re
from collections.abc import Iterable
from typing import Protocol

from eval.corruptions.material import Corrupted, Kind, Language, Material, differ

_ELIDED = re.compile(r"\b([Dd]e|[Ll]a|[Ll]e|[Qq]ue|[Nn]e|[Ss]e) (?=[aeiouéèêîœAEIOUÉ])(?!onze|oui\b|un à)")
_FULL = re.compile(r"\b([DdNnLl])['’](?=[bcdfgjklmnpqrstvz])")
_AN = re.compile(r"\b([Aa]) (?=[aeio]\w)(?!one\b|once\b|eu|and\b|or\b|in\b|is\b)")
_A = re.compile(r"\b([Aa])n (?=[bcdfgjkpqtvwyz][a-z])")


class Place(Protocol):
    """Where in a sentence something stands: a match, or what looks like one."""

    def start(self, group: int = 0, /) -> int:
        """The first character."""

    def end(self, group: int = 0, /) -> int:
        """The character behind the last."""


def put_in(sentence: str, place: Place, new: str, group: int = 0) -> str:
    """The sentence with another text at one place; a word that began with a capital still does."""
    start, end = place.start(group), place.end(group)
    return sentence[:start] + _cased(new, sentence[start:end]) + sentence[end:]


def capital(text: str) -> str:
    """The text with a capital at its head, the rest as it was."""
    return text[:1].upper() + text[1:]


def chosen(
    material: Material, kind: Kind, way: str, statements: Iterable[str], rng: random.Random
) -> Corrupted | None:
    """One of the wrong statements, beside the sentence that they were made of."""
    told = sorted(
        {text for each in statements if differ(material.sentence, text := written(each, material.language))}
    )
    if not told:
        return None
    return Corrupted(kind, way, material.sentence, rng.choice(told), (material.sentence,))


def written(text: str, language: Language) -> str:
    """The text as it would be written."""
    one_line = capital(" ".join(text.split()).replace(" ,", ",").replace(" .", "."))
    return _elide(one_line) if language == "fr" else _A.sub(r"\1 ", _AN.sub(r"\1n ", one_line))


def _elide(text: str) -> str:
    elided = _ELIDED.sub(lambda match: f"{match.group(1)[:-1]}'", text)
    return _FULL.sub(lambda match: f"{match.group(1)}{'a' if match.group(1) in 'Ll' else 'e'} ", elided)


def _cased(new: str, old: str) -> str:
    acronym = len(old) > 1 and old[0].isupper() and not old[1:].replace("-", "").replace(" ", "").islower()
    return new if acronym or not old[:1].isupper() else capital(new)
