"""What a quote holds: its quantities, what they contain, what two of them say together, and what is left to be understood."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from math import gcd
from typing import cast

from guardrails.numbers.changed import CHANGES_FROM, changes
from guardrails.numbers.extract import extract
from guardrails.numbers.forms import forms
from guardrails.numbers.in_one import LIMIT_OF_NORMAL
from guardrails.numbers.in_words import limited_in_words
from guardrails.numbers.model import Comparator, Quantity
from guardrails.numbers.patterns import DOSES, TIME_UNITS, hints, people
from guardrails.plain import plain
from guardrails.tables import table

OUT_OF = re.compile(r"\b(?:[Oo]f|[Aa]mong|[Ss]ur|[Pp]armi)\s+(?:the\s+|les\s+|a total of\s+)?$")
_OF_A_ROUND_WHOLE = re.compile(
    r"\b(?:(?:out of|of|among)\s+(?:every\s+|each\s+)?|(?:for|in|per)\s+(?:every|each)\s+|(?:sur|parmi)\s+|pour\s+chaque\s+)$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:and|or|versus|vs\.?|et|ou|contre)\s+(?:(?:in|of|among|chez|sur|parmi)\s+)?$", re.IGNORECASE
)
_ROUND = frozenset({10, 100, 1000, 10_000, 100_000})
"""Wholes of which a plain text tells a share: “out of 100 people who took it for a year, 34 …”."""
CYCLE = re.compile(r"\s*cycles?\b", re.IGNORECASE)
"""“Every 3-week cycle” tells how long a cycle is."""
_ITS_SHARE = re.compile(
    r"(?:\s[^\W\d_]+){0,3}\s?\(\s?%?\)\s(?:sur|of|out of|among|parmi)\s(?:the\s|les\s|a total of\s)?",
    re.IGNORECASE,
)
"""Between a count, its share in brackets and the whole, the share itself left out."""
_ADVERB = re.compile(r"(?:ly|quotidien\w*|hebdomadaires?|mensuel\w*)\s*$")
BARE = re.compile(r"\s*(?:\b(?:on|with|in|for|under|sous|avec|chez|dans|and|et|versus|vs|contre)\b|[,;.)]|$)")
_LABELS = (
    r"(?:stud(?:y|ies)|trials?|grades?|types?|stages?|phases?|sections?|tables?|weeks?|visits?|days?|months?|cycles?|arms?|groups?|"
    r"cohorts?|parts?|figures?|classe?s?|steps?|levels?|études?|essais?|stades?|tableaux?|semaines?|visites?|jours?|mois|bras|"
    r"groupes?|cohortes?|parties?|rubriques?|étapes?|niveaux?|n°|no\.)\s*"
)
LABEL = re.compile(
    rf"\b{_LABELS}$|\b(?=\w+[sx]\b){_LABELS}(?:\d+\s*(?:,|-|–|\b(?:and|or|to|et|ou|à)\b)\s*)+$", re.IGNORECASE
)
"""What a number names by its place: study 3 measures nothing."""
_COUNTS = re.compile(r"\s+(?:[^\W\d_]+\s+)?(?:[^\W\d_]{3,}s|people|children|men|women)\b")
"""Things that a number counts: 2 patients, 14 adult patients."""
_SCALES = {
    "million": 10**6,
    "millions": 10**6,
    "thousand": 1000,
    "billion": 10**9,
    "milliard": 10**9,
    "milliards": 10**9,
}
_ORDINALS = (
    (1, re.compile(r"\b(?:first|premi[eè]re?)\b", re.IGNORECASE)),
    (2, re.compile(r"\b(?:second|deuxième|seconde)\b", re.IGNORECASE)),
    (3, re.compile(r"\b(?:third|troisième)\b", re.IGNORECASE)),
)
"""The second dose is dose 2."""
_OF_WHOM = re.compile(r"\b(?:of whom|of which|of these|of them|dont|parmi (?:lesquel\w+|eux))\W+(?:\w+\W+)?$")
_GROUPS = re.compile(
    r"\b(?:both|each group|each arm|between (?:the )?groups|placebo|compared|chaque groupe|chaque bras|entre les groupes|par rapport)\b",
    re.IGNORECASE,
)
"""Of two arms."""
_INTERVAL_AFTER = re.compile(r"\s*(?:(?:dosing\s+)?intervals?\b|d['’]intervalle\b)", re.IGNORECASE)
_INTERVAL_BEFORE = re.compile(
    r"\b(?:intervals?\s+(?:of|(?:\w+ed\s+)?to)|intervalles?\s+(?:de|d['’]|\w+ée?s?\s+à))\s*$", re.IGNORECASE
)
_AFTER = re.compile(r"\s*(?:after|following|après|suivant|apres)\b")
_LOSES = r"\b(?:los(?:t|s|ses?|es?|ing)|shr[aiu]nk\w*|cuts?|cutting|down|perte|perd\w*|retreci\w*)\b"
_AGAINST = re.compile(
    r"\b(?:versus|vs\.?|against|compared (?:with|to)|contre|par rapport à|comparé\w* à)\s+(?:about\s+|environ\s+)?$",
    re.IGNORECASE,
)
_FORTNIGHT = 15
_FIFTEEN = re.compile(r"quinz(?:e|aine)\b")
_SENTENCE = 160
"""Characters before a number in which what it is of is looked for: a long text is not read anew for each of its numbers."""
_ENDS = re.compile(r"[.;:]\s")
_RANGED = re.compile(r"\s*(?:to|à|-|–)\s*")


def before(text: str, start: int) -> str:
    """What stands before this place, as far as it can tell what a number is of."""
    return text[max(0, start - _SENTENCE) : start]


def held_in(quotes: Iterable[tuple[str, str]]) -> list[Quantity]:
    """All that the quotes hold, pairs of text and language."""
    return [q for text, language in quotes for q in _held(text, language)]


@lru_cache(maxsize=512)
def _held(text: str, language: str) -> tuple[Quantity, ...]:
    """Remembered, as `extract` is: each number of a statement, and each finding on it, asks the same quotes."""
    return tuple(_expanded(extract(text, language, ones=True), text))


def _expanded(quantities: tuple[Quantity, ...], text: str) -> Iterator[Quantity]:
    """The quantities of a quote with what they contain: 142/1,207 holds 142 and 1,207; a date holds its year.

    10 mg once a day may be told as 10 mg a day, and the reverse; of 2,145 people, 812 are 812 of 2,145.
    """
    for quantity in quantities:
        yield quantity
        yield from _within(quantity, text)
    for one, after in pairwise(quantities):
        scale = _SCALES.get(after.text.lower().strip())
        if scale and not text[one.end : after.start].strip():  # 1.5 million
            yield replace(one, value=one.value * scale)
        if one.kind in {"number", "range"} and one.unit and "/" not in one.unit:
            once = (form for form in forms(after) if form.kind == "frequency" and form.value == 1)
            yield from (replace(one, unit=one.unit + form.unit) for form in once)
    yield from _unsaid(quantities, text)
    yield from _fallen(quantities, text)
    yield from _all_in_one_rhythm(quantities, text)
    yield from _neighbours([q for q in quantities if q.kind == "number"], text)
    yield from _parts_of(quantities, text)
    yield from _with_their_share(quantities, text)
    yield from _of_a_round_whole(quantities, text)
    yield from _spanned(quantities)
    yield from changes(quantities, text)
    for word, comparator, age, unit in people():
        if word.search(text):
            yield Quantity(Decimal(age), unit, cast("Comparator", comparator), "number", "", 0, 0)


def _with_their_share(quantities: tuple[Quantity, ...], text: str) -> Iterator[Quantity]:
    """12 of 300 where the share of both stands between them: "12 patients (4.0%) of 300"."""
    for one, share, whole in zip(quantities, quantities[1:], quantities[2:], strict=False):
        between = text[one.end : share.start] + text[share.end : whole.start]
        counts = one.kind == whole.kind == "number" and not (one.unit or whole.unit) and share.unit == "%"
        if counts and one.value <= whole.value and _ITS_SHARE.fullmatch(between):
            yield replace(
                one, kind="fraction", upper=whole.value, end=whole.end, text=text[one.start : whole.end]
            )


def _of_a_round_whole(quantities: tuple[Quantity, ...], text: str) -> Iterator[Quantity]:
    """34 of 100 in "out of 100 people who took it for a year, 34 had none"."""
    for at, whole in enumerate(quantities):
        round_one = _is_count(whole) and whole.value in _ROUND
        if not (round_one and _OF_A_ROUND_WHOLE.search(before(text, whole.start))):
            continue
        counts = (q for q in quantities[at + 1 :] if _is_count(q))
        part = next(counts, None)
        if not part or part.value >= whole.value:
            continue
        between = text[whole.end : part.start]
        if not _ENDS.search(between) and not _BESIDE.search(between):
            yield replace(part, kind="fraction", upper=whole.value)


def _is_count(quantity: Quantity) -> bool:
    return quantity.kind == "number" and not (quantity.unit or quantity.comparator or quantity.weak)


def _spanned(quantities: tuple[Quantity, ...]) -> Iterator[Quantity]:
    """Grade 1 to 2 of "grade 1 or 2", phases I to III of "phase I, II and III"."""
    first: Quantity | None = None
    for one, after in pairwise(quantities):
        names = one.kind == after.kind == "designator" and one.unit == after.unit
        if not names or one.upper or after.upper or after.value != one.value + 1:
            first = None
            continue
        first = first or one
        yield replace(first, upper=after.value, end=after.end)


def _neighbours(numbers: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """What two numbers beside each other say together, and a number of so much a day without the day."""
    for one, after in pairwise(numbers):
        yield from _two(one, after)
        if OUT_OF.search(before(text, one.start)) and one.value > after.value:
            yield from _two(after, one)
        if one.comparator == "" and _RANGED.fullmatch(text[one.end : after.start]):
            yield replace(one, comparator="≥")
    for quantity in numbers:
        measure, _, per = quantity.unit.rpartition("/")
        if measure and per in TIME_UNITS and _ADVERB.search(quantity.text):
            yield replace(quantity, unit=measure)
            yield replace(quantity, unit=f"/{per}", value=Decimal(1), kind="frequency")


def _unsaid(quantities: tuple[Quantity, ...], text: str) -> Iterator[Quantity]:
    """What a quote leaves to be understood: a unit told once, the number of an ordinal, the two of two groups."""
    units = dict.fromkeys(q.unit for q in quantities if q.unit and q.kind == "number")
    for quantity in quantities:
        counts = _COUNTS.match(text, quantity.end) and not BARE.match(text, quantity.end)
        named = counts or LABEL.search(before(text, quantity.start))
        if (
            quantity.kind == "number" and not quantity.unit and not named
        ):  # "1.6 points with A and 0.4 with B"
            yield from (replace(quantity, unit=unit) for unit in units if unit not in TIME_UNITS)
        if (
            quantity.unit == "fold" and LIMIT_OF_NORMAL in units
        ):  # "five times the upper limit …, below three times"
            yield replace(quantity, unit=LIMIT_OF_NORMAL)
    for number, word in _ORDINALS:
        if word.search(text):
            yield Quantity(Decimal(number), "", "", "number", "", 0, 0)
    if _GROUPS.search(text):
        yield Quantity(Decimal(2), "", "", "number", "", 0, 0)


def _within(quantity: Quantity, text: str) -> Iterator[Quantity]:
    """What one quantity of a quote contains."""
    if quantity.kind == "fraction" and quantity.upper is not None and quantity.text[:1].isdigit():
        yield replace(quantity, kind="number", upper=None)
        yield replace(quantity, kind="number", value=quantity.upper, upper=None)
        yield from _reduced(quantity)
    if quantity.kind == "range" and quantity.upper is not None:
        if quantity.upper < quantity.value or CHANGES_FROM.search(before(text, quantity.start)):
            yield replace(quantity, kind="number", upper=None)
            yield replace(quantity, kind="number", value=quantity.upper, upper=None)
        yield replace(quantity, kind="number", upper=None, comparator="≥")
        yield replace(quantity, kind="number", value=quantity.upper, upper=None, comparator="≤")
    yield from lasting(quantity, text)
    yield from at_intervals(quantity, text)
    yield from in_fifteen_days(quantity)
    yield from limited_in_words(
        quantity, before(text, quantity.start), text[quantity.end : quantity.end + _SENTENCE]
    )
    yield from of_a_day(quantity, text)
    if quantity.kind == "number" and not quantity.comparator:
        yield from hinted(quantity, before(text, quantity.start))
    if quantity.kind == "fraction" and quantity.unit == "ratio" and quantity.upper is not None:
        for part in (quantity.value, quantity.upper):  # of 2:1, two in three and one in three
            yield replace(quantity, unit="", value=part, upper=quantity.value + quantity.upper)
    if quantity.kind == "frequency":
        yield replace(quantity, kind="number", unit="")
    if quantity.kind == "date":
        year, rest = divmod(int(quantity.value), 10000)
        yield replace(quantity, value=Decimal(year), unit="", kind="number")
        yield replace(quantity, value=Decimal(year * 10000 + rest // 100 * 100))


def _reduced(share: Quantity) -> Iterator[Quantity]:
    """10 in 100 are one in ten: a share of a round whole in its least parts."""
    part, whole = share.value, share.upper
    if whole is None or share.unit or whole not in _ROUND or part != part.to_integral_value() or not part:
        return
    common = gcd(int(part), int(whole))
    if common > 1:
        yield replace(share, value=part / common, upper=whole / common)


def in_fifteen_days(quantity: Quantity) -> Iterator[Quantity]:
    """French "quinze jours" are two weeks; only in words, since a course of 15 days has one day more."""
    if quantity.unit == "day" and quantity.value == _FORTNIGHT and _FIFTEEN.search(plain(quantity.text)):
        yield replace(quantity, value=Decimal(2), unit="week")


def of_a_day(quantity: Quantity, text: str) -> Iterator[Quantity]:
    """The amount of "the maximum daily dose is 4 g" is a limit of a day."""
    if quantity.kind != "number" or quantity.unit in {"", *TIME_UNITS} or "/" in quantity.unit:
        return
    words = before(text, quantity.start)
    if per := _daily_dose().search(words):
        a_day = replace(quantity, unit=f"{quantity.unit}/{per.lastgroup}")
        yield a_day
        if not quantity.comparator:
            yield from hinted(a_day, words)


def _all_in_one_rhythm(quantities: tuple[Quantity, ...], text: str) -> Iterator[Quantity]:
    """The doses of a sentence with the one rhythm that it names: "10 mg (n = 208) or placebo once weekly"."""
    rhythms = [q for q in quantities if q.kind == "frequency"]
    if len(rhythms) == 1 and rhythms[0].value == 1:
        for quantity in quantities:
            between = text[quantity.end : rhythms[0].start]
            if quantity.kind == "number" and quantity.unit in DOSES and between and not _ENDS.search(between):
                yield replace(quantity, unit=f"{quantity.unit}{rhythms[0].unit}")


def _fallen(quantities: tuple[Quantity, ...], text: str) -> Iterator[Quantity]:
    """A fall by a number as the number below zero that it is, and the one that it is set against: −1.4 for "a reduction of 1.4 versus 0.3"."""
    falling = False
    for quantity in quantities if _fall_words().search(plain(text)) else ():
        if quantity.kind != "number" or quantity.comparator:
            continue
        falling = falls_by(text, quantity.start) or (
            falling and _AGAINST.search(before(text, quantity.start)) is not None
        )
        if falling and quantity.value > 0:
            yield replace(quantity, value=-quantity.value)


def falls_by(text: str, start: int) -> bool:
    """Whether a word of decrease, then "by" or "de", stand before this place: "fell by"."""
    return _falls().search(plain(before(text, start))) is not None


def _parts_of(quantities: tuple[Quantity, ...], text: str) -> Iterator[Quantity]:
    """Of "14 of 412 patients, of whom 3 …", 3 of the 14."""
    for at, one in enumerate(quantities):
        if one.kind == "number" and not one.unit and _OF_WHOM.search(before(text, one.start)):
            for whole in quantities[:at]:
                if not whole.unit and whole.kind in {"number", "fraction"}:
                    yield replace(one, kind="fraction", upper=whole.value)


def _two(one: Quantity, after: Quantity) -> Iterator[Quantity]:
    """Two neighbours may be told as a range ("from 10 mg … to 20 mg", 6 to 11 years for "6 to less than 12 years") or a share ("142 … of the 1,207")."""
    if (one.comparator, after.comparator) == ("≥", "≤") and one.unit == after.unit:
        yield replace(one, kind="range", upper=after.value, comparator="")
    if (
        after.comparator == "<"
        and after.unit == "year"
        and one.unit in {"", "year"}
        and one.value < after.value
    ):
        yield replace(one, kind="range", upper=after.value - 1, unit="year", comparator="")
    if one.comparator == after.comparator == "":
        if one.unit == after.unit and one.value < after.value:
            yield replace(one, kind="range", upper=after.value)
        if not one.unit and not after.unit:
            yield replace(one, kind="fraction", upper=after.value)


def lasting(quantity: Quantity, text: str) -> Iterator[Quantity]:
    """Tell "up to 4 months after the last dose" as "for 4 months after the last dose"."""
    if quantity.comparator == "≤" and quantity.unit in TIME_UNITS and _AFTER.match(text, quantity.end):
        yield replace(quantity, comparator="")


def hinted(quantity: Quantity, words: str) -> Iterator[Quantity]:
    """A bare number as the limit that the words before it may make of it: "the maximum dose for a child is 300 mg"."""
    for symbol, pattern in hints().items():
        if pattern.search(words):
            yield replace(quantity, comparator=cast("Comparator", symbol))


def at_intervals(quantity: Quantity, text: str) -> Iterator[Quantity]:
    """A time between doses: "at 12-hour intervals" is every 12 hours, and twice daily."""
    if quantity.kind != "number" or quantity.comparator or quantity.unit not in TIME_UNITS:
        return
    if _INTERVAL_AFTER.match(text, quantity.end) or _INTERVAL_BEFORE.search(before(text, quantity.start)):
        yield from forms(replace(quantity, comparator="every"))


@cache
def _daily_dose() -> re.Pattern[str]:
    """What makes the amount after it, in its clause, one of a day or a week: "the daily dose must not exceed 4 mg"."""
    dose = r"(?:dos(?:e|es|age|ages)|posologies?|prise|intake)"
    told = "|".join(
        rf"(?P<{unit}>\b(?:{en})\s+(?:\w+\s+)?{dose}\b|\b{dose}\s+(?:\w+\s+)?(?:{fr})\b)"
        for unit, en, fr in (
            ("day", "daily", r"quotidien\w*|journali\w+"),
            ("week", "weekly", r"hebdomadaires?"),
        )
    )
    return re.compile(rf"(?:{told})[^.;:\d]*$", re.IGNORECASE)


@cache
def _fall_words() -> re.Pattern[str]:
    """A word of decrease."""
    signs = table("relations.yaml")["signs"]
    words = "|".join(pattern for kind, sign, pattern in signs if kind == "change" and sign < 0)
    return re.compile(rf"{words}|{_LOSES}")


@cache
def _falls() -> re.Pattern[str]:
    """A word of decrease, then "by" or "de", where the number begins."""
    return re.compile(
        rf"(?:{_fall_words().pattern})(?:(?:\s+\w+){{0,4}}?\s+(?:by|of|de|d')|[^;.,]{{0,40}}\b(?:of|by|de|was|were|etait|est|a ete de)(?:\s+(?:about|some|environ|un|une|a|an|mean|median))*)\s*$"
    )
