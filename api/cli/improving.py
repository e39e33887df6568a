"""`ancrage index improve`, and the same as a process of low priority that is left to itself.

It holds a lock of its own and not the home's: it writes rows of vectors and nothing else, so commands and the server go on.
"""

import logging
import os
import subprocess
import sys
import threading
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from filelock import FileLock, Timeout

from api.cli.home import storage_refusal
from api.cli.io import Io, ProgressBar, refuse
from assistant.settings import Settings, settings_from_environment
from ingestion.errors import AncrageError

_LOCK = "improving.lock"
_NICE = 10
_QUIET = "ANCRAGE_IMPROVING"
_WORDS = (
    sys.executable,
    "-c",
    "from api.cli import main; raise SystemExit(main())",
    "index",
    "improve",
)
_MOST_FAILURES = 5
"""In a row: what fails so often fails for a reason that time does not mend."""
_log = logging.getLogger(__name__)


def run_improve(arguments: Namespace, io: Io) -> int:
    """Make what is missing; returns the exit code. Another process that does so already is not waited for."""
    try:
        settings = settings_from_environment()
        answer = _improve(settings, io)
    except AncrageError as error:
        return refuse(error, io, as_json=arguments.json)
    except OSError as error:
        return refuse(storage_refusal(error), io, as_json=arguments.json)
    if arguments.json:
        io.json({"improve": answer})
    else:
        io.out.write(
            f"{answer['texts'] - answer['missing']} of {answer['texts']} texts have their vector of "
            f"{answer['model'] or 'no model: it is not installed, or ANCRAGE_BETTER is off'}.\n"
        )
        if own := answer["english"]:
            io.out.write(
                f"{own['texts'] - own['missing']} of {own['texts']} English texts have their vector of {own['model']}.\n"
            )
    return 0


class BackgroundImprover:
    """Starts the process when it is called, unless the one that it started before is still at work."""

    def __init__(self, settings: Settings, words: Sequence[str] = _WORDS) -> None:
        """Nothing is started yet. `words` are the command that makes what is missing."""
        self._settings = settings
        self._words = words
        self._child: subprocess.Popen[bytes] | None = None
        self._failed = 0
        self._lock = threading.Lock()

    def __call__(self) -> None:
        """Begin to make what is missing. The process ends by itself, and goes on where it was when it is begun again."""
        with self._lock:
            if self._settings.better and (self._child is None or self._child.poll() is not None):
                self._start()

    def look_after(self) -> bool:
        """Start it again where it was killed or failed, a few times in a row at most; returns whether it was."""
        with self._lock:
            if self._child is None or self._child.poll() is None:
                return False
            if not self._child.returncode:
                self._failed = 0
                return False
            self._failed += 1
            if self._failed > _MOST_FAILURES:
                return False
            _log.warning("The making of the better vectors ended with %s; it goes on", self._child.returncode)
            self._start()
            return True

    def _start(self) -> None:
        self._child = subprocess.Popen(  # noqa: S603  our own command
            tuple(self._words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "ANCRAGE_HOME": str(self._settings.home), _QUIET: "1"},
        )


def _improve(settings: Settings, io: Io) -> dict[str, Any]:
    from assistant.bootstrap import open_app

    if os.environ.get(_QUIET):
        os.nice(_NICE)
    lock = FileLock(settings.home / _LOCK)
    app = open_app(settings)
    progress = ProgressBar(io)
    try:
        with lock.acquire(timeout=0.1):
            return app.improve(progress)
    except Timeout:
        io.say("Another process is making the vectors already.")
        return app.improvement()
    finally:
        progress.close()
        app.close()
