"""What a reader of a Word document does not see is left out and said."""

from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from ingestion.formats import read
from ingestion.model import Reading


def saved(document: Any, tmp_path: Path) -> Reading:
    document.save(str(tmp_path / "a.docx"))
    return read(tmp_path / "a.docx")


def said(reading: Reading) -> list[str]:
    return [s.text for s in reading.sentences]


def test_a_switch_that_both_styles_turn_on_is_off_as_word_has_it(tmp_path: Path) -> None:
    document = docx.Document()
    for name, kind in (("Withdrawn", 1), ("Taken out", 2)):
        document.styles.add_style(name, kind).font.strike = True
    for name, kind in (("Internal", 1), ("Inner", 2)):
        document.styles.add_style(name, kind).font.hidden = True
    struck = document.add_paragraph("Give 80 mg. ", style="Withdrawn")
    struck.add_run("Give 20 mg once daily.", style="Taken out")
    hidden = document.add_paragraph("Ask first. ", style="Internal")
    hidden.add_run("Take with water.", style="Inner")
    reading = saved(document, tmp_path)
    assert said(reading) == ["Give 20 mg once daily.", "Take with water."]
    assert reading.warnings == ("hidden_text", "struck_text")


def test_words_struck_by_a_double_line_stay_so_under_a_second_style(tmp_path: Path) -> None:
    document = docx.Document()
    for name, kind in (("Withdrawn", 1), ("Taken out", 2)):
        document.styles.add_style(name, kind).font.double_strike = True
    document.add_paragraph("Take with water. ").add_run("Give 80 mg.", style="Taken out")
    document.add_paragraph("", style="Withdrawn").add_run("Give 40 mg.", style="Taken out")
    assert said(saved(document, tmp_path)) == ["Take with water."]


def test_contents_in_words_own_style_are_no_table_and_a_table_of_numbers_is_one(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", 1, builtin=True)
    for entry in ("Indications\t2", "Posology\t3", "Undesirable effects\t5"):
        document.add_paragraph(entry, style="toc 1")
    for row in ("Group\tPatients", "Adults\t20", "Children\t30", "Elderly\t40"):
        document.add_paragraph(row)
    document.add_paragraph("Adults")
    assert said(saved(document, tmp_path)) == [
        "Group | Patients",
        "Adults | 20",
        "Children | 30",
        "Elderly | 40",
        "Adults",
    ]


def test_marks_raised_by_a_style_or_by_hand_are_no_digits_of_the_number_before(tmp_path: Path) -> None:
    document = docx.Document()
    call = document.styles.add_style("Call", 2)
    call.font.superscript = True
    document.styles.add_style("Call too", 2).base_style = call
    for number, style in enumerate(("Call", "Call too"), start=1):
        document.add_paragraph("Rash in 2 %").add_run(str(number), style=style)
    lifted = document.add_paragraph("Rash in 2 %").add_run("3")
    lifted._r.get_or_add_rPr().append(parse_xml(f'<w:position {nsdecls("w")} w:val="6"/>'))
    level = document.add_paragraph("Rash in 2 %").add_run(" of 3", style="Call")
    level.font.superscript = False
    assert said(saved(document, tmp_path)) == [
        "Rash in 2 %¹",
        "Rash in 2 %²",
        "Rash in 2 %³",
        "Rash in 2 % of 3",
    ]


def test_hidden_rows_and_type_too_small_to_read_are_left_out_and_said(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, cells in enumerate((("Event", "Share"), ("Inner", "9"), ("Rash", "5"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))
    reading = saved(document, tmp_path)
    assert said(reading) == ["Event | Share", "Rash | 5"]
    assert reading.warnings == ("hidden_text",)
    document = docx.Document()
    document.add_paragraph("Take with water. ").add_run("It is safe for all.").font.size = Pt(1)
    reading = saved(document, tmp_path)
    assert said(reading) == ["Take with water."]
    assert reading.warnings == ("hidden_text",)
