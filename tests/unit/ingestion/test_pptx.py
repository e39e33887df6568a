"""Slides: order, layers, what is left out, and decks that are damaged."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from ingestion.errors import EmptyFile, FileTooLarge, UnreadableFile
from ingestion.formats import read
from ingestion.model import Reading


def deck(path: Path, *slides: Callable[[Any], None]) -> Path:
    presentation = Presentation()
    for fill in slides:
        fill(presentation.slides.add_slide(presentation.slide_layouts[1]))
    presentation.save(str(path))
    return path


def simple(title: str, *bullets: str) -> Callable[[Any], None]:
    def fill(slide: Any) -> None:
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(bullets)

    return fill


def said(reading: Reading) -> list[tuple[str, str, str]]:
    return [(s.layer, s.kind, s.text) for s in reading.sentences]


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The archive with one part changed."""
    changed = path.with_name("changed.pptx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, change(data) if name == part else data)
    return changed


def test_a_slide_is_a_page_with_its_title_and_its_bullets(tmp_path: Path) -> None:
    reading = read(deck(tmp_path / "a.pptx", simple("Results", "Sensitivity 100%", "It worked well.")))
    assert said(reading) == [
        ("title", "heading", "Results"),
        ("body", "bullet", "Sensitivity 100%"),
        ("body", "bullet", "It worked well."),
    ]
    assert {s.page_title for s in reading.sentences} == {"Results"}
    page = reading.pages[0]
    assert (page.number, page.title, page.width) == (1, "Results", 720.0)
    title, first, second = page.boxes
    assert title.rectangle.y1 < second.rectangle.y1
    assert first.rectangle.y1 <= second.rectangle.y0 + 0.2


def test_shapes_are_read_as_they_stand_also_in_groups(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        simple("Order", "body first")(slide)
        slide.placeholders[1].top, slide.placeholders[1].height = Inches(1.5), Inches(0.5)
        for text, x, y in (("low", 1, 6), ("right", 5, 4), ("left", 1, 4)):
            slide.shapes.add_textbox(Inches(x), Inches(y), Inches(2), Inches(0.5)).text_frame.text = text
        group = slide.shapes.add_group_shape()
        inner = group.shapes.add_group_shape()
        inner.shapes.add_textbox(Inches(1), Inches(5), Inches(2), Inches(0.5)).text_frame.text = "nested"

    reading = read(deck(tmp_path / "a.pptx", fill))
    assert [s.text for s in reading.sentences] == ["Order", "body first", "left", "right", "nested", "low"]


def test_a_figure_is_read_with_what_stands_under_it_and_not_with_the_next_figure(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        for at, (figure, label) in enumerate((("12.4 %", "on Velmora"), ("15.8 %", "on placebo"))):
            for text, top in ((label, 3.1), (figure, 2.0)):
                box = slide.shapes.add_textbox(Inches(1 + 4 * at), Inches(top), Inches(3), Inches(1))
                box.text_frame.text = text

    assert [text for _, _, text in said(read(deck(tmp_path / "a.pptx", fill)))] == [
        "12.4 % on Velmora",
        "15.8 % on placebo",
    ]


def test_a_name_over_a_figure_is_told_with_it_and_not_where_more_rows_follow(tmp_path: Path) -> None:
    def fill(*rows: tuple[str, str]) -> Callable[[Any], None]:
        def made(slide: Any) -> None:
            for row, texts in enumerate(rows):
                for at, text in enumerate(texts):
                    box = slide.shapes.add_textbox(
                        Inches(1 + 4 * at), Inches(2 + row * 0.8), Inches(3), Inches(0.7)
                    )
                    box.text_frame.text = text

        return made

    rows = ("On Velmora", "On placebo"), ("12.4 %", "15.8 %")
    paired = read(deck(tmp_path / "a.pptx", fill(*rows)))
    assert [text for _, _, text in said(paired)] == ["On Velmora 12.4 %", "On placebo 15.8 %"]
    grid = read(deck(tmp_path / "b.pptx", fill(*rows, ("3.1 %", "4.2 %"))))
    assert "On Velmora 12.4 %" not in [text for _, _, text in said(grid)]


def test_a_figure_and_its_words_in_a_group_are_told_together_each_in_its_own_place(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        group = slide.shapes.add_group_shape()
        for text, top in (("12.4 %", 2.0), ("of adults had a rash", 3.2)):
            box = group.shapes.add_textbox(Inches(1), Inches(top), Inches(3), Inches(1))
            box.text_frame.text = text

    reading = read(deck(tmp_path / "a.pptx", fill))
    assert [text for _, _, text in said(reading)] == ["12.4 % of adults had a rash"]
    assert len({box.rectangle for box in reading.pages[0].boxes}) == 2


def test_a_large_figure_over_its_words_in_one_box_is_told_with_them(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        for at, size in ((0, 40), (1, None)):
            frame = slide.shapes.add_textbox(Inches(1 + 4 * at), Inches(2), Inches(3), Inches(2)).text_frame
            frame.text = "12.4 %"
            frame.paragraphs[0].runs[0].font.size = Pt(size) if size else None
            frame.add_paragraph().text = "of adults had a rash"

    assert [text for _, _, text in said(read(deck(tmp_path / "a.pptx", fill)))] == [
        "12.4 % of adults had a rash",
        "12.4 %",
        "of adults had a rash",
    ]


def test_what_stands_beside_the_slide_is_left_out_and_said(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        for text, left in (("Take it whole.", 1), ("Ask the team first.", 20), ("Half of it is seen.", 9)):
            slide.shapes.add_textbox(Inches(left), Inches(3), Inches(3), Inches(1)).text_frame.text = text

    reading = read(deck(tmp_path / "a.pptx", fill))
    assert sorted(text for _, _, text in said(reading)) == ["Half of it is seen.", "Take it whole."]
    assert reading.warnings == ("hidden_text:1",)


def headed(slide: Any, *lists: tuple[str, tuple[str, ...]]) -> None:
    """Heads side by side, each a box over the box of its list."""
    for at, (head, _) in enumerate(lists):
        top = slide.shapes.add_textbox(Inches(0.5 + 4.5 * at), Inches(1.6), Inches(4), Inches(0.5))
        top.text_frame.text = head
    for at, (_, items) in enumerate(lists):
        below = slide.shapes.add_textbox(Inches(0.5 + 4.5 * at), Inches(2.3), Inches(4), Inches(2))
        below.text_frame.text = items[0]
        for item in items[1:]:
            below.text_frame.add_paragraph().text = item


DO = ("Do", ("take it whole", "take it each day"))
DO_NOT = ("Do not", ("crush it", "take it twice"))


def test_a_list_is_read_under_its_head_and_not_under_the_next_one(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        headed(slide, DO, DO_NOT)
        slide.notes_slide.notes_text_frame.text = "Say it slowly."

    reading = read(deck(tmp_path / "a.pptx", fill, simple("Next", "One more.")))
    assert [(s.text, s.section) for s in reading.sentences] == [
        ("Do", ()),
        ("take it whole", ("Do",)),
        ("take it each day", ("Do",)),
        ("Do not", ()),
        ("crush it", ("Do not",)),
        ("take it twice", ("Do not",)),
        ("Say it slowly.", ()),
        ("Next", ()),
        ("One more.", ()),
    ]


def test_a_head_stands_over_nothing_that_follows_its_list(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        headed(slide, DO, DO_NOT)
        box = slide.shapes.add_textbox(Inches(0.5), Inches(6), Inches(8), Inches(0.5))
        box.text_frame.text = "Call in case of fever."

    reading = read(deck(tmp_path / "a.pptx", fill))
    assert [s.text for s in reading.sentences] == [
        "Do",
        *DO[1],
        "Do not",
        *DO_NOT[1],
        "Call in case of fever.",
    ]
    assert all(not s.section for s in reading.sentences)


def test_a_grid_of_boxes_is_read_row_by_row(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        for at, text in enumerate(("Dose", "40 mg", "Rhythm", "weekly")):
            box = slide.shapes.add_textbox(
                Inches(1 + 4 * (at % 2)), Inches(2 + 1.1 * (at // 2)), Inches(3), Inches(1)
            )
            box.text_frame.text = text

    assert [text for _, _, text in said(read(deck(tmp_path / "a.pptx", fill)))] == [
        "Dose",
        "40 mg",
        "Rhythm",
        "weekly",
    ]


def test_tables_and_charts_become_rows(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        simple("Numbers", "")(slide)
        table = slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
        for at, text in enumerate(("Group", "n (%)", "Active", "12 (3%)")):
            table.cell(at // 2, at % 2).text = text
        data = CategoryChartData(number_format="0.0%")
        data.categories = ["Week 6", "Week 12"]
        data.add_series("Active", (0.125, 0.25))
        slide.shapes.add_chart(
            XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(4), Inches(2), data
        )

    reading = read(deck(tmp_path / "a.pptx", fill))
    assert [s.text for s in reading.sentences if s.kind == "row"] == [
        "Group | n (%)",
        "Active | 12 (3%)",
        "| Active",
        "Week 6 | 12.5%",
        "Week 12 | 25.0%",
    ]


def test_notes_are_a_layer_of_their_own_at_the_end(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        simple("Title", "One bullet")(slide)
        slide.notes_slide.notes_text_frame.text = "Say this slowly."

    reading = read(deck(tmp_path / "a.pptx", fill))
    assert said(reading)[-1] == ("notes", "sentence", "Say this slowly.")
    assert reading.pages[0].text.endswith("Say this slowly.")


def test_hidden_slides_are_left_out_and_named(tmp_path: Path) -> None:
    def hidden(slide: Any) -> None:
        simple("Hidden", "Old claim")(slide)
        slide._element.set("show", "0")

    reading = read(deck(tmp_path / "a.pptx", simple("Seen", "New claim"), hidden, simple("Last", "End")))
    assert reading.warnings == ("hidden_slides:2",)
    assert [page.number for page in reading.pages] == [1, 3]


def test_text_at_one_place_on_most_slides_is_furniture(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        simple("Title", "A bullet of this slide")(slide)
        slide.shapes.add_textbox(
            Inches(1), Inches(7), Inches(4), Inches(0.3)
        ).text_frame.text = "Confidential"

    reading = read(deck(tmp_path / "a.pptx", fill, fill, fill))
    assert not any(s.text == "Confidential" for s in reading.sentences)
    assert "Confidential" in reading.pages[0].text


def test_signs_of_the_symbol_font_are_read_as_they_are_seen(tmp_path: Path) -> None:
    def build(slide: Any) -> None:
        paragraph = slide.shapes.title.text_frame.paragraphs[0]
        for text, font in (("Below ", None), ("\uf0a3 5 ", "a:sym"), ("m", "a:latin"), ("g", None)):
            run = paragraph.add_run()
            run.text = text
            if font:
                etree.SubElement(run._r.get_or_add_rPr(), qn(font)).set("typeface", "Symbol")

    reading = read(deck(tmp_path / "a.pptx", build))
    assert reading.pages[0].title == "Below ≤ 5 µg"


def test_what_is_struck_through_is_left_out_and_reported(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        simple("Title", "")(slide)
        paragraph = slide.placeholders[1].text_frame.paragraphs[0]
        for text, strike in (("20", "sngStrike"), ("10 mg at most", "noStrike")):
            run = paragraph.add_run()
            run.text = text
            run.font._element.set("strike", strike)

    reading = read(deck(tmp_path / "a.pptx", fill))
    assert said(reading)[-1][2] == "10 mg at most"
    assert reading.warnings == ("struck_text:1",)


def test_raised_digits_stay_raised(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        simple("Title", "")(slide)
        paragraph = slide.placeholders[1].text_frame.paragraphs[0]
        paragraph.add_run().text = "10"
        run = paragraph.add_run()
        run.text = "9"
        run.font._element.set("baseline", "30000")
        paragraph.add_run().text = "/L"

    assert said(read(deck(tmp_path / "a.pptx", fill)))[-1][2] == "10⁹/L"


def test_an_item_is_split_only_into_real_sentences(tmp_path: Path) -> None:
    reading = read(
        deck(tmp_path / "a.pptx", simple("T", "Nb. Remb : nombre", "It fell by half. It then rose again."))
    )
    assert [s.text for s in reading.sentences[1:]] == [
        "Nb. Remb : nombre",
        "It fell by half.",
        "It then rose again.",
    ]


def test_one_damaged_slide_never_loses_the_deck(tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx", simple("Good", "Bullet"), simple("Bad", "Bullet"))
    reading = read(rewrite(path, "ppt/slides/slide2.xml", lambda data: data[: len(data) // 2]))
    assert reading.warnings == ("slides_unread:2",)
    assert reading.pages[0].title == "Good"


def test_a_shape_that_leads_nowhere_is_a_warning(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        simple("Chart", "Bullet")(slide)
        data = CategoryChartData()
        data.categories = ["a"]
        data.add_series("s", (1,))
        slide.shapes.add_chart(XL_CHART_TYPE.PIE, Inches(1), Inches(4), Inches(4), Inches(2), data)

    path = deck(tmp_path / "a.pptx", fill)
    relations = "ppt/slides/_rels/slide1.xml.rels"
    reading = read(
        rewrite(path, relations, lambda data: data.replace(b"relationships/chart", b"relationships/x", 1))
    )
    assert [s.text for s in reading.sentences[:2]] == ["Chart", "Bullet"]
    broken = rewrite(path, relations, lambda data: data.replace(b"/charts/", b"/nowhere/"))
    assert read(broken).warnings == ("shapes_unread:1",)


def test_a_deck_without_its_presentation_part_is_read_by_file_names(tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx", simple("One", "Bullet"), simple("Two", "Bullet"))
    reading = read(rewrite(path, "ppt/presentation.xml", lambda _: b"<broken"))
    assert [page.title for page in reading.pages] == ["One", "Two"]


def test_entities_are_refused(tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx", simple("One", "Bullet"))

    def bomb(data: bytes) -> bytes:
        head, _, rest = data.partition(b"?>")
        return head + b'?><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>' + rest

    with pytest.raises(UnreadableFile):
        read(rewrite(path, "ppt/slides/slide1.xml", bomb))


def test_a_bomb_is_refused_before_it_expands(tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx", simple("One", "Bullet"))
    bomb = tmp_path / "bomb.pptx"
    shutil.copy(path, bomb)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/media/zeros.bin", b"\x00" * 30_000_000)
    with pytest.raises(FileTooLarge):
        read(bomb)


def test_a_torn_archive_is_a_typed_refusal(tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx", simple("One", "Bullet"))
    torn = tmp_path / "torn.pptx"
    torn.write_bytes(path.read_bytes()[:4000])
    with pytest.raises(UnreadableFile):
        read(torn)


def test_slides_without_words_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile):
        read(deck(tmp_path / "a.pptx", simple("", "")))


DSP = "http://schemas.microsoft.com/office/drawing/2008/diagram"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def add_part(path: Path, name: str, xml: str, slide: int, kind: str, key: str) -> Path:
    """The deck with one more part that a slide is related to."""
    rels = f"ppt/slides/_rels/slide{slide}.xml.rels"
    link = f'<Relationship Id="{key}" Type="{kind}" Target="/{name}"/></Relationships>'
    changed = rewrite(path, rels, lambda data: data.replace(b"</Relationships>", link.encode()))
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr(name, xml)
    shutil.move(changed, path)
    return path


def smart_art(path: Path, data_words: tuple[str, ...], drawn_words: tuple[str, ...]) -> Path:
    """A slide with a diagram at (100, 200) points, its shapes stacked from there, 50 points apart."""
    deck(path, simple("Steps", "Before"))
    frame = (
        '<p:graphicFrame xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:nvGraphicFramePr>'
        '<p:cNvPr id="9" name="d"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm>'
        f'<a:off xmlns:a="{A}" x="1270000" y="2540000"/><a:ext xmlns:a="{A}" cx="2540000" cy="2540000"/></p:xfrm>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{DGM}"><dgm:relIds xmlns:dgm="{DGM}" xmlns:r="{RELS}"'
        ' r:dm="rIdD"/></a:graphicData></a:graphic></p:graphicFrame></p:spTree>'
    )
    shutil.move(
        rewrite(path, "ppt/slides/slide1.xml", lambda data: data.replace(b"</p:spTree>", frame.encode())),
        path,
    )
    points = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{w}</a:t></a:r></a:p></dgm:t></dgm:pt>" for w in data_words
    )
    shapes = "".join(
        f'<dsp:sp><dsp:spPr><a:xfrm><a:off x="0" y="{n * 635000}"/><a:ext cx="2540000" cy="508000"/></a:xfrm></dsp:spPr>'
        f"<dsp:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dsp:txBody></dsp:sp>"
        for n, words in enumerate(drawn_words)
    )
    data = f'<dgm:dataModel xmlns:dgm="{DGM}" xmlns:a="{A}"><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>'
    drawing = f'<dsp:drawing xmlns:dsp="{DSP}" xmlns:a="{A}"><dsp:spTree>{shapes}</dsp:spTree></dsp:drawing>'
    add_part(path, "ppt/diagrams/data1.xml", data, 1, f"{RELS}/diagramData", "rIdD")
    kind = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
    return add_part(path, "ppt/diagrams/drawing1.xml", drawing, 1, kind, "rIdW")


@pytest.mark.parametrize(
    ("data", "drawing"),
    [(("Screen", "Treat"), ("Treat", "Screen")), ((), ("Screen", "Treat")), (("Screen", "Treat"), ())],
    ids=["both parts", "the drawing alone", "the data alone"],
)
def test_a_diagram_is_read_whichever_part_holds_its_words(
    tmp_path: Path, data: tuple[str, ...], drawing: tuple[str, ...]
) -> None:
    reading = read(smart_art(tmp_path / "a.pptx", data, drawing))
    assert [s.text for s in reading.sentences if s.text in {"Screen", "Treat"}] == ["Screen", "Treat"]


def test_each_step_of_a_diagram_stands_where_it_is_drawn(tmp_path: Path) -> None:
    page = read(smart_art(tmp_path / "a.pptx", ("Screen", "Treat"), ("Treat", "Screen"))).pages[0]
    places = {page.text[b.start : b.end]: (b.rectangle.x0, b.rectangle.y0) for b in page.boxes}
    assert (places["Treat"], places["Screen"]) == ((100, 200), (100, 250))


CLASSIC = (
    '<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cm authorId="0" idx="1">'
    '<p:pos x="1" y="1"/><p:text>Is 26% right?</p:text></p:cm></p:cmLst>'
)
THREADED = (
    f'<q:cmLst xmlns:q="http://schemas.microsoft.com/office/powerpoint/2018/8/main" xmlns:a="{A}"><q:cm id="x" authorId="g">'
    '<q:replyLst><q:reply id="y" authorId="g"><q:txBody><a:p><a:r><a:t>It is.</a:t></a:r></a:p></q:txBody></q:reply>'
    "</q:replyLst><q:txBody><a:p><a:r><a:t>Is 26% right?</a:t></a:r></a:p></q:txBody></q:cm></q:cmLst>"
)


@pytest.mark.parametrize(
    ("xml", "kind", "words"),
    [
        (CLASSIC, f"{RELS}/comments", ["Is 26% right?"]),
        (
            THREADED,
            "http://schemas.microsoft.com/office/2018/10/relationships/comments",
            ["Is 26% right?", "It is."],
        ),
    ],
    ids=["classic", "threaded"],
)
def test_comments_are_shown_and_can_never_be_quoted(
    tmp_path: Path, xml: str, kind: str, words: list[str]
) -> None:
    path = deck(tmp_path / "a.pptx", simple("Results", "It worked."))
    reading = read(add_part(path, "ppt/comments/comment1.xml", xml, 1, kind, "rIdC"))
    page = reading.pages[0]
    assert [page.text[r.start : r.end] for r in page.regions if r.layer == "comment"] == words
    assert [s.text for s in reading.sentences] == ["Results", "It worked."]
    assert reading.warnings == ("comments:1",)


def test_an_alternative_text_is_shown_and_a_files_path_is_not(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        simple("Results", "It worked.")(slide)
        for description in ("Kaplan-Meier curves of both arms", r"C:\pictures\curve.png"):
            box = slide.shapes.add_textbox(Inches(1), Inches(4), Inches(2), Inches(1))
            box._element.nvSpPr.cNvPr.set("descr", description)

    reading = read(deck(tmp_path / "a.pptx", fill))
    page = reading.pages[0]
    assert all("Kaplan" not in s.text for s in reading.sentences)
    shown = [page.text[r.start : r.end] for r in page.regions if r.layer == "alt"]
    assert shown == ["Kaplan-Meier curves of both arms"]


def test_references_at_a_slides_foot_are_a_layer_that_is_not_quoted(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        simple("Results", "Deaths fell by 26%.")(slide)
        foot = slide.shapes.add_textbox(Inches(1), Inches(6.5), Inches(8), Inches(0.5))
        foot.text_frame.text = "1. Martin A et al. Lancet 2019;7:112-21."

    reading = read(deck(tmp_path / "a.pptx", fill))
    assert [s.text for s in reading.sentences] == ["Results", "Deaths fell by 26%."]
    assert [r.layer for r in reading.pages[0].regions] == ["title", "body", "references"]


def test_each_cell_of_a_table_stands_at_its_place_in_the_frame(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        simple("Doses", "x")(slide)
        frame = slide.shapes.add_table(2, 2, Inches(1), Inches(3), Inches(4), Inches(1))
        frame.table.columns[0].width, frame.table.columns[1].width = Inches(3), Inches(1)
        for at, text in enumerate(("Weight", "Dose", "60 kg", "35 mg")):
            frame.table.cell(at // 2, at % 2).text = text

    page = read(deck(tmp_path / "a.pptx", fill)).pages[0]
    places = {page.text[b.start : b.end]: b.rectangle for b in page.boxes}
    assert (places["Weight"].x0, places["Weight"].y0, places["Weight"].x1) == (72, 216, 288)
    assert (places["35 mg"].x0, places["35 mg"].y0, places["35 mg"].x1, places["35 mg"].y1) == (
        288,
        252,
        360,
        288,
    )


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0.0%", 0.234, "23.4%"),
        ('0.0"%"', 23.4, "23.4%"),
        ("0.0\\%", 23.4, "23.4%"),
        ("General", 23.4, "23.4"),
    ],
)
def test_a_chart_says_per_cent_as_its_format_shows_it(
    tmp_path: Path, code: str, value: float, shown: str
) -> None:
    deck = Presentation()
    data = CategoryChartData(number_format=code)
    data.categories = ["Primary endpoint"]
    data.add_series("Drug", (value,))
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, Inches(1), Inches(1), Inches(4), Inches(2), data)
    path = tmp_path / "deck.pptx"
    deck.save(str(path))
    assert f"Primary endpoint | {shown}" in read(path).pages[0].text
