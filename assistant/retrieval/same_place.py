"""Where words stand in a reading, and whether two places are the same one: asked by what holds a quote and by what cites it anew."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sqlalchemy import Connection, select

from assistant.corpus.diff.units import amounts, bare_heading, is_numbered, loose_of
from assistant.retrieval.evidence import CitableSource
from assistant.store.readings import load_sentences
from assistant.store.schema import page as page_table
from assistant.store.tables import tables_from_json
from guardrails.citations import bare
from guardrails.model import QuoteSpan
from ingestion.model import Sentence, Table

_RUNNING = {"bullet": "sentence"}
"""Kinds that readers take for each other."""


@dataclass(frozen=True, slots=True)
class Place:
    """Of a sentence: its headings without numbers and typography, what it is, and what stands over a table's columns.

    Its page and order are no part of it: what it says depends on neither.
    """

    above: tuple[str, ...]
    """Titles above the first numbered heading: readers differ in how many of them they find."""
    under: tuple[str, ...]
    """The headings from the first numbered one on, and a slide's title."""
    kind: str
    layer: str
    heads: tuple[tuple[str, ...], ...] = ()
    amounts: frozenset[tuple[Decimal, str]] = frozenset()
    """What the titles above give with a unit: the strength that a part of the document is on."""


Places = frozenset[Place]
"""Of a quote, which may be several sentences."""


def same_place(one: Places, other: Places) -> bool:
    """Whether each sentence of both stands as one of the other does; none stands nowhere.

    Titles above the first numbered heading count only where both have amounts and these differ.
    """
    return bool(one and other) and _within(one, other) and _within(other, one)


def _within(some: Places, others: Places) -> bool:
    return all(any(_alike(one, other) for other in others) for one in some)


def _alike(one: Place, other: Place) -> bool:
    if one.amounts and other.amounts and one.amounts != other.amounts:
        return False
    return (one.under, one.kind, one.layer, one.heads) == (other.under, other.kind, other.layer, other.heads)


class PlacesOf:
    """The places of a reading's sentences."""

    def __init__(self, sentences: Iterable[Sentence], tables: Mapping[int, tuple[Table, ...]]) -> None:
        """`tables` by page."""
        self._sentences = [one for one in sentences if one.kind != "heading"]
        self._tables = tables

    def of(self, spans: Iterable[QuoteSpan]) -> Places:
        """Of the sentences that the spans lie on."""
        on = (
            one
            for span in spans
            for one, start, end in self._by_page[span.page]
            if span.start < end and start < span.end
        )
        return frozenset(self._place(one) for one in on)

    def saying(self, quote: str, source: CitableSource) -> Iterator[Places]:
        """Where one citable sentence or some in a row are the quote, whole."""
        wanted = bare(quote)
        texts = self._texts
        for first, (_, begins) in enumerate(texts):
            if not begins or not wanted.startswith(begins):
                continue
            said: list[Sentence] = []
            for one, _ in texts[first:]:
                said.append(one)
                whole = bare(" ".join(each.text for each in said))
                if whole == wanted and all(_citable(each, source) for each in said):
                    yield frozenset(self._place(each) for each in said)
                if len(whole) >= len(wanted):
                    break

    @cached_property
    def _texts(self) -> list[tuple[Sentence, str]]:
        return [(one, bare(one.text)) for one in self._sentences]

    @cached_property
    def _by_page(self) -> Mapping[int, list[tuple[Sentence, int, int]]]:
        found: dict[int, list[tuple[Sentence, int, int]]] = defaultdict(list)
        for one in self._sentences:
            for part in one.parts:
                found[part.page].append((one, part.start, part.end))
        return found

    def _place(self, one: Sentence) -> Place:
        titles = [bare(title) for title in one.section]
        first = next((at for at, title in enumerate(titles) if is_numbered(title)), 0)
        given = {(value, unit) for title in titles[:first] for value, unit, _ in amounts(title)}
        return Place(
            above=_loose(titles[:first]),
            under=_loose([*titles[first:], bare(one.page_title or "")]),
            kind=_RUNNING.get(one.kind, one.kind),
            layer=one.layer,
            heads=self._heads(one),
            amounts=frozenset(given),
        )

    def _heads(self, one: Sentence) -> tuple[tuple[str, ...], ...]:
        """What stands over the columns of the table that a row is of."""
        return tuple(
            tuple(loose_of(bare(text)) for text in head.texts)
            for part in one.parts
            for table in self._tables.get(part.page, ())
            if table.start < part.end and part.start < table.end
            for head in table.heads
        )


def load_places(connection: Connection, reading: str) -> PlacesOf:
    """Those of the stored reading with that id; of an unknown one, none."""
    rows = connection.execute(
        select(page_table.c.number, page_table.c.tables).where(page_table.c.reading_id == reading)
    )
    tables = {row.number: tables_from_json(row.tables) for row in rows if row.tables}
    return PlacesOf(load_sentences(connection, reading).values(), tables)


def _loose(titles: Collection[str]) -> tuple[str, ...]:
    return tuple(loose_of(bare_heading(title)) for title in titles)


def _citable(one: Sentence, source: CitableSource) -> bool:
    return source.allows(one.layer, [part.page for part in one.parts])
