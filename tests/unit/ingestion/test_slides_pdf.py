"""Decks drawn once by another program, which may fail, hang or be missing."""

import time
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingestion.slides_pdf import draw_deck, drawn_slide, failed_lately


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "original"
    path.write_bytes(b"a deck")
    return path


@pytest.fixture
def two_pages(tmp_path: Path) -> Path:
    canvas = Canvas(str(tmp_path / "two.pdf"), pagesize=(720, 540))
    for text in ("one", "two"):
        canvas.drawString(72, 500, text)
        canvas.showPage()
    canvas.save()
    return tmp_path / "two.pdf"


def command(tmp_path: Path, *lines: str) -> str:
    """A program that takes LibreOffice's place. `$out` is the folder that it was asked to write to."""
    path = tmp_path / "office"
    head = [
        "#!/bin/sh",
        f'echo run >> "{tmp_path}/runs"',
        'while [ "$1" != "--outdir" ]; do shift; done',
        "out=$2",
    ]
    path.write_text("\n".join([*head, *lines]) + "\n")
    path.chmod(0o700)
    return str(path)


def runs(tmp_path: Path) -> int:
    return (tmp_path / "runs").read_text().count("run")


def test_a_deck_is_drawn_once_and_kept(tmp_path: Path, deck: Path, two_pages: Path) -> None:
    office = command(tmp_path, f'cp "{two_pages}" "$out/deck.pdf"')
    target = tmp_path / "kept" / "deck.pdf"
    assert draw_deck(str(deck), str(target), office)
    assert draw_deck(str(deck), str(target), office)
    assert runs(tmp_path) == 1
    assert sorted(path.name for path in target.parent.iterdir()) == ["deck.lock", "deck.pdf"]


def test_a_deck_that_cannot_be_drawn_is_not_tried_at_every_look(tmp_path: Path, deck: Path) -> None:
    office = command(tmp_path, "echo no >&2", "exit 3")
    target = tmp_path / "kept" / "deck.pdf"
    assert not draw_deck(str(deck), str(target), office)
    assert not draw_deck(str(deck), str(target), office)
    assert runs(tmp_path) == 1
    assert failed_lately(target)
    assert target.with_suffix(".failed").read_text() == "it ended with 3: no\n"


def test_a_first_start_that_only_makes_the_profile_is_followed_by_a_second(
    tmp_path: Path, deck: Path, two_pages: Path
) -> None:
    office = command(
        tmp_path, f'[ "$(wc -l < "{tmp_path}/runs")" -eq 1 ] && exit 81', f'cp "{two_pages}" "$out/deck.pdf"'
    )
    assert draw_deck(str(deck), str(tmp_path / "kept" / "deck.pdf"), office)
    assert runs(tmp_path) == 2


def test_a_program_that_hangs_is_ended_with_its_children(tmp_path: Path, deck: Path) -> None:
    office = command(tmp_path, f'(sleep 2; echo late > "{tmp_path}/late") &', "sleep 30")
    began = time.monotonic()
    assert not draw_deck(str(deck), str(tmp_path / "kept" / "deck.pdf"), office, seconds=0.5)
    assert time.monotonic() - began < 10
    time.sleep(2)
    assert not (tmp_path / "late").exists()


def test_the_picture_is_that_of_the_slide_among_those_shown(two_pages: Path) -> None:
    found = drawn_slide(str(two_pages), 2, 2, (), 1.0)
    with pypdfium2.PdfDocument(str(two_pages)) as document:
        width, height = document[1].get_size()
    assert found is not None
    assert found.startswith(b"\x89PNG")
    assert (width, height) == (720, 540)


def test_a_drawing_with_another_count_of_slides_is_not_believed(two_pages: Path) -> None:
    assert drawn_slide(str(two_pages), 1, 3, (), 1.0) is None
