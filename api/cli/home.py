"""One owner of the home: the command runs in this process, or in the server that already owns the home."""

import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from api.cli.forward import forward, is_alive
from api.cli.io import Io, ProgressBar, is_unread, refuse
from assistant.errors import Busy, StorageFull
from assistant.settings import Settings, settings_from_environment
from ingestion.errors import AncrageError

if TYPE_CHECKING:
    from assistant.bootstrap import App

WAIT_SECONDS = 120.0
"""How long a command waits for another command on the same home."""


def run_on_home(arguments: Namespace, argv: Sequence[str], io: Io) -> int:
    """Run a command that works on the home; returns its exit code."""
    try:
        settings = settings_from_environment()
        return _run(settings, arguments, argv, io)
    except AncrageError as error:
        return refuse(error, io, as_json=arguments.json)
    except OSError as error:
        if isinstance(error, BrokenPipeError) and is_unread(io.out):
            raise
        return refuse(storage_refusal(error), io, as_json=arguments.json)


def _run(settings: Settings, arguments: Namespace, argv: Sequence[str], io: Io) -> int:
    with owned(settings, io) as mine:
        if not mine:
            return forward(settings.home, arguments, argv, io)
        from api.cli.commands import execute
        from api.cli.improving import BackgroundImprover
        from assistant.bootstrap import open_app

        app = open_app(settings)
        app.on_indexed = BackgroundImprover(settings)
        try:
            finish_interrupted(app, io)
            return execute(app, arguments, io)
        finally:
            app.close()


def finish_interrupted(app: "App", io: Io) -> None:
    """Finish first what a killed command left undone."""
    progress = ProgressBar(io)
    try:
        done = app.finish_interrupted(progress)
    finally:
        progress.close()
    if done:
        io.say(f"Finished {done} interrupted {'job' if done == 1 else 'jobs'} first.")


@contextmanager
def owned(settings: Settings, io: Io) -> Iterator[bool]:
    """Hold the home's lock. Yields False where a server holds it: it runs the command then.

    Raises Busy where another command holds it for too long.
    """
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(settings.home / "lock")
    deadline = time.monotonic() + WAIT_SECONDS
    waiting = False
    while True:
        try:
            lock.acquire(timeout=0.25)
            break
        except Timeout:
            if is_alive(settings.home):
                yield False
                return
        if not waiting:
            io.say("Another command is at work on this home; waiting for it.")
            waiting = True
        if time.monotonic() > deadline:
            raise Busy(
                f"Another command still holds {settings.home}.", help="Wait for it to end, then try again."
            )
    try:
        # Whoever owns the home and is not the server: a server's note that is still here is a dead one's.
        (settings.home / "server.json").unlink(missing_ok=True)
        yield True
    finally:
        lock.release()


def storage_refusal(error: OSError) -> AncrageError:
    """What the system said of a file, as a refusal."""
    if error.filename is not None and isinstance(error, FileNotFoundError):
        from assistant.errors import InvalidInput

        return InvalidInput(f"There is no file {error.filename}.", help="Check the path.")
    return StorageFull(
        f"{error.filename or 'A file'} could not be read or written: {error.strerror or error}.",
        help="Check the path, the rights and the free space; what was done before is kept.",
    )
