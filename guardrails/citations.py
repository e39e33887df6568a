"""A proposed quote becomes a verified citation, or is rejected with the reason. Nothing in between."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from guardrails.model import Citation, Evidence, EvidenceSentence, QuoteSpan
from ingestion.sentences import split
from ingestion.text import find_quote, fold, quote_sha256

RejectionReason = Literal[
    "unknown_passage", "empty_quote", "quote_not_found", "part_of_a_sentence", "heading_only"
]


@dataclass(frozen=True, slots=True)
class ProposedCitation:
    """What an engine or a writer proposes: a passage's key and words that should stand in it."""

    passage: str
    quote: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a proposed citation may not stand."""

    reason: RejectionReason
    rule: str
    messages: Mapping[str, str]
    """By language: "en" and "fr"."""
    passage: str
    quote: str


_REASONS: Mapping[RejectionReason, tuple[str, str, str]] = {
    "unknown_passage": (
        "GR1",
        "The cited passage is not among the approved evidence given for this piece.",
        "Le passage cité ne fait pas partie des éléments approuvés fournis pour ce contenu.",
    ),
    "empty_quote": (
        "GR1",
        "The citation holds no quote.",
        "La référence ne contient aucune citation.",
    ),
    "quote_not_found": (
        "GR4",
        "The quote does not stand word for word in the cited passage.",
        "La citation ne figure pas mot pour mot dans le passage cité.",
    ),
    "part_of_a_sentence": (
        "GR4",
        "The quote is only part of a sentence, table row or bullet: quote it whole.",
        "La citation n'est qu'une partie d'une phrase, d'une ligne de tableau ou d'une puce : citez-la en entier.",
    ),
    "heading_only": (
        "GR4",
        "A heading alone proves nothing: quote the sentence below it.",
        "Un titre seul ne prouve rien : citez la phrase qui le suit.",
    ),
}
_EDGES = " \t\r\n\u00a0•◦▪‣●○■□➢✓-–—*.;:,…"


def verify(proposed: ProposedCitation, evidence: Mapping[str, Evidence]) -> Citation | Rejection:
    """Find the quote in the passage it names, exactly after folding, as one or several whole units.

    The citation's text and offsets come from the evidence, never from the proposal. A missing full stop or
    bullet mark at its ends is restored. Rectangles are left for the caller, who has the pages.
    """
    found = evidence.get(proposed.passage)
    if found is None:
        return _rejected("unknown_passage", proposed)
    if not proposed.quote.strip(_EDGES):
        return _rejected("empty_quote", proposed)
    covered = whole_units(proposed.quote, found)
    if not covered:
        partial = find_quote(proposed.quote, found.text)
        return _rejected("part_of_a_sentence" if partial else "quote_not_found", proposed)
    if all(unit.kind == "heading" for unit in covered):
        return _rejected("heading_only", proposed)
    return cite(found, covered[0].start, covered[-1].end)


def cite(evidence: Evidence, start: int, end: int) -> Citation:
    """The citation of the characters `start:end` of a passage's text."""
    quote = evidence.text[start:end]
    return Citation(
        passage=evidence.passage,
        source=evidence.source,
        reading=evidence.reading,
        title=evidence.title,
        quote=quote,
        quote_sha256=quote_sha256(quote),
        quote_language=evidence.language,
        spans=tuple(_spans(evidence, start, end)),
        locator=evidence.locator,
        doubtful=evidence.page_quality != "good",
    )


def units_of(evidence: Evidence) -> tuple[EvidenceSentence, ...]:
    """The citable units of a passage: as read, or its sentences where the reading does not tell."""
    if evidence.sentences:
        return evidence.sentences
    spans = split(evidence.text, evidence.language)
    return tuple(EvidenceSentence(evidence.text[a:b], "sentence", a, b) for a, b in spans)


def whole_units(quote: str, evidence: Evidence) -> tuple[EvidenceSentence, ...]:
    """The adjacent units that the quote covers exactly, from the first to the last; empty if there are none."""
    wanted = bare(quote)
    units = units_of(evidence)
    for first in range(len(units)):
        if not wanted or not wanted.startswith(bare(units[first].text)):
            continue
        for last in range(first, len(units)):
            covered = bare(evidence.text[units[first].start : units[last].end])
            if covered == wanted:
                return units[first : last + 1]
            if len(covered) > len(wanted):
                break
    return ()


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Folded text without bullet marks, spaces and stops at its ends: what must agree word for word."""
    return fold(text).text.strip(_EDGES)


def _spans(evidence: Evidence, start: int, end: int) -> Iterator[QuoteSpan]:
    """The quote on its pages: one span per part. A line break of the page stands as a space in `text`."""
    for part in evidence.parts:
        first, last = max(start, part.at), min(end, part.at + part.span.end - part.span.start)
        if first < last:
            shift = part.span.start - part.at
            yield QuoteSpan(part.span.page, first + shift, last + shift, evidence.text[first:last])


def _rejected(reason: RejectionReason, proposed: ProposedCitation) -> Rejection:
    rule, english, french = _REASONS[reason]
    return Rejection(reason, rule, {"en": english, "fr": french}, proposed.passage, proposed.quote)
