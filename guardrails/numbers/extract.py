"""All quantities of a text."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from guardrails.numbers import patterns
from guardrails.numbers.in_one import LIMIT_OF_NORMAL, UPPER_LIMIT
from guardrails.numbers.limits import LOOK_BEHIND, limit_before, limit_behind
from guardrails.numbers.model import Comparator, Quantity, QuantityKind
from guardrails.numbers.named import articled, named, rhythms
from guardrails.numbers.numerals import commas_group, power_of_ten, value_of, value_of_words

_MASK = "\x00"
_DECIMAL_BEFORE = re.compile(r"(?<![\d.,])\d+[.·]\d+$")
_SIGNS = "+-−–"
_OPENERS = " \t\n\u00a0\u2009\u202f([:;,=<>≤≥±~"
_CURRENCY = re.compile(r"(€|EUR|\$|USD|£|GBP)\s?$")
_P_VALUE = re.compile(
    r"(?<!\w)[pP](?:[- ]?values?)?(?:[- _]?(?:trend|interaction|tendance))?(?:\s+(?:(?:for|pour|de)\s+|(?:pour l|d)['’])\S+(?:\s\S+)?)?\s*(?:[:=]|of|was|de|is|equals?(?: to)?|égale? à)?\s*$"
)
_INTERVAL = re.compile(
    r"\b(?:CI|IC|CrI|interval|intervalle de confiance)\b(?:\s*(?:à|of)?\s*9\d(?:[.,]\d)?\s?%)?[^0-9]{0,14}$"
)
_CONFIDENCE = re.compile(r"\s*(?:CI\b|CrI\b|confidence|credible)")
_BETWEEN = re.compile(r"\b(?:between(?:\s+the\s+ages?\s+of)?|entre)\s*$", re.IGNORECASE)
_UNTIL = re.compile(r"(?:jusqu['’]à|until)\s$", re.IGNORECASE)
_UP_TO = re.compile(r"\s*(?:up to|jusqu['’]à)\s*", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|‑|–|—|−|to|à|a|through|jusqu['’]à)\s*", re.IGNORECASE)
_RANGE_BEHIND = re.compile(
    r"\s*(?:-|‑|–|to|à)\s*\d++(?:[.,]\d++)*+(?!\s*(?:of|out of|sur|/)\s*\d)", re.IGNORECASE
)
_AND = re.compile(r"\s+(?:and|et)\s+(?:of\s+|de\s+)?", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,;]\s*")
_SLASH = re.compile(r"\s?/\s?")
_OF = re.compile(
    r"(?:\s+(?!instead\b|place\b)[^\W\d_]+){0,2}\s+(?:out of|of|sur|des)\s+(?:the\s+|les\s+|every\s+|chaque\s+|a total of\s+)?",
    re.IGNORECASE,
)
_IN = re.compile(r"(?:\s+[^\W\d_]+)?\s+in\s+(?:every\s+)?", re.IGNORECASE)
_IN_SO_MANY = re.compile(r"\b(?:in|out of|sur)\s+(?:every\s+)?$", re.IGNORECASE)
_OUT_OF = re.compile(
    r"\s+(?:patients?\s+|people\s+|participants?\s+)?(?:out\s+)?of\s+(?:the\s+|all\s+)?\d", re.IGNORECASE
)
"""“On one occasion in 6 of the 285”: the six are counted of those that follow, not the one of them."""
_LISTED = re.compile(
    r"\s*(?:,|;|/|\band\b|\bor\b|\bet\b|\bou\b|\bvs\.?|\bversus\b|\bcontre\b|,\s*and|,\s*or)\s*",
    re.IGNORECASE,
)
_MULTIPLIED = re.compile(
    r"\b(?:multipli\w+\s+(?:by|par)|multipli\w+\s+(?:by|par)\s*\d[^.;]{1,40}\b(?:by|par)|(?:a|un) (?:factor of|facteur(?: de)?))\s*$",
    re.IGNORECASE,
)
_LIMITS = frozenset({"≤", "≥"})
_ROW_ENDS = re.compile(r"(?<= \| )([^|\n]*)\n")
"""Behind the last cell of a table's row: “Maximum dose” heads the column, and is no limit of the weight that opens the next row."""
_THE_TWO = re.compile(r"\b(?:the|these|those|all|both|les|ces|des|aux|all)\s+$", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"\s*(?:[,.;)]|$|(?:were|was|are|is|have|had|together|did|do|may|can|should|of them|sont|ont|étaient|peuvent|doivent|ensemble)\b)",
    re.IGNORECASE,
)
_SMALL = 10
_ROUND = frozenset({100, 1000, 10_000})


@dataclass(frozen=True, slots=True)
class _Raw:
    """A number as found, before it is paired with its neighbours."""

    value: Decimal
    unit: str
    comparator: Comparator
    kind: QuantityKind
    start: int
    end: int
    number: int
    """Where the digits begin, behind sign and comparator."""
    weak: bool = False
    """"one" and "un" count only in "one in three"."""
    inherited: bool = False


@lru_cache(maxsize=4096)
def extract(text: str, language: str, *, ones: bool = False) -> tuple[Quantity, ...]:
    """All quantities of the text, in order; `language` ("fr" or "en") decides 1,207 and the number words.

    "One hour" and "une heure", "every month" are among them where `ones` asks for them: as often they only mean "a".
    """
    text = _ROW_ENDS.sub(r"\1|", text)
    phrases = list(named(text, language))
    masked = _mask(text, phrases)
    raws = _inherit(_raws(masked, language), masked)
    weak = [*rhythms(masked, language), *articled(masked, language)] if ones else []
    found = [*phrases, *_paired(raws, masked, text, ones=ones), *weak]
    return tuple(sorted(found, key=lambda q: (q.start, q.end)))


def _mask(text: str, phrases: list[Quantity]) -> str:
    characters = list(text)
    opaque = [match.span() for match in patterns.OPAQUE.finditer(text) if not _unit_only(match[0])]
    for start, end in [(q.start, q.end) for q in phrases] + opaque:
        characters[start:end] = _MASK * (end - start)
    return "".join(characters)


def _unit_only(written: str) -> bool:
    """Whether what looks like an identifier is a unit: "m2", or a number with one: "5mg/m2"."""
    head = re.match(r"\d*[.,]?\d*", written)
    rest = written[head.end() :] if head else written
    unit = patterns.unit_pattern().match(rest)
    return unit is not None and unit.end() == len(rest)


def _raws(text: str, language: str) -> list[_Raw]:
    grouping = commas_group(text, language)
    found = [raw for m in patterns.NUMBER.finditer(text) if (raw := _digits(m, text, grouping))]
    for match in patterns.number_words(language).finditer(text):
        if match[0].lower() in patterns.ONES[language] and _is_article(text, match):
            continue
        weak = match[0].lower() in patterns.ONES[language] or bool(
            _THE_TWO.search(text, 0, match.start()) and _NO_NOUN.match(text, match.end())
        )
        value = value_of_words(match[0], language)
        found.append(_dressed(text, value, match.start(), match.end(), weak=weak))
    ordered: list[_Raw] = []
    for raw in sorted(found, key=lambda r: r.number):
        if not ordered or raw.number >= ordered[-1].end:  # not the 1.73 of mL/min/1.73 m2
            ordered.append(raw)
    return ordered


def _is_article(text: str, match: re.Match[str]) -> bool:
    """Whether a "one" behind "until" begins a thing: “jusqu'à un décès”, not “jusqu'à une semaine”."""
    until = _UNTIL.search(text, 0, match.start())
    return until is not None and patterns.unit_pattern().match(text[match.end() :].lstrip()) is None


def _ends_a_decimal(text: str, at: int) -> bool:
    """Whether the comma at `at` stands behind a number that has its point already: the 0.75 of “95% CI 0.67,0.75” is one of its own."""
    return text[at] == "," and _DECIMAL_BEFORE.search(text, 0, at) is not None


def _digits(match: re.Match[str], text: str, grouping: bool) -> _Raw | None:
    start, end = match.span()
    before = text[start - 1] if start else " "
    inside = before in ".,·" and start > 1 and text[start - 2].isdigit()
    if before.isalnum() or before == "_" or (inside and not _ends_a_decimal(text, start - 1)):
        return None
    if before in "-‑" and start > 1 and text[start - 2].isalpha():
        return None
    if patterns.ORDINAL.match(text, end):
        return None
    value = value_of(match, text, grouping)
    if exponent := patterns.EXPONENT.match(text, end):
        value, end = value * power_of_ten(exponent), exponent.end()
    elif match[0] == "10" and (power := patterns.POWER.match(text, end)):
        value, end = power_of_ten(power), power.end()
    if start and text[start - 1] in _SIGNS and (start == 1 or text[start - 2] in _OPENERS + _MASK):
        value = value if text[start - 1] == "+" else -value
        start -= 1
    raw = _dressed(text, value, start, end)
    glued = raw.end == end and end < len(text) and text[end].isalpha()
    return None if glued else raw


def _dressed(text: str, value: Decimal, start: int, end: int, *, weak: bool = False) -> _Raw:
    """The number with its unit, comparator and kind."""
    number = start
    unit, end = _unit(text, end)
    window = max(0, start - LOOK_BEHIND)
    if not unit and (currency := _CURRENCY.search(text, window, start)):
        unit, start = patterns.unit_name(currency[1]) or "", currency.start()
    if not unit and _MULTIPLIED.search(text, window, start):
        unit = "fold"
    if (unit == "fold" or (not unit and text[end : end + 2].strip()[:1] in {"x", "×"})) and (
        upper := UPPER_LIMIT.match(text, end)
    ):
        unit, end = LIMIT_OF_NORMAL, upper.end()
    named = None if unit else patterns.time_before().search(text, window, start)
    if named:
        unit = patterns.unit_name(named["time"]) or ""
    comparator, start = limit_before(text, window, start, unit, end)
    if not comparator or comparator == "~":
        behind, end, of_it = limit_behind(text, end, unit, weak=weak, only_near=comparator == "~")
        comparator = behind or comparator
        if of_it:
            unit, end = _unit(text, end)
    kind: QuantityKind = "p_value" if not unit and _P_VALUE.search(text, window, start) else "number"
    if unit.startswith("fold/"):
        unit, kind = unit.removeprefix("fold"), "frequency"
    return _Raw(value, unit, comparator, kind, start, end, number, weak, named is not None)


def _unit(text: str, end: int) -> tuple[str, int]:
    """The canonical unit that follows, and where it ends."""
    match = patterns.unit_pattern().match(text, end)
    if match is None:
        return "", end
    unit = ("/" if match["per"] else "") + _canonical(match["unit"])
    if rhythm := patterns.RHYTHM.match(text, match.end()):
        return f"{unit}/{rhythm.lastgroup}", rhythm.end()
    return unit, match.end()


def _canonical(written: str) -> str:
    parts = patterns.unit_splitter().split(written)
    return "/".join(patterns.unit_name(part) or "1.73m2" for part in parts)


def _inherit(raws: list[_Raw], text: str) -> list[_Raw]:
    """Give the members of an enumeration the unit of its last one."""
    result = list(raws)
    for at in range(len(result) - 2, -1, -1):
        raw, after = result[at], result[at + 1]
        listed = _LISTED.fullmatch(text, raw.end, after.start) or _LISTED.fullmatch(
            text, raw.end, after.number
        )
        confidence = _CONFIDENCE.match(text, after.end)
        if (
            not raw.unit
            and not raw.weak
            and after.unit
            and listed
            and raw.kind == "number"
            and not confidence
        ):
            result[at] = replace(raw, unit=after.unit, inherited=True)
    return result


def _paired(raws: list[_Raw], text: str, original: str, *, ones: bool) -> list[Quantity]:
    found: list[Quantity] = []
    at = 0
    while at < len(raws):
        raw = raws[at]
        after = raws[at + 1] if at + 1 < len(raws) else None
        pair = _pair(raw, after, text, original) if after else None
        if pair:
            found.append(pair)
            at += 2
            continue
        if not raw.weak or (ones and (raw.unit or raw.comparator in _LIMITS)):
            found.append(_single(raw, original))
        at += 1
    return found


def _pair(raw: _Raw, after: _Raw, text: str, original: str) -> Quantity | None:
    joint = text[raw.end : after.start]
    if _is_range(raw, after, joint, text):
        return _joined(raw, after, "range", after.unit or raw.unit, original)
    unitless = not raw.unit or raw.inherited
    behind: Comparator = after.comparator if _one_in_so_many(raw, after, joint) else ""
    if (after.comparator and not behind) or not unitless:
        return None
    if joint == ":" and not after.unit and not raw.comparator:
        return _joined(raw, after, "fraction", "ratio", original)
    if _SLASH.fullmatch(joint):
        listed = after.inherited and after.unit == "%"  # 9/310, 2.9%: the share is of the two
        return _joined(raw, after, "fraction", "" if listed else after.unit, original)
    said = _OF.fullmatch(joint) or (
        _IN.fullmatch(joint)
        and (raw.value < _SMALL or after.value in _ROUND)
        and raw.value < after.value
        and not _OUT_OF.match(text, after.end)
    )
    parts = raw.value <= after.value and not _RANGE_BEHIND.match(
        text, after.end
    )  # no "312 children of 2–11 years"
    if not (said and parts and not after.unit):
        return None
    return _joined(replace(raw, comparator=behind or raw.comparator), after, "fraction", "", original)


def _one_in_so_many(raw: _Raw, after: _Raw, joint: str) -> bool:
    """Whether a limit behind the second number is one of the share: "one in ten at most", not "one trial of 12 or more"."""
    behind = after.start == after.number and not raw.comparator
    return behind and raw.value == 1 and _IN_SO_MANY.search(joint) is not None


def _is_range(raw: _Raw, after: _Raw, joint: str, text: str) -> bool:
    per_time = after.unit.startswith(f"{raw.unit}/")  # "20 mg to 40 mg daily"
    same = raw.inherited or not raw.unit or not after.unit or raw.unit == after.unit or per_time
    until = after.comparator == "≤" and not raw.comparator and _UP_TO.fullmatch(text, raw.end, after.number)
    if not same or (after.comparator and not until) or after.weak or (raw.weak and not after.unit):
        return False
    if until or (raw.unit and not after.unit and joint.strip() in {"à", "a"}):
        return bool(until) and after.value > raw.value  # no "4 semaines à trois reprises"
    if _TO.fullmatch(joint):
        at_a_time = joint.strip() == "à" and not raw.unit and after.unit in patterns.TIME_UNITS
        return not (at_a_time and raw.value > after.value)  # "PASI 90 à 16 semaines"
    if _AND.fullmatch(joint):
        return bool(_BETWEEN.search(text, 0, raw.start))
    if not _COMMA.fullmatch(joint):
        return False
    bracketed = text[raw.start - 1 : raw.start] == "[" and text[after.end : after.end + 1] == "]"
    return bracketed or bool(_INTERVAL.search(text, max(0, raw.start - 40), raw.start))


def _joined(raw: _Raw, after: _Raw, kind: QuantityKind, unit: str, original: str) -> Quantity:
    written = original[raw.start : after.end]
    return Quantity(raw.value, unit, raw.comparator, kind, written, raw.start, after.end, after.value)


def _single(raw: _Raw, original: str) -> Quantity:
    written = original[raw.start : raw.end]
    return Quantity(
        raw.value,
        raw.unit,
        raw.comparator,
        raw.kind,
        written,
        raw.start,
        raw.end,
        None,
        raw.inherited,
        raw.weak,
    )
