"""Whether a sentence names the very thing that a question is narrowed to: what it tells of everybody is no answer on that."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from assistant.chat.wording import flat
from guardrails.names import looks_like_medicine

_FIGURE = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)?)[\s-]?([a-z]+)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST, _ENDING, _LEAST = 3, 3, 6
"""Letters of a word that names, those that may differ at its end, and those that may not."""
_OF_AGE = re.compile(r"\b(?:old|yo|ans)\b")
_LASTS = "".join(
    rf"(?<!\b{word} )"
    for word in (
        "for",
        "during",
        "after",
        "within",
        "every",
        "pendant",
        "durant",
        "apres",
        "sur",
        "pour",
        "tous les",
        "dans les",
    )
)
"""Before a figure of years that is no age: how long it was treated or followed."""
_PER = r"(?!\w|\s?/\s?(?:kg|m2))"
"""Behind a unit: 5 mg/kg is not 5 mg."""


def units_of(text: str) -> frozenset[str]:
    """The units of the figures of a text, one name for a year in either language."""
    return frozenset(_unit(match[2]) for match in _FIGURE.finditer(flat(text)))


def names(sentence: str, thing: str) -> bool:
    """Whether the sentence says `thing`: its figure with its unit, else all its words but those of anybody ("people")."""
    told, asked = flat(sentence), flat(thing)
    if number := _NUMBER.search(asked):
        return re.search(_figure(number[0], asked), told) is not None
    for organ, ill in _organs():
        if organ.search(asked):
            return any(_of_whom(told, match) for pattern in ill for match in pattern.finditer(told))
    for group in _groups():
        if group.search(asked):
            return group.search(told) is not None
    words = [word for word in _WORD.findall(asked) if len(word) >= _SHORTEST and word not in _anybody()]
    return bool(words) and all(re.search(rf"(?<!\w){_said(word)}", told) for word in words)


def _of_whom(told: str, ill: re.Match[str]) -> bool:
    """Whether an organ's disease is that of the people the sentence speaks of, and not one that happened to some of them."""
    before, behind = _happened()
    return not (before.search(told[: ill.start()]) or behind.search(told[ill.end() :]))


def is_subject(sentence: str, medicine: str) -> bool:
    """Whether it says something of the medicine that is not said only of another one, compared with it."""
    told = flat(sentence)
    found = list(re.finditer(rf"(?<!\w){_said(flat(medicine))}", told))
    return not found or any(not _beside().search(told[: match.start()]) for match in found)


def of_degree(sentence: str, question: str) -> bool:
    """Whether what it says of mild, moderate and severe holds for what is asked: it says none, or one that is asked for."""
    asked, told = _degrees(question), _degrees(sentence)
    return not asked or not told or not asked.isdisjoint(told)


def _degrees(text: str) -> frozenset[str]:
    said = flat(text)
    return frozenset(name for name, pattern in _of_degree().items() if pattern.search(said))


def _figure(number: str, asked: str) -> str:
    unit = _WORD.search(asked)
    value = re.sub(r"[.,]", "[.,]", number)
    if unit is None:
        return rf"(?<![\w.,]){value}(?!\w|[.,]\d)"
    word = r"(?:years?|yrs?|yo|y\.o|ans?)" if _unit(unit[0]) == "year" else f"{unit[0].removesuffix('s')}s?"
    lasts = _LASTS if _OF_AGE.search(asked) else ""
    return rf"{lasts}(?<![\w.,]){value}[\s-]?{word}{_PER}|(?<!\w){word}\s?{value}(?!\w|[.,]\d)"


def _unit(word: str) -> str:
    plain = word.removesuffix("s")
    return "year" if plain in {"year", "yr", "yo", "an"} else plain


def _said(word: str) -> str:
    """The word by its beginning; a medicine's name to its end, but for what the other language adds: prednisolone is not prednisone."""
    if looks_like_medicine(word):
        return rf"{re.escape(word.removesuffix('s').removesuffix('e'))}e?s?(?!\w)"
    return _beginning(word)


def _beginning(word: str) -> str:
    one = word.removesuffix("s")
    return one[: max(_LEAST, len(one) - _ENDING)]


@cache
def _groups() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w)(?:{pattern})") for pattern in _rows()["same"])


@cache
def _organs() -> tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (
            re.compile(rf"(?<!\w)(?:{row['asked']})"),
            tuple(re.compile(rf"(?<!\w)(?:{pattern})\w*") for pattern in row["said"]),
        )
        for row in _rows()["organs"]
    )


@cache
def _happened() -> tuple[re.Pattern[str], re.Pattern[str]]:
    around = _rows()["happened"]
    return re.compile(rf"\b(?:{around['before']})"), re.compile(around["behind"])


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_rows()['beside']}")


@cache
def _of_degree() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for name, pattern in _rows()["degrees"].items()}


@cache
def asks_only(stem: str) -> bool:
    """Whether a stem of a question only asks ("rate", "allowed"), so that an answer need not repeat it."""
    return stem.startswith(tuple(str(word) for word in _rows()["asks"]))


@cache
def _anybody() -> frozenset[str]:
    return frozenset(str(word) for word in _rows()["anybody"])


@cache
def _rows() -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "naming.yaml").read_text("utf-8"))
    return found
