"""Quantities that are recognised as a phrase: dates, "type 2", "class II to IV", "twice daily", "one third", "doubled"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import cast

from guardrails.numbers.in_one import in_one, of_the_limit
from guardrails.numbers.model import Comparator, Quantity, QuantityKind
from guardrails.numbers.numerals import numeral, value_of_words
from guardrails.numbers.often import limited, often
from guardrails.numbers.patterns import (
    COMPARATOR_OF,
    HALVED,
    after_pattern,
    date_pattern,
    designator_names,
    designator_pattern,
    graded_pattern,
    half_more,
    phrases,
    time_with_article,
    unit_name,
    unit_pattern,
    units_table,
)

_NOT_A_FOLD = re.compile(r"[-\s]*(?:blind|masked|aveugle|insu|dummy|placebo|life|vie)", re.IGNORECASE)
_JOINT = re.compile(r"\s*(,|/|-|–|\bto\b|\band\b|\bor\b|à|\bet\b|\bou\b|&)\s*")
_EVERY_OTHER = re.compile(
    r"\b(?:every (?:other|second) (?P<unit>hour|day|week|month|year)|(?:fortnightly|every fortnight|once a fortnight)"
    r"|une? (?P<unite>jour|semaine|mois|an) sur deux|(?P<day>q\.?o\.?d)|(?P<year>bisannuel(?:le)?s?|biennial(?:ly)?))\b",
    re.IGNORECASE,
)
_LAST_MONTH, _LAST_DAY = 12, 31
_LIMITS = frozenset("≤≥<>")
_BY_A = re.compile(r"(?:d['’]un|by an?)\s$", re.IGNORECASE)
_BEHIND = 48
"""Characters behind a grade in which what limits it stands."""


def named(text: str, language: str) -> Iterator[Quantity]:
    """All quantities that stand as a phrase, each phrase once."""
    finders: tuple[Callable[[str, str], Iterator[Quantity]], ...] = (
        _dates,
        _frequencies,
        often,
        _every_other,
        in_one,
        _durations,
        _and_a_half,
        _shares,
        _folds,
        _graded,
        _designators,
    )
    taken: list[tuple[int, int]] = []
    for finder in finders:
        found = list(finder(text, language))
        free = [q for q in found if not any(q.start < end and start < q.end for start, end in taken)]
        taken += [(q.start, q.end) for q in free]
        yield from free


def _dates(text: str, _language: str) -> Iterator[Quantity]:
    months: dict[str, int] = units_table()["months"]
    for match in date_pattern().finditer(text):
        group = match.groupdict()
        if group["iso"]:
            year, month, day = (int(part) for part in group["iso"].split("-"))
        elif group["slashed"]:
            day, month, year = (int(part) for part in re.split(r"[/.-]", group["slashed"]))
            if month > _LAST_MONTH:
                day, month = month, day
        else:
            name = next(group[m] for m in ("m1", "m2", "m3") if group[m])
            if name == "may" and not (group["y1"] or group["y3"]):
                continue  # "adolescents from 12 may receive it"
            month = months[name.lower().rstrip(".")]
            day = int(group["d1"] or group["d2"] or 0)
            year = int(group["y1"] or group["y2"] or group["y3"] or 0)
        if 1 <= month <= _LAST_MONTH and day <= _LAST_DAY:
            yield _quantity(match, Decimal(year * 10000 + month * 100 + day), "date", "date")


def _frequencies(text: str, language: str) -> Iterator[Quantity]:
    known: dict[str, tuple[int, str]] = units_table()["frequencies"][language]
    for match in phrases("frequencies", language).finditer(text):
        times, per = known[_key(match)]
        yield limited(_quantity(match, Decimal(times), f"/{per}", "frequency"), text)


def _durations(text: str, language: str) -> Iterator[Quantity]:
    known: dict[str, tuple[int, str]] = units_table()["durations"][language]
    for match in phrases("durations", language).finditer(text):
        length, unit = known[_key(match)]
        yield _quantity(match, Decimal(length), unit, "number")


def _and_a_half(text: str, language: str) -> Iterator[Quantity]:
    """A day and a half, deux ans et demi, deux fois et demie."""
    for match in half_more(language).finditer(text):
        number = match["number"].lower()
        whole = Decimal(1) if number in {"a", "an"} else value_of_words(number, language)
        unit = unit_name(match["unit"] or match["units"])
        if unit in HALVED:
            found = _quantity(match, whole + Decimal("0.5"), unit, "number")
            yield of_the_limit(found, text) if unit == "fold" else found


def _every_other(text: str, _language: str) -> Iterator[Quantity]:
    """Every second week, une semaine sur deux: every 2 weeks."""
    for match in _EVERY_OTHER.finditer(text):
        named_so = next((name for name in ("day", "year") if match[name]), "week")
        unit = unit_name(match["unit"] or match["unite"] or named_so)
        if unit:
            yield replace(_quantity(match, Decimal(2), unit, "number"), comparator="every")


def articled(text: str, language: str) -> Iterator[Quantity]:
    """One hour as "the hour" or "an hour". Weak: it answers to "60 minutes" and is not asked for by itself."""
    for match in time_with_article(language).finditer(text):
        if unit := unit_name(match["unit"]):
            yield replace(_quantity(match, Decimal(1), unit, "number"), weak=True)


def rhythms(text: str, language: str) -> Iterator[Quantity]:
    """Once a month as "every month" and "monthly". Weak, for they more often go with a number of their own."""
    known: dict[str, tuple[int, str]] = units_table()["rhythms"][language]
    for match in phrases("rhythms", language).finditer(text):
        times, per = known[_key(match)]
        yield replace(_quantity(match, Decimal(times), f"/{per}", "frequency"), weak=True)


def _shares(text: str, language: str) -> Iterator[Quantity]:
    known: dict[str, tuple[int, int]] = units_table()["shares"][language]
    for match in phrases("shares", language).finditer(text):
        if not _NOT_A_FOLD.match(text, match.end()):
            part, whole = known[_key(match)]
            yield _quantity(match, Decimal(part), "", "fraction", Decimal(whole))


def _folds(text: str, language: str) -> Iterator[Quantity]:
    known: dict[str, int] = units_table()["folds"][language]
    for match in phrases("folds", language).finditer(text):
        if not _NOT_A_FOLD.match(text, match.end()):
            yield _quantity(match, Decimal(known[_key(match)]), "fold", "number")


def _graded(text: str, _language: str) -> Iterator[Quantity]:
    """Grades and stages with the limit that is set before or behind them."""
    for match in graded_pattern().finditer(text):
        symbol = next((s for group, s in COMPARATOR_OF.items() if match.groupdict().get(group)), "")
        end = match.end()
        behind = None if symbol else after_pattern().match(text[end : end + _BEHIND])
        if behind:
            symbol, end = COMPARATOR_OF[str(behind.lastgroup)], end + behind.end()
        if symbol in _LIMITS:
            word = designator_names()[match["word"].lower()]
            yield Quantity(
                numeral(match["list"]), word, cast("Comparator", symbol), "designator", text[match.start() : end],
                match.start(), end,
            )  # fmt: skip


def _designators(text: str, _language: str) -> Iterator[Quantity]:
    for match in designator_pattern().finditer(text):
        word = designator_names()[match["word"].lower()]
        if _measures(word, match, text):
            continue
        word = "class" if word == "nyha" else word
        parts = _JOINT.split(match["list"])
        values, joints = [numeral(part) for part in parts[0::2]], parts[1::2]
        at = 0
        while at < len(values):
            ranged = at < len(joints) and joints[at] in {"-", "–", "to", "à"}
            upper = values[at + 1] if ranged else None
            yield _quantity(match, values[at], word, "designator", upper)
            at += 2 if ranged else 1


def _measures(word: str, match: re.Match[str], text: str) -> bool:
    """Whether it names nothing: a level of so many mmol/L, "d'un facteur 2"."""
    if word == "level":
        return bool(unit_pattern().match(text, match.end()))
    return word == "factor" and _BY_A.search(text, 0, match.start()) is not None


def _key(match: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", match[0]).lower().replace("’", "'")


def _quantity(
    match: re.Match[str], value: Decimal, unit: str, kind: QuantityKind, upper: Decimal | None = None
) -> Quantity:
    return Quantity(value, unit, "", kind, match[0], match.start(), match.end(), upper)
