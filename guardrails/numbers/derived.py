"""Numbers that no quote holds as they are told: computed from the quote's numbers, its own told less exactly, or a gloss of one.

39 % is what a hazard ratio of 0.61 takes away, 160 mg what 80 mg twice a day make: a new number all the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Literal

from guardrails.markers import markers
from guardrails.numbers.bound_to import of_another
from guardrails.numbers.bounded import (
    DAYS,
    ROUGHLY,
    is_class_of_frequency,
    is_doubled_dose,
    is_kept_bound,
    is_plain_share,
    lasts_as_long,
)
from guardrails.numbers.extract import extract
from guardrails.numbers.forms import forms
from guardrails.numbers.held import before, held_in
from guardrails.numbers.match import rhythm_anywhere, same_quantity
from guardrails.numbers.model import Quantity

Derivation = Literal["computed", "loose", "otherwise", "gloss"]
"""`otherwise`: a bound it keeps, a longer unit of time, a plain share. Waits as `loose` does, but is no sign of the same subject."""
Texts = Sequence[tuple[str, str]]
"""Texts with their languages."""

_RATIO = re.compile(
    r"(?:\b(?:ratio|HR|RR|OR|IRR|rapport|risque relatif|relative risk)\b[^.;%]{0,60}|\()$", re.IGNORECASE
)
_FALL_IN_WORDS = re.compile(
    r"\b(?:los[es]\w*|lost|less|lower\w*|fewer|fell|fall\w*|reduc\w*|decreas\w*|declin\w*|drop\w*|took off|down|differ\w*|gap|"
    r"perd\w*|perte|moins|baiss\w*|diminu\w*|rédui\w*|réduct\w*|abaiss\w*|recul\w*|chut\w*|différence|écart)\b",
    re.IGNORECASE,
)
_LIMITS = frozenset({"<", "≤", ">", "≥"})
_OTHER_SIDE = {frozenset("≤>"), frozenset("<≥")}
_SAME_SIDE = {frozenset("<≤"), frozenset(">≥")}
_POINTS = frozenset({"pp", "point"})
_DENIES = re.compile(r"\b(?:not?|never|without|pas|sans|ne)\b|\bn['’]", re.IGNORECASE)
_PARTS = re.compile(r"[.;:,()](?=\s)")
_TO = re.compile(r"\b(?:to|à|jusqu['’]à)\s*$", re.IGNORECASE)
"""A value that something came to has its own sign; a change by it may be told without."""
_MEDIAN = re.compile(r"\bm[eé]dian", re.IGNORECASE)
_CENTRAL = re.compile(r"\b(?:m[eé]dian|mean|average|moyenne?)", re.IGNORECASE)
"""Of a median of 38 months nobody says that it was at least 38 months."""
_HALVES = (Decimal(1), Decimal(2))
_TIMES_A_DAY = range(2, 7)
_BESIDE = re.compile(r"[^.;:()]{0,40}\(\s*$")
"""Between a number in words and the one that it explains: “under one patient in fifty (1.9 %)”."""
_CLOSES = re.compile(r"\s*\)")
"""The bracket holds the number alone: “(12.0 % with placebo)” tells of somebody else."""
_NAMES_A_LIST = re.compile(r"[^.;:()\d]{1,40}:\s*$")
_FEW = 3
_MOST = 12
"""Quantities of a quote that are computed with; a longer one holds too many to say anything by chance alone."""
_LARGEST = Decimal(10) ** 15
"""Beyond it no source gives a figure with which anybody computes."""


def turned_limit(quantity: Quantity, statement: tuple[str, str], quotes: Texts) -> bool:
    """Whether it is a limit of the quotes told from its other side by a denial: "not above 25 °C" for "25 °C or below"."""
    denies = "negation" in markers(*statement)
    return any(
        (
            denies != ("negation" in markers(text, language))
            or _one_denied(quantity, statement[0], other, text)
        )
        and frozenset({quantity.comparator, other.comparator}) in _OTHER_SIDE
        and same_quantity(replace(quantity, comparator=""), replace(other, comparator=""))
        for text, language in quotes
        for other in extract(text, language)
    )


def _one_denied(quantity: Quantity, statement: str, other: Quantity, quote: str) -> bool:
    """Whether one of the two limits is denied in its own clause and the other is not, whatever else the sentences deny."""
    return _denied(statement, quantity) != _denied(quote, other)


def _denied(text: str, quantity: Quantity) -> bool:
    """Whether the words before it in its clause deny it: “not kept above 25 °C”. What its own words deny is in its comparator."""
    clause = _PARTS.split(before(text, quantity.start))[-1]
    return _DENIES.search(clause) is not None


def sign_in_words(quantity: Quantity, statement: tuple[str, str], quotes: Texts) -> bool:
    """Whether it is a number below zero of the quotes told by its size, with a word for where it goes: "3.7 kg less", "a difference of"."""
    if not _FALL_IN_WORDS.search(statement[0]):
        return False
    below = [q for text, language in quotes for q in extract(text, language) if q.value < 0]
    return any(same_quantity(quantity, _unsigned(q)) for q in below if q.upper is None or q.upper < 0)


def derivation(quantity: Quantity, statement: tuple[str, str], quotes: Texts) -> Derivation | None:
    """How a quantity that no quote holds may follow from those that they hold; None where it does not."""
    if of_another(quantity, *statement, quotes):
        return None
    found = [(q, text) for text, language in quotes for q in extract(text, language)]
    found += [(a_day, text) for q, text in found for a_day in _in_its_rhythm(q, text)]
    held = [q for q, _ in found]
    told = extract(*statement, ones=True)
    if _explains(quantity, statement[0], told, held):
        return "gloss"
    denies = "negation" in markers(*statement)
    turned = denies != any("negation" in markers(*quote) for quote in quotes)
    turned = turned or any("only" in markers(*quote) for quote in quotes)
    signed = _TO.search(statement[0][: quantity.start]) is not None
    limits = (
        [(end, text) for q, text in found for end in _ends(q, quantity.unit)] if quantity.comparator else []
    )
    central = any(_CENTRAL.search(text) for text, _ in quotes)
    if any(
        (
            _loosely(
                quantity,
                other,
                signed=signed,
                denies=denies,
                turned=turned or _one_denied(quantity, statement[0], other, text),
            )
            and not (central and quantity.comparator in _LIMITS and not other.comparator)
        )
        or _is_end(quantity, other, told)
        for other, text in (*found, *limits)
    ):
        return "loose"
    if _is_meant(quantity, quotes) or counts_little(quantity):
        return "loose"
    if (
        is_kept_bound(quantity, statement[0], held)
        or lasts_as_long(quantity, held)
        or is_class_of_frequency(quantity, held)
        or is_doubled_dose(quantity, statement[0], held)
        or is_plain_share(quantity, _pool(quotes))
    ):
        return "otherwise"
    return "computed" if _is_computed(quantity, quotes, held) else None


def _in_its_rhythm(quantity: Quantity, text: str) -> Iterator[Quantity]:
    """“The daily dose must not exceed 50 mg” limits it to 50 mg a day."""
    per = rhythm_anywhere().search(text)
    if per and quantity.comparator in _LIMITS and quantity.unit and "/" not in quantity.unit:
        yield replace(quantity, unit=f"{quantity.unit}/{per.lastgroup}")


def _pool(quotes: Texts) -> list[Quantity]:
    """All that the quotes hold, also what two numbers say together: "of 480 …, 120"."""
    found = held_in(quotes)
    return [] if any(abs(q.value) > _LARGEST for q in found) or len(found) > _MOST * _MOST else found


def _loosely(
    quantity: Quantity, other: Quantity, *, signed: bool, denies: bool, turned: bool = False
) -> bool:
    """The same number with its unit or limit told by one side only, or a limit that is told by a denial from its other side.

    `turned`: one of the two, or the sentence of one, denies and the other does not, or the quote says "only".
    """
    limits = frozenset({quantity.comparator, other.comparator})
    by_denial = denies and (_DENIES.search(quantity.text) is None) != (_DENIES.search(other.text) is None)
    limit = (
        quantity.comparator == other.comparator
        or (not quantity.comparator and other.comparator in _LIMITS | {"~"})
        or (not quantity.comparator and other.comparator == "every" and quantity.unit == other.unit)
        or (not other.comparator and quantity.comparator in _LIMITS | {"~"} and quantity.kind != "p_value")
        or limits in _SAME_SIDE
        or ((by_denial or turned) and limits in _OTHER_SIDE)
    )
    if not limit or quantity.kind != other.kind:
        return False
    one, other = (replace(q, comparator="") for q in (quantity, other))
    if not signed:
        one, other = _unsigned(one), _unsigned(other)
    units = {other.unit, _without_per(other.unit)}
    if other.unit in {"", *_POINTS}:
        units |= _POINTS
    if (not one.unit and other.unit != "fold") or (not other.unit and one.kind == "range"):
        units |= {one.unit}
        other = replace(other, unit=one.unit)
    return any(same_quantity(one, replace(other, unit=unit)) for unit in units)


def _unsigned(quantity: Quantity) -> Quantity:
    """Without its sign: −51 to −18 is 18 to 51."""
    upper = quantity.upper
    if upper is not None and quantity.value < 0 and upper < 0:
        return replace(quantity, value=-upper, upper=-quantity.value)
    return replace(quantity, value=abs(quantity.value))


def _explains(quantity: Quantity, text: str, told: Sequence[Quantity], held: Sequence[Quantity]) -> bool:
    """Whether it only says in other words the number of the quotes that stands beside it in the statement itself.

    “Under one patient in fifty (1.9 %)”, “two months (8 weeks)”; and “three strengths: 5 mg, 10 mg and 20 mg”.
    """
    other = next((q for q in told if q.start >= quantity.end), None)
    if other is None:
        return False
    between = text[quantity.end : other.start]
    if _BESIDE.fullmatch(between) and _CLOSES.match(text, other.end):
        limited = replace(other, comparator=other.comparator or quantity.comparator)
        return _agree(quantity, other) and (_stands_in(other, held) or _stands_in(limited, held))
    if _NAMES_A_LIST.fullmatch(between) and not quantity.unit and quantity.kind == "number":
        listed = [q for q in told if q.start >= other.start and q.unit == other.unit][: _MOST + 1]
        return quantity.value == len(listed) and all(_stands_in(q, held) for q in listed)
    return False


def _stands_in(quantity: Quantity, held: Sequence[Quantity]) -> bool:
    return any(same_quantity(quantity, one) for one in held)


def _agree(quantity: Quantity, other: Quantity) -> bool:
    """Whether what a number says of another one is so: 1.9 % is under one in fifty, 8 weeks are about two months."""
    if other.kind != "number" or quantity.kind not in {"number", "fraction"}:
        return False
    if (quantity.kind, quantity.unit) == (other.kind, other.unit):  # 12.9 % is no gloss of 12.0 %
        return False
    values = [form.value for form in forms(quantity) if form.unit == other.unit and form.kind == "number"]
    values += [
        quantity.value * other.value / made
        for made, unit in _of_time(other)
        if unit == quantity.unit and made
    ]
    return any(
        abs(value - other.value) <= ROUGHLY * abs(other.value)
        and not (quantity.comparator in {"<", "≤"} and other.value > value)
        and not (quantity.comparator in {">", "≥"} and other.value < value)
        for value in values
    )


def _is_meant(quantity: Quantity, quotes: Texts) -> bool:
    """What a word of the quotes means by itself: half of them by the median, 1 as the ratio of no effect."""
    if quantity.kind == "fraction" and (quantity.value, quantity.upper) == _HALVES:
        return any(_MEDIAN.search(text) for text, _ in quotes)
    one = quantity.value == 1 and quantity.kind == "number" and not (quantity.unit or quantity.comparator)
    return one and any(
        q.kind == "number" and not q.unit and _RATIO.search(text[: q.start])
        for text, language in quotes
        for q in extract(text, language)
    )


def counts_little(quantity: Quantity) -> bool:
    """Two or three in words, without a unit: of the things that a quote lists, or once more of an article: "both strains"."""
    in_words = not any(character.isdigit() for character in quantity.text)
    bare = quantity.kind == "number" and not quantity.unit and not quantity.comparator
    return in_words and bare and abs(quantity.value) <= _FEW


def _ends(quantity: Quantity, unit: str) -> Iterator[Quantity]:
    """The limits that a range is: 0.4 to 9.8 is at least 0.4 and at most 9.8, of this unit if it has none."""
    if quantity.kind == "range" and quantity.upper is not None and not quantity.comparator:
        bare = replace(quantity, kind="number", upper=None, unit=quantity.unit or unit)
        yield replace(bare, comparator="≥")
        yield replace(bare, value=quantity.upper, comparator="≤")


def _is_end(quantity: Quantity, other: Quantity, told: Sequence[Quantity]) -> bool:
    """One end of a range of the quote, where the statement tells the other end too: "half an hour to one hour"."""
    if other.kind != "range" or other.upper is None or quantity.comparator:
        return False
    ends = [replace(other, kind="number", value=end, upper=None) for end in (other.value, other.upper)]
    return any(same_quantity(quantity, end) for end in ends) and all(
        any(same_quantity(replace(q, comparator=""), end) for q in told) for end in ends
    )


def _without_per(unit: str) -> str:
    """Of 2.6 % a year, 2.6 %; of 5 mg a week, 5 mg."""
    measure, slash, per = unit.rpartition("/")
    return measure if slash and per in DAYS else unit


def _is_computed(quantity: Quantity, quotes: Texts, held: Sequence[Quantity]) -> bool:
    numbers = [q for q in held if q.kind in {"number", "fraction"} and abs(q.value) <= _LARGEST][:_MOST]
    if quantity.kind == "frequency":
        return quantity.value == 1 and any(
            q.kind == "number" and q.unit.endswith(quantity.unit) for q in held
        )
    if quantity.kind not in {"number", "fraction"}:
        return False
    made = (*_ratios(quotes), *_of_pairs(numbers), *_in_a_day(held))
    exact = quantity.comparator in {"", "~"}
    return exact and any(_rounds_to(value, unit, quantity) for value, unit in made)


_Made = Iterator[tuple[Decimal, str]]


def _ratios(quotes: Texts) -> _Made:
    """What a ratio takes away or adds."""
    for text, language in quotes:
        for one in extract(text, language):
            if one.kind == "number" and not one.unit and one.value > 0 and _RATIO.search(text[: one.start]):
                yield abs(1 - one.value) * 100, "%"


def _of_pairs(numbers: Sequence[Quantity]) -> _Made:
    """Differences, what is left of a whole, shares and ratios."""
    for one in numbers:
        if one.unit == "%" and one.kind == "number":
            yield 100 - one.value, "%"
        if one.kind == "fraction" and one.upper:
            yield one.upper - one.value, ""
            yield one.value * 100 / one.upper, "%"
            yield (one.upper - one.value) * 100 / one.upper, "%"
    for one, other in permutations((q for q in numbers if q.kind == "number"), 2):
        if one.unit == other.unit and one.value > other.value:
            yield one.value - other.value, "pp" if one.unit == "%" else one.unit
            if one.value and other.value:
                yield (one.value - other.value) * 100 / one.value, "%"
                yield one.value / other.value, "fold"
            if not one.unit:
                yield other.value * 100 / one.value if one.value else Decimal(0), "%"
        if one.unit == "%" and not other.unit and other.value == other.value.to_integral_value():
            yield (one.value * other.value / 100).to_integral_value(), ""


def _in_a_day(held: Sequence[Quantity]) -> _Made:
    """The dose of a day, from each one and how often it is taken, and the reverse."""
    times = {q.value for q in held if q.kind == "frequency" and q.unit == "/day"}
    for one in held:
        if one.kind == "number" and one.unit and "/day" not in one.unit:
            for often in times & {Decimal(n) for n in _TIMES_A_DAY}:
                yield one.value * often, f"{one.unit}/day"
        if one.kind == "number" and one.unit.endswith("/day"):
            for parts in _TIMES_A_DAY:
                yield one.value / parts, one.unit.removesuffix("/day")


def _of_time(one: Quantity) -> _Made:
    """Times in another unit, roughly: two months for eight weeks."""
    for unit, days in DAYS.items():
        if one.unit in DAYS and unit != one.unit:
            value = one.value * DAYS[one.unit] / days
            near = value.to_integral_value()
            if near and abs(value - near) <= ROUGHLY * near:
                yield near, unit


def _rounds_to(value: Decimal, unit: str, quantity: Quantity) -> bool:
    """Whether a computed value is the quantity, to the digits that it is told with."""
    same_unit = unit == quantity.unit or ({unit, quantity.unit} <= _POINTS | {""} and unit != "")
    if not same_unit or quantity.upper is not None:
        return False
    told = abs(quantity.value)
    exponent = told.normalize().as_tuple().exponent
    step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)
    return value == told or (value != 0 and abs(value - told) <= step / 2)
