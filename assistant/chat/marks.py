"""Marks of time and of age, written out as the documents' texts do: “à S24” is read as “à semaine 24”, “8 yr old” as “8 years old”."""

import re
from collections.abc import Iterable, Mapping

from guardrails.model import Language

_UNITS: Mapping[str, Mapping[Language, str]] = {
    "s": {"fr": "semaine", "en": "week"},
    "w": {"fr": "semaine", "en": "week"},
    "m": {"fr": "mois", "en": "month"},
    "j": {"fr": "jour", "en": "day"},
    "d": {"fr": "jour", "en": "day"},
}
_MARK = re.compile(
    r"(?P<after>(?:^|(?<=\s))(?:à|a|dès|de|vers|jusqu['’]à|at|by|from|until|on|to|et|and) )?\b(?P<unit>[SWMJD]|wk|sem) ?(?P<n>\d{1,3})\b(?! ?(?:receptors?|récepteurs?|recepteurs?|(?:ant)?agonist|mg|g\b|ml|%))",
    re.IGNORECASE,
)
_AND = frozenset({"et", "and"})
_ALONE = 10
"""From this number on a mark without “at” is one: S1 is a heart sound, D2 a receptor, M1 a stage."""
_OLD: Mapping[Language, str] = {"fr": "ans", "en": "years old"}
_AGE = re.compile(
    r"(?<![\w.,/])(?<![a-zA-Z]-)(?P<n>\d{1,3})(?:[- ]?(?:y\.?o\b\.?|y/o\b|y(?:ea)?rs?[- ]?olds?\b|y[- ]?olds?\b)"
    r"| ?y\b(?=,? ?(?:\d+(?:[.,]\d+)? ?kg\b|(?:girl|boy|child|kid|male|female|man|woman|[mf])\b)))",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    r"\b(?P<who>(?:pts?|patient|child|kid|boy|girl|male|female|man|woman|son|daughter|aged)[ ,]{1,2}(?:is |of )?)(?P<n>\d{1,3}) ?y\b(?![-/])"
    r"|^(?P<first>\d{1,3}) ?y(?= w(?:/|\b))",
    re.IGNORECASE,
)
"""Somebody's age, and no stretch of time: “5y survival”."""
_YEARS = re.compile(r"(?<![\w.,/])(\d{1,2}) ?(?:y|yrs?)\b(?!/)", re.IGNORECASE)


_MONTHS = re.compile(r"(?<![\w.,/])(\d{1,2}) ?mn?ths?\b(?![- ]?olds?\b)", re.IGNORECASE)


def marks_written_out(question: str, language: Language, texts: Iterable[str]) -> str:
    """The question with its ages written out, and its marks of time but for those that the documents have themselves."""
    question = _AGE.sub(rf"\g<n> {_OLD[language]}", question)
    question = _OF_SOMEBODY.sub(
        lambda m: f"{m['who'] or ''}{m['n'] or m['first']} {_OLD[language]}", question
    )
    if language == "en":
        question = _MONTHS.sub(r"\1 months", _YEARS.sub(r"\1 years", question))
    found = list(_MARK.finditer(question))
    if not found:
        return question
    own = _times(found)
    kept = {mark for text in texts for m in own if re.search(rf"\b{re.escape(mark := _mark(m))}\b", text)}
    for match in reversed(own):
        if _mark(match) not in kept:
            word = _UNITS[match["unit"][0].lower()][language]
            question = f"{question[: match.start('unit')]}{word} {match['n']}{question[match.end() :]}"
    return question


def _mark(match: re.Match[str]) -> str:
    return match[0][match.start("unit") - match.start() :]


def _times(found: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """Those that are; after “and” what follows another one, “at W4 and W12”: in “calcium and D3” it is a vitamin."""
    own: list[re.Match[str]] = []
    for match in found:
        led = bool(match["after"])
        if led and match["after"].strip().lower() in _AND:
            led = bool(own) and match.start() - own[-1].end() == 1
        if _is_time(match, led=led):
            own.append(match)
    return own


def _is_time(match: re.Match[str], *, led: bool) -> bool:
    """After “at” any but the first; alone a later one, and no vitamin's or a stage's name."""
    number = int(match["n"])
    if match["unit"].lower() in {"wk", "sem"}:
        return True
    if led:
        return number > 1
    return number >= _ALONE and match["unit"].upper() in {"S", "W", "J", "M"} and match["unit"].isupper()
