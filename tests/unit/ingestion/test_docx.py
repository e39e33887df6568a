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


def test_a_label_is_called_after_the_medicine_that_its_section_1_names(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("SUMMARY OF PRODUCT CHARACTERISTICS", level=0)
    document.add_heading("1. NAME OF THE MEDICINAL PRODUCT", level=1)
    document.add_paragraph("Velmora 10 mg film-coated tablets.")
    document.add_heading("2. QUALITATIVE AND QUANTITATIVE COMPOSITION", level=1)
    document.add_paragraph("Each tablet contains 10 mg of cardorelone.")
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").title == "Velmora 10 mg film-coated tablets"


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


def test_signs_of_the_symbol_font_are_read_as_they_are_seen(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("From ")
    symbol = OxmlElement("w:sym")
    symbol.set(qn("w:font"), "Symbol")
    symbol.set(qn("w:char"), "F0B3")
    paragraph.add_run()._r.append(symbol)
    paragraph.add_run(" 5 ")
    paragraph.add_run("m").font.name = "Symbol"
    paragraph.add_run("g on.")
    document.save(str(tmp_path / "a.docx"))
    assert [s.text for s in read(tmp_path / "a.docx").sentences] == ["From ≥ 5 µg on."]


def test_what_is_struck_through_is_left_out_and_reported(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The dose is ")
    paragraph.add_run("40").font.strike = True
    paragraph.add_run("20 mg once daily.").font.strike = False
    document.save(str(tmp_path / "a.docx"))
    reading = read(tmp_path / "a.docx")
    assert [s.text for s in reading.sentences] == ["The dose is 20 mg once daily."]
    assert reading.warnings == ("struck_text",)


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


def test_footnotes_are_a_layer_never_glued_into_the_body(tmp_path: Path) -> None:
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
        ("footnote", "See the label."),
    ]


def test_an_archive_without_a_document_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/other.xml", "<a/>")
    with pytest.raises(UnreadableFile):
        read(tmp_path / "a.docx")


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def written(tmp_path: Path, body: str, **parts: str) -> Path:
    """A document made by hand; `parts` are further parts by their kind, as it is named in relationships."""
    links = "".join(
        f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in parts
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    path = tmp_path / "made.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{package}">{links}</Relationships>'
        )
        for kind, xml in parts.items():
            archive.writestr(f"word/{kind}.xml", xml)
    return path


def paragraph(text: str, *, properties: str = "", run: str = "", after: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r>{after}</w:p>"


def test_numbers_that_word_prints_before_headings_are_read(tmp_path: Path) -> None:
    numbering = (
        f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )

    def heading(text: str, level: int) -> str:
        listed = (
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{level}"/>'
        )
        return paragraph(text, properties=listed)

    body = heading("Clinical particulars", 0) + heading("Indications", 1) + heading("Posology", 1)
    reading = read(written(tmp_path, body + paragraph("Take one."), numbering=numbering))
    assert reading.sentences[-1].section == ("4. Clinical particulars", "4.2 Posology")


def test_a_bold_numbered_line_is_a_heading_and_a_numbered_sentence_is_none(tmp_path: Path) -> None:
    body = (
        paragraph("4.2 Posology", run="<w:b/>")
        + paragraph("5 Patients were lost.", run="<w:b/>")
        + paragraph("2 Of them died")
    )
    reading = read(written(tmp_path, body))
    assert [(s.kind, s.text) for s in reading.sentences] == [
        ("heading", "4.2 Posology"),
        ("sentence", "5 Patients were lost."),
        ("sentence", "2 Of them died"),
    ]


def test_endnotes_are_read_and_references_among_notes_are_never_quoted(tmp_path: Path) -> None:
    notes = (
        f'<w:endnotes {WORD}><w:endnote w:id="2"><w:p><w:r><w:t>In adults only.</w:t></w:r></w:p></w:endnote><w:endnote w:id="3">'
        "<w:p><w:r><w:t>Martin A, et al. Lancet 2019;7:112-21.</w:t></w:r></w:p></w:endnote></w:endnotes>"
    )
    marks = '<w:r><w:endnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="3"/></w:r>'
    reading = read(written(tmp_path, paragraph("Deaths fell by 10", after=marks), endnotes=notes))
    assert [(s.layer, s.text) for s in reading.sentences] == [
        ("body", "Deaths fell by 10"),
        ("footnote", "In adults only."),
    ]
    assert "Lancet" in reading.pages[0].text


def test_a_text_box_is_read_once_beside_its_paragraph(tmp_path: Path) -> None:
    content = "<w:txbxContent><w:p><w:r><w:t>Boxed warning.</w:t></w:r></w:p></w:txbxContent>"
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{content}</w:drawing></mc:Choice><mc:Fallback><w:pict>{content}</w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )
    reading = read(written(tmp_path, paragraph("Before it.", after=box) + paragraph("After it.")))
    assert [s.text for s in reading.sentences] == ["Before it.", "Boxed warning.", "After it."]


def test_running_heads_and_feet_are_furniture(tmp_path: Path) -> None:
    part = "<w:{0} " + WORD + "><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:{0}>"
    path = written(
        tmp_path,
        paragraph("A claim."),
        header=part.format("hdr", "Confidential"),
        footer=part.format("ftr", "V2"),
    )
    reading = read(path)
    assert [s.text for s in reading.sentences] == ["A claim."]
    assert [r.layer for r in reading.pages[0].regions] == ["furniture", "body", "furniture"]


def test_words_hidden_by_their_style_are_left_out_and_said(tmp_path: Path) -> None:
    styles = (
        f'<w:styles {WORD}><w:style w:styleId="Secret" w:type="character"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr>'
        "</w:style></w:styles>"
    )
    hidden = '<w:r><w:rPr><w:rStyle w:val="Secret"/></w:rPr><w:t>It cures all.</w:t></w:r>'
    reading = read(written(tmp_path, paragraph("It helps.", after=hidden), styles=styles))
    assert reading.pages[0].text == "It helps."
    assert reading.warnings == ("hidden_text",)


def test_a_section_that_goes_on_the_same_page_ends_none(tmp_path: Path) -> None:
    def section(kind: str) -> str:
        return f'<w:sectPr><w:type w:val="{kind}"/></w:sectPr>'

    body = (
        paragraph("One.", properties=section("continuous"))
        + paragraph("Two.", properties=section("nextPage"))
        + paragraph("Three.")
    )
    assert [page.text for page in read(written(tmp_path, body)).pages] == ["One.\n\nTwo.", "Three."]
