"""Mandatory mentions: what a promotional piece must carry, read against the product sheet (FR1 to FR10, FR15)."""

# ruff: noqa: ARG001  every check takes the same three arguments, whichever it looks at

import re
from collections.abc import Iterator
from functools import lru_cache

from guardrails.checks.above import heading_above
from guardrails.model import CheckContext, Document, Finding, Segment
from guardrails.packs import Rule
from guardrails.product import ProductSheet
from ingestion.text import fold


def field_stands(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """The text of a sheet's field (`params.field`) stands in the piece; `only_if_set` asks nothing of an empty field."""
    field = rule.params["field"]
    sheet = ProductSheet(context.product, context.market)
    texts = sheet.texts(field)
    if not texts:
        if not rule.params.get("only_if_set"):
            yield rule.finding("piece", "missing_field", field=field)
        return
    body = _body(document)
    if not any(_plain(text) in body for text in texts):
        yield rule.finding("piece", expected=sheet.text_in(field, document.language), field=field)


def brand_and_inn(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Brand and INN both stand in the piece."""
    sheet, body = ProductSheet(context.product, context.market), _body(document)
    for field in ("brand", "inn"):
        names = sheet.texts(field)
        if not names:
            yield rule.finding("piece", "missing_field", field=field)
        elif not any(_plain(name) in body for name in names):
            yield rule.finding("piece", expected=sheet.text_in(field, document.language), field=field)


def indication_stands(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """An indication stands: the sheet's words, or a statement or approved fragment in that role."""
    if any(s.role == "indication" and _carries(s) for s in document.segments):
        return
    sheet = ProductSheet(context.product, context.market)
    texts = sheet.texts("indications")
    if not texts:
        yield rule.finding("piece", "missing_field", field="indications")
    elif not any(_plain(text) in _body(document) for text in texts):
        yield rule.finding("piece", expected=sheet.text_in("indications", document.language))


def safety_stands(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Each safety subject of `params.subjects` is spoken of in a statement or an approved fragment, or is the heading of one.

    A heading counts where the label has the statement under such a heading, too: under "Contraindications" a label names
    what they are without the word. Sentences that only say where to report or to read more (they hold
    `params.not_counted`) do not count.
    """
    not_counted = re.compile(rule.params["not_counted"], re.IGNORECASE)
    carriers = [(at, s) for at, s in enumerate(document.segments) if _carries(s) or s.role == "mention"]
    told = {at: _without(not_counted, segment.text) for at, segment in carriers}
    text = " ".join(told.values())
    headed = [
        (heading_above(at, document), *_of_label(segment, context))
        for at, segment in carriers
        if told[at].strip(" .")
    ]
    for subject, entry in rule.params["subjects"].items():
        pattern = re.compile(entry["pattern"], re.IGNORECASE)
        if not pattern.search(text) and not any(
            pattern.search(above) and any(map(pattern.search, in_label)) for above, *in_label in headed
        ):
            yield rule.finding("piece", subject=entry["en"], subject_fr=entry["fr"], code=subject)


def _without(not_counted: re.Pattern[str], text: str) -> str:
    return ".".join(" " if not_counted.search(part) else part for part in text.split("."))


def _of_label(segment: Segment, context: CheckContext) -> Iterator[str]:
    """The headings under which the label has what the segment cites."""
    for citation in segment.citations:
        found = context.passages.get(citation.passage)
        if found is not None and found.source_kind == "label":
            yield from (found.heading, *found.section)


def pattern_stands(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """Each of the patterns `params.all` stands somewhere in the piece."""
    body = _body(document)
    for pattern in rule.params["all"]:
        if not re.search(pattern, body, re.IGNORECASE):
            yield rule.finding("piece", pattern=pattern)
            return


def internal_number(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """The internal number `YY/MM/CIS/PM/NNN` stands in the piece or in its visa, with the product's CIS code."""
    known = f"{_body(document)} {(context.visa or {}).get('number', '')}"
    numbers = re.findall(r"\b(\d{2})/(\d{2})/(\d{8})/(PM|GP)/(\d{3})\b", known.upper())
    cis = ProductSheet(context.product, context.market).texts("cis")
    if not numbers:
        yield rule.finding("piece")
    elif not cis:
        yield rule.finding("piece", "missing_field", field="cis")
    elif all(number[2] not in cis for number in numbers):
        yield rule.finding("piece", "other_cis", seen=numbers[0][2], expected=cis[0])
    wanted = "GP" if context.audience == "public" else "PM"
    if numbers and all(number[3] != wanted for number in numbers):
        yield rule.finding("piece", "other_audience", seen=numbers[0][3], expected=wanted)


def additional_monitoring(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    """▼ and its sentence stand when the sheet's flag is set; a sheet that does not tell asks nothing."""
    if not ProductSheet(context.product, context.market).flag("additional_monitoring"):
        return
    body = _body(document)
    if "▼" not in body:
        yield rule.finding("piece", "no_symbol")
    if not re.search(rule.params["sentence"], body, re.IGNORECASE):
        yield rule.finding("piece", "no_sentence")


def _carries(segment: Segment) -> bool:
    return segment.kind in {"statement", "fragment"}


def _body(document: Document) -> str:
    return "\n".join(_plain(segment.text) for segment in document.segments)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Folded, in small letters, without a final stop: mentions are compared as words, not as typography."""
    return fold(text).text.strip().rstrip(".").lower()
