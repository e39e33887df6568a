"""Word documents: headings, changes, footnotes, pages."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ingestion.errors import UnreadableFile
from ingestion.formats import read


def test_headings_make_sections_and_lists_are_items(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Results", level=1)
    document.add_heading("Safety", level=2)
    document.add_paragraph("Two patients had a rash. Both recovered.")
    document.add_paragraph("Headache", style="List Bullet")
    document.save(str(tmp_path / "a.docx"))
    reading = read(tmp_path / "a.docx")
    assert [(s.kind, s.text, s.section) for s in reading.sentences] == [
        ("heading", "Results", ()),
        ("heading", "Safety", ("Results",)),
        ("sentence", "Two patients had a rash.", ("Results", "Safety")),
        ("sentence", "Both recovered.", ("Results", "Safety")),
        ("bullet", "Headache", ("Results", "Safety")),
    ]


def test_tracked_changes_are_read_as_accepted_and_reported(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The dose is ")
    for tag, text_tag, text in (("w:del", "w:delText", "80"), ("w:ins", "w:t", "160")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run(" mg once daily.")
    document.save(str(tmp_path / "a.docx"))
    reading = read(tmp_path / "a.docx")
    assert [s.text for s in reading.sentences] == ["The dose is 160 mg once daily."]
    assert reading.warnings == ("tracked_changes_accepted",)


def test_hidden_words_are_left_out_and_raised_digits_stay_raised(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Below 10")
    paragraph.add_run("9").font.superscript = True
    paragraph.add_run("/L in one patient")
    paragraph.add_run(" and cures all").font.hidden = True
    paragraph.add_run(".")
    document.save(str(tmp_path / "a.docx"))
    reading = read(tmp_path / "a.docx")
    assert [s.text for s in reading.sentences] == ["Below 10⁹/L in one patient."]
    assert reading.warnings == ("hidden_text",)


def test_table_rows_keep_their_cells_apart(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Deaths", "12 (3%)"
    document.save(str(tmp_path / "a.docx"))
    (row,) = read(tmp_path / "a.docx").sentences
    assert (row.kind, row.text) == ("row", "Deaths | 12 (3%)")


def test_a_page_break_begins_a_page(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("On the first page.").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("On the second page.")
    document.save(str(tmp_path / "a.docx"))
    assert [s.parts[0].page for s in read(tmp_path / "a.docx").sentences] == [1, 2]


def test_without_page_breaks_the_highest_headings_begin_pages(tmp_path: Path) -> None:
    document = docx.Document()
    for title in ("One", "Two"):
        document.add_heading(title, level=1)
        document.add_paragraph(f"Text of part {title}.")
    document.save(str(tmp_path / "a.docx"))
    assert len(read(tmp_path / "a.docx").pages) == 2


def test_footnotes_are_notes_never_body(tmp_path: Path) -> None:
    document = docx.Document()
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    document.add_paragraph("A claim.").add_run()._r.append(reference)
    document.save(str(tmp_path / "plain.docx"))
    note = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="2"><w:p><w:r><w:t>See the label.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
        'Target="footnotes.xml"/></Relationships>'
    )
    with (
        zipfile.ZipFile(tmp_path / "plain.docx") as source,
        zipfile.ZipFile(tmp_path / "noted.docx", "w") as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "word/_rels/document.xml.rels":
                data = data.replace(b"</Relationships>", relation.encode())
            target.writestr(name, data)
        target.writestr("word/footnotes.xml", note)
    reading = read(tmp_path / "noted.docx")
    assert [(s.layer, s.text) for s in reading.sentences] == [
        ("body", "A claim."),
        ("notes", "See the label."),
    ]


def test_an_archive_without_a_document_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/other.xml", "<a/>")
    with pytest.raises(UnreadableFile):
        read(tmp_path / "a.docx")
