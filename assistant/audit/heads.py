"""The anchor outside the database: each head of the chain, one line a commit. A chain alone does not show a lost tail."""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.store.database import Entry

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Head:
    """An entry that was once the last one."""

    number: int
    hash: str


class HeadsLog:
    """`audit-heads.log` in the home. Copy it elsewhere (a mailbox, another machine): then a lost tail cannot be hidden."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, entries: Sequence[Entry]) -> None:
        """Note the last entry of a transaction that has just been committed.

        What was committed stands even where the note cannot be written: that is said in the log, and the next note
        covers it.
        """
        last = entries[-1]
        line = f"{last.number} {last.hash} {last.at.isoformat(timespec='microseconds')}\n"
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line.encode())
            finally:
                os.close(handle)
        except OSError as error:
            _log.warning("The audit's head %s could not be noted in %s: %s", last.number, self._path, error)

    def heads(self) -> list[Head]:
        """The heads noted, in order of their number; a line that a crash cut off is left out."""
        if not self._path.exists():
            return []
        found = set()
        for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            parts = line.split(" ")
            if len(parts) == 3 and parts[0].isdigit() and len(parts[1]) == 64:  # noqa: PLR2004  number, sha256, instant
                found.add((int(parts[0]), parts[1]))
        return [Head(number, digest) for number, digest in sorted(found)]
