"""A bar for many files: on stderr, and drawn for a person at a terminal alone."""

import time
from types import TracebackType
from typing import Any, Self

from api.cli.io import Io

_EVERY = 10.0
"""Seconds between two lines of a log."""


class FilesBar:
    """Counts files; use it as a context."""

    def __init__(self, io: Io) -> None:
        self._io = io
        self._said = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if self._io.interactive:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=Console(file=self._io.err, force_terminal=True),
                transient=True,
            )
            self._task = self._bar.add_task("reading", total=None)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int, name: str) -> None:
        """Say that `done` of `total` files are done, the last of them this one."""
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total, description=name[-40:])
        elif time.monotonic() - self._said >= _EVERY:
            self._said = time.monotonic()
            self._io.say(f"{done}/{total} files")
