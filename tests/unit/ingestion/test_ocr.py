"""Scanned pages: found, read by Tesseract where it is installed, and never better than doubtful. The command is a fake."""

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingestion.errors import EmptyFile
from ingestion.formats import READER_VERSION, read
from ingestion.ocr import Ocr, find_ocr
from ingestion.worker import WorkerPool

MakePdf = Callable[..., Path]
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
WORDS = ("The", "dose", "is", "10", "mg", "once", "daily.")


def scan(canvas: Canvas) -> None:
    buffer = BytesIO()
    Image.new("L", (60, 80), 200).save(buffer, "PNG")
    canvas.drawImage(ImageReader(buffer), 0, 0, 595, 842)


def printed(canvas: Canvas) -> None:
    canvas.drawString(70, 700, "This page has text of its own, which needs no recognition.")


def tesseract(folder: Path, *, confidence: int = 91, languages: str = "eng\\nfra", then: str = "") -> str:
    """A command that recognises one line on any picture."""
    rows = [HEAD, "4\t1\t1\t1\t1\t0\t300\t400\t2000\t40\t-1\t"]
    rows += [
        f"5\t1\t1\t1\t1\t{n}\t{300 + 200 * n}\t400\t180\t40\t{confidence}\t{w}" for n, w in enumerate(WORDS)
    ]
    command = folder / "tesseract"
    command.write_text(
        f"#!{sys.executable}\nimport sys, time\n"
        f"if '--list-langs' in sys.argv:\n    print('List of languages:\\n{languages}')\n    sys.exit()\n"
        f"assert sys.stdin.buffer.read(4) == b'\\x89PNG'\n{then}\nprint({chr(10).join(rows)!r})\n",
        encoding="utf-8",
    )
    command.chmod(0o755)
    return str(command)


def found(command: str) -> Ocr:
    ocr = find_ocr(command)
    assert ocr is not None
    return ocr


def test_a_scanned_page_is_read_with_its_places_and_is_doubtful(make_pdf: MakePdf, tmp_path: Path) -> None:
    reading = read(make_pdf(scan, printed), ocr=found(tesseract(tmp_path)))
    first, second = reading.pages
    assert (first.text, first.quality, first.reasons) == (
        "The dose is 10 mg once daily.",
        "doubtful",
        ("ocr",),
    )
    assert second.quality == "good"
    assert [first.text[box.start : box.end] for box in first.boxes] == list(WORDS)
    assert (first.boxes[0].rectangle.x0, first.boxes[0].rectangle.y0) == pytest.approx((72, 96), abs=0.2)
    assert reading.sentences[0].text == "The dose is 10 mg once daily."
    assert reading.reader_version == f"{READER_VERSION}+ocr"


def test_without_tesseract_a_scanned_page_is_reported(make_pdf: MakePdf) -> None:
    reading = read(make_pdf(scan, printed))
    assert (reading.pages[0].quality, reading.pages[0].reasons) == ("unreadable", ("no_text", "scan"))
    assert reading.reader_version == READER_VERSION


def test_a_file_of_scans_alone_is_refused_where_nothing_reads_them(make_pdf: MakePdf) -> None:
    with pytest.raises(EmptyFile, match="pictures without text"):
        read(make_pdf(scan))


def test_an_empty_page_is_no_scan(make_pdf: MakePdf) -> None:
    reading = read(make_pdf(printed, lambda _: None))
    assert reading.pages[1].reasons == ("no_text",)


def test_what_is_recognised_unsurely_is_not_read(make_pdf: MakePdf, tmp_path: Path) -> None:
    reading = read(make_pdf(scan, printed), ocr=found(tesseract(tmp_path, confidence=35)))
    assert (reading.pages[0].quality, reading.pages[0].text) == ("unreadable", "")
    assert "ocr_unsure" in reading.pages[0].reasons


@pytest.mark.parametrize(("then", "reason"), [("time.sleep(30)", "ocr_time"), ("sys.exit(3)", "ocr_failed")])
def test_a_page_that_takes_too_long_or_fails_is_reported(
    make_pdf: MakePdf, tmp_path: Path, then: str, reason: str
) -> None:
    ocr = found(tesseract(tmp_path, then=then))
    reading = read(make_pdf(scan, printed), ocr=Ocr(ocr.command, ocr.languages, page_seconds=1.5))
    assert reading.pages[0].reasons == ("no_text", "scan", reason)
    assert reading.pages[1].quality == "good"


def test_pages_behind_the_time_of_a_file_are_reported(make_pdf: MakePdf, tmp_path: Path) -> None:
    ocr = found(tesseract(tmp_path))
    reading = read(make_pdf(scan, printed), ocr=Ocr(ocr.command, ocr.languages, seconds=0.5))
    assert reading.pages[0].reasons == ("no_text", "scan", "ocr_time")


def test_only_french_and_english_are_asked_for(tmp_path: Path) -> None:
    assert found(tesseract(tmp_path, languages="deu\\neng\\nosd")).languages == ("eng",)
    assert find_ocr(tesseract(tmp_path, languages="deu")) is None
    assert find_ocr(str(tmp_path / "nowhere")) is None


def test_a_worker_reads_scans_in_a_second_go(make_pdf: MakePdf, tmp_path: Path) -> None:
    path = make_pdf(scan)
    with WorkerPool(processes=1, seconds=30, ocr=found(tesseract(tmp_path))) as pool:
        assert pool.read(path).result().reading.pages[0].reasons == ("ocr",)
    with WorkerPool(processes=1, seconds=30) as pool, pytest.raises(EmptyFile):
        pool.read(path).result()
