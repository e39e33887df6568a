"""Is this text a factual claim? What an uncited text may not be, and how plain text is told apart into segments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from guardrails.numbers import Quantity, extract
from guardrails.numbers.patterns import alternatives
from guardrails.tables import pattern, table

FactKind = Literal["quantity", "efficacy", "safety", "comparative", "product_claim", "declaration"]
_STOPS = (".", "!", ";", "…")
_YEARS = range(1950, 2101)


@dataclass(frozen=True, slots=True)
class Fact:
    """Why a text counts as factual, and the words that make it so."""

    kind: FactKind
    text: str
    start: int
    end: int


def facts(text: str, language: str, names: tuple[str, ...] = ()) -> Iterator[Fact]:
    """The factual claims in a text; `names` are the product's brand and INN."""
    for quantity in extract(text, language):
        if quantity.is_fact() and not _is_harmless(quantity, text, language):
            yield Fact("quantity", quantity.text.strip(), quantity.start, quantity.end)
    yield from claims(text, language, names)
    yield from _declaration(text, language)


def claims(text: str, language: str, names: tuple[str, ...] = ()) -> Iterator[Fact]:
    """The claims in words: efficacy, safety, comparison, or a predicate about the product."""
    for kind in ("efficacy", "safety", "comparative"):
        for match in _pattern(kind, language).finditer(text):
            yield Fact(kind, match[0], match.start(), match.end())
    if names and (named := _names(names).search(text)) and not _is_question(text):
        verb = pattern("facts.yaml", "claim_verbs", language).search(text, named.end())
        if verb:
            yield Fact("product_claim", text[named.start() : verb.end()], named.start(), verb.end())


def is_greeting(text: str, language: str) -> bool:
    """Whether it opens or closes a letter."""
    return bool(pattern("facts.yaml", "greeting", language).search(text.strip()))


def is_call_to_action(text: str, language: str) -> bool:
    """Whether it asks the reader to do something with the content."""
    return bool(pattern("facts.yaml", "call_to_action", language).search(text.strip()))


def is_mention(text: str) -> bool:
    """Whether it is a legal line: prescribing class, reimbursement, reporting of side effects …"""
    return any(p.search(text) for p in _mentions())


def _is_harmless(quantity: Quantity, text: str, language: str) -> bool:
    """A date, a year, or a count of the content's own parts."""
    if quantity.kind == "date":
        return True
    bare_year = not quantity.unit and quantity.value == int(quantity.value) and int(quantity.value) in _YEARS
    if bare_year and quantity.kind == "number" and not quantity.comparator:
        return True
    number_end = re.compile(r"[\w.,]*\d|\w+").match(text, quantity.start)
    after = text[number_end.end() if number_end else quantity.end :]
    return bool(pattern("facts.yaml", "harmless_numbers", language).search(after))


def _declaration(text: str, language: str) -> Iterator[Fact]:
    """A plain declarative sentence on a medical matter, whatever its words."""
    spoken_to = is_greeting(text, language) or is_call_to_action(text, language) or _is_question(text)
    if spoken_to or pattern("facts.yaml", "about_itself", language).search(text):
        return
    subject, verb = (
        pattern("facts.yaml", "domain", language).search(text),
        pattern("facts.yaml", "finite", language).search(text),
    )
    if subject and verb and text.rstrip().endswith(_STOPS):
        yield Fact("declaration", subject[0], subject.start(), subject.end())


def _is_question(text: str) -> bool:
    return text.rstrip().endswith("?")


@cache
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    return re.compile("|".join(table("facts.yaml")[kind][language]), re.IGNORECASE)


@cache
def _mentions() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in table("facts.yaml")["mention"])


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(names)})\b", re.IGNORECASE)
