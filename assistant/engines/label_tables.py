"""A label's tables as they stand in it: a long one put together again, with what leads to it and its notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.engines.cues import FINITE_VERB
from assistant.engines.standing import NOTE
from guardrails.model import Evidence, EvidenceSentence
from guardrails.torn import heads_a_dose

CELLS = " | "
"""Between the cells of a row."""
_LONGEST_LEAD = 3
"""Sentences between the line over a table and the table."""
_POINTS_AT_A_TABLE = re.compile(r"\btab(?:le|leau)x?\b|:\s*$", re.IGNORECASE)
Lines = tuple[Evidence, tuple[EvidenceSentence, ...]]
"""Sentences of a passage that follow each other."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a label, what stands over it and below."""

    parts: tuple[Evidence, ...]
    """A long table stands in several passages, each with the first row again."""
    over: Lines | None
    """The line over it and what leads from there to the table."""
    notes: Lines | None
    of_whom: Lines | None
    """The line just before it that says for whom its doses are: "Children under 50 kg"."""
    below: Evidence | None
    """The passage of its section behind it."""

    @property
    def header(self) -> str:
        """The first row: the heads of its columns."""
        return self.parts[0].sentences[0].text

    @property
    def rows(self) -> list[tuple[Evidence, EvidenceSentence]]:
        """Those below the first, in order."""
        return [(item, row) for item in self.parts for row in item.sentences[1:]]

    @property
    def about(self) -> str:
        """What the whole of it is about: the line over it and the heads of its columns."""
        over = [sentence.text for sentence in self.over[1]] if self.over else []
        return " ".join([*over, self.header])


def tables_of(evidence: Sequence[Evidence]) -> Iterator[Table]:
    """The tables of the labels in reading order."""
    at = 0
    while at < len(evidence):
        start, at = at, at + 1
        table = evidence[start]
        if not _is_table(table):
            continue
        while at < len(evidence) and _goes_on(table, evidence[at]):
            at += 1
        before = _of_section(evidence[start - 1], table) if start else None
        after = _of_section(evidence[at], table) if at < len(evidence) else None
        yield Table(tuple(evidence[start:at]), _over(before), _notes(after), _of_whom(before), after)


def _is_table(item: Evidence) -> bool:
    rows = item.sentences
    return (
        item.source_kind == "label"
        and len(rows) > 1
        and all(row.kind == "row" for row in rows)
        and CELLS in rows[0].text
    )


def _goes_on(first: Evidence, item: Evidence) -> bool:
    return (
        _is_table(item)
        and _of_section(item, first) is not None
        and item.sentences[0].text == first.sentences[0].text
    )


def _of_section(item: Evidence, table: Evidence) -> Evidence | None:
    """The neighbour, where it stands in the same section."""
    return item if (item.source, item.section) == (table.source, table.section) else None


def _holds_a_row(item: Evidence) -> bool:
    return any(sentence.kind == "row" for sentence in item.sentences)


def _over(item: Evidence | None) -> Lines | None:
    """Of the text before a table."""
    if item is None or _holds_a_row(item):
        return None
    for far in range(1, _LONGEST_LEAD + 1):
        line = item.sentences[-far] if far <= len(item.sentences) else None
        if line is None or NOTE.match(line.text):
            break
        if line.kind == "sentence" and _is_line(line.text, item):
            return item, item.sentences[-far:]
    last = item.sentences[-1:]
    return (item, last) if last and _POINTS_AT_A_TABLE.search(last[0].text) else None


def _is_line(text: str, item: Evidence) -> bool:
    """A line without a stop or a verb: "Renal impairment", "Children from 6 years of age"."""
    if heads_a_dose(text, item.language):
        return True
    return text[-1:].isalnum() and not FINITE_VERB[item.language].search(text)


def _of_whom(item: Evidence | None) -> Lines | None:
    """The last line of what stands before a table; a row of another table is none."""
    last = item.sentences[-1:] if item else ()
    heads = any(line.kind != "row" and heads_a_dose(line.text, item.language) for line in last if item)
    return (item, last) if item and heads else None


def _notes(item: Evidence | None) -> Lines | None:
    """Of the text behind a table."""
    found: list[EvidenceSentence] = []
    for sentence in item.sentences if item and not _holds_a_row(item) else ():
        if not NOTE.match(sentence.text):
            break
        found.append(sentence)
    return (item, tuple(found)) if item and found else None
