"""Quotes that a newer reading of the same file has in another place: under another heading or column head, or not there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from assistant.corpus.diff.model import Change, Diff
from assistant.corpus.diff.quoted import changes_under
from assistant.corpus.diff.stored import diff_of
from assistant.corpus.diff.units import bare_heading, loose_of
from assistant.corpus.loading import load_source
from assistant.corpus.model import Source
from assistant.store.schema import page as page_table
from assistant.store.schema import reading as reading_table
from assistant.store.tables import tables_from_json
from guardrails.citations import bare
from guardrails.model import Citation
from ingestion.model import Sentence, Table

_Tables = dict[int, tuple[Table, ...]]
"""By page."""
_RUNNING = {"bullet": "sentence"}
"""Kinds that readers take for each other."""


def in_another_place(connection: Connection, cited: Iterable[Citation]) -> list[Citation]:
    """Of these, the citations of earlier readings of their source's own file whose words it does not read where they
    were read.

    A place is its headings from the first numbered one on, without their numbers and typography, whether it is a row, a
    note or running text, and what stands over a table's columns. Another page or order, or a list that is taken for
    sentences, is the same place: what it says depends on none of them.
    """
    by_reading: dict[tuple[str, str], list[Citation]] = {}
    for one in cited:
        by_reading.setdefault((one.source, one.reading), []).append(one)
    told = []
    for source in dict.fromkeys(source for source, _ in by_reading):
        now = load_source(connection, source)
        readings = [reading for owner, reading in by_reading if owner == source and reading != now.reading_id]
        own = connection.scalars(
            select(reading_table.c.id).where(
                reading_table.c.sha256 == now.sha256, reading_table.c.id.in_(readings)
            )
        ).all()
        for reading in own:
            told += _moved(connection, by_reading[source, reading], replace(now, reading_id=reading), now)
    return told


def _moved(connection: Connection, cited: Sequence[Citation], before: Source, now: Source) -> list[Citation]:
    diff = diff_of(connection, before, now)
    tables = _tables(connection, before.reading_id), _tables(connection, now.reading_id)
    return [one for one in cited if one.spans and not _kept(one, diff, before, tables)]


def _kept(cited: Citation, diff: Diff, before: Source, tables: tuple[_Tables, _Tables]) -> bool:
    changes = changes_under(cited, diff, before)
    then = _ordered(diff.sentences[0][at] for change in changes for at in change.old)
    now = _ordered(one for change in changes for one in _now(change, diff))
    if not _say(now, cited.quote):
        return False
    return {_place(one, tables[0]) for one in then} == {_place(one, tables[1]) for one in now}


def _now(change: Change, diff: Diff) -> list[Sentence]:
    """What became of it; of what was said twice and is said once, the one that is left under the same headings."""
    if change.status != "removed" or "repeated" not in change.kinds:
        return [diff.sentences[1][at] for at in change.new]
    one = diff.sentences[0][change.old[0]]
    same = (
        other for other in diff.new if bare(other.text) == bare(one.text) and _under(other) == _under(one)
    )
    return list(same)[:1]


def _ordered(sentences: Iterable[Sentence]) -> list[Sentence]:
    return sorted({one.ordinal: one for one in sentences}.values(), key=lambda one: one.ordinal)


def _say(sentences: Sequence[Sentence], quote: str) -> bool:
    """Whether one of them or some in a row are the quote, whole."""
    wanted = bare(quote)
    texts = [one.text for one in sentences]
    return any(
        bare(" ".join(texts[first:last])) == wanted
        for first in range(len(texts))
        for last in range(first + 1, len(texts) + 1)
    )


def _place(one: Sentence, tables: _Tables) -> tuple[object, ...]:
    return (*_under(one), _RUNNING.get(one.kind, one.kind), one.layer, _heads(one, tables))


def _under(one: Sentence) -> tuple[object, ...]:
    titles = [bare(title) for title in one.section]
    numbered = (at for at, title in enumerate(titles) if bare_heading(title) != title.strip().casefold())
    return tuple(
        loose_of(bare_heading(t)) for t in (*titles[next(numbered, 0) :], bare(one.page_title or ""))
    )


def _heads(one: Sentence, tables: _Tables) -> tuple[tuple[str, ...], ...]:
    """What stands over the columns of the table that a row is of."""
    return tuple(
        tuple(loose_of(bare(text)) for text in head.texts)
        for part in one.parts
        for table in tables.get(part.page, ())
        if table.start < part.end and part.start < table.end
        for head in table.heads
    )


def _tables(connection: Connection, reading: str) -> _Tables:
    rows = connection.execute(
        select(page_table.c.number, page_table.c.tables).where(page_table.c.reading_id == reading)
    )
    return {row.number: tables_from_json(row.tables) for row in rows if row.tables}
