"""From rows to evidence: passages of named sources, without the notes and pages that their approval leaves out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from assistant.store.schema import page, passage, reading, sentence, source
from assistant.store.tables import doubtful_spans
from guardrails.model import Evidence, EvidenceSentence, Locator, SlideOfDeck
from ingestion.model import NUMBERED_BY_THE_FILE, PageSpan, PassagePart, layers_left_out

_WORST_LAST = ("good", "doubtful", "unreadable")


LeftOut = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class CitableSource:
    """What of a source decides how its passages may be quoted."""

    id: str
    reading_id: str
    title: str
    kind: str
    language: Any
    format: str
    cite_notes: bool
    excluded_pages: frozenset[int]
    cite_questions: bool = False
    deck: Mapping[str, Any] | None = field(default=None, hash=False)

    @property
    def layers_left_out(self) -> frozenset[str]:
        """The layers of its reading that the approval does not cover."""
        return layers_left_out(cite_notes=self.cite_notes, cite_questions=self.cite_questions)

    def in_reading(self, reading_id: str) -> "CitableSource":
        """The same source as another reading of its file has it.

        Pages that the reader counts have other numbers there: those of this reading say nothing of them.
        """
        same = reading_id == self.reading_id or self.format in NUMBERED_BY_THE_FILE
        return replace(
            self, reading_id=reading_id, excluded_pages=self.excluded_pages if same else frozenset()
        )

    def allows(self, layer: str, pages: Iterable[int]) -> bool:
        """Whether a passage of that layer on those pages may be used."""
        return layer not in self.layers_left_out and self.excluded_pages.isdisjoint(pages)


@dataclass(frozen=True, slots=True)
class _PageFacts:
    quality: str
    starts: float | None
    ends: float | None


def citable_sources(
    connection: Connection, ids: Sequence[str], left_out: LeftOut | None = None
) -> list[CitableSource]:
    """The sources with those ids, in that order; unknown ids are left out.

    `left_out` are pages, by source, that may not be quoted beside those that its approval excludes.
    """
    rows = connection.execute(
        select(source, reading.c.format).join(reading, reading.c.id == source.c.reading_id)
        .where(source.c.id.in_(list(ids)))
    )  # fmt: skip
    found = {
        row.id: CitableSource(
            row.id,
            row.reading_id,
            row.title,
            row.kind,
            row.language,
            row.format,
            row.cite_notes,
            frozenset(row.excluded_pages) | (left_out or {}).get(row.id, frozenset()),
            row.cite_questions,
            row.deck,
        )
        for row in rows
    }
    return [found[key] for key in dict.fromkeys(ids) if key in found]


def evidence_of(
    connection: Connection, passage_ids: Sequence[str], sources: Sequence[str] | None = None
) -> list[Evidence]:
    """The passages with those ids, in that order, as evidence of `sources`.

    A reading may serve several sources. Without `sources`, every source of the reading gives one Evidence, in the
    order of source ids. Whether a source may be used now is not asked here: see `corpus.eligibility`.
    """
    rows = _rows(connection, passage_ids)
    readings = {row.reading_id for row in rows.values()}
    if sources is None:
        sources = list(
            connection.scalars(
                select(source.c.id).where(source.c.reading_id.in_(readings)).order_by(source.c.id)
            )
        )
    return _owned(connection, passage_ids, rows, citable_sources(connection, sources))


def evidence_in(
    connection: Connection, passage_ids: Sequence[str], owners: Sequence[CitableSource]
) -> list[Evidence]:
    """As `evidence_of`, of sources that are known already: nothing is asked of the database about them."""
    return _owned(connection, passage_ids, _rows(connection, passage_ids), owners)


def _owned(
    connection: Connection,
    passage_ids: Sequence[str],
    rows: Mapping[str, Row[Any]],
    owners: Sequence[CitableSource],
) -> list[Evidence]:
    of_reading: dict[str, list[CitableSource]] = defaultdict(list)
    for citable in owners:
        of_reading[citable.reading_id].append(citable)
    wanted = [rows[key] for key in dict.fromkeys(passage_ids) if key in rows]
    return _build(connection, [(row, owner) for row in wanted for owner in of_reading[row.reading_id]])


_COLUMNS = [column for column in passage.c if column.name not in {"stems", "heading_stems"}]


def _rows(connection: Connection, passage_ids: Sequence[str]) -> dict[str, Row[Any]]:
    query = select(*_COLUMNS).where(passage.c.id.in_(list(dict.fromkeys(passage_ids))))
    return {row.id: row for row in connection.execute(query)}


def all_evidence(
    connection: Connection, source_ids: Sequence[str], left_out: LeftOut | None = None
) -> Iterator[Evidence]:
    """Every passage that may be quoted of the sources, source by source, in the order of reading."""
    yield from evidence_in_full(connection, citable_sources(connection, source_ids, left_out))


def evidence_in_full(connection: Connection, owners: Sequence[CitableSource]) -> Iterator[Evidence]:
    """As `all_evidence`, of sources that are known already."""
    for owner in owners:
        rows = connection.execute(
            select(*_COLUMNS).where(passage.c.reading_id == owner.reading_id).order_by(passage.c.ordinal)
        ).all()
        yield from _build(connection, [(row, owner) for row in rows])


def _build(connection: Connection, pairs: Sequence[tuple[Row[Any], CitableSource]]) -> list[Evidence]:
    allowed = [(row, owner) for row, owner in pairs if owner.allows(row.layer, _pages(row))]
    sentences = _sentences(connection, [row for row, _ in allowed])
    facts = _page_facts(connection, [row for row, _ in allowed])
    doubted = _doubtful_tables(connection, [row for row, _ in allowed])
    return [_evidence(row, owner, sentences, facts, in_doubt=row.id in doubted) for row, owner in allowed]


def _pages(row: Row[Any]) -> list[int]:
    return [part[1] for part in row.parts]


def _evidence(
    row: Row[Any],
    owner: CitableSource,
    sentences: Mapping[tuple[str, int], tuple[str, str]],
    facts: Mapping[tuple[str, int], _PageFacts],
    *,
    in_doubt: bool,
) -> Evidence:
    on = [facts[row.reading_id, number] for number in _pages(row) if (row.reading_id, number) in facts]
    return Evidence(
        passage=row.id,
        source=owner.id,
        reading=row.reading_id,
        title=owner.title,
        source_kind=owner.kind,
        language=owner.language,
        text=row.text,
        heading=row.heading,
        section=tuple(row.section),
        layer=row.layer,
        parts=tuple(PassagePart(at, PageSpan(number, start, end)) for at, number, start, end in row.parts),
        locator=_locator(row, owner, on),
        sentences=_offsets(
            row.text,
            [sentences[row.reading_id, n] for n in row.sentences if (row.reading_id, n) in sentences],
        ),
        page_quality=max(
            (*(f.quality for f in on), "doubtful" if in_doubt else "good"), key=_WORST_LAST.index
        ),
    )


def _locator(row: Row[Any], owner: CitableSource, on: Sequence[_PageFacts]) -> Locator:
    section = section_of(row.section) or row.heading
    if owner.format == "transcript":
        return Locator(
            start=on[0].starts if on else None,
            end=on[-1].ends if on else None,
            section=section,
            slide_of_deck=_slide_of_deck(owner, min(_pages(row), default=0)),
        )
    first = min(_pages(row), default=None)
    if owner.format == "pptx":
        return Locator(slide=first, section=section)
    return Locator(page=first, section=section)


def _slide_of_deck(owner: CitableSource, turn: int) -> SlideOfDeck | None:
    slide = owner.deck["slides"].get(str(turn)) if owner.deck else None
    return SlideOfDeck(owner.deck["source"], slide) if owner.deck and slide is not None else None


def section_of(path: Sequence[str]) -> str:
    """The innermost heading, behind the nearest numbered one: "4.2 Posology › Elderly"."""
    if not path:
        return ""
    numbered = [name for name in path if name[:1].isdigit()]
    return " › ".join(dict.fromkeys([*numbered[-1:], path[-1]]))


def _offsets(text: str, sentences: Sequence[tuple[str, str]]) -> tuple[EvidenceSentence, ...]:
    """Find each sentence's place in the passage's text; they stand there in order, joined by white space."""
    found: list[EvidenceSentence] = []
    at = 0
    for words, kind in sentences:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            found.append(EvidenceSentence(words, kind, start, at))
    return tuple(found)


def _sentences(connection: Connection, rows: Sequence[Row[Any]]) -> dict[tuple[str, int], tuple[str, str]]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.reading_id].update(row.sentences)
    return {
        (reading_id, found.ordinal): (found.text, found.kind)
        for reading_id, ordinals in wanted.items()
        for found in connection.execute(
            select(sentence.c.ordinal, sentence.c.text, sentence.c.kind)
            .where(sentence.c.reading_id == reading_id)
            .where(_among(sentence.c.ordinal, ordinals))
        )
    } if wanted else {}  # fmt: skip


_MANY = 500
"""Beyond this many numbers a range is asked for: databases limit the values in one statement."""


def _among(column: ColumnElement[int], numbers: Collection[int]) -> ColumnElement[bool]:
    if len(numbers) > _MANY:
        return column.between(min(numbers), max(numbers))
    return column.in_(sorted(numbers))


def _page_facts(connection: Connection, rows: Sequence[Row[Any]]) -> dict[tuple[str, int], _PageFacts]:
    readings: Collection[str] = {row.reading_id for row in rows}
    numbers: Collection[int] = {number for row in rows for number in _pages(row)}
    if not numbers:
        return {}
    found = connection.execute(
        select(page.c.reading_id, page.c.number, page.c.quality, page.c.starts, page.c.ends)
        .where(page.c.reading_id.in_(readings))
        .where(_among(page.c.number, numbers))
    )
    return {(row.reading_id, row.number): _PageFacts(row.quality, row.starts, row.ends) for row in found}


def _doubtful_tables(connection: Connection, rows: Sequence[Row[Any]]) -> set[str]:
    """The ids of the passages that hold rows of a table whose structure is uncertain."""
    tables = [row for row in rows if row.layer == "table"]
    if not tables:
        return set()
    numbers = [number for row in tables for number in _pages(row)]
    found = connection.execute(
        select(page.c.reading_id, page.c.number, page.c.tables)
        .where(page.c.reading_id.in_({row.reading_id for row in tables}))
        .where(_among(page.c.number, set(numbers)))
    )
    spans = {(one.reading_id, one.number): doubtful_spans(one.tables) for one in found}
    return {
        row.id
        for row in tables
        for _, number, start, end in row.parts
        if any(a < end and start < b for a, b in spans.get((row.reading_id, number), ()))
    }


def with_scores(evidence: Evidence, scores: Mapping[str, float]) -> Evidence:
    """The same evidence, with the scores of one search."""
    return replace(evidence, scores=dict(scores))
