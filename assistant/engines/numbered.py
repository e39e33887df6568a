"""Names with a number: who asks of STRIDE-1 or of type 2 diabetes is told nothing of STRIDE-4 or type 1.

Grades, stages, classes and weeks are none: of those a greater one, “or worse” and what spans them are asked for, too.
"""

import re
from collections.abc import Mapping

from assistant.store.words import is_stop_word

Numbered = Mapping[str, frozenset[int]]
"""By word, in small letters: the numbers that stand behind it."""

_ROMAN: Mapping[str, int] = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}
_NUMBER = r"(?:\d{1,3}|VIII|VII|VI|IV|III|II|I|V)(?![\w%]|[.,·]\d)"
_AND = r"\s?(?:,|/|&|[-–‑]|\band\b|\bor\b|\bto\b|\bet\b|\bou\b|\bà\b)\s?"
_NAME = re.compile(rf"(?<![\w-])([^\W\d_]{{3,}})[\s\u00a0‑–-]?({_NUMBER}(?:{_AND}{_NUMBER})*)")
_ONE = re.compile(_NUMBER)
_RANGE = re.compile(rf"({_NUMBER})\s?(?:[-–‑]|\bto\b|\bà\b)\s?({_NUMBER})")
_TYPE = re.compile(r"types?", re.IGNORECASE)
_MEASURED = re.compile(r"\s?(?:mg|ml|g|kg|U|mm|%|years?|weeks?|months?|days?|ans|mois|jours?|semaines?)\b")


def numbered_in(text: str) -> Numbered:
    """“type 1 or 2”, “STRIDE-1 and STRIDE-2”, “ASSENT II”; a measure (“type 10 mg”) is none."""
    found: dict[str, set[int]] = {}
    for match in _NAME.finditer(text):
        word = match[1].casefold()
        if is_stop_word(word) or _MEASURED.match(text, match.end()):
            continue
        if not (match[1].isupper() or _TYPE.fullmatch(match[1])):
            continue
        numbers = {_number(one) for one in _ONE.findall(match[2])}
        for first, last in _RANGE.findall(match[2]):
            numbers.update(range(_number(first), _number(last)))
        found.setdefault(word.removesuffix("s"), set()).update(numbers)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _number(written: str) -> int:
    return _ROMAN.get(written) or int(written)


def names_another(asked: Numbered, text: str, over: str) -> bool:
    """Whether the text, or else what stands over it, has a word of the topic with other numbers alone."""
    if not asked:
        return False
    own, above = numbered_in(text), numbered_in(over)
    return any(
        bool(told) and told.isdisjoint(numbers)
        for word, numbers in asked.items()
        if (told := own.get(word) or above.get(word) or frozenset())
    )
