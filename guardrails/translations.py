"""What a literal translation turns round: a denial put in or dropped, a change or a limit told the other way.

Words are counted, not understood: a side that denies where the other does not, a rise for a fall where as many changes are
told on both sides. Where two things differ at once they may make up for each other, and nothing is said.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from guardrails.answers import Text
from guardrails.model import Segment
from guardrails.names import left_out
from guardrails.nearness import translated
from guardrails.overlap import folded
from guardrails.tables import table
from guardrails.told import quoted_sentences

_SHORTER, _LONGER = 0.75, 1.9
"""French has between so many times the words of its English: all 282 translations of the sample do. What is shorter or longer is
told freely, and other words may carry what is counted here.
"""
_LONGEST = {"fr": 2.0, "en": 1.45}
"""Times the words of all quotes: of 750 right translations by several writers the longest have 1.9 and 1.3."""
_A_SENTENCE = 6
"""Words of quotes that are no heading or cell of a table, which a translation spells out."""
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d(?:[.,\s]?\d)*")
_FIGURE = re.compile(rf"(?<![^\W_])(?!\d+[A-Z]\d){_NUMBER.pattern}")
"""Not the digits of a code: DAS28, CYP3A4, CYP 3A4."""
_ORDINAL = re.compile(_NUMBER.pattern + r"(?:(?:e|er|re|ère|ème|eme|st|nd|rd|th)\b)?")
_DIGITS = re.compile(r"\D")
_TOO_MUCH_OR_LITTLE = re.compile(r"\b(?:[dl]['’])?hyp(er|o)(\w{3})\w*", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:.]\s")


Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Translation:
    """A statement in another language than all its quotes."""

    segment: Segment
    literal: Sequence[Text]
    """What it may translate: sentences of fitting length and with its figures, or a whole quote, since a translation may make
    one sentence of two.
    """

    def against_each(self, compare: Callable[[str, str], Found]) -> Found | None:
        """What is found beside the first of these, if something is beside every one."""
        found = [compare(sentence, language) for sentence, language in self.literal]
        return found[0] if found and all(found) else None


def translation(segment: Segment) -> Translation | None:
    """The statement as a translation; None where a quote is in its own language."""
    if not translated(segment):
        return None
    wholes = [(citation.quote, citation.quote_language) for citation in segment.citations]
    every = dict.fromkeys([*quoted_sentences(segment), *wholes])
    return Translation(segment, [t for t in every if _literal(segment.text, segment.language, t[0])])


@dataclass(frozen=True, slots=True)
class Turned:
    """One thing that is told otherwise."""

    what: str
    """denial, change, limit, time or doubt."""
    quoted: str
    """The sentence of the quotes that is translated."""


@dataclass(frozen=True, slots=True)
class _Count:
    denials: int
    instead: int
    more: int
    less: int
    at_least: int
    at_most: int
    times: tuple[int, int, int]
    """Before, after, during."""
    doubts: int
    doubtful: int
    """Words that may tell a doubt, these among them."""


def turned_in_translation(told: Translation) -> Iterator[Turned]:
    """The one thing in which a statement differs from each sentence in another language that it may translate."""
    said = _count(told.segment.text, told.segment.language)
    if what := told.against_each(lambda sentence, language: _turned(said, _count(sentence, language))):
        yield Turned(what, told.literal[0][0])


def too_much_for_too_little(told: Translation) -> Iterator[tuple[str, str]]:
    """Hypokalaemia where the quotes in another language hold hyperkalaemia alone, or the reverse: both words."""
    # Hyperkaliémie and hyperkalaemia, hyperglycémie and hyperglycaemia begin alike.
    held = {
        (match[1].casefold(), folded(match[2])): match[0]
        for citation in told.segment.citations
        for match in _TOO_MUCH_OR_LITTLE.finditer(citation.quote)
    }
    for match in _TOO_MUCH_OR_LITTLE.finditer(told.segment.text):
        way, root = match[1].casefold(), folded(match[2])
        other = held.get(("o" if way == "er" else "er", root))
        if other and (way, root) not in held:
            yield match[0], other


def names_left_out(told: Translation) -> Iterator[str]:
    """A name that every sentence that the statement may translate holds and the statement does not."""
    segment = told.segment
    found = [set(left_out(segment.text, sentence, segment.language)) for sentence, _ in told.literal]
    if found:
        yield from sorted(set.intersection(*found))[:1]


def says_more(told: Translation) -> bool:
    """Whether a translation is longer than any that says what its quotes say and nothing else."""
    segment = told.segment
    quoted = sum(len(_WORD.findall(quote)) for quote in {citation.quote for citation in segment.citations})
    return quoted >= _A_SENTENCE and len(_WORD.findall(segment.text)) > quoted * _LONGEST[segment.language]


def _literal(text: str, language: str, sentence: str) -> bool:
    """Whether it has the length of the sentence's translation, and its figures."""
    french, english = (text, sentence) if language == "fr" else (sentence, text)
    times = len(_WORD.findall(french)) / max(1, len(_WORD.findall(english)))
    return _SHORTER <= times <= _LONGER and _figures(text) == _figures(sentence)


def _figures(text: str) -> list[str]:
    return sorted(_DIGITS.sub("", number) for number in _FIGURE.findall(text))


def _turned(said: _Count, quoted: _Count) -> str:
    """Empty where nothing is, or where a denial, a change and a limit may make up for each other."""
    turned = [
        name
        for name, holds in (
            ("denial", _denied(said, quoted) or _denied(quoted, said)),
            ("change", _other_way((said.more, said.less), (quoted.more, quoted.less))),
            ("limit", _other_way((said.at_least, said.at_most), (quoted.at_least, quoted.at_most))),
        )
        if holds
    ]
    if not turned:
        turned = ["time"] * _other_way(said.times, quoted.times) + ["doubt"] * (
            quoted.doubts > 0 and said.doubtful == 0
        )
        return turned[0] if turned else ""
    return turned[0] if len(turned) == 1 else ""


def _denied(one: _Count, other: _Count) -> bool:
    """Whether one side denies, once, and the other does not: not in other words, and two denials deny nothing."""
    return one.denials % 2 == 1 and other.denials == 0 and other.instead == one.instead


def _other_way(said: tuple[int, ...], quoted: tuple[int, ...]) -> bool:
    """Whether one thing in another's place, where both sides tell as many."""
    return sum(said) == sum(quoted) and said != quoted


@lru_cache(maxsize=2048)
def _count(text: str, language: str) -> _Count:
    plain = without_passed_over(text, language)
    plain, at_least, at_most = _limits(_ORDINAL.sub("N", plain), language)
    more, less = (len(_pattern(name, language).findall(plain)) for name in ("more", "less"))
    instead = len(_pattern("instead", language).findall(plain))
    denials = sum(_denials(clause, language) for clause in _CLAUSE.split(plain))
    before, after, during = (
        len(_pattern(name, language).findall(plain)) for name in ("before", "after", "during")
    )
    doubts, doubtful = (len(_pattern(name, language).findall(plain)) for name in ("doubt", "doubtful"))
    times = before, after, during
    return _Count(denials, instead, more, less, at_least, at_most, times, doubts, doubtful)


def without_passed_over(text: str, language: str) -> str:
    """The text with straight apostrophes and plain spaces, without the phrases in which a word to be counted counts nothing."""
    return _pattern("passed_over", language).sub(" ", re.sub(r"\s+", " ", text.replace("’", "'")))


def _denials(clause: str, language: str) -> int:
    found = len(_pattern("denial", language).findall(clause))
    return found or len(_pattern("alone", language).findall(clause))


def _limits(plain: str, language: str) -> tuple[str, int, int]:
    """The text without its limits, and how many there are of either kind."""
    plain, least = _pattern("at_least", language).subn(" ", plain)
    plain, most = _pattern("at_most", language).subn(" ", plain)
    return plain, least, most


@cache
def _pattern(name: str, language: str) -> re.Pattern[str]:
    words = table("translations.yaml")[name][language]
    return re.compile("|".join(words) if isinstance(words, list) else words, re.IGNORECASE)
