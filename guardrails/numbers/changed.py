"""A change told with both its values: "went from 13.8 at baseline to 4.6 at week 16", "8.3 % at baseline and 7.1 % at week 26"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from guardrails.numbers.model import Quantity

_VERB = (
    r"(?:r(?:ise|ose|aise)|increas|reduc|decreas|lower|fell|fall|drop|declin|improv|went|chang|switch|titrat|augment|"
    r"r[ée]dui|diminu|baiss|abaiss|pass|port[ée]|tomb|amélior|évolu)"
)
_FROM = r"[^.;:\d]{0,40}\b(?:from|de)\s*"
CHANGES_FROM = re.compile(rf"\b{_VERB}\w*{_FROM}$", re.IGNORECASE)
"""A change between two values tells both: "increased from 10 mg to 20 mg", unlike a range."""
_FIRST = (
    r"(?:(?:at|from|à|a)\s+(?:the\s+)?(?:baseline|study entry|entry|inclusion|l['’](?:inclusion|entrée|état initial)|(?:the )?start|outset)|"
    r"(?:au|en) (?:début|départ)\b[^.;,\d]{0,30}|initially|initialement|before (?:the )?(?:treatment|therapy|study)|"
    r"avant (?:le |l['’])?(?:traitement|étude))"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_TO = re.compile(rf"\s*(?:{_FIRST})?[\s,]*(?:to|à)\s*(?:about\s+|environ\s+)?$", re.IGNORECASE)
_OF_THEM = r"(?:\s+(?:of|des|de)\s+(?:(?:the|les)\s+)?[^\W\d_]+)?"
_THEN = re.compile(
    rf"{_OF_THEM}\s*{_FIRST}[\s,]*(?:(?:and|to|et|puis|then|versus|vs\.?)\s+)?(?:(?:was|were|était|of|de|à|to|in|chez)\s+)?"
    r"(?:about\s+|environ\s+)?$",
    re.IGNORECASE,
)
_AT_A_TIME = re.compile(
    r"\s*(?:(?:at|by|after|on|in)\s+(?:(?:the|study)\s+)?(?:week|month|day|year|visit|end|\d+|one|two|three|six|twelve)|"
    r"(?:à|a|après|au bout de)\s+(?:la\s+|l['’])?(?:semaine|mois|jour|fin|visite|issue|an\b|\d+|un|deux|trois|six|douze)|"
    r"(?:au|en)\s+(?:mois|jour|terme|fin)|post[- ]treatment|sous traitement|after treatment)",
    re.IGNORECASE,
)
_BEFORE = 120
"""Characters before the first value, and behind the second, that tell of the change."""
_RISES = re.compile(rf"\b(?:r(?:ise|ose|aise)|increas|augment|mont|élev)\w*{_FROM}$", re.IGNORECASE)
_FALLS = re.compile(
    rf"\b(?:reduc|decreas|lower|fell|fall|drop|declin|r[ée]dui|diminu|baiss|abaiss|tomb)\w*{_FROM}$",
    re.IGNORECASE,
)
_FARTHEST = 4
"""Numbers between the two values, in brackets: their deviations, how many were measured."""


def changes(quantities: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """The ranges that two values of one measure make where the second came after the first, of one group."""
    for at, one in enumerate(quantities):
        if one.kind != "number" or one.comparator:
            continue
        for after in quantities[at + 1 : at + 2 + _FARTHEST]:
            if after.kind == "number" and not after.comparator and _came_after(one, after, text):
                unit = after.unit or one.unit
                yield replace(one, kind="range", upper=after.value, unit=unit, end=after.end)
                break


def _came_after(one: Quantity, after: Quantity, text: str) -> bool:
    """Whether the text tells of a fall or a rise from the one to the other, not of two groups."""
    if one.unit != after.unit and one.unit and after.unit:
        return False
    between = _BRACKETS.sub(" ", text[one.end : after.start])
    if _TO.fullmatch(between) and CHANGES_FROM.search(text[max(0, one.start - _BEFORE) : one.start]):
        return True
    rest = _BRACKETS.sub(" ", text[after.end : after.end + _BEFORE])
    return _THEN.fullmatch(between) is not None and _AT_A_TIME.match(rest) is not None


def turned(quantity: Quantity, text: str) -> str:
    """What of the text tells a change the other way than its values go, "rose from 8.3% to 7.1%"; empty where nothing does."""
    if quantity.kind != "range" or quantity.upper is None or quantity.upper == quantity.value:
        return ""
    start = max(0, quantity.start - _BEFORE)
    wrong = _RISES if quantity.upper < quantity.value else _FALLS
    found = wrong.search(text[start : quantity.start])
    return text[start + found.start() : quantity.end] if found else ""
