"""A command whose answer nobody reads to its end ends as it would have, without a word."""

import os
import subprocess
import sys
from pathlib import Path

RUN = "import sys; from api.cli import main; sys.exit(main())"


def _unread(home: Path, *words: str) -> tuple[int, str]:
    """Exit code and standard error of a command whose standard output is closed before it writes."""
    reading, writing = os.pipe()
    os.close(reading)
    command = (sys.executable, "-c", RUN, *words)
    try:
        ended = subprocess.run(
            command,
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            input="a passphrase for the tests\n",
            env={**os.environ, "ANCRAGE_HOME": str(home), "ANCRAGE_BETTER": "off"},
            check=False,
            timeout=120,
        )
    finally:
        os.close(writing)
    return ended.returncode, ended.stderr


def test_what_is_done_is_done_and_a_refusal_stays_one(tmp_path: Path) -> None:
    added = ("user", "add", "ada", "--role", "admin", "--password-stdin")
    assert _unread(tmp_path, *added) == (0, "")
    assert _unread(tmp_path, "--as", "ada", "user", "list") == (0, "")
    assert _unread(tmp_path, "--json", "--as", "nobody", "user", "list") == (1, "")
