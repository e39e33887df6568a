"""Tesseract, where it is installed: from the picture of a page to words with boxes and confidences.

It runs as a process of its own, with a limit on its time, and reads what its languages cover.
"""
# ruff: noqa: S603  the command is the one that the settings name; the picture goes in by standard input

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

_WANTED = ("fra", "eng")
_LIST_SECONDS = 20
_WORD_LEVEL = "5"
_COLUMNS = 12
"""Of a line of the table that Tesseract writes: level, page, block, paragraph, line, word, left, top, width, height, conf, text."""


@dataclass(frozen=True, slots=True)
class Ocr:
    """How scanned pages are read."""

    command: str
    languages: tuple[str, ...]
    page_seconds: float = 40.0
    """A page that takes longer stays unread."""
    seconds: float = 300.0
    """For all pages of one file; those that are not reached are reported."""


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A recognised word: pixels from the top left, the line that it stands on, and how sure Tesseract is, of 100."""

    text: str
    left: int
    top: int
    width: int
    height: int
    line: tuple[int, int, int]
    confidence: float


class OcrFailed(Exception):
    """Tesseract gave no answer; the message is a reason's code: `ocr_time` or `ocr_failed`."""


def find_ocr(command: str = "tesseract") -> Ocr | None:
    """Tesseract with those of its languages that are read here, or None where it is not installed or has none."""
    found = shutil.which(command)
    if found is None:
        return None
    try:
        listed = subprocess.run(
            [found, "--list-langs"], capture_output=True, text=True, timeout=_LIST_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    installed = set((listed.stdout + listed.stderr).split())
    languages = tuple(name for name in _WANTED if name in installed)
    return Ocr(found, languages) if languages else None


def recognise(picture: bytes, dpi: int, ocr: Ocr, seconds: float) -> list[SeenWord]:
    """The words on a PNG. Raises OcrFailed."""
    arguments = [
        ocr.command,
        "stdin",
        "stdout",
        "-l",
        "+".join(ocr.languages),
        "--dpi",
        str(dpi),
        "--psm",
        "3",
        "tsv",
    ]
    try:
        done = subprocess.run(
            arguments,
            input=picture,
            capture_output=True,
            timeout=seconds,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise OcrFailed("ocr_time") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise OcrFailed("ocr_failed") from error
    return list(_words(done.stdout.decode("utf-8", "replace")))


def _words(table: str) -> Iterator[SeenWord]:
    for line in table.splitlines():
        fields = line.split("\t")
        if len(fields) != _COLUMNS or fields[0] != _WORD_LEVEL:
            continue
        text = "".join(c for c in fields[11] if c.isprintable()).strip()
        try:
            block, paragraph, row = (int(value) for value in fields[2:5])
            left, top, width, height = (int(value) for value in fields[6:10])
            confidence = float(fields[10])
        except ValueError:
            continue
        if text and confidence >= 0 and " " not in text and width > 0 and height > 0:
            yield SeenWord(text, left, top, width, height, (block, paragraph, row), confidence)
