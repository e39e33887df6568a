"""Slides: order, layers, what is left out, and decks that are damaged."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

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


def test_alternative_text_of_pictures_is_not_read(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        simple("Title", "A bullet")(slide)
        slide.shapes[1]._element.nvSpPr.cNvPr.set("descr", "Alternative claim")

    assert "Alternative" not in read(deck(tmp_path / "a.pptx", fill)).pages[0].text


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
