"""Scanned pages: found, read by Tesseract where it is installed, and never better than doubtful. The command is a fake."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingestion.errors import EmptyFile
from ingestion.formats import READER_VERSION, read
from ingestion.ocr import Ocr, find_ocr
from ingestion.worker import WorkerPool
from tests.builders.scans import WORDS, scan, tesseract

MakePdf = Callable[..., Path]


def printed(canvas: Canvas) -> None:
    canvas.drawString(70, 700, "This page has text of its own, which needs no recognition.")


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
