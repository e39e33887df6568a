"""A label's tables that a topic asks for: told with the line over them and their notes, or named among what was left out.

The rest of the engine reads sentences. "Renal impairment" asked, it told everything but the doses of the table below.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.engines.cues import FINITE_VERB
from assistant.engines.protocol import Quote, Rejected, Task
from assistant.engines.standing import NOTE, words
from assistant.engines.topic import topical_shares
from assistant.engines.units import Unit, unit_of_table, zone_of
from guardrails.model import Evidence, EvidenceSentence
from guardrails.torn import heads_a_dose

LONGEST_TABLE, MOST_ROWS = 160, 12
"""Words and rows that a reader of a short piece takes in."""
_CELLS = " | "
_TELLING = frozenset(
    {"indication", "dose", "contraindication", "warning", "interaction", "special_population"}
    | {"adverse_reaction", "overdose"}
)
_LONGEST_LEAD = 3
"""Sentences between the line over a table and the table."""
_POINTS_AT_A_TABLE = re.compile(r"\btab(?:le|leau)x?\b|:\s*$", re.IGNORECASE)
MARKED = re.compile(r"(?<=\S)\s?(?:\((?:\d{1,2}|[a-z])\)|[*†‡§]+|[¹²³ᵃᵇᶜ])\s*(?=\||$)", re.MULTILINE)
"""A cell that ends with the mark of a note. The unit "m²" is one only where no measure stands before it."""
_SQUARE = re.compile(r"(?:m|cm|mm)[²³]")
_LEFT_OUT = {
    "table_too_long": {
        "en": "A table of the label belongs to the topic and is too long to be told here. Read it in its section: {section}.",
        "fr": "Un tableau du RCP concerne le sujet et est trop long pour figurer ici. Le lire dans sa rubrique : {section}.",
    },
    "table_doubtful": {
        "en": "A table of the label belongs to the topic and could not be read with certainty, with its notes. Read it in its section: {section}.",
        "fr": "Un tableau du RCP concerne le sujet et n'a pas pu être lu avec certitude, avec ses notes. Le lire dans sa rubrique : {section}.",
    },
    "table_no_room": {
        "en": "A table of the label belongs to the topic and found no room. Read it in its section: {section}.",
        "fr": "Un tableau du RCP concerne le sujet et n'a pas trouvé de place. Le lire dans sa rubrique : {section}.",
    },
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a label, what stands over it and below."""

    parts: tuple[Evidence, ...]
    """A long table stands in several passages, each with the first row again."""
    over: tuple[Evidence, tuple[EvidenceSentence, ...]] | None
    notes: tuple[Evidence, tuple[EvidenceSentence, ...]] | None

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


@dataclass(frozen=True, slots=True)
class AskedTables:
    """What the tables have to say of a topic."""

    units: tuple[Unit, ...]
    left_out: tuple[Rejected, ...]


def asked_tables(evidence: Sequence[Evidence], units: Sequence[Unit], task: Task) -> AskedTables:
    """The tables of the labels that carry the topic as well as its best sentences do, or the rows that do better than their table.

    Nothing without a topic.
    """
    tables = [table for table in tables_of(evidence) if _zone(table) in _TELLING]
    if not task.topic or not tables:
        return AskedTables((), ())
    probes = [unit_of_rows(table, table.rows[:1]) for table in tables]
    wholes = [replace(probe, text=table.about) for probe, table in zip(probes, tables, strict=True)]
    rows = [
        [replace(probe, text=f"{table.about} {_named(row.text, probe)}") for _, row in table.rows]
        for probe, table in zip(probes, tables, strict=True)
    ]
    shares = topical_shares(
        task.topic,
        [*units, *wholes, *(r for own in rows for r in own)],
        [u.text for u in units],
        task.otherwise,
    )
    best, at = max(shares), len(units) + len(tables)
    told: list[Unit] = []
    left_out: list[Rejected] = []
    seen: set[str] = set()
    for number, table in enumerate(tables):
        whole, of_rows = shares[len(units) + number], shares[at : at + len(table.rows)]
        at += len(table.rows)
        highest = max(whole, *of_rows)
        if best <= 0 or highest < _NEARLY * best:
            continue
        kept = table.rows
        if highest > whole:
            kept = [row for row, share in zip(table.rows, of_rows, strict=True) if share == highest]
        unit = unit_of_rows(table, kept)
        # A label of several strengths has each of its tables again and again.
        if (again := " ".join(unit.text.casefold().split())) in seen:
            continue
        seen.add(again)
        reason = _not_tellable(unit, len(kept))
        if reason:
            left_out.append(left_out_as(unit, reason))
        else:
            told.append(unit)
    return AskedTables(tuple(told), tuple(left_out))


_NEARLY = 0.6
"""Of the best share of the topic."""


def with_tables(units: Sequence[Unit], tables: Sequence[Unit], evidence: Sequence[Evidence]) -> list[Unit]:
    """All in reading order, each table behind what stands over it."""
    if not tables:
        return list(units)
    at = {item.passage: number for number, item in enumerate(evidence)}
    rank = {source: number for number, source in enumerate(dict.fromkeys(unit.source for unit in units))}
    both = sorted(
        [*units, *tables], key=lambda unit: (rank.get(unit.source, len(rank)), at[unit.quotes[0].passage])
    )
    return [replace(unit, order=number) for number, unit in enumerate(both)]


def left_out_as(unit: Unit, reason: str) -> Rejected:
    """A table that is not told, shown to the writer with why."""
    section = next((name for name in reversed(unit.section) if name[:1].isdigit()), unit.heading)
    messages = {language: text.format(section=section) for language, text in _LEFT_OUT[reason].items()}
    return Rejected(unit.text, "GR11", reason, messages)


def tables_of(evidence: Sequence[Evidence]) -> Iterator[Table]:
    """The tables of the labels in reading order."""
    at = 0
    while at < len(evidence):
        start, at = at, at + 1
        if not _is_table(evidence[start]):
            continue
        while at < len(evidence) and _goes_on(evidence[start], evidence[at]):
            at += 1
        before = evidence[start - 1] if start else None
        after = evidence[at] if at < len(evidence) else None
        yield Table(tuple(evidence[start:at]), _over(before, evidence[start]), _notes(after, evidence[start]))


def _is_table(item: Evidence) -> bool:
    rows = item.sentences
    return (
        item.source_kind == "label"
        and len(rows) > 1
        and all(row.kind == "row" for row in rows)
        and _CELLS in rows[0].text
    )


def _goes_on(first: Evidence, item: Evidence) -> bool:
    return (
        _is_table(item)
        and (item.source, item.section) == (first.source, first.section)
        and item.sentences[0].text == first.sentences[0].text
    )


def _beside(item: Evidence | None, table: Evidence) -> Evidence | None:
    """The neighbour, where it is the text of the same section."""
    if item is None or (item.source, item.section) != (table.source, table.section):
        return None
    return None if any(sentence.kind == "row" for sentence in item.sentences) else item


def _over(item: Evidence | None, table: Evidence) -> tuple[Evidence, tuple[EvidenceSentence, ...]] | None:
    """The line over the table and what leads from it to the table."""
    item = _beside(item, table)
    if item is None:
        return None
    for far in range(1, _LONGEST_LEAD + 1):
        line = item.sentences[-far] if far <= len(item.sentences) else None
        if line is None or NOTE.match(line.text):
            break
        if line.kind == "sentence" and _is_line(line.text, item):
            return item, item.sentences[-far:]
    last = item.sentences[-1] if item.sentences else None
    return (item, (last,)) if last and _POINTS_AT_A_TABLE.search(last.text) else None


def _is_line(text: str, item: Evidence) -> bool:
    """A line without a stop or a verb: "Renal impairment", "Children from 6 years of age"."""
    if heads_a_dose(text, item.language):
        return True
    return text[-1:].isalnum() and not FINITE_VERB[item.language].search(text)


def _notes(item: Evidence | None, table: Evidence) -> tuple[Evidence, tuple[EvidenceSentence, ...]] | None:
    item = _beside(item, table)
    found: list[EvidenceSentence] = []
    for sentence in item.sentences if item else ():
        if not NOTE.match(sentence.text):
            break
        found.append(sentence)
    return (item, tuple(found)) if item and found else None


def _zone(table: Table) -> str:
    first = table.parts[0]
    return zone_of(first.section, first.heading, first.source_kind)


def _named(row: str, probe: Unit) -> str:
    """What a row is about: its first cell; of a table of adverse events all of it, since the events are its cells."""
    return row if probe.zone == "adverse_reaction" else row.split(_CELLS, maxsplit=1)[0]


def _not_tellable(unit: Unit, rows: int) -> str:
    if words(unit.text) > LONGEST_TABLE or rows > MOST_ROWS:
        return "table_too_long"
    marked = MARKED.search(_SQUARE.sub("", unit.text))
    noted = any(NOTE.match(line) for line in unit.text.split("\n"))
    return "table_doubtful" if unit.doubtful or (marked and not noted) else ""


def unit_of_rows(table: Table, rows: Sequence[tuple[Evidence, EvidenceSentence]]) -> Unit:
    """The line over the table, its first row, these rows and its notes: each as it stands."""
    quotes: list[Quote] = []
    if table.over:
        quotes.append(_quote(*table.over))
    quotes += _quotes_of(rows)
    if table.notes and MARKED.search(_SQUARE.sub("", "\n".join([table.header, *(r.text for _, r in rows)]))):
        quotes.append(_quote(*table.notes))
    doubtful = any(item.page_quality != "good" for item in table.parts)
    return unit_of_table(quotes, table.parts[0], doubtful=doubtful)


def _quotes_of(rows: Sequence[tuple[Evidence, EvidenceSentence]]) -> Iterator[Quote]:
    """The first row and the others; what stands together is one quote, as it is read."""
    last: tuple[Evidence, EvidenceSentence] | None = None
    begin = 0
    for item, row in [(rows[0][0], rows[0][0].sentences[0]), *rows]:
        if last and (last[0] is not item or item.sentences.index(row) != item.sentences.index(last[1]) + 1):
            yield Quote(last[0].passage, last[0].text[begin : last[1].end])
            last = None
        begin = row.start if last is None else begin
        last = (item, row)
    if last:
        yield Quote(last[0].passage, last[0].text[begin : last[1].end])


def _quote(item: Evidence, sentences: Sequence[EvidenceSentence]) -> Quote:
    return Quote(item.passage, item.text[sentences[0].start : sentences[-1].end])
