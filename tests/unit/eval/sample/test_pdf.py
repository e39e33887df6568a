from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from reportlab.platypus import Paragraph

from eval.sample.pdf import (
    BLACK_TRIANGLE,
    Furniture,
    Heading,
    SampleDocument,
    paragraph_style,
    ruled_table,
)

FURNITURE = Furniture(
    title="Essai",
    author="Laboratoires Aubrac",
    subject="Exemple",
    language="fr",
    dated=date(2025, 2, 14),
    running_head="En-tête",
    reference="Version 1",
)


def build(path: Path) -> bytes:
    story = [
        Heading("Première partie", paragraph_style("heading", bold=True), 0, "Première partie"),
        Paragraph(f"{BLACK_TRIANGLE} Une dose ≥ 5\u00a0mg, œdème, « 2\u00a0412 »", paragraph_style("body")),
        ruled_table([["Colonne", "Valeur"], ["Groupe"], ["ligne", "12,5\u00a0%"]], [100, 100]),
    ]
    SampleDocument(path, FURNITURE).write(story)
    return path.read_bytes()


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return " ".join(document[0].get_textpage().get_text_bounded().split())
    finally:
        document.close()


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    assert build(tmp_path / "a.pdf") == build(tmp_path / "b.pdf")


def test_the_bytes_do_not_depend_on_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build(tmp_path / "a.pdf")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert build(tmp_path / "b.pdf") == before


def test_signs_that_the_font_lacks_are_read_back_as_themselves(tmp_path: Path) -> None:
    build(tmp_path / "a.pdf")
    assert "▼ Une dose ≥ 5 mg, œdème, « 2 412 »" in text_of(tmp_path / "a.pdf")


def test_each_page_carries_the_running_head_and_its_number(tmp_path: Path) -> None:
    build(tmp_path / "a.pdf")
    assert text_of(tmp_path / "a.pdf").startswith("En-tête Version 1 1 Première partie")
