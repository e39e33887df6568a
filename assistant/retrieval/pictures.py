"""Pictures of pages: drawn once in a warm worker, kept on disk within bounds, quotes marked as an overlay."""

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from assistant.corpus.model import Source
from assistant.corpus.slides import Slides
from assistant.errors import NotFound
from assistant.store.ids import new_id
from assistant.store.originals import Originals
from ingestion.model import Page, Rectangle
from ingestion.render import mark_picture, page_picture
from ingestion.slide_drawing import slide_picture

DRAWN_FORMATS = frozenset({"pdf", "pptx"})
SCALE = 1.6
"""Pixels per point: readable at the width of half a screen."""
ZOOMS = (1.0, SCALE, 2.4, 4.0)
"""The scales that are drawn: few, so that the cache serves everybody."""
MOST_BYTES = 256_000_000
"""Of pictures on disk; beyond it those looked at longest ago go."""
_DRAWN_BY = "2"
"""Raised where the same page would be drawn otherwise."""


class Workers(Protocol):
    """The part of the worker pool that draws."""

    def run(self, work: Callable[..., Any], label: str, *arguments: object) -> "Future[Any]":
        """Run a function of plain arguments under limits of time and memory."""
        ...


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PNG, and whether it stays: the stand-in for a slide goes once the slide itself is drawn."""

    data: bytes
    lasts: bool = True


class Pictures:
    """The pictures of all sources' pages. Who may see one is asked by whoever shows it (`corpus.rights`)."""

    def __init__(
        self,
        folder: Path,
        originals: Originals,
        pool: Workers,
        slides: Slides,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """Pictures are kept in `folder`, which may be emptied at any time."""
        self._kept = Kept(folder, most_bytes)
        self._originals = originals
        self._pool = pool
        self._slides = slides

    def draw(self, source: Source, shown: Page, file_format: str, scale: float = SCALE) -> Drawn:
        """The page as PNG, `scale` pixels per point.

        A deck is drawn whole by LibreOffice where that is installed; until it has been, the slide's words stand in for
        it. Raises NotFound for a format without pictures, UnreadableFile or ReaderTimeout where it cannot be drawn.
        """
        if file_format == "pdf":
            name = picture_name(source.sha256, shown.number, scale)
            found = self._kept.get(name)
            if found is None:
                path = str(self._originals.open(source.sha256))
                found = self._pool.run(page_picture, source.file_name, path, shown.number, (), scale).result()
                self._kept.put(name, found)
            return Drawn(found)
        if file_format == "pptx":
            slide, lasts = self._slides.picture(source, shown.number, scale)
            if slide is not None:
                return Drawn(slide)
            return Drawn(self._pool.run(slide_picture, source.file_name, shown, (), scale).result(), lasts)
        raise NotFound(
            f"There is no picture of page {shown.number} of {source.title}.", help="Read its text instead."
        )

    def marked(
        self,
        source: Source,
        shown: Page,
        file_format: str,
        rectangles: Sequence[Rectangle],
        scale: float = SCALE,
    ) -> Drawn:
        """The page with the rectangles marked over the kept picture."""
        drawn = self.draw(source, shown, file_format, scale)
        if not rectangles:
            return drawn
        return Drawn(mark_picture(drawn.data, tuple(rectangles), shown.width), drawn.lasts)


def picture_name(sha256: str, page: int, scale: float) -> str:
    """What a picture is kept under: the same bytes, page and scale are the same picture."""
    return f"{sha256}-{page}-{scale:g}-{_DRAWN_BY}.png"


def picture_tag(sha256: str, page: int, scale: float, rectangles: Sequence[Rectangle] = ()) -> str:
    """The ETag of a picture with its marks."""
    marks = [(box.x0, box.y0, box.x1, box.y1) for box in rectangles]
    return f'"{hashlib.sha256(f"{picture_name(sha256, page, scale)}{marks}".encode()).hexdigest()[:32]}"'


class Kept:
    """Files in a folder, of a bounded sum; the one read longest ago goes first. A file that is lost is drawn again."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        """The folder is made when the first file is kept."""
        self._folder = folder
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._bytes: int | None = None
        """Of all files; counted at the first one kept."""

    def get(self, name: str) -> bytes | None:
        """The file, which counts as read now; None where there is none."""
        path = self._folder / name
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:  # not kept, or cleared away meanwhile: it is drawn again
            return None
        return data

    def put(self, name: str, data: bytes) -> None:
        """Keep it, whole or not at all. A full disk keeps nothing, and the picture is shown all the same."""
        with self._lock, suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            half = self._folder / f"{new_id('half')}.tmp"
            try:
                half.write_bytes(data)
                half.replace(self._folder / name)
            finally:
                half.unlink(missing_ok=True)
            self._bytes = self._sum() if self._bytes is None else self._bytes + len(data)
            if self._bytes > self._most_bytes:
                self._bytes = self._clear_away()

    def _sum(self) -> int:
        return sum(size for _, size, _ in self._files())

    def _files(self) -> list[tuple[float, int, Path]]:
        found = []
        for path in self._folder.iterdir():
            with suppress(OSError):  # another process cleared it away
                known = path.stat()
                found.append((known.st_mtime, known.st_size, path))
        return found

    def _clear_away(self) -> int:
        """Remove the files read longest ago until three quarters of the bound are left; returns the sum."""
        files = sorted(self._files())
        total = sum(size for _, size, _ in files)
        for _, size, path in files:
            if total <= self._most_bytes * 3 // 4:
                break
            path.unlink(missing_ok=True)
            total -= size
        return total
