"""The tables of studies with their captions: what a row's figures are of, the caption and the heads of its columns say."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.chat.readable import section_of_label
from assistant.engines.label_tables import CELLS
from assistant.engines.protocol import Quote
from guardrails.model import Evidence

_NUMBERED = re.compile(r"(?:table|tableau)\s*(?:\d+|[IVX]+)\b", re.IGNORECASE)
_OF_STUDIES = frozenset({"4.8", "5.1"})
"""Sections of a label that tell what studies found."""
_SHORT = 3
"""Words of “Table 2.”, which says nothing without the sentence after it."""
_FAR = 1
"""Passages between a table and its caption: none."""


@dataclass(frozen=True, slots=True)
class RowOfTable:
    """A row with what it is called, and the line within the table that it stands under."""

    item: Evidence
    text: str
    label: str
    group: Quote | None


@dataclass(frozen=True, slots=True)
class Captioned:
    """A table that a caption belongs to, as it stands in one passage or several."""

    caption: Quote
    heads: tuple[Quote, ...]
    """Its first row, and the rows below that have heads alone: “ | n | Baseline | Week 36”."""
    rows: tuple[RowOfTable, ...]


def captioned_tables(evidence: Sequence[Evidence]) -> Iterator[Captioned]:
    """Those of papers, and of what labels tell of studies, whose caption is beyond doubt.

    Some papers set captions above their tables and some below. Where one stands on both sides, those tables of the same document tell
    that have it on one alone.
    """
    for _, own in groupby(evidence, key=lambda item: item.source):
        document = list(own)
        tables = [table for table in _tables(document) if _may_be_told(document[table[0]])]
        sides = [
            (_caption(document, at[0] - _FAR, last=True), _caption(document, at[-1] + _FAR, last=False))
            for at in tables
        ]
        alone = Counter(above is not None for above, below in sides if (above is None) != (below is None))
        for at, (above, below) in zip(tables, sides, strict=True):
            caption = above or below if above is None or below is None else _of_two(above, below, alone)
            if caption is not None:
                yield _captioned(caption, [document[number] for number in at])


def _of_two(above: Quote, below: Quote, alone: Counter[bool]) -> Quote | None:
    if alone[True] == alone[False]:
        return None
    return above if alone[True] > alone[False] else below


def _may_be_told(item: Evidence) -> bool:
    if item.source_kind == "label":
        return section_of_label(item.section) in _OF_STUDIES
    return item.source_kind == "paper"


def _tables(document: Sequence[Evidence]) -> Iterator[list[int]]:
    """The places of the passages of each table: one that is long has its first row again in each."""
    held: list[int] = []
    for number, item in enumerate(document):
        if held and (
            number != held[-1] + 1 or not _is_table(item) or _first(item) != _first(document[held[0]])
        ):
            yield held
            held = []
        if _is_table(item):
            held.append(number)
    if held:
        yield held


def _is_table(item: Evidence) -> bool:
    rows = item.sentences
    return (
        item.page_quality == "good"
        and len(rows) > 1
        and all(row.kind == "row" for row in rows)
        and (CELLS in rows[0].text or rows[0].text.startswith("|"))
    )


def cells_of(row: str) -> list[str]:
    """Its cells; an empty first one is written as a line alone."""
    return [cell.strip() for cell in f" {row}".split(CELLS)]


def _first(item: Evidence) -> str:
    return item.sentences[0].text


def _caption(document: Sequence[Evidence], number: int, *, last: bool) -> Quote | None:
    """The caption of a table in the passage at that place: its last one above the table, its first below."""
    if not 0 <= number < len(document) or document[number].layer != "caption":
        return None
    item = document[number]
    starts = [at for at, sentence in enumerate(item.sentences) if _NUMBERED.match(sentence.text)]
    if not starts:
        return None
    at = starts[-1 if last else 0]
    end = at + (len(item.sentences[at].text.split()) <= _SHORT and at + 1 < len(item.sentences))
    return Quote(item.passage, item.text[item.sentences[at].start : item.sentences[end].end])


def _captioned(caption: Quote, parts: Sequence[Evidence]) -> Captioned:
    heads = [Quote(parts[0].passage, _first(parts[0]))]
    rows: list[RowOfTable] = []
    group: Quote | None = None
    for item in parts:
        for sentence in item.sentences[1:]:
            cells = cells_of(sentence.text)
            own = Quote(item.passage, sentence.text)
            if len([cell for cell in cells if cell]) == 1:
                group = own
            elif cells[0]:
                rows.append(RowOfTable(item, sentence.text, cells[0], group))
            elif not rows and group is None:
                heads.append(own)
    return Captioned(caption, tuple(heads), tuple(rows))
