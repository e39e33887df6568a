"""How a command talks: one document on stdout, everything else on stderr."""

import contextlib
import getpass
import json
import os
import secrets
import select
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from api.refusal import error_json
from assistant.errors import InvalidInput
from ingestion.errors import AncrageError


@dataclass(frozen=True, slots=True)
class Io:
    """The ends of one command: a shell's, or those of a shell whose command was forwarded to the server."""

    out: TextIO
    err: TextIO
    cwd: Path
    user: str | None
    """Who acts: `--as NAME` or ANCRAGE_USER."""
    password: Callable[[], str]
    """Asks for the password, or reads it, only when a command wants it."""
    interactive: bool = False

    def path(self, name: str) -> Path:
        """A file as the person names it, from the folder in which they stand."""
        return (self.cwd / Path(name).expanduser()).resolve()

    def json(self, document: dict[str, Any]) -> None:
        """Print the one JSON document."""
        self.out.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")

    def say(self, message: str) -> None:
        """Tell the person something beside the result."""
        self.err.write(message + "\n")
        self.err.flush()


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Where to write what is to be at `path`: it comes there when all of it is written, else what was there stays.

    Raises OSError, which names `path`.
    """
    target = path.resolve()
    if path.absolute().is_relative_to("/dev") or not _has_a_place_beside_it(target):
        yield path
        return
    half = target.with_name(f".{target.name[:60]}.{secrets.token_hex(4)}.part")
    try:
        if target.exists():
            half.touch(0o600)
            half.chmod(target.stat().st_mode & 0o777)
        yield half
        half.replace(target)
    except OSError as error:
        if error.filename in {None, str(half)}:
            error.filename = str(path)
        raise
    finally:
        half.unlink(missing_ok=True)


def _has_a_place_beside_it(target: Path) -> bool:
    """Not a device or a pipe, which keep nothing, nor what the system makes of a process, a file that is not to be written, one with
    another name, or one in a folder that is not ours.
    """
    if (
        not os.access(target.parent, os.W_OK)
        or target.is_relative_to("/dev")
        or target.is_relative_to("/proc")
    ):
        return False
    return not target.exists() or (
        target.is_file() and os.access(target, os.W_OK) and target.stat().st_nlink == 1
    )


def is_unread(out: TextIO) -> bool:
    """Whether whoever read what is written there has gone, as `head` does when it has its lines."""
    try:
        end = out.fileno()
    except OSError:  # no file of the system's
        return False
    asked = select.poll()
    asked.register(end, 0)  # what is wrong with it is told unasked
    return any(state & (select.POLLERR | select.POLLHUP) for _, state in asked.poll(0))


def require_text(words: Iterable[str | None]) -> None:
    """Raise InvalidInput where a typed word, a file's name too, holds bytes that are no text (not UTF-8)."""
    for word in words:
        if word is not None and not is_text(word):
            shown = word.encode("utf-8", "backslashreplace").decode()
            raise InvalidInput(
                f"{shown} is not UTF-8 text.", help="Write it in UTF-8; give a file another name first."
            )


def is_text(word: str) -> bool:
    """Whether it can be written as UTF-8: Python keeps other bytes as lone surrogates."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def ask_password(*, from_stdin: bool, stdin: TextIO) -> str:
    """One line from standard input, or the answer to a prompt that does not echo.

    Raises InvalidInput where there is nobody to ask, or where the line is not UTF-8; the line itself is never shown.
    """
    if from_stdin:
        try:
            line = stdin.readline().rstrip("\r\n")
        except UnicodeDecodeError:
            line = "\udcff"
        if not is_text(line):
            raise InvalidInput("The password is not UTF-8 text.", help="Write it in UTF-8.")
        return line
    if not stdin.isatty():
        raise InvalidInput(
            "A password is needed and there is nobody to ask.",
            help="Give it on standard input with --password-stdin.",
        )
    return getpass.getpass("Password: ")


def refuse(error: AncrageError, io: Io, *, as_json: bool) -> int:
    """Say why not: a document with `--json`, the message on stderr without. Returns exit code 1."""
    if as_json:
        with contextlib.suppress(BrokenPipeError):  # unread, it is a refusal all the same
            io.json(error_json(error))
    else:
        io.say(error.message)
        if error.help:
            io.say(error.help)
        for finding in error_json(error)["error"].get("findings", ()):
            io.say(f"  {finding['rule']} at {finding['where']}: {finding['message']}")
    return 1


@dataclass(slots=True)
class ProgressBar:
    """A bar on stderr for a person at a terminal; a line now and then in a log; silent for short work."""

    io: Io
    every: float = 5.0
    said: float = field(default_factory=time.monotonic)
    drawn: bool = False

    def __call__(self, done: int, total: int, doing: str) -> None:
        """Show that `done` of `total` units are done, and what is being done."""
        if self.io.interactive:
            width = 28
            filled = width * done // total if total else 0
            self.io.err.write(f"\r\x1b[K[{'#' * filled}{'.' * (width - filled)}] {done}/{total} {doing[:60]}")
            self.io.err.flush()
            self.drawn = True
        elif time.monotonic() - self.said >= self.every:
            self.said = time.monotonic()
            self.io.say(f"{done}/{total} {doing}")

    def close(self) -> None:
        """Leave the line of the bar."""
        if self.drawn:
            self.io.err.write("\r\x1b[K")
            self.io.err.flush()
