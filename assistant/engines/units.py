"""From evidence to units: the whole sentences, bullets and lists that may be quoted, each with its place and purpose."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from assistant.engines.cues import (
    EXCLUDED_HEADING,
    EXCLUDED_LABEL_PART,
    FINITE_VERB,
    HEADING_ZONES,
    LABEL_ZONES,
    SPECIAL_POPULATION,
    Zone,
)
from assistant.engines.protocol import Quote
from assistant.engines.standing import THE_ANALYSIS, shares_out_nothing, words
from guardrails.model import Evidence, EvidenceSentence, Language
from guardrails.surroundings import points_back, stretch_of
from guardrails.taken_back import takes_back
from guardrails.torn import doses_anybody, hangs_on, heads_a_dose

LONGEST_LIST = 300
"""Words of a list that is quoted with the sentence that opens it. A longer one is left out: cutting it would change
what it says.
"""
LONGEST_SLIDE_LIST = 30

_HEADING_IN_LINE = re.compile(r"^[A-ZÀ-Ý][^\d.;]+\.\s*$")
_LONGEST_HEADING_IN_LINE = 6
"""Words of a heading that is set in the line of its paragraph: “Insuffisance hépatique légère ou modérée.”"""

_LONGEST_UNDER_A_LINE = 60
"""Words of a line and the sentences under it that are told together."""

_USE = re.compile(r"\b(?:in|after|before|during|first)[ -](?:first )?use\b", re.IGNORECASE)
"""No verb."""

_NUMBER = re.compile(r"^\s*(\d{1,2})(?:\.(\d{1,2}))?\.?\s")
_NOT_SMPC = re.compile(
    r"^\s*(?:ANNEXE? (?:II|III)\b|(?:A|B|C|D|E)\.\s+(?:MANUFACTUR|LABELLING|PACKAGE LEAFLET|CONDITIONS|OTHER CONDITIONS|SPECIFIC"
    r"|FABRICANT|TITULAIRE|[ÉE]TIQUETAGE|NOTICE|AUTRES CONDITIONS)|PARTICULARS TO APPEAR|MINIMUM PARTICULARS|MENTIONS DEVANT FIGURER"
    r"|MENTIONS MINIMALES|LABELLING\b|[ÉE]TIQUETAGE\b|PACKAGE LEAFLET|NOTICE\s*:|Package leaflet\s*:|Notice\s*:\s*Information"
    r"|What is in this leaflet|Que contient cette notice|B\. NOTICE)"
)
_SMPC = re.compile(
    r"^\s*(?:ANNEXE? I\b(?!I)|SUMMARY OF PRODUCT CHARACTERISTICS|R[ÉE]SUM[ÉE] DES CARACT[ÉE]RISTIQUES DU PRODUIT)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What could become a statement, and what is known of its place."""

    text: str
    kind: str
    """sentence, bullet, or block: a sentence that ends with a colon and the whole list that it opens, or one and its "however"."""
    quotes: tuple[Quote, ...]
    """More than one where a list runs from one passage into the next."""
    source: str
    source_kind: str
    language: Language
    zone: Zone
    section: tuple[str, ...]
    """The headings above it, outermost first."""
    heading: str
    """Innermost heading or slide title."""
    slide: bool
    order: int
    special: bool
    """Under a sub-heading that narrows a dose to some patients."""
    doubtful: bool
    first_of_section: bool
    abstract: bool
    """Of a paper: on its first page or under a heading of its abstract."""


def weight_of(source_kind: str) -> int:
    """The rank of a kind of source, 0 for the label: where two say the same, the weightier is quoted."""
    return _KINDS.index(source_kind) if source_kind in _KINDS else len(_KINDS)


_KINDS = ("label", "paper", "deck", "transcript", "claims", "guideline", "opinion")


@lru_cache(maxsize=8192)
def zone_of(section: tuple[str, ...], heading: str, source_kind: str) -> Zone:
    """What the headings above a sentence say that it is about. A label's numbers come before its words."""
    path = [*section] or ([heading] if heading else [])
    if path and EXCLUDED_HEADING.search(_SLIDE.sub("", path[-1])):
        return "excluded"
    if source_kind == "label":
        numbered = _label_zone(path)
        if numbered:
            return numbered
    return _zone_by_words(path)


_SLIDE = re.compile(r"^\s*(?:slide|diapositive)\s*\d+\s*[:.–-]\s*", re.IGNORECASE)
"""How a recording names the slide that it speaks to: “Slide 2: Agenda”."""


def _label_zone(path: Sequence[str]) -> Zone | None:
    if any(EXCLUDED_LABEL_PART.match(name) for name in path):
        return "excluded"
    for name in path:
        match = _NUMBER.match(name)
        zone = LABEL_ZONES.get(f"{match[1]}.{match[2]}") if match else None
        if zone == "result" and _zone_by_words(path[-1:]) == "mechanism":
            return "mechanism"
        if zone:
            return zone
    return None


def _zone_by_words(path: Sequence[str]) -> Zone:
    """The innermost heading that says something; "other" where none does."""
    for name in reversed(path):
        for pattern, zone in HEADING_ZONES:
            if pattern.search(name):
                return zone
    return "other"


def summary_of_characteristics(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Of a label's passages in order: those of the first product's SmPC.

    European product information goes on with annex II, the packaging's text and the patients' leaflet, and may
    begin again with another strength. What was registered as a label and has no section 4.1 (an assessment report) is
    kept whole and read as any other document.
    """
    kept: list[Evidence] = []
    outside = False
    seen_posology = False
    for item in evidence:
        marks = [*item.section, item.heading, item.text[:120]]
        if any(_NOT_SMPC.match(mark) for mark in marks):
            outside = True
        elif any(_SMPC.match(mark) for mark in marks):
            outside = False
        if outside:
            continue
        number = _section_number(item)
        if seen_posology and number is not None and number < (2, 0) and _is_name_section(item):
            break
        seen_posology = seen_posology or number == (4, 2)
        kept.append(item)
    if any(_section_number(item) == (4, 1) for item in kept):
        return kept
    return [replace(item, source_kind="guideline") for item in evidence]


def _section_number(item: Evidence) -> tuple[int, int] | None:
    for name in reversed(item.section):
        match = _NUMBER.match(name)
        if match:
            return int(match[1]), int(match[2] or 0)
    return None


def _is_name_section(item: Evidence) -> bool:
    return any(
        re.search(r"NAME OF THE MEDICINAL|D[ÉE]NOMINATION DU M[ÉE]DICAMENT", n, re.IGNORECASE)
        for n in item.section
    )


def units_of(evidence: Sequence[Evidence]) -> list[Unit]:
    """All units of the evidence, in its order. What repeats the text of an earlier unit is left out."""
    found: list[Unit] = []
    seen: set[str] = set()
    quotable = (item for item in evidence if item.layer in _PROSE)
    for _, group in groupby(quotable, key=stretch_of):
        first = True
        for pieces, kind in _pieces(list(group)):
            unit = _unit(pieces, kind, len(found), first_of_section=first)
            key = " ".join(_FOOTNOTE_MARKS.sub("", unit.text).casefold().split())
            if key not in seen:
                seen.add(key)
                found.append(unit)
                first = False
    return found


_FOOTNOTE_MARKS = re.compile("[¹²³⁴⁵⁶⁷⁸⁹⁰†‡]+$")
_PROSE = frozenset({"body", "notes", "questions"})
_Piece = tuple[Evidence, EvidenceSentence]


def _pieces(stretch: Sequence[Evidence]) -> Iterator[tuple[Sequence[_Piece], str]]:
    """Each sentence and bullet, a sentence together with the next one that takes something back, a list with what opens it."""
    flow = [(item, s) for item in stretch for s in item.sentences if s.kind in {"sentence", "bullet"}]
    if not flow:
        return
    zone = zone_of(stretch[0].section, stretch[0].heading, stretch[0].source_kind)
    if zone == "contraindication" and _count(flow) <= LONGEST_LIST:
        yield flow, "block" if len(flow) > 1 else "sentence"  # whole or not at all, where that is readable
        return
    slide = stretch[0].locator.slide is not None
    at = 0
    while at < len(flow):
        if (under := _end_under_a_line(flow, at)) > at:
            yield flow[at:under], "block"
            at = under
            continue
        start = at
        at += _heads_the_next(flow, at)
        end = _end_of_list(flow, at)
        if end > at + 1 and slide and _count(flow[at:end]) > LONGEST_SLIDE_LIST:
            end = at + 1  # its bullets are read one by one under the slide's title
        if end > at + 1:
            if _count(flow[start:end]) <= LONGEST_LIST:
                yield flow[start:end], "block"
        elif not _opens(flow[at][1]):
            end = _end_of_thought(
                flow, at, stretch[0].language, under=flow[start][1].text if at > start else ""
            )
            yield flow[start:end], flow[start][1].kind if end == start + 1 else "block"
        at = end


def _heads_the_next(flow: Sequence[_Piece], at: int) -> bool:
    """Whether a heading is set in the line of a label's paragraph, “Renal impairment. No adjustment is needed …”, or as a line over it.

    Alone it says nothing, and what it heads does not say of whom it speaks.
    """
    if at + 1 >= len(flow):
        return False
    (item, sentence), (next_item, following) = flow[at], flow[at + 1]
    return (
        item.source_kind == "label"
        and item.passage == next_item.passage
        and sentence.kind == following.kind == "sentence"
        and _is_heading(sentence.text, item.language)
        and not FINITE_VERB[item.language].search(sentence.text)
        and bool(FINITE_VERB[item.language].search(following.text) or _opens(following))
    )


def _end_under_a_line(flow: Sequence[_Piece], at: int) -> int:
    """Behind the sentences of a label that stand under a line without a verb that ends in a colon, “In use conditions:”, where they are few;
    `at` where it is none. Without that line each is taken to be of what the heading above says, “Unopened”.
    """
    item, line = flow[at]
    if item.source_kind != "label" or not _opens(line) or words(line.text) > _LONGEST_HEADING_IN_LINE:
        return at
    if FINITE_VERB[item.language].search(_USE.sub("", line.text)):
        return at
    end = at + 1
    while (
        end < len(flow)
        and flow[end][0].passage == item.passage
        and flow[end][1].kind == "sentence"
        and not _opens(flow[end][1])
    ):
        end += 1
    while _count(flow[at:end]) > _LONGEST_UNDER_A_LINE:
        end -= 1
    return end if end > at + 1 else at


def _is_heading(text: str, language: Language) -> bool:
    in_line = bool(_HEADING_IN_LINE.match(text)) and words(text) <= _LONGEST_HEADING_IN_LINE
    return in_line or heads_a_dose(text, language)


def _end_of_thought(flow: Sequence[_Piece], at: int, language: Language, *, under: str = "") -> int:
    """Behind the sentences that take back something of the one at `at`, or say nothing without it or the line that it stands `under`.

    "However, the difference was not significant", "Most were mild".
    """
    end = at + 1
    for_some, label = heads_a_dose(under, language), flow[at][0].source_kind == "label"
    while end < len(flow):
        before, after = flow[end - 1][1], flow[end][1]
        written = flow[at][0].source_kind != "transcript"  # what is spoken before says it too loosely
        hangs = written and after.kind == "sentence" and hangs_on(after.text, before.text, language)
        hangs = hangs or (for_some and doses_anybody(after.text, language))
        hangs = hangs or (label and after.kind == "sentence" and bool(points_back(after.text, language)))
        hangs = hangs or (written and after.kind == "sentence" and shares_out_nothing(after.text))
        hangs = hangs or takes_back(after.text, before.text, language)
        if not hangs or (flow[at][0].source_kind == "paper" and THE_ANALYSIS.match(after.text)):
            break
        end += 1
    return end


def _count(pieces: Sequence[_Piece]) -> int:
    return sum(words(sentence.text) for _, sentence in pieces)


def _opens(sentence: EvidenceSentence) -> bool:
    return sentence.text.rstrip().endswith(":")


def _end_of_list(flow: Sequence[_Piece], at: int) -> int:
    """Where the list ends that the sentence at `at` opens: behind its last bullet; `at + 1` where it opens none."""
    end = at + 1
    if _opens(flow[at][1]):
        while end < len(flow) and flow[end][1].kind == "bullet" and not _opens(flow[end][1]):
            end += 1
    return end


def _unit(pieces: Sequence[_Piece], kind: str, order: int, *, first_of_section: bool) -> Unit:
    item = pieces[0][0]
    quotes = tuple(_quotes(pieces))
    return Unit(
        text="\n".join(quote.text for quote in quotes),
        kind=kind,
        quotes=quotes,
        source=item.source,
        source_kind=item.source_kind,
        language=item.language,
        zone=zone_of(item.section, item.heading, item.source_kind),
        section=item.section,
        heading=_innermost(item),
        slide=item.locator.slide is not None,
        order=order,
        special=bool(item.section) and bool(SPECIAL_POPULATION.search(item.section[-1])),
        doubtful=any(evidence.page_quality != "good" for evidence, _ in pieces),
        first_of_section=first_of_section,
        abstract=item.source_kind == "paper" and _in_abstract(item),
    )


def unit_of_table(quotes: Sequence[Quote], item: Evidence, order: int = 0, *, doubtful: bool) -> Unit:
    """Rows of a table with what stands over and below them, as one; `item` is the passage that they stand in."""
    return Unit(
        text="\n".join(quote.text for quote in quotes),
        kind="row",
        quotes=tuple(quotes),
        source=item.source,
        source_kind=item.source_kind,
        language=item.language,
        zone=zone_of(item.section, item.heading, item.source_kind),
        section=item.section,
        heading=_innermost(item),
        slide=False,
        order=order,
        special=False,
        doubtful=doubtful,
        first_of_section=False,
        abstract=False,
    )


def _innermost(item: Evidence) -> str:
    return (item.section[-1] if item.section else item.heading).strip()


def _in_abstract(item: Evidence) -> bool:
    told = any(_ABSTRACT.search(name) for name in (*item.section, item.heading))
    return told or item.locator.page == 1


_ABSTRACT = re.compile(r"\b(?:abstract|summary|r[ée]sum[ée])\b|^\w+\s?:\s*$", re.IGNORECASE)
"""A structured abstract's own headings end with a colon."""


def _quotes(pieces: Sequence[_Piece]) -> Iterator[Quote]:
    """One quote for each passage that the pieces come from: from the first of them to the last."""
    for _, group in groupby(pieces, key=lambda piece: piece[0].passage):
        own = list(group)
        evidence = own[0][0]
        yield Quote(evidence.passage, evidence.text[own[0][1].start : own[-1][1].end])
