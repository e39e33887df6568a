"""How long a page's picture takes: drawn for the first time in a warm worker, and with a mark over the kept one."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from assistant.bootstrap import App
from assistant.corpus.sources import get_source
from assistant.retrieval.marked import marks_on_page
from assistant.store.readings import load_page, load_sentences, reading_row
from ingestion.model import Sentence

PAGES_OF_EACH = 8
"""Pages spread over each document."""


def picture_times(app: App, sources: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of first pictures, and of the same pages once more with a sentence marked."""
    first: list[float] = []
    again: list[float] = []
    for source_id in sources:
        source = get_source(app.db, source_id)
        with app.db.read() as connection:
            file_format = reading_row(connection, source.reading_id)["format"]
            spans = _sentences(load_sentences(connection, source.reading_id).values())
            chosen = spans[:: max(1, len(spans) // PAGES_OF_EACH)][:PAGES_OF_EACH]
            pages = [(load_page(connection, source.reading_id, number), span) for number, span in chosen]
        for shown, span in pages:
            marks = marks_on_page(shown, [span])
            first.append(_milliseconds(partial(app.pictures.draw, source, shown, file_format)))
            again.append(_milliseconds(partial(app.pictures.marked, source, shown, file_format, marks)))
    return first, again


def _sentences(sentences: Iterable[Sentence]) -> list[tuple[int, tuple[int, int]]]:
    """The first sentence of each page."""
    found: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        for part in sentence.parts:
            found.setdefault(part.page, (part.start, part.end))
    return sorted(found.items())


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def picture_figures(times: tuple[list[float], list[float]]) -> Iterator[tuple[str, list[float]]]:
    """Their names in the report."""
    yield from zip(("picture, first", "picture, next with a mark"), times, strict=True)
