"""What an indication limits in figures with their units, the time since the onset and the age, and what lies beyond.

Read where both sides are plain. Words without a figure ("first-line", "severe", "elderly") are not judged.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.engines.denied import is_denied

Kind = Literal["time", "age"]
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "eighteen": 18, "twenty-four": 24,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "huit": 8, "neuf": 9, "dix": 10, "douze": 12, "dix-huit": 18, "vingt-quatre": 24,
}  # fmt: skip
_HOURS = {"min": 1 / 60, "h": 1.0, "d": 24.0, "j": 24.0, "w": 168.0, "s": 168.0}
"""By the first letters of a unit of time; months and years are no time since an onset."""
_N = rf"(\d+(?:[.,]\d+)?|{'|'.join(_NUMBERS)})"
_TIME = r"(min(?:ute)?s?|h(?:ou)?rs?|h|heures?|days?|jours?|weeks?|semaines?)"
_ONSET = r"\b(?:onset|symptoms?|symptômes?|début|apparition|survenue|stroke|attack|exposure|exposition|AVC|infarctus|infarction)\b"
_TO = r"\s?(?:to|and|et|à|[-–])\s?"
_WITHIN = re.compile(
    rf"\b(?:within|no later than|up to|less than|dans les|au plus tard|jusqu[’']à|moins de)(?: the)?(?: first)? {_N}(?: premières)?[ -]?{_TIME}\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"\b(?:later than|more than|beyond|over|longer than|au-delà d(?:e|es)|plus de|après plus de) {_N}[ -]?{_TIME}\b|[>≥] ?{_N} ?{_TIME}\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"\b{_N}(?: {_TIME})?{_TO}{_N}[ -]?{_TIME}\b", re.IGNORECASE)
_TREATED = re.compile(
    r"\b(?:(?:treat|trait[eé]|given|administ|start|initiat|instaur|début|commenc|thrombolys|enrol)\w*|randomi[sz](?:ed|ée?s?)|included|inclu(?:s|ses?)|present(?:ing|ed|ers?)|présent(?:ant|és?|ées?)"
    r"|receiv(?:ed|ing)|reçu(?:e?s)?|recevant|pris en charge)\b(?![^.;,]*\b(?:for|during|follow\w*|suivi\w*|pendant|durant|patients?|continued|poursuivi\w*|surviv\w*|died|bled)\b)[^.;,]{0,15}$",
    re.IGNORECASE,
)
"""That the time right after it is that of the treatment: an event, a follow-up, another medicine may come at any time."""
_AFTER = re.compile(
    rf"\b{_N}[ -]?{_TIME} (?:after|from|following|post|après|suivant|qui suivent)\b", re.IGNORECASE
)
_FOLLOW_UP = 8
"""From so many times the limit on, a bare time after the onset is that of an outcome: “treated with it 30 days after infarction”."""
_WORKS = re.compile(
    rf"\b(?:benefi\w+|bénéfi\w+|effective|efficac\w+)\b[^.;,]{{0,40}}\b(?:up to|until|beyond|jusqu[’']à|au-delà d(?:e|es)) {_N}[ -]?{_TIME}\b",
    re.IGNORECASE,
)
"""How late a treatment still works."""
_BEFORE = 40
"""Characters before a time in which that is looked for."""
_NEAR = 60
"""Characters within which a time and what it is counted from stand."""
_YEARS = r"(?:years?|ans)"
_FROM_AGE = re.compile(
    rf"\b(?:aged?|from|over|above|âgée?s? de|à partir de|dès(?: l[’']âge de)?)(?: (?:at least|plus de))? {_N} {_YEARS}(?: of age)?(?: (?:and|or|et|ou) (?:older|above|over|plus|more))?",
    re.IGNORECASE,
)
_OLD = r"(?:of age|old|d[’']âge)"
_WHO = r"(?:children|adolescents|infants|adults|enfants|nourrissons|adultes)"
_AGES = re.compile(
    rf"(?:\b(?:aged?|ages|âgée?s? (?:de|entre))(?: (?:from|between))?|\b{_WHO}(?: (?:of|from|between|de))?) {_N}(?: {_YEARS})?{_TO}{_N} {_YEARS}\b"
    rf"|\b(?:from|between|de|entre) {_N}(?: {_YEARS})?{_TO}{_N} {_YEARS} {_OLD}\b",
    re.IGNORECASE,
)
_YOUNGER = re.compile(
    rf"(?:\b(?:younger than|aged (?:under|below|less than)|âgée?s? de moins de)|\b{_WHO} (?:under|below|de moins de)) {_N} {_YEARS}\b"
    rf"|\b(?:under|below|less than|moins de) {_N} {_YEARS} {_OLD}\b",
    re.IGNORECASE,
)
_OLDER = re.compile(
    rf"\b(?:older than|aged (?:over|above)|âgée?s? de plus de) {_N} {_YEARS}\b|\b(?:over|above|plus de) {_N} {_YEARS} {_OLD}\b",
    re.IGNORECASE,
)
_ADULTS = re.compile(r"\b(?:adults?|adultes?)\b", re.IGNORECASE)
_GROWN = 18.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What an indication names in figures; None where it names none."""

    hours: float | None = None
    """Since the onset of what is treated."""
    youngest: float | None = None
    oldest: float | None = None
    """Years of age."""

    def passed_by(self, text: str) -> Kind | None:
        """Which of them a sentence tells to be passed; None where it is not plain."""
        later = self.hours is not None and _is_later(text, self.hours)
        if not (later or self._is_of_another_age(text)) or is_denied(text):
            return None
        return "time" if later else "age"

    def _is_of_another_age(self, text: str) -> bool:
        ranges = _ranges(text)
        below = [_value(m[1] or m[2]) for m in _YOUNGER.finditer(text)]
        above = [_value(m[1] or m[2]) for m in _OLDER.finditer(text)]
        too_young = self.youngest is not None and (
            any(high < self.youngest for _, high in ranges) or any(age <= self.youngest for age in below)
        )
        too_old = self.oldest is not None and (
            any(low > self.oldest for low, _ in ranges) or any(age >= self.oldest for age in above)
        )
        return (too_young or too_old) and not self._names_whom_it_is_for(ranges)

    def _names_whom_it_is_for(self, ranges: Iterable[tuple[float, float]]) -> bool:
        low, high = self.youngest or 0.0, self.oldest or 200.0
        return any(one <= high and other >= low for one, other in ranges)


def limits_of(indications: Iterable[str]) -> Limits:
    """The widest limits that a label's indications name: a figure counts where each of them has one."""
    told = [_of_one(text) for text in indications]
    if not told:
        return Limits()
    hours = [one.hours for one in told if one.hours is not None]
    young = [one.youngest for one in told if one.youngest is not None]
    old = [one.oldest for one in told if one.oldest is not None]
    every = len(told)
    return Limits(
        max(hours) if len(hours) == every else None,
        min(young) if len(young) == every else None,
        max(old) if len(old) == every else None,
    )


def _of_one(text: str) -> Limits:
    hours = [_in_hours(m[1], m[2]) for m in _WITHIN.finditer(text) if _near_an_onset(text, m)]
    ranges = _ranges(text)
    lows = [low for low, _ in ranges] or [_value(m[1]) for m in _FROM_AGE.finditer(text)]
    if not lows and _ADULTS.search(text):
        lows = [_GROWN]
    young = re.search(
        r"\b(?:child|infant|neonat|p(?:a)?ediatric|adolescen|enfant|nourrisson|pédiatri)", text, re.IGNORECASE
    )
    if young and not (ranges or _FROM_AGE.search(text)):
        lows = []
    highs = [] if _ADULTS.search(text) else [high for _, high in ranges]
    return Limits(max(hours, default=None), min(lows, default=None), max(highs, default=None))


def _ranges(text: str) -> list[tuple[float, float]]:
    """Ages from and to, in years."""
    return [(_value(m[1] or m[3]), _value(m[2] or m[4])) for m in _AGES.finditer(text)]


def _is_later(text: str, limit: float) -> bool:
    later = [
        _in_hours(m[1] or m[3], m[2] or m[4]) for m in _LATER.finditer(text) if _is_of_treatment(text, m)
    ]
    starts = [_in_hours(m[1], m[2] or m[4]) for m in _BETWEEN.finditer(text) if _is_of_treatment(text, m)]
    within = [m for m in _WITHIN.finditer(text) if _near_an_onset(text, m)]
    after = [_in_hours(m[1], m[2]) for m in _AFTER.finditer(text) if _is_of_treatment(text, m)]
    works = [_in_hours(m[1], m[2]) for m in _WORKS.finditer(text) if _near_an_onset(text, m)]
    beyond = (
        any(hours >= limit for hours in [*later, *starts])
        or any(_in_hours(m[1], m[2]) > limit for m in within if _is_of_treatment(text, m))
        or any(limit < hours <= _FOLLOW_UP * limit for hours in [*after, *works])
    )
    return beyond and not any(_in_hours(m[1], m[2]) <= limit for m in within)


def _is_of_treatment(text: str, match: re.Match[str]) -> bool:
    """Whether it says when the treatment came after the onset."""
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    return _TREATED.search(before) is not None and _near_an_onset(text, match)


def _near_an_onset(text: str, match: re.Match[str]) -> bool:
    return (
        re.search(_ONSET, text[max(0, match.start() - _NEAR) : match.end() + _NEAR], re.IGNORECASE)
        is not None
    )


def _in_hours(number: str, unit: str) -> float:
    unit = unit.lower()
    return _value(number) * (_HOURS["min"] if unit.startswith("min") else _HOURS[unit[0]])


def _value(number: str) -> float:
    return float(_NUMBERS.get(number.lower(), 0) or number.replace(",", "."))
