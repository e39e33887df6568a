"""Pictures of the slides of registered decks, drawn once a deck and kept in the home."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select

from assistant.corpus.model import Source
from assistant.store.database import Database
from assistant.store.originals import Originals
from assistant.store.schema import page
from ingestion.errors import IngestionError
from ingestion.slides_pdf import draw_deck, drawn_deck, drawn_slide, failed_lately, program


class Workers(Protocol):
    """The part of the worker pool that draws."""

    def run(self, work: Callable[..., Any], label: str, *arguments: object) -> "Future[Any]":
        """Run a function of plain arguments under limits of time and memory."""
        ...


class Slides:
    """Where LibreOffice is installed, decks are drawn in the background at the first look at one of their slides."""

    def __init__(
        self, db: Database, folder: Path, originals: Originals, pool: Workers, command: str | None
    ) -> None:
        self._db = db
        self._folder = folder
        self._originals = originals
        self._pool = pool
        self._command = command
        self._lock = threading.Lock()
        self._drawing: dict[str, Future[Any]] = {}

    def picture(self, source: Source, number: int, scale: float) -> tuple[bytes | None, bool]:
        """The picture of a slide, or None and whether that is for good: without LibreOffice, or where it failed."""
        if self._command is None:
            return None, True
        target = drawn_deck(self._folder, source.sha256)
        if not target.exists():
            if failed_lately(target):
                return None, True
            self.draw(source.sha256)
            return None, False
        numbers = self._numbers(source.reading_id)
        if number not in numbers:
            return None, True
        try:
            found = self._pool.run(
                drawn_slide, source.file_name, str(target), numbers.index(number) + 1, len(numbers), (), scale
            ).result()
        except IngestionError:
            return None, True
        return found, True

    def draw(self, sha256: str) -> "Future[Any] | None":
        """Begin to draw a deck unless that was begun before; the future says whether it is drawn."""
        if self._command is None:
            return None
        with self._lock:
            running = self._drawing.get(sha256)
            if running is None or running.done():
                target = drawn_deck(self._folder, sha256)
                running = self._pool.run(
                    draw_deck, sha256[:12], str(self._originals.open(sha256)), str(target), self._command
                )
                self._drawing[sha256] = running
            return running

    def _numbers(self, reading_id: str) -> list[int]:
        """The numbers of the slides that were read: hidden ones are not among them, in the drawing neither."""
        with self._db.read() as connection:
            rows = connection.execute(
                select(page.c.number).where(page.c.reading_id == reading_id).order_by(page.c.number)
            )
            return list(rows.scalars())


def installed() -> str | None:
    """LibreOffice's command, where it is installed."""
    return program()
