"""What stands around a quoted sentence in its source and changes what it says: lead-in, heading, the sentences beside it.

Every text here is the source's own. Patterns are data: `surroundings.yaml`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from guardrails.citations import bare, units_of
from guardrails.facts import claims
from guardrails.model import Beside, Citation, Evidence, EvidenceSentence, Language
from guardrails.tables import pattern, table
from guardrails.taken_back import takes_back
from guardrails.torn import (
    doses_anybody,
    gives_result,
    heads_a_dose,
    heads_some,
    leans_on,
    names_condition,
    plain,
    stands_alone,
    unconditioned,
)
from ingestion.sentences import split

Variant = Literal["lead_in", "points_back", "before", "next", "heading", "list", "apart"]
REACH = 3
"""Passages that are gone back for the sentence that opens a list."""
_PROSE = frozenset({"sentence", "bullet"})
_ITEM_ENDS = (";", ",", " et", " and", " or", " ou")
_STOPS = re.compile(r"[.!?…][\"”’»)\]\s]*(?:\d{1,3}(?:[,–-]\d{1,3})*)?$|[⁰¹²³⁴⁵⁶⁷⁸⁹]$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, bullet or heading in the flow of its section."""

    text: str
    kind: str
    passage: str
    start: int
    """Where it begins in its passage."""
    bare: str
    """Its text as texts are compared."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands in its source: pieces `first` to `last` of the flow, both included."""

    flow: tuple[Piece, ...]
    first: int
    last: int
    headings: tuple[str, ...]
    language: Language

    @property
    def before(self) -> Piece | None:
        """The piece before it."""
        return self.flow[self.first - 1] if self.first else None

    @property
    def after(self) -> Piece | None:
        """The piece after it."""
        return self.flow[self.last + 1] if self.last + 1 < len(self.flow) else None


@dataclass(frozen=True, slots=True)
class Lack:
    """What a statement told alone leaves out of its surroundings, and where that stands."""

    variant: Variant
    words: str
    """The source's own; empty where what a sentence points back to is not in the reading."""
    where: Literal["above", "before", "after"]
    begins: str = ""
    """Of a sentence that points back: the word that it begins with."""


def beside(evidence: Sequence[Evidence]) -> dict[str, Beside]:
    """The neighbours of each passage; `evidence` is in the order of reading."""
    found: dict[str, Beside] = {}
    stretches: dict[tuple[object, ...], list[Evidence]] = {}
    for item in sorted(evidence, key=lambda item: item.source):
        stretches.setdefault(stretch_of(item), []).append(item)
    for items in stretches.values():
        for at, item in enumerate(items):
            before = tuple(reversed(items[max(0, at - REACH) : at]))
            found.setdefault(item.passage, Beside(before, tuple(items[at + 1 : at + 2])))
    return found


def stretch_of(item: Evidence) -> tuple[object, ...]:
    """One section of a document, one slide, one turn: what is read in one go."""
    return item.source, item.section, item.heading, item.layer, item.locator.slide, item.locator.start


def place_of(
    text: str, passages: Sequence[Evidence], near: Mapping[str, Beside], cited: Sequence[Citation] = ()
) -> Place | None:
    """Where the text stands, whole and without a gap, in the flow around these passages: where it is cited, else where it stands first.

    The same words may stand twice in a passage, free and under a lead-in that turns them.
    """
    begins = {begin for citation in cited for item in passages for begin in _begins(citation, item)}
    first: Place | None = None
    for place in _places(text, passages, near):
        piece = place.flow[place.first]
        if not begins or (piece.passage, piece.start) in begins:
            return place
        first = first or place
    return first


def _places(text: str, passages: Sequence[Evidence], near: Mapping[str, Beside]) -> Iterator[Place]:
    wanted = bare(text)
    for item in passages:
        flow = _flow(item, near.get(item.passage, Beside()))
        for first, piece in enumerate(flow):
            if not piece.bare or not wanted.startswith(piece.bare):
                continue
            last = _end(flow, first, wanted)
            if last is not None and any(p.passage == item.passage for p in flow[first : last + 1]):
                own = [p.text for p in flow[:first] if p.kind == "heading"][-1:]
                above = (item.heading, *item.section, *own)  # a slide's title stands in the heading alone
                yield Place(flow, first, last, tuple(filter(None, above)), item.language)


def _begins(citation: Citation, item: Evidence) -> Iterator[tuple[str, int]]:
    """Where in its passage the quote begins, by its first place on a page."""
    if citation.passage != item.passage or not citation.spans:
        return
    quote = citation.spans[0]
    for part in item.parts:
        if part.span.page == quote.page and part.span.start <= quote.start < part.span.end:
            yield item.passage, part.at + quote.start - part.span.start


def _end(flow: Sequence[Piece], first: int, wanted: str) -> int | None:
    for last in range(first, len(flow)):
        said = bare(" ".join(piece.text for piece in flow[first : last + 1]))
        if said == wanted:
            return last
        if len(said) > len(wanted):
            return None
    return None


def _flow(item: Evidence, near: Beside) -> tuple[Piece, ...]:
    return tuple(piece for one in (*reversed(near.before), item, *near.after) for piece in _pieces_of(one))


def _pieces_of(item: Evidence) -> tuple[Piece, ...]:
    return _pieces(item.passage, units_of(item), item.language)


@lru_cache(maxsize=2048)
def _pieces(passage: str, units: tuple[EvidenceSentence, ...], language: Language) -> tuple[Piece, ...]:
    """Made once a passage: each statement of a piece asks for its own and for those around it."""
    return tuple(
        Piece(text, unit.kind, passage, unit.start + at, bare(text))
        for unit in units
        for at, text in (_sentences(unit.text, language) if unit.kind in _PROSE else ((0, unit.text),))
    )


def _sentences(text: str, language: Language) -> tuple[tuple[int, str], ...]:
    return tuple((start, text[start:end]) for start, end in split(text, language)) or ((0, text),)


def lacking(place: Place) -> Iterator[Lack]:
    """What of the surroundings turns the meaning of the statement at this place, and is not told by it."""
    if place.flow[place.first].kind not in _PROSE:
        return
    yield from _opened(place)
    yield from _limited(place)
    yield from _headed(place)


def read_with(place: Place) -> Iterator[str]:
    """The sentences around a place that it is read in the light of, whether or not their words turn it."""
    yield from (lack.words for lack in (*_opened(place), *_limited(place)) if lack.words)
    before, after = place.before, place.after
    if before is not None and _opens(before.text):
        yield before.text
    if after is not None and pattern("surroundings.yaml", "of_the_result", place.language).match(
        plain(after.text)
    ):
        yield after.text


def _opened(place: Place) -> Iterator[Lack]:
    first, before = place.flow[place.first], place.before
    opening = _lead_in(place)
    if opening is not None:
        yield Lack("lead_in", opening.text, "before")
    elif begins := points_back(first.text, place.language, before.text if before else ""):
        yield Lack("points_back", before.text if before else "", "before", begins)
    elif before is not None and _turns(before.text, place.language) and _gives_result(place):
        yield Lack("before", before.text, "before")
    elif unconditioned(plain(first.text), place.language):
        yield from _condition(place)
    elif doses_anybody(first.text, place.language) and (line := _line_over(place)):
        yield Lack("before", line, "before")


def _line_over(place: Place) -> str:
    """The line without a stop over the paragraph of a dose that says for whom it is."""
    if place.flow[place.first].kind != "sentence":
        return ""
    for piece in reversed(place.flow[: place.first]):
        if piece.kind != "sentence" or heads_a_dose(piece.text, place.language):
            return piece.text if piece.kind == "sentence" else ""
        if not _STOPS.search(piece.text):
            return ""
    return ""


def _condition(place: Place) -> Iterator[Lack]:
    """The sentence before an instruction, or else the heading above it, that says in what case it holds."""
    before = place.before
    if before is not None and before.kind in _PROSE:
        if names_condition(before.text, place.language):
            yield Lack("before", before.text, "before")
    elif place.headings and heads_some(place.headings[-1], place.language):
        yield Lack("heading", place.headings[-1], "above")


def _lead_in(place: Place) -> Piece | None:
    """The sentence that opens the list, or announces the sentence, that the statement begins with."""
    flow, at = place.flow, place.first
    if at == place.last and _opens(flow[at].text):
        return None  # it opens a list of its own, and tells nothing without that
    amid = _is_item(flow[at])
    while at:
        earlier = flow[at - 1]
        if earlier.kind == "heading":
            return None
        if flow[at].kind == "bullet" and _runs_on(earlier, place.language):
            return earlier
        if _opens(earlier.text):
            binds = amid or pattern("surroundings.yaml", "binds", place.language).search(plain(earlier.text))
            return earlier if binds else None
        if not amid or not _is_item(earlier):
            return None
        at -= 1
    return None


def _is_item(piece: Piece) -> bool:
    """Whether it is an item of a list: a bullet, or what ends as items do that lost their marks."""
    text = piece.text.rstrip()
    return piece.kind == "bullet" or text.endswith(_ITEM_ENDS) or not _STOPS.search(text)


def _runs_on(piece: Piece, language: Language) -> bool:
    """Whether it is a sentence that ends without a stop and goes on in the bullets below it: no title, which changes none of them."""
    said = plain(piece.text).rstrip()
    if piece.kind != "sentence" or said.endswith((":", *_ITEM_ENDS)) or _STOPS.search(said):
        return False
    return bool(
        pattern("surroundings.yaml", "hangs", language).search(said)
        or pattern("surroundings.yaml", "binds", language).search(said)
    )


def _opens(text: str) -> bool:
    return text.rstrip().endswith(":")


def points_back(text: str, language: Language, before: str = "") -> str:
    """The words that the text begins with where they stand for something said before it; empty where it says what it speaks of."""
    said = plain(text)
    replied = pattern("surroundings.yaml", "replies", language).match(said)
    if replied and before.rstrip().endswith("?"):
        return replied[0]
    if stands_alone(said, language):
        return ""
    found = pattern("surroundings.yaml", "points_back", language).match(said)
    if found and (
        pattern("surroundings.yaml", "subject", language).match(said) or gives_result(text, language)
    ):
        return found[0]
    return leans_on(said, language)


def _turns(text: str, language: Language) -> bool:
    """Whether what follows is read in the light of this sentence, which has no colon."""
    return bool(
        pattern("surroundings.yaml", "announces", language).search(text)
        and pattern("surroundings.yaml", "turning", language).search(text)
    )


def _gives_result(place: Place) -> bool:
    texts = [piece.text for piece in place.flow[place.first : place.last + 1]]
    return any(gives_result(text, place.language) for text in texts)


def _limited(place: Place) -> Iterator[Lack]:
    last, after = place.flow[place.last], place.after
    if pattern("surroundings.yaml", "but", place.language).search(plain(last.text).rstrip()):
        yield Lack("list", after.text if after else last.text, "after")
    elif after is not None and after.kind in _PROSE and takes_back(after.text, last.text, place.language):
        yield Lack("next", after.text, "after")


def _headed(place: Place) -> Iterator[Lack]:
    text = " ".join(piece.text for piece in place.flow[place.first : place.last + 1]).replace("’", "'")
    for name, entry in table("surroundings.yaml")["headings"].items():
        heading = next(
            (h for h in reversed(place.headings) if _heading(name).search(h.replace("’", "'"))), ""
        )
        if not heading or _carried(name).search(text):
            continue
        if not entry.get("claims") or next(claims(text, place.language), None) is not None:
            yield Lack("heading", heading, "above")


def names_heading(told: str, heading: str) -> bool:
    """Whether a text says what such a heading says: "Contraindications" for "4.3 Contraindications"."""
    said = told.replace("’", "'")
    return bare(heading) in bare(told) or any(
        _heading(name).search(said) and _heading(name).search(heading.replace("’", "'"))
        for name in table("surroundings.yaml")["headings"]
    )


@cache
def _heading(name: str) -> re.Pattern[str]:
    return re.compile(table("surroundings.yaml")["headings"][name]["heading"], re.IGNORECASE)


@cache
def _carried(name: str) -> re.Pattern[str]:
    return re.compile(table("surroundings.yaml")["headings"][name]["carried"], re.IGNORECASE)
