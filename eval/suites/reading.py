"""Reading alone: pages a second over all cores, and whether the cost of a long file follows its pages."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.suites import figure
from eval.suites.memory import peak_memory
from ingestion.errors import AncrageError
from ingestion.formats import read
from ingestion.worker import WorkerPool

LENGTHS = (50, 100, 200, 400)


def reading_rows(files: Sequence[Path], dataset: str, say: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """Rows of the report. CPU seconds, which other work on the machine hardly changes, are given beside the clock's."""
    with WorkerPool() as pool:
        for future in [pool.read(files[0]) for _ in range(pool.processes)]:
            _pages(future)  # warm: the first task of a worker imports what it needs
        began = time.perf_counter()
        pages = sum(_pages(future) for future in [pool.read(file) for file in files])
        seconds = time.perf_counter() - began
        yield figure(dataset, f"pages/s, reading, {pool.processes} processes", pages / seconds, pages)
    per_page: dict[int, float] = {}
    with TemporaryDirectory(prefix="ancrage-eval-") as folder:
        for length in LENGTHS:
            path = Path(folder) / f"{length}.pdf"
            _write_long(files, length, path)
            with peak_memory() as peak:
                began = time.process_time()
                count = len(read(path).pages)
                per_page[length] = (time.process_time() - began) / count
            yield figure(dataset, f"CPU ms a page, {length} pages", 1000 * per_page[length], count)
        yield figure(dataset, "peak memory MB, reading 400 pages", peak[0] / 1e6, LENGTHS[-1])
    ratio = per_page[LENGTHS[-1]] / per_page[LENGTHS[0]]
    say(f"a page of {LENGTHS[-1]} costs {ratio:.2f} times one of {LENGTHS[0]}")
    yield figure(dataset, f"cost of a page, {LENGTHS[-1]} to {LENGTHS[0]} pages", ratio, len(LENGTHS))


def _pages(future: Any) -> int:
    try:
        return len(future.result().reading.pages)
    except AncrageError:
        return 0


def _write_long(files: Sequence[Path], length: int, path: Path) -> None:
    """A file of that many pages, taken in turn from the first pages of all files, so that every length is of one mix."""
    import pypdf

    readers = [reader for reader in map(pypdf.PdfReader, files) if not reader.is_encrypted]
    writer = pypdf.PdfWriter()
    first = [reader.pages[at] for at in range(5) for reader in readers if at < len(reader.pages)]
    for page in islice(cycle(first), length):
        writer.add_page(page)
    writer.write(path)
