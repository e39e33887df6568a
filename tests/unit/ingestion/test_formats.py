"""What a file is, by its bytes; and what a page's text is worth."""

from pathlib import Path

import pytest

from ingestion.errors import EmptyFile, UnsupportedFormat
from ingestion.formats import read, sniff
from ingestion.language import detect
from ingestion.quality import assess


@pytest.mark.parametrize(
    ("head", "name", "form"),
    [
        (b"%PDF-1.7", "a.pdf", "pdf"),
        (b"\xef\xbb\xbfjunk%PDF-1.4", "a.bin", "pdf"),
        (b"PK\x03\x04....ppt/slides", "a.zip", "pptx"),
        (b"PK\x03\x04....", "a.pptx", "pptx"),
        (b"PK\x03\x04....", "a.docx", "docx"),
        (b"PK\x03\x04....", "a.xlsx", "claims"),
        (b"WEBVTT\n\n", "a.txt", "transcript"),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\n", "a.srt", "transcript"),
        (b"id;claim\n", "a.csv", "claims"),
        (b"%PDF-1.7", "deck.pptx", "pdf"),
    ],
)
def test_the_content_tells_the_format_before_the_name(head: bytes, name: str, form: str) -> None:
    assert sniff(head, name) == form


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.ppt"),
        (b"\x89PNG\r\n", "picture.pdf"),
        (b"plain words, with a comma", "a.txt"),
        (b"PK\x03\x04....", "a.zip"),
        (b"\x00\x01;\x02", "a.csv"),
    ],
)
def test_other_files_are_refused_by_name_and_remedy(head: bytes, name: str) -> None:
    with pytest.raises(UnsupportedFormat) as refusal:
        sniff(head, name)
    assert name in refusal.value.message
    assert refusal.value.help


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    with pytest.raises(EmptyFile):
        read(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("text", "quality", "reasons"),
    [
        ("The patients were treated for one year with the usual dose.", "good", ()),
        ("  \n ", "unreadable", ("no_text",)),
        ("\ue001\ue002\ue003\ue004 \ue005\ue006", "unreadable", ("garbled",)),
        (
            "xkcdf grfdt plmnb trwqz bcdfg hjklm npqrs tvwxz bcdfgh jklmnp qrstvw xzbcdf",
            "unreadable",
            ("garbled",),
        ),
        (
            "The dose is 5 \ufffd\ufffd daily in most of the adult patients here.",
            "doubtful",
            ("unmapped_glyphs",),
        ),
        ("Contents of this document ........................ 4", "good", ()),
        ("12 (3%) | 14 (5%) | 0.5 | 0.7", "good", ()),
    ],
)
def test_a_page_of_text_has_a_stated_quality(text: str, quality: str, reasons: tuple[str, ...]) -> None:
    assert assess(text) == (quality, reasons)


def test_what_the_reader_saw_makes_a_page_doubtful() -> None:
    assert assess("The patients were treated.", extra=("ocr_layer",)) == ("doubtful", ("ocr_layer",))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Les patients ont été traités avec la dose recommandée pendant une année.", "fr"),
        ("The patients were treated with the recommended dose for one year.", "en"),
        ("Die Patienten wurden ein Jahr lang behandelt.", None),
        ("12 34 56", None),
        ("", None),
    ],
)
def test_the_language_is_told_by_its_small_words(text: str, language: str | None) -> None:
    assert detect(text) == language
