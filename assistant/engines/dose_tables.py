"""A label's tables that a topic asks for: told with the line over them and their notes, or named among what was left out.

The rest of the engine reads sentences. "Renal impairment" asked, it told everything but the doses of the table below.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.engines.label_tables import CELLS, Table, tables_of
from assistant.engines.protocol import Quote, Rejected, Task
from assistant.engines.standing import NOTE, words
from assistant.engines.topic import topical_shares
from assistant.engines.units import Unit, unit_of_table, zone_of
from guardrails.model import Evidence, EvidenceSentence

LONGEST_TABLE, MOST_ROWS = 160, 12
"""Words and rows that a reader of a short piece takes in."""
_TELLING = frozenset(
    {"indication", "dose", "contraindication", "warning", "interaction", "special_population"}
    | {"adverse_reaction", "overdose"}
)
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
        "fr": "Un tableau du RCP concerne le sujet et n’a pas pu être lu avec certitude, avec ses notes. Le lire dans sa rubrique : {section}.",
    },
    "table_no_room": {
        "en": "A table of the label belongs to the topic and found no room. Read it in its section: {section}.",
        "fr": "Un tableau du RCP concerne le sujet et n’a pas trouvé de place. Le lire dans sa rubrique : {section}.",
    },
}


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


def _zone(table: Table) -> str:
    first = table.parts[0]
    return zone_of(first.section, first.heading, first.source_kind)


def _named(row: str, probe: Unit) -> str:
    """What a row is about: its first cell; of a table of adverse events all of it, since the events are its cells."""
    return row if probe.zone == "adverse_reaction" else row.split(CELLS, maxsplit=1)[0]


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
    head = rows[0][0].sentences[0]
    for item, row in [*([] if is_an_entry(head.text, rows[0][1].text) else [(rows[0][0], head)]), *rows]:
        if last and (last[0] is not item or item.sentences.index(row) != item.sentences.index(last[1]) + 1):
            yield Quote(last[0].passage, last[0].text[begin : last[1].end])
            last = None
        begin = row.start if last is None else begin
        last = (item, row)
    if last:
        yield Quote(last[0].passage, last[0].text[begin : last[1].end])


_CLASS = re.compile(
    r"(?:very |tr[èe]s |peu )?(?:common|uncommon|rare|fr[ée]quente?s?|rares?)|not known|ind[ée]termin[ée]e",
    re.IGNORECASE,
)


def is_an_entry(first: str, row: str) -> bool:
    """Whether the first row of a table is one like the others, “Headache | Very common”: a class stands where one stands below it."""
    pairs = zip(first.split(CELLS), row.split(CELLS), strict=False)
    return any(_CLASS.fullmatch(one.strip()) and _CLASS.fullmatch(other.strip()) for one, other in pairs)


def _quote(item: Evidence, sentences: Sequence[EvidenceSentence]) -> Quote:
    return Quote(item.passage, item.text[sentences[0].start : sentences[-1].end])
