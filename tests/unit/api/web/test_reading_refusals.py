"""Every way in which a file cannot be read is said in the reader's language: what is wrong, and what to do."""

import io
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfWriter

from api.web.refusals import in_language
from ingestion import errors
from ingestion.errors import AncrageError, IngestionError, ReaderTimeout
from ingestion.formats import MAX_BYTES, read
from ingestion.formats.archive import MAX_MEMBERS
from ingestion.formats.claims import MAX_CLAIMS, MAX_COLUMNS
from ingestion.formats.transcript import MAX_CUES
from ingestion.worker import WorkerPool, _unreadable

CUE = "00:00:01.000 --> 00:00:02.000\nTen.\n\n"


def pdf(*, password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def package(*, encrypted: bool = False, **members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    data = bytearray(made.getvalue())
    if encrypted:
        data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


PRESENTATION = b"<p xmlns='x'/>"
FILES: list[tuple[str, str, Callable[[], bytes]]] = [
    ("unsupported_format", "picture.png", lambda: b"\x89PNG\r\n\x1a\n"),
    ("unsupported_format", "old.ppt", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("unsupported_format", "numbers.csv", lambda: b"a,b\n1,2\n"),
    ("no_text", "empty.pdf", lambda: b""),
    ("no_text", "scan.pdf", pdf),
    ("no_text", "claims.csv", lambda: b"id;claim\n;\n"),
    ("encrypted_file", "secret.pdf", lambda: pdf(password="x")),
    ("encrypted_file", "secret.pptx", lambda: package(encrypted=True, ppt__presentation=b"x")),
    ("unreadable_file", "broken.pdf", lambda: b"%PDF-1.7 nothing more"),
    ("unreadable_file", "broken.pptx", lambda: b"PK\x03\x04" + b"ppt/" + bytes(100)),
    ("unreadable_file", "none.pptx", lambda: package(ppt__x=b"x")),
    ("unreadable_file", "none.docx", lambda: package(word__x=b"x")),
    ("unreadable_file", "bomb.docx", lambda: package(**{"word__document.xml": b"<!DOCTYPE a><a/>"})),
    ("unreadable_file", "cut.docx", lambda: package(**{"word__document.xml": b"<a><b>"})),
    ("unreadable_file", "broken.xlsx", lambda: package(xl__x=b"x")),
    ("unreadable_file", "talk.vtt", lambda: b"WEBVTT\n\nnothing\n"),
    ("file_too_large", "many.pptx", lambda: package(**{f"ppt__{n}": b"" for n in range(MAX_MEMBERS + 1)})),
    ("file_too_large", "claims.csv", lambda: b"id;claim\n" + b"1;Taken once daily.\n" * (MAX_CLAIMS + 1)),
    ("file_too_large", "wide.csv", lambda: b"id;claim" + b";x" * MAX_COLUMNS + b"\n1;Taken once daily.\n"),
    ("file_too_large", "long.vtt", f"WEBVTT\n\n{CUE * (MAX_CUES + 1)}".encode),
]


def refusal_of(name: str, data: bytes, folder: Path) -> AncrageError:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(IngestionError) as refused:
        read(path)
    return refused.value


def require_both_languages(error: AncrageError) -> None:
    english, french = in_language(error, "en"), in_language(error, "fr")
    assert english.message
    assert english.help
    assert not french.foreign, (error.message, error.help)
    assert french.message != english.message
    assert french.help != english.help


@pytest.mark.parametrize(("code", "name", "made"), FILES, ids=[f"{code}-{name}" for code, name, _ in FILES])
def test_a_file_that_cannot_be_read_says_so_in_both_languages(
    code: str, name: str, made: Callable[[], bytes], tmp_path: Path
) -> None:
    error = refusal_of(name, made(), tmp_path)
    assert error.code == code
    assert name in error.message
    require_both_languages(error)


def test_a_file_beyond_the_limit_of_bytes_says_so_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(IngestionError) as refused:
        read(path)
    require_both_languages(refused.value)


def test_a_reader_that_was_stopped_says_so_in_both_languages() -> None:
    with WorkerPool(processes=1, seconds=2) as pool, pytest.raises(ReaderTimeout) as refused:
        pool.run(time.sleep, "slow.pdf", 60).result(60)
    require_both_languages(refused.value)
    french = in_language(refused.value, "fr").message
    assert french == "La lecture de slow.pdf a été arrêtée\u00a0: elle a pris plus de 2 s."


@pytest.mark.parametrize(("work", "argument"), [(bytearray, 4_000_000_000), (os._exit, 1)])
def test_a_reader_that_lacked_memory_or_ended_says_so_in_both_languages(
    work: Callable[[int], object], argument: int
) -> None:
    with WorkerPool(processes=1, seconds=20, megabytes=1500) as pool, pytest.raises(ReaderTimeout) as refused:
        pool.run(work, "big.pdf", argument).result(60)
    require_both_languages(refused.value)


def test_a_fault_of_a_parser_says_so_in_both_languages() -> None:
    require_both_languages(_unreadable(ValueError("odd")))


def codes() -> Iterator[str]:
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, IngestionError):
            yield kind.code


def test_no_code_of_reading_is_left_out() -> None:
    assert set(codes()) == {code for code, _, _ in FILES} | {ReaderTimeout.code}
