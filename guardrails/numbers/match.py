"""Does every quantity of a statement stand in its quotes?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from guardrails.numbers.bound_to import of_another
from guardrails.numbers.changed import turned
from guardrails.numbers.extract import extract
from guardrails.numbers.forms import forms
from guardrails.numbers.held import (
    BARE,
    CYCLE,
    LABEL,
    OUT_OF,
    at_intervals,
    before,
    falls_by,
    held_in,
    hinted,
    in_fifteen_days,
    lasting,
    of_a_day,
)
from guardrails.numbers.in_words import ROUGHLY_IN_WORDS, barely_told, in_words, limited_in_words
from guardrails.numbers.model import Quantity
from guardrails.numbers.paces import said_both_ways
from guardrails.numbers.patterns import TIME_UNITS, unit_name
from ingestion.text import find_quote

_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_STOPS = ".!?…"
_ROUGHLY = Decimal("0.05")
"""How far "about" may be from the number."""
_UP_TO = re.compile(r"up to|jusqu['’][àa]", re.IGNORECASE)
_RISES = re.compile(
    r"\b(?:go(?:es|ing)?|went|r(?:ise|ises|ose|aised)|increas\w+|titrat\w+|mov(?:e|es|ed|ing)|brought|step\w*|augment\w+|port[ée]\w*|mont\w+|"
    r"pass\w+)\s+$",
    re.IGNORECASE,
)
"""A dose that goes up to 5 mg reaches it."""
_FROM_THE_FIRST = re.compile(
    r"\b(?P<unit>weeks?|days?|months?|semaines?|jours?|mois)\s+(?:0|1)\s*(?:to|through|until|[-–]|à)\s*(?P<last>\d{1,3})\b",
    re.IGNORECASE,
)
_AGE_OF = re.compile(r"\b(?:age|âge)\b[^.;,:()\d]{0,24}$", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:every|tous les|toutes les)\s+$", re.IGNORECASE)
_DEADLINE = re.compile(r"(?:no|not) later than|at the latest|au plus tard", re.IGNORECASE)
_BEFORE_IT = re.compile(r"\s*(?:at the latest\s+)?(?:before|prior to|ahead of|avant)\b", re.IGNORECASE)
_WIDEST = 24
"""Characters on either side of its number in which all of it stands."""
_ARM = re.compile(r"\s*\b(?:on|with|under|sous|avec)\b")


@dataclass(frozen=True, slots=True)
class Missing:
    """A quantity of the statement that no quote holds, and the quantities of the quotes that come nearest."""

    quantity: Quantity
    near: tuple[Quantity, ...]
    """Same value with another unit or comparator, or the same unit with another value."""


def missing(statement: str, language: str, quotes: Iterable[tuple[str, str]]) -> list[Missing]:
    """The quantities of `statement` that stand in none of the `quotes`, pairs of text and language.

    A quantity stands when value, unit, comparator and kind (p-value, range, date …) are the same.
    A statement that is one or several whole sentences of a quote, word for word, misses nothing.
    """
    pairs = list(quotes)
    if any(_is_whole(statement, quote) for quote, _ in pairs):
        return []
    pool = held_in(pairs)
    return [
        Missing(quantity, _near(quantity, pool))
        for quantity in extract(statement, language, ones=True)
        if _is_missing(quantity, statement, language, pairs, pool)
    ]


def _is_missing(
    quantity: Quantity,
    statement: str,
    language: str,
    quotes: Sequence[tuple[str, str]],
    pool: Sequence[Quantity],
) -> bool:
    """Whether the quotes give it to something else, or do not hold it; what is weak is asked for only with a limit."""
    if of_another(quantity, statement, language, quotes):
        return True
    if quantity.weak and not quantity.comparator:
        return False
    if _told_turned(quantity, statement, quotes):
        return True
    forms_told = _told(quantity, statement, language)
    held = any(_stands(form, other) for form in forms_told for other in pool)
    return not (held or barely_told(quantity, statement, pool))


def _told_turned(quantity: Quantity, statement: str, quotes: Iterable[tuple[str, str]]) -> bool:
    """Whether the statement calls a rise what its own values show to be a fall, or the other way round, and no quote says the same."""
    said = turned(quantity, statement).casefold()
    return bool(said) and not any(said in quote.casefold() for quote, _ in quotes)


def _is_whole(statement: str, quote: str) -> bool:
    """Not merely part of a sentence: "12 weeks" stands in "up to 12 weeks" and means something else."""
    found = find_quote(statement, quote)
    if found is None:
        return False
    before, after = quote[: found[0]].rstrip(), quote[found[1] :].lstrip()
    return (not before or before[-1] in _STOPS) and (
        not after or quote[found[1] - 1] in _STOPS or after in _STOPS
    )


def same_quantity(one: Quantity, other: Quantity) -> bool:
    """Whether one may stand for the other, in any of the ways to say it."""
    return any(_same(form, other) for form in forms(one))


def _same(one: Quantity, other: Quantity) -> bool:
    bare = (one.inherited or other.inherited) and not (one.unit and other.unit)
    limited = one.comparator != "" or one.kind == "range"
    aged = "year" in {one.unit, other.unit} and "" in {one.unit, other.unit} and limited
    bare = bare or aged  # "aged 65 or over"
    return (
        one.kind == other.kind
        and one.value == other.value
        and one.upper == other.upper
        and (one.comparator == other.comparator or _one_way(one, other))
        and (one.unit == other.unit or bare or (one.unit, other.unit) == ("point", "pp"))
    )


def _one_way(one: Quantity, other: Quantity) -> bool:
    """Whether two grades are not limited in opposite ways: grade 3 for "grade ≥ 3" is told by what else the statement says."""
    sides = {q.comparator for q in (one, other) if q.comparator}
    return one.kind == "designator" and len(sides) <= 1


def _stands(form: Quantity, other: Quantity) -> bool:
    """The same, or the statement's "about 42 %" for 41.9 %, or 11 hours for "about 11 hours"."""
    if form.comparator == "~" and other.comparator in {"", "~"}:
        reach = ROUGHLY_IN_WORDS if in_words(form) else _ROUGHLY
        near = abs(form.value - other.value) <= reach * abs(other.value) and _rounder(form, other)
        return (
            (near or form.value == other.value)
            and form.upper == other.upper
            and form.unit == other.unit
            and form.kind == other.kind
        )
    if form.comparator == "" and other.comparator == "~":
        return _same(form, replace(other, comparator=""))
    return _same(form, other)


def _rounder(form: Quantity, other: Quantity) -> bool:
    """Whether a number is told with fewer digits: 42 for 41.9, 50 for 48; a share in words is always so."""
    return in_words(form) or (
        other.comparator in {"", "~"}
        and len(form.value.normalize().as_tuple().digits) < len(other.value.normalize().as_tuple().digits)
    )


def _told(quantity: Quantity, text: str, language: str) -> Iterator[Quantity]:
    """The forms of a quantity, and what the words before it make of it: "fell by 0.4" is −0.4."""
    yield from forms(quantity)
    yield from said_both_ways(quantity)
    yield from lasting(quantity, text)
    yield from of_a_day(quantity, text)
    yield from limited_in_words(quantity, before(text, quantity.start), text[quantity.end :])
    yield from _in_a_rhythm(quantity, text, language)
    yield from at_intervals(quantity, text)
    yield from _from_the_first(quantity, text)
    yield from _as_its_words_make_it(quantity, text, language)
    if (
        quantity.comparator == "≤"
        and _UP_TO.match(quantity.text)
        and _RISES.search(before(text, quantity.start))
    ):
        yield replace(quantity, comparator="")
    yield from _with_unit_of_another(quantity, text, language)
    if (
        quantity.comparator
        and quantity.unit
        and "/" not in quantity.unit
        and (per := rhythm_anywhere().search(text))
    ):
        yield replace(quantity, unit=f"{quantity.unit}/{per.lastgroup}")
    if language == "fr":
        yield from in_fifteen_days(quantity)
    if quantity.kind != "number" or quantity.comparator:
        return
    words = before(text, quantity.start)
    yield from hinted(quantity, words)
    if quantity.unit and "/" not in quantity.unit and (per := rhythm_anywhere().search(text)):
        yield from hinted(replace(quantity, unit=f"{quantity.unit}/{per.lastgroup}"), words)
    if falls_by(text, quantity.start):
        yield replace(quantity, value=-abs(quantity.value))
    if language == "fr" and _DOTTED.fullmatch(quantity.text.strip()):  # 1.040 patients
        yield replace(quantity, value=Decimal(quantity.text.strip().replace(".", "")))


def _as_its_words_make_it(quantity: Quantity, text: str, language: str) -> Iterator[Quantity]:
    """No later than 4 weeks before is at least 4 weeks before; a mean age is of years."""
    deadline = quantity.comparator == "≤" and _DEADLINE.search(quantity.text)
    if deadline and _BEFORE_IT.match(text, quantity.end):
        yield replace(quantity, comparator="≥")
    if quantity.comparator == "every" and CYCLE.match(text, quantity.end):
        yield from forms(replace(quantity, comparator=""))
    if quantity.kind == "number" and not quantity.comparator and CYCLE.match(text, quantity.end):
        yield from forms(replace(quantity, comparator="every"))
    unit = "" if quantity.inherited else quantity.unit
    if quantity.kind != "number" or unit or quantity.comparator:
        return
    yield from _turned_share(quantity, text, language)
    words = before(text, quantity.start)
    if _AGE_OF.search(words):
        yield replace(quantity, unit="year")
    if _EVERY.search(words):  # "every three weeks or 400 mg every six"
        rhythms = (q for q in extract(text, language) if q.comparator == "every" and q.end <= quantity.start)
        yield from (replace(quantity, unit=q.unit, comparator="every") for q in rhythms)


def _turned_share(quantity: Quantity, text: str, language: str) -> Iterator[Quantity]:
    """Both numbers of "of five endpoints, three were met" are three of the five."""
    for whole, part in pairwise(extract(text, language)):
        bare = all(q.kind == "number" and not (q.unit or q.comparator) for q in (whole, part))
        if (
            bare
            and quantity in {whole, part}
            and part.value < whole.value
            and OUT_OF.search(before(text, whole.start))
        ):
            yield replace(quantity, kind="fraction", value=part.value, upper=whole.value)


def _with_unit_of_another(quantity: Quantity, text: str, language: str) -> Iterator[Quantity]:
    """A unit told once: "by 11 mmHg on tolmavir and 3 on placebo", "11 months on tolmavir, 7 on placebo"."""
    if quantity.kind != "number" or quantity.unit or not BARE.match(text, quantity.end):
        return
    if LABEL.search(before(text, quantity.start)):
        return
    units = {q.unit for q in extract(text, language) if q.unit and q.kind == "number"}
    arm = _ARM.match(text, quantity.end) is not None
    yield from (replace(quantity, unit=unit) for unit in units if arm or unit not in TIME_UNITS)


def _from_the_first(quantity: Quantity, text: str) -> Iterator[Quantity]:
    """Weeks 1 to 4 are 4 weeks."""
    for match in _FROM_THE_FIRST.finditer(text, max(0, quantity.start - _WIDEST), quantity.end + _WIDEST):
        if match.start() <= quantity.start < match.end():
            unit = unit_name(match["unit"]) or ""
            yield replace(
                quantity, value=Decimal(match["last"]), unit=unit, kind="number", upper=None, comparator=""
            )


def _in_a_rhythm(quantity: Quantity, text: str, language: str) -> Iterator[Quantity]:
    """A measure with its rhythm behind it: 5 mg each week are 5 mg a week."""
    if quantity.kind != "number" or not quantity.unit or quantity.unit in TIME_UNITS or "/" in quantity.unit:
        return
    for other in extract(text, language, ones=True):
        between = text[quantity.end : other.start]
        if (
            other.kind == "frequency"
            and other.value == 1
            and other.start >= quantity.end
            and not between.strip()
        ):
            yield replace(quantity, unit=f"{quantity.unit}{other.unit}")


@cache
def rhythm_anywhere() -> re.Pattern[str]:
    """A word anywhere that makes a dose one of a day or a week."""
    return re.compile(
        r"\b(?:(?P<day>daily|quotidien\w*|journali\w+)|(?P<week>weekly|hebdomadaires?))\b", re.IGNORECASE
    )


def _near(quantity: Quantity, pool: list[Quantity]) -> tuple[Quantity, ...]:
    near = [
        other
        for other in pool
        if other.value == quantity.value or (quantity.unit and other.unit == quantity.unit)
    ]
    unique = {(q.text, q.start): q for q in near}
    return tuple(unique.values())[:5]
