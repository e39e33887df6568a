"""The anchor outside the database: each head of the chain, one line a commit. A chain alone does not show a lost tail."""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.store.database import Entry

_log = logging.getLogger(__name__)
_BLOCK = 65_536


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

    def heads(self, after: int = 0) -> list[Head]:
        """The heads noted of entries behind `after`, by number; a line that a crash cut off is left out."""
        if not self._path.exists():
            return []
        found = set()
        for line in self._newest(after):
            number, digest = _read(line)
            if number > after:
                found.add((number, digest))
        return [Head(number, digest) for number, digest in sorted(found)]

    def _newest(self, after: int) -> list[bytes]:
        """The lines from the end back to where a whole block says nothing of later entries: writers may pass each other."""
        blocks: list[bytes] = []
        with self._path.open("rb") as file:
            begin = file.seek(0, os.SEEK_END)
            while begin > 0:
                end, begin = begin, max(0, begin - _BLOCK)
                file.seek(begin)
                blocks.append(file.read(end - begin))
                if all(_read(line)[0] <= after for line in _whole_lines(blocks[-1], begin)):
                    break
        return _whole_lines(b"".join(reversed(blocks)), begin)


def _whole_lines(text: bytes, begin: int) -> list[bytes]:
    """Without the rest of a line that began before this text did."""
    return text.splitlines()[1 if begin else 0 :]


def _read(line: bytes) -> tuple[int, str]:
    """The number and the digest of a line; number 0 where it is cut off."""
    parts = line.decode(errors="replace").split(" ")
    if len(parts) == 3 and parts[0].isdigit() and len(parts[1]) == 64:  # noqa: PLR2004  number, sha256, instant
        return int(parts[0]), parts[1]
    return 0, ""
