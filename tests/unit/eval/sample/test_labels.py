import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics

from eval.sample import labels
from eval.sample.claims import page_texts
from eval.sample.labels.text import Block, blocks_of, load, section_number, sections_of
from eval.sample.pdf import SANS, SANS_BOLD, register_fonts

LANGUAGES = ("en", "fr")
CHANGED_IN_VERSION_2 = {"4.1", "4.2", "4.4", "5.1", "10"}
SECTIONS = (
    *("1", "2", "3", "4", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9"),
    *("5", "5.1", "5.2", "5.3", "6", "6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "7", "8", "9", "10"),
)
EVERY_LABEL = [(language, version) for language in LANGUAGES for version in labels.VERSIONS]


def numbers(text: str, language: str) -> Counter[str]:
    """Return the numbers of a text with a decimal point and without separators of thousands."""
    thousands = r"(?<=\d),(?=\d{3}(?!\d))" if language == "en" else r"(?<=\d)\s(?=\d{3}(?!\d))"
    text = re.sub(thousands, "", text)
    if language == "fr":
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    return Counter(re.findall(r"\d+(?:\.\d+)?", text))


def words(block: Block) -> str:
    return " | ".join([block.text, *(cell for row in block.rows for cell in row.cells)])


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_numbers_are_read_as_each_language_writes_them() -> None:
    assert numbers("1,207 patients, 23.4% and 5, 10", "en") == Counter(["1207", "23.4", "5", "10"])
    assert numbers("1\u00a0207 patients, 23,4\u00a0% et 5, 10", "fr") == Counter(["1207", "23.4", "5", "10"])


@pytest.mark.parametrize("version", labels.VERSIONS)
@pytest.mark.parametrize("section", ["", *SECTIONS])
def test_a_section_has_the_same_numbers_in_french_and_in_english(section: str, version: int) -> None:
    english, french = (" ".join(sections_of(load(language), version)[section]) for language in LANGUAGES)
    assert numbers(english, "en") == numbers(french, "fr")


def test_the_two_languages_match_block_by_block() -> None:
    english, french = load("en").blocks, load("fr").blocks
    assert len(english) == len(french)
    for ours, theirs in zip(english, french, strict=True):
        assert (ours.kind, ours.version, ours.widths) == (theirs.kind, theirs.version, theirs.widths), ours
        assert [row.version for row in ours.rows] == [row.version for row in theirs.rows], ours
        assert numbers(words(ours), "en") == numbers(words(theirs), "fr"), ours


def test_no_paragraph_was_left_in_english() -> None:
    english = {words(block) for block in load("en").blocks if block.kind == "paragraph"}
    french = {words(block) for block in load("fr").blocks if block.kind == "paragraph"}
    names_alone = {"Talc", "Hypromellose", "Laboratoires Aubrac, France", "EU/1/24/9999/001-006"}
    assert english & french == names_alone


@pytest.mark.parametrize(("language", "version"), EVERY_LABEL)
def test_the_sections_stand_in_their_order(language: str, version: int) -> None:
    headings = [
        section_number(block.text)
        for block in blocks_of(load(language), version)
        if block.kind in ("section", "subsection")
    ]
    assert headings == list(SECTIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_versions_differ_only_in_the_sections_that_changed(language: str) -> None:
    label = load(language)
    first, second = sections_of(label, 1), sections_of(label, 2)
    assert {number for number in first if first[number] != second[number]} == CHANGED_IN_VERSION_2


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_paragraph_of_section_4_4_is_moved_and_not_reworded(language: str) -> None:
    label = load(language)
    first, second = sections_of(label, 1)["4.4"], sections_of(label, 2)["4.4"]
    kept_first = [text for text in first if text in second]
    kept_second = [text for text in second if text in first]
    assert kept_first != kept_second
    moved = [
        text
        for text in kept_first
        if [t for t in kept_first if t != text] == [t for t in kept_second if t != text]
    ]
    assert len(moved) == 1


def test_version_2_narrows_the_indication_and_lowers_a_dose() -> None:
    first, second = sections_of(load("en"), 1), sections_of(load("en"), 2)
    assert "(NYHA class II to IV)" in first["4.1"][1]
    assert "(NYHA class II to III)" in second["4.1"][1]
    assert "30 to less than 60 | 10\u00a0mg once daily | 10\u00a0mg once daily" in first["4.2"]
    assert "30 to less than 60 | 5\u00a0mg once daily | 10\u00a0mg once daily" in second["4.2"]
    assert "Less than 30 | Not recommended | Not recommended" in second["4.2"]


@pytest.mark.parametrize(("language", "version"), EVERY_LABEL)
def test_every_word_of_the_label_can_be_read_in_the_pdf(language: str, version: int, tmp_path: Path) -> None:
    label = load(language)
    furniture = one_line(f"{label.header['running_head']} {label.header['reference'][version]}")
    body = []
    for number, page in enumerate(page_texts(labels.make(language, version, tmp_path)), start=1):
        assert page.startswith(f"{furniture} {number} ")
        body.append(page.removeprefix(f"{furniture} {number} "))
    text = " ".join(body)
    for block in blocks_of(label, version):
        for part in [block.text, *(cell for row in block.rows for cell in row.cells)]:
            assert one_line(part.replace("*", "")) in text


@pytest.mark.parametrize(("language", "version"), EVERY_LABEL)
def test_the_pdf_has_an_outline_a_language_and_the_day_of_its_approval(
    language: str, version: int, tmp_path: Path
) -> None:
    path = labels.make(language, version, tmp_path)
    document = pypdfium2.PdfDocument(path)
    try:
        assert 9 <= len(document) <= 14
        assert [section_number(mark.get_title()) for mark in document.get_toc()] == list(SECTIONS)
        assert document.get_metadata_value("CreationDate").startswith(f"D:{labels.VERSIONS[version]:%Y%m%d}")
        assert document.get_metadata_value("Author") == "Laboratoires Aubrac"
    finally:
        document.close()
    assert f"/Lang ({language})".encode() in path.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("font", [SANS, SANS_BOLD])
def test_the_fonts_have_every_sign_of_the_label(language: str, font: str) -> None:
    register_fonts()
    known = pdfmetrics.getFont(font).face.charToGlyph  # type: ignore[attr-defined]  # a TTFont has it
    text = "".join(words(block) for block in load(language).blocks)
    assert {sign for sign in text if ord(sign) not in known} == {"▼"}
