"""Files that only their owner may read."""

import contextlib
import os
from pathlib import Path


def make_private(file: Path) -> None:
    """Make an empty file for its owner alone; one that is there already is left as it is.

    Called before a database is opened: SQLite gives the files beside it (-wal, -shm) the same rights. Where it cannot
    be made, whoever opens it says why.
    """
    with contextlib.suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
