"""What a Word document shows once its styles, deletions, tables within tables and formulas are taken as Word does."""

from pathlib import Path
from typing import Any

import docx
import pptx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree
from pptx.util import Inches

from ingestion.formats import read
from ingestion.model import Reading

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
WORD = nsdecls("w")


def saved(document: Any, tmp_path: Path) -> Reading:
    document.save(str(tmp_path / "a.docx"))
    return read(tmp_path / "a.docx")


def said(reading: Reading) -> list[str]:
    return [s.text for s in reading.sentences]


def test_words_struck_by_their_style_are_left_out_and_said_also_by_the_style_it_is_based_on(
    tmp_path: Path,
) -> None:
    document = docx.Document()
    removed = document.styles.add_style("Removed", 2)
    removed.font.strike = True
    document.styles.add_style("Removed twice", 2).base_style = removed
    withdrawn = document.styles.add_style("Withdrawn", 1)
    withdrawn.font.strike = True
    kept = document.styles.add_style("Kept", 1)
    kept.base_style = withdrawn
    kept.font.strike = False
    paragraph = document.add_paragraph("The dose is ")
    paragraph.add_run("40 mg ", style="Removed")
    paragraph.add_run("30 mg ", style="Removed twice")
    paragraph.add_run("20 mg once daily.")
    document.add_paragraph("Give 80 mg.", style="Withdrawn").add_run("Not so.").font.strike = False
    document.add_paragraph("Take with water.", style="Kept")
    reading = saved(document, tmp_path)
    assert said(reading) == ["The dose is 20 mg once daily.", "Not so.", "Take with water."]
    assert reading.warnings == ("struck_text",)


def test_words_hidden_by_a_style_that_another_is_based_on_are_left_out_in_tables_too(tmp_path: Path) -> None:
    document = docx.Document()
    internal = document.styles.add_style("Internal", 1)
    internal.font.hidden = True
    document.styles.add_style("Internal too", 1).base_style = internal
    document.add_paragraph("Ask the team first.", style="Internal too")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("Event", "Share"), ("Rash", "5"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 1).add_paragraph("7", style="Internal")
    reading = saved(document, tmp_path)
    assert said(reading) == ["Event | Share", "Rash | 5"]
    assert reading.warnings == ("hidden_text",)


def test_paragraphs_whose_mark_was_deleted_are_one(tmp_path: Path) -> None:
    document = docx.Document()
    first = document.add_paragraph("Do not take it")
    first._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {WORD}><w:del w:id="1" w:author="a"/></w:rPr>'))
    document.add_paragraph(" with alcohol.")
    reading = saved(document, tmp_path)
    assert said(reading) == ["Do not take it with alcohol."]
    assert reading.warnings == ("tracked_changes_accepted",)


def test_a_table_within_a_cell_keeps_its_rows_and_is_in_doubt(tmp_path: Path) -> None:
    document = docx.Document()
    outer = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("Patients", "Schedule"), ("Adults", "As below"))):
        for column, text in enumerate(cells):
            outer.cell(row, column).text = text
    inner = outer.cell(1, 1).add_table(rows=2, cols=2)
    for row, cells in enumerate((("Week", "Dose"), ("1", "10 mg"))):
        for column, text in enumerate(cells):
            inner.cell(row, column).text = text
    reading = saved(document, tmp_path)
    assert said(reading) == ["Patients | Schedule", "Adults | As below", "Week | Dose", "1 | 10 mg"]
    assert [table.reasons for table in reading.pages[0].tables] == [(), ("nested",)]


def test_a_table_that_only_sets_another_in_place_says_nothing_of_it(tmp_path: Path) -> None:
    document = docx.Document()
    inner = document.add_table(rows=1, cols=1).cell(0, 0).add_table(rows=2, cols=2)
    for row, cells in enumerate((("Week", "Dose"), ("1", "10 mg"))):
        for column, text in enumerate(cells):
            inner.cell(row, column).text = text
    (table,) = saved(document, tmp_path).pages[0].tables
    assert not table.reasons


def test_a_text_box_in_a_cell_is_read_once_behind_the_table(tmp_path: Path) -> None:
    content = "<w:txbxContent><w:p><w:r><w:t>Boxed warning.</w:t></w:r></w:p></w:txbxContent>"
    box = (
        f'<w:r {WORD}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{content}</w:drawing></mc:Choice><mc:Fallback><w:pict>{content}</w:pict>'
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Deaths", "12"
    table.cell(0, 1).paragraphs[0]._p.append(parse_xml(box))
    assert said(saved(document, tmp_path)) == ["Deaths | 12", "Boxed warning."]


def formula(body: str, tmp_path: Path) -> Reading:
    document = docx.Document()
    paragraph = document.add_paragraph("Stop below ")
    paragraph._p.append(parse_xml(f"<m:oMath {MATH}>{body}</m:oMath>"))
    paragraph.add_run(" at any visit.")
    return saved(document, tmp_path)


def part(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def test_a_formula_is_read_in_its_place(tmp_path: Path) -> None:
    fraction = f"<m:f><m:fPr/><m:num>{part('34')}</m:num><m:den>{part('a + b')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{part('10')}</m:e><m:sup>{part('9')}</m:sup></m:sSup>"
    assert said(formula(part("30 mL/min"), tmp_path)) == ["Stop below 30 mL/min at any visit."]
    assert said(formula(fraction, tmp_path)) == ["Stop below 34/(a + b) at any visit."]
    assert said(formula(power, tmp_path)) == ["Stop below 10⁹ at any visit."]


def test_what_one_line_cannot_say_of_a_formula_is_shown_as_lost_and_said(tmp_path: Path) -> None:
    root = f"<m:rad><m:deg>{part('3')}</m:deg><m:e>{part('27')}</m:e></m:rad>"
    reading = formula(root, tmp_path)
    assert said(reading) == ["Stop below � at any visit."]
    assert reading.pages[0].quality != "good" or any("unmapped" in code for code in reading.warnings)


def test_a_formula_on_a_slide_is_read_in_its_place(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    frame = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(6), Inches(1)).text_frame
    frame.text = "Stop below "
    drawn = 'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"'
    frame.paragraphs[0]._p.append(
        etree.fromstring(f"<a14:m {drawn} {MATH}><m:oMath>{part('eGFR 30')}</m:oMath></a14:m>")
    )
    frame.paragraphs[0].add_run().text = " mL/min."
    deck.save(str(tmp_path / "a.pptx"))
    assert said(read(tmp_path / "a.pptx")) == ["Stop below eGFR 30 mL/min."]


def test_running_heads_make_no_page_of_their_own(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "In confidence"
    for title in ("One", "Two"):
        document.add_heading(title, level=1)
        document.add_paragraph(f"Text of part {title}.")
    assert len(saved(document, tmp_path).pages) == 2
