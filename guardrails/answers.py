"""Words that may say what a concept says: "lactose-free" for "no lactose". They answer a difference and make none."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from guardrails.markers import pattern_of
from guardrails.numbers.extract import extract
from guardrails.overlap import contents, speaks_of
from guardrails.tables import table

_STEM = 4
"""Letters by which one word is known in its other forms."""
_LEVEL = Decimal("0.05")
_CLAUSE = re.compile(r"[,;:()]")
_INSERTED = 2
_IN_CASE = re.compile(
    r"[^\w]*(?:(?:but|and|mais|et)\s+)?(?:if|when|where|should|in case|in the event|si|s'il|lorsqu|quand|en cas|dans le cas)\b",
    re.IGNORECASE,
)
Text = tuple[str, str]
"""A text and its language."""


@dataclass(frozen=True, slots=True)
class Object:
    """What a concept is said of, and within how many words of it, in one clause, an answer must stand; 0: anywhere."""

    words: frozenset[str] = frozenset()
    """As `contents` gives them."""
    reach: int = 0


ANYTHING = Object()


def answered(concept: str, by: Iterable[Text], beside: Sequence[Text], of: Object = ANYTHING) -> bool:
    """Whether a text of `by` says it in a word of its own, one that no text `beside` holds."""
    texts = list(by)
    if any(_found(concept, *text, always=True) for text in texts):
        return True
    words = frozenset[str]().union(*(answers_near(concept, text, of) for text in texts))
    letters = _STEM if concept == "negation" else None  # "stopped" is no answer to "do not stop"
    held = {word[:letters] for text in beside for word in _found(concept, *text)}
    return any(word[:letters] not in held for word in words)


def answers_near(concept: str, text: Text, of: Object) -> frozenset[str]:
    """The answering words that stand near the object; all of them where the text names it in other words."""
    words = _found(concept, *text)
    if not words or not of.reach or not of.words or not speaks_of(of.words, contents(text[0])):
        return words
    plain = text[0].replace("’", "'")
    found = set[str]()
    for match in _patterns()[concept, text[1], False].finditer(plain):
        clauses = _CLAUSE.split(plain[: match.start()])
        before = clauses[-1].split()[-of.reach :]
        if len(clauses) > 1 and _IN_CASE.match(clauses[-2]):  # "if the next is due, it is left out"
            before = [*clauses[-2].split(), *before]
        after = _behind(plain[match.end() :]).split()[: of.reach]
        if speaks_of(of.words, contents(" ".join([*before, match[0], *after]))):
            found.add(match[0].lower())
    return frozenset(found)


def _behind(rest: str) -> str:
    """The clause that follows a word; behind what is put in between where one begins at once: "only if, in this patient, …"."""
    clauses = _CLAUSE.split(rest)
    inserted = len(clauses) > _INSERTED and not clauses[0].strip()
    return clauses[_INSERTED] if inserted else clauses[0]


def answered_always(concept: str, text: Text) -> bool:
    """Whether the text holds a word that answers the concept whatever stands beside it: "p < 0.001" a significance."""
    return bool(_found(concept, *text, always=True))


def not_significant(texts: Iterable[Text]) -> bool:
    """Whether a text gives a p-value that says by itself that a difference is not significant."""
    return any(
        q.kind == "p_value" and q.value >= _LEVEL and q.comparator not in {"<", "≤"}
        for text, language in texts
        for q in extract(text, language)
    )


def inverse(said: Sequence[Text], quoted: Sequence[Text]) -> bool:
    """Whether one side speaks of survival and the other of deaths: more of the one is less of the other."""
    for at in range(len(table("wording.yaml")["inverse"])):
        one, other = (_sides(at, said), _sides(at, quoted))
        if any((one[s] - other[s]) and (other[1 - s] - one[1 - s]) for s in (0, 1)):
            return True
    return False


def _sides(at: int, texts: Sequence[Text]) -> tuple[frozenset[str], frozenset[str]]:
    found = [
        frozenset(m[0].lower() for text, _ in texts for m in pattern.finditer(text)) for pattern in _pair(at)
    ]
    return found[0], found[1]


@lru_cache(maxsize=8192)
def _found(concept: str, text: str, language: str, *, always: bool = False) -> frozenset[str]:
    pattern = _patterns().get((concept, language, always))
    plain = text.replace("’", "'")
    return frozenset(match[0].lower() for match in pattern.finditer(plain)) if pattern else frozenset()


@cache
def _patterns() -> Mapping[tuple[str, str, bool], re.Pattern[str]]:
    """By concept, language, and whether the words count even where the other side holds them too (written with "=")."""
    found: dict[tuple[str, str, bool], list[str]] = {}
    for concept, by_language in table("answers.yaml").items():
        for language, words in by_language.items():
            for word in words:
                key = (concept, language, word.startswith("="))
                found.setdefault(key, []).append(word.removeprefix("="))
    return {key: pattern_of(words) for key, words in found.items()}


@cache
def _pair(at: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    one, other = table("wording.yaml")["inverse"][at]
    return pattern_of(one), pattern_of(other)
