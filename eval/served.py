"""A home served by `ancrage serve` in a process of its own, as people meet it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from assistant.settings import Settings
from ingestion.errors import AncrageError

_READY_WITHIN = 60.0


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The address of a server on that home, until the block ends."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    surroundings = {
        **os.environ,
        "ANCRAGE_HOME": str(settings.home),
        "ANCRAGE_DATABASE_URL": settings.database_url,
        "ANCRAGE_EGRESS": "off",
        "ANCRAGE_WORKERS": "1",
    }
    words = (
        sys.executable,
        "-c",
        "import sys; from api.cli import main; sys.exit(main())",
        "serve",
        "--port",
        str(port),
    )
    with subprocess.Popen(  # noqa: S603  our own command
        words, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def _wait(port: int) -> None:
    end = time.monotonic() + _READY_WITHIN
    while time.monotonic() < end:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AncrageError("The server did not start.", help="Look at what `ancrage serve` says.")
