"""The references that a slide gives for a quote: its marks, the footnotes they point to, the sources these name."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from assistant.corpus.footnotes import registered
from assistant.store.readings import load_page
from assistant.store.schema import page as page_table
from assistant.store.schema import source as source_table
from guardrails.model import Citation, CitedReference
from ingestion.model import Page
from ingestion.references import Footnote, footnotes, is_list_title, marks


def cited_references(
    connection: Connection, citation: Citation, pages: Iterable[Page]
) -> tuple[CitedReference, ...]:
    """What the slides of the quote name for it. A footnote without a mark holds for the whole slide."""
    chosen: list[Footnote] = []
    for page in pages:
        chosen += _chosen(connection, citation, page)
    chosen = list(dict.fromkeys(chosen))
    if not chosen:
        return ()
    product = connection.execute(
        select(source_table.c.product_id).where(source_table.c.id == citation.source)
    ).scalar_one_or_none()
    known = registered(connection, product, (note.text for note in chosen)) if product else {}
    return tuple(CitedReference(note.mark, note.text, known.get(note.text)) for note in chosen)


def _chosen(connection: Connection, citation: Citation, page: Page) -> Iterator[Footnote]:
    own = list(footnotes_of(page))
    wanted = marks(f"{page.title or ''} {citation.quote}")
    if not own and not wanted:
        return
    by_mark = {note.mark: note for note in own if note.mark}
    missing = [mark for mark in wanted if mark not in by_mark and mark.isdigit()]
    if missing:
        listed = {
            note.mark: note for other in _lists(connection, citation.reading) for note in footnotes_of(other)
        }
        by_mark = {mark: listed[mark] for mark in missing if mark in listed} | by_mark
    yield from (by_mark[mark] for mark in wanted if mark in by_mark)
    yield from (note for note in own if not note.mark)


def footnotes_of(page: Page) -> Iterator[Footnote]:
    """The references that stand on a slide; those of a list of references are counted where they bear no number."""
    texts = [page.text[r.start : r.end] for r in page.regions if r.layer == "references"]
    found = [note for text in texts for note in footnotes(text)]
    if is_list_title(page.title) and found and all(not note.mark for note in found):
        return (Footnote(str(n), note.text) for n, note in enumerate(found, start=1))
    return iter(found)


def _lists(connection: Connection, reading: str) -> list[Page]:
    """The slides that list the references of the whole deck."""
    rows = connection.execute(
        select(page_table.c.number, page_table.c.title)
        .where(page_table.c.reading_id == reading)
        .order_by(page_table.c.number)
    )
    return [load_page(connection, reading, number) for number, title in rows.all() if is_list_title(title)]
