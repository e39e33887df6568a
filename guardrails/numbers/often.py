"""How often: "2 times a day", "b.i.d.", "in three divided doses daily", "q4w", "every third week", "deux prises quotidiennes"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from guardrails.numbers.limits import LOOK_BEHIND, limit_before, limit_behind
from guardrails.numbers.model import Quantity
from guardrails.numbers.numerals import value_of_words
from guardrails.numbers.patterns import ONES, alternatives, unit_name, units_table

_LATIN = re.compile(
    r"(?<![\w.-])(?:(?P<two>b\.\s?i\.\s?d\.?|bid)|(?P<three>t\.\s?(?:i\.\s?d|d\.\s?s)\.?|tid|tds)|(?P<four>q\.\s?i\.\s?d\.?|qid|qds)|"
    r"(?P<one>q\.\s?d\.|qd))(?![\w-])",
    re.IGNORECASE,
)
"""Of a day, as prescriptions say it."""
_OF_LATIN = {"one": 1, "two": 2, "three": 3, "four": 4}
_QUAQUE = re.compile(r"(?<![\w-])q\s?(?P<number>\d{1,2})\s?(?P<unit>h|d|w|wk|wks|m|mo)(?!\w)", re.IGNORECASE)
_OF_QUAQUE = {"h": "hour", "d": "day", "w": "week", "m": "month"}
_ALTERNATE = re.compile(r"\bon alternate (?P<unit>days|weeks|months)\b", re.IGNORECASE)
_HYPHENED = re.compile(
    r"(?<![\w-])(?P<number>\d{1,2}|two|three|four|six|eight|twelve)-(?P<unit>hourly|weekly|monthly)\b",
    re.IGNORECASE,
)
_NTH = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_EVERY_NTH = re.compile(
    rf"\bevery (?:(?P<nth>{'|'.join(_NTH)})|(?P<number>\d{{1,2}})(?:st|nd|rd|th)) (?P<unit>hour|day|week|month|year)\b",
    re.IGNORECASE,
)
_ONE_OF = re.compile(
    r"\b(?:une?|1) (?P<unit>jour|semaine|mois|an) sur (?P<number>\d{1,2}|trois|quatre|cinq|six|huit)\b",
    re.IGNORECASE,
)
_PER = {
    "en": r"(?:\s+(?:an?|per|each|every|in a)\s+|\s?/\s?)(?P<unit>24 ?h(?:ours)?|day|d|week|wk|month|quarter|year)",
    "fr": r"(?:\s+(?:par|chaque|tous les|toutes les)\s+|\s?/\s?)(?P<unit>24 ?h(?:eures)?|jours?|j|semaines?|mois|trimestre|semestre|ans?)",
}
_ADVERBS = {
    "en": r"(?:\s+|-)(?P<adverb>daily|weekly|monthly|yearly|annually)",
    "fr": r"\s+(?P<adverb>quotidienne(?:s|ment)|journalières)",
}
_OF_ADVERB = {"dai": "day", "quo": "day", "jou": "day", "wee": "week", "mon": "month", "yea": "year", "ann": "year"}  # fmt: skip
_OF_YEAR = {"quarter": 4, "trimestre": 4, "semestre": 2}
_BESIDE = re.compile(r"\b(?:over|under|above|below|superior|inferior)\b", re.IGNORECASE)
"""Superior to once-daily dosing: another medicine's, and no limit."""
_BARE = {"once": 1, "twice": 2, "thrice": 3}
_DOSES = {
    "en": r"(?:(?:equal(?:ly)?|divided|separate|single|individual)\s+)*(?:doses|intakes|administrations|injections?|infusions?|applications?)",
    "fr": r"(?:prises|administrations?|injections?|perfusions?|applications?)(?:\s+(?:égales|séparées|distinctes))?",
}


def often(text: str, language: str) -> Iterator[Quantity]:
    """All that tells how often, of a day, week, month or year, with its limit; one of "every N" where it names the time between."""
    for quantity in _counts(text, language):
        yield limited(quantity, text)
    yield from _every(text, language)


def limited(quantity: Quantity, text: str) -> Quantity:
    """The rhythm with its limit: "no more than 3 doses daily", "at least twice daily"."""
    window = max(0, quantity.start - LOOK_BEHIND)
    comparator, start = limit_before(text, window, quantity.start, quantity.unit, quantity.end)
    end = quantity.end
    if not comparator:
        comparator, end, _ = limit_behind(text, end, quantity.unit, weak=False, only_near=False)
    if not comparator or comparator == "every" or _BESIDE.search(text, start, quantity.start):
        return quantity
    return replace(quantity, comparator=comparator, text=text[start:end], start=start, end=end)


def _counts(text: str, language: str) -> Iterator[Quantity]:
    for match in _LATIN.finditer(text):
        yield _times(match, Decimal(_OF_LATIN[str(match.lastgroup)]), "day")
    for match in _counted(language).finditer(text):
        number = (
            _BARE[match["bare"].lower()]
            if match["bare"]
            else _value(match["number"] or match["doses"], language)
        )
        many, unit = _of(match)
        yield _times(match, Decimal(number) * many, unit)


def _every(text: str, language: str) -> Iterator[Quantity]:
    if language == "fr":
        for match in _ONE_OF.finditer(text):
            yield _apart(match, _value(match["number"], language), unit_name(match["unit"]) or "")
    for match in _QUAQUE.finditer(text):
        yield _apart(match, Decimal(match["number"]), _OF_QUAQUE[match["unit"][0].lower()])
    for match in _ALTERNATE.finditer(text):
        yield _apart(match, Decimal(2), unit_name(match["unit"]) or "")
    for match in _HYPHENED.finditer(text):
        yield _apart(match, _value(match["number"], language), match["unit"].lower().removesuffix("ly"))
    for match in _EVERY_NTH.finditer(text):
        nth = _NTH.index(match["nth"].lower()) + 3 if match["nth"] else int(match["number"])
        yield _apart(match, Decimal(nth), match["unit"].lower())


@cache
def _counted(language: str) -> re.Pattern[str]:
    """A count of times, doses or takings, and what they are of."""
    words = alternatives([*units_table()["words"][language], *ONES[language]])
    number = rf"(?P<number>\d{{1,2}}|{words})"
    named = rf"\s+(?:seules?\s+)?(?:fois|times?|prises?|{_DOSES[language]})"
    daily = r"(?:\s+(?:equal|divided|separate))*\s+daily\s+(?:doses|intakes|administrations)"
    adverbs = r"(?P<bare>once|twice|thrice)|" if language == "en" else "(?P<bare>(?!))|"
    per = rf"(?:{_PER[language]}|{_ADVERBS[language]}(?!\s+(?:dose|dosing)\b))"
    return re.compile(
        rf"(?<![\w,.-])(?:(?:{adverbs}{number}(?:{named}|\s?[x×])){per}|{number.replace('number', 'doses')}{daily})(?!\w)",
        re.IGNORECASE,
    )


def _value(written: str, language: str) -> Decimal:
    return Decimal(written) if written.isdigit() else value_of_words(written, language)


def _of(match: re.Match[str]) -> tuple[int, str]:
    """By what the count is multiplied, and the period: twice a quarter are eight times a year."""
    if adverb := match["adverb"]:
        return 1, _OF_ADVERB[adverb[:3].lower()]
    unit = (match["unit"] or "day").lower()
    if many := _OF_YEAR.get(unit):
        return many, "year"
    return 1, "day" if unit.startswith("24") else unit_name(unit) or ""


def _times(match: re.Match[str], number: Decimal, per: str) -> Quantity:
    return Quantity(number, f"/{per}", "", "frequency", match[0], match.start(), match.end())


def _apart(match: re.Match[str], number: Decimal, unit: str) -> Quantity:
    found = Quantity(number, unit, "", "number", match[0], match.start(), match.end())
    return replace(found, comparator="every")
