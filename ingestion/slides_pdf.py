"""Decks drawn by LibreOffice, where it is installed: once each, as a PDF that is kept.

A deck is hostile until shown otherwise: LibreOffice runs in a worker's process group with a profile of its own, without
macros, without following links, with a proxy that leads nowhere, and for a bounded time.
"""

import contextlib
import ctypes
import fcntl
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from ingestion.model import Rectangle
from ingestion.render import page_picture

SECONDS = 90
"""Below the limit of a worker's task, so that it is this code that ends a conversion."""
_PROFILE_MADE = 81
"""LibreOffice's exit code where it has made its profile and wants to be started again."""
_TRY_AGAIN_SECONDS = 24 * 3600
_LIBC = ctypes.CDLL(None)
_DIE_WITH_PARENT = 1
"""Linux: PR_SET_PDEATHSIG."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution"><value>true</value></prop><prop oor:name="DisableActiveContent"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName"><value>127.0.0.1</value></prop><prop oor:name="ooInetHTTPProxyPort"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName"><value>127.0.0.1</value></prop><prop oor:name="ooInetHTTPSProxyPort"><value>9</value></prop></item>
</oor:items>
"""


def program() -> str | None:
    """LibreOffice itself, where it is installed: not the script before it, so that one process has to be ended."""
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command is None:
        return None
    binary = Path(command).resolve().with_name("soffice.bin")
    return str(binary) if binary.is_file() else command


def drawn_deck(folder: Path, sha256: str) -> Path:
    """Where the PDF of a deck is kept."""
    return folder / f"{sha256}.pdf"


def failed_lately(target: Path) -> bool:
    """Whether a conversion to `target` failed within the last day: it is not tried at every look at a slide."""
    try:
        return time.time() - _failure(target).stat().st_mtime < _TRY_AGAIN_SECONDS
    except FileNotFoundError:
        return False


def draw_deck(deck: str, target: str, command: str, seconds: float = SECONDS) -> bool:
    """Convert a deck to `target`, once however many ask at a time; whether it is there. For a worker."""
    wanted = Path(target)
    wanted.parent.mkdir(parents=True, exist_ok=True)
    with wanted.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if wanted.exists():
            return True
        if failed_lately(wanted):
            return False
        with tempfile.TemporaryDirectory(prefix="ancrage-slides-", dir=wanted.parent) as work:
            made, why = _convert(Path(deck), Path(work), command, seconds)
            if made is None:
                _failure(wanted).write_text(why)
                return False
            made.replace(wanted)
    return True


def drawn_slide(
    target: str, at: int, count: int, rectangles: Sequence[Rectangle], scale: float
) -> bytes | None:
    """The picture of the slide that is the `at`-th (from 1) of `count` shown ones; None where the PDF has not as many.

    LibreOffice leaves hidden slides out, as the reader does.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(target)
    try:
        pages = len(document)
    finally:
        document.close()
    return page_picture(target, at, rectangles, scale) if pages == count else None


def _convert(deck: Path, work: Path, command: str, seconds: float) -> tuple[Path | None, str]:
    profile = work / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    named = work / "deck.pptx"
    named.symlink_to(deck.absolute())
    words = [
        command, f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "pdf", "--outdir", str(work), str(named),
    ]  # fmt: skip
    ends = time.monotonic() + seconds
    with (work / "said").open("w+b") as said:
        code = _run(words, said, work, ends)
        if code == _PROFILE_MADE:
            code = _run(words, said, work, ends)
        if code is None:
            return None, f"it took more than {seconds:.0f} s"
        made = work / "deck.pdf"
        if made.is_file():
            return made, ""
        said.seek(0)
        return None, f"it ended with {code}: {said.read(2_000).decode('utf-8', 'replace')}"


def _run(words: list[str], said: IO[bytes], work: Path, ends: float) -> int | None:
    """Run to the end and take all that it started away; the exit code, or None where it was stopped."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    process = subprocess.Popen(  # noqa: S603  the command was found by us, and the arguments are paths that we made
        words,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        env={**kept, "HOME": str(work)},
        start_new_session=True,
        preexec_fn=_bound,  # noqa: PLW1509  the worker has a thread that only looks whether its parent lives
    )
    try:
        return process.wait(timeout=max(ends - time.monotonic(), 0.1))
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _bound() -> None:
    """In the new process: die with the worker, and in bounded processor time."""
    _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))


def _failure(target: Path) -> Path:
    return target.with_suffix(".failed")
