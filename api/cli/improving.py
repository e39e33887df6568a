"""`ancrage index improve`, and the same as a process of low priority that is left to itself.

It holds a lock of its own and not the home's: it writes rows of vectors and nothing else, so commands and the server go on.
"""

import os
import subprocess
import sys
from argparse import Namespace
from typing import Any

from filelock import FileLock, Timeout

from api.cli.home import storage_refusal
from api.cli.io import Io, ProgressBar, refuse
from assistant.settings import Settings, settings_from_environment
from ingestion.errors import AncrageError

_LOCK = "improving.lock"
_NICE = 10
_QUIET = "ANCRAGE_IMPROVING"


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
    return 0


class BackgroundImprover:
    """Starts the process when it is called, unless the one that it started before is still at work."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is started yet."""
        self._settings = settings
        self._child: subprocess.Popen[bytes] | None = None

    def __call__(self) -> None:
        """Begin to make what is missing. The process ends by itself, and goes on where it was when it is begun again."""
        if not self._settings.better or (self._child is not None and self._child.poll() is None):
            return
        words = (
            sys.executable,
            "-c",
            "from api.cli import main; raise SystemExit(main())",
            "index",
            "improve",
        )
        self._child = subprocess.Popen(  # noqa: S603  our own command
            words,
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
