"""What stands beside a PDF's text is in no sentence: running heads, numbers of pages and lines, imprints, watermarks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingestion.errors import EmptyFile
from ingestion.formats import read
from ingestion.model import Reading

Draw = Callable[[Canvas], None]
MakePdf = Callable[..., Path]
Lines = Callable[..., Draw]

PROSE = (
    "Patients were enrolled in twelve secondary care sites and two primary care",
    "sites of one country, and were followed for one year after their first visit",
    "to the clinic. All of them gave their written consent before any procedure.",
)
SENTENCES = [
    " ".join(PROSE).split(" All")[0],
    "All of them gave their written consent before any procedure.",
]
LONG = [f"The {word} visit was made in the clinic of the site by a nurse." for word in
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")]  # fmt: skip


def texts(reading: Reading) -> list[str]:
    return [s.text for s in reading.sentences]


def test_a_head_that_alternates_and_stands_low_is_found_by_its_place_as_the_outermost_line(
    make_pdf: MakePdf, lines: Lines
) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(70, 720, "A. Author et al." if number % 2 else "On the reading of pages")
            lines(*PROSE, top=680)(canvas)

        return draw

    assert texts(read(make_pdf(*(page(n) for n in range(8))))) == SENTENCES * 8


def test_roman_page_numbers_chapter_pages_and_the_imprint_are_no_text(
    make_pdf: MakePdf, lines: Lines
) -> None:
    def page(foot: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            lines(*PROSE, top=700)(canvas)
            canvas.drawString(290, 30, foot)

        return draw

    feet = (
        "xi",
        "7-45",
        "© Copyright Example 2024. All rights reserved.",
        "Downloaded from example.org by a reader",
    )
    assert texts(read(make_pdf(*map(page, feet)))) == SENTENCES * 4


def test_what_comes_back_on_pages_without_other_text_is_their_text(make_pdf: MakePdf, lines: Lines) -> None:
    label = lines("Nalorel 20 mg tablets")
    assert texts(read(make_pdf(label, label, label))) == ["Nalorel 20 mg tablets"] * 3


def test_a_stamp_on_pages_that_are_pictures_is_not_their_text(make_pdf: MakePdf, lines: Lines) -> None:
    picture = ImageReader(Image.new("L", (60, 80), 128))

    def page(canvas: Canvas) -> None:
        lines("Ward copy of the day")(canvas)
        canvas.drawImage(picture, 70, 100, 450, 600)

    with pytest.raises(EmptyFile):
        read(make_pdf(page, page, page))


def test_a_sentence_on_copyright_in_the_text_stays(make_pdf: MakePdf, lines: Lines) -> None:
    reading = read(make_pdf(lines(*PROSE, "Copyright of the data stays with the sites.")))
    assert texts(reading)[-1] == "Copyright of the data stays with the sites."


def test_numbers_of_lines_are_no_text(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*LONG)(canvas)
        for number in range(len(LONG)):
            canvas.drawRightString(50, 760 - 13.5 * number, str(number + 1))

    assert texts(read(make_pdf(draw))) == LONG


def numbered(first: int, step: int, *, x: float = 58) -> Draw:
    """Lines of prose at 70 points, one in so many with its number close to it."""

    def draw(canvas: Canvas) -> None:
        for at, text in enumerate(LONG):
            canvas.drawString(70, 700 - 20 * at, text)
            if (first + at) % step == 0:
                canvas.drawString(x, 700 - 20 * at, str(first + at))

    return draw


def test_numbers_of_every_fifth_line_are_no_text_however_close_they_stand(make_pdf: MakePdf) -> None:
    reading = read(make_pdf(numbered(1, 5, x=55), numbered(11, 5, x=55)))
    assert texts(reading) == [*LONG, *LONG]


def test_numbers_of_lines_in_the_right_margin_are_no_text(make_pdf: MakePdf) -> None:
    reading = read(make_pdf(numbered(1, 1, x=430), numbered(11, 1, x=430)))
    assert texts(reading) == [*LONG, *LONG]
    assert not any(page.tables for page in reading.pages)


def test_the_numbers_of_a_list_stay_with_its_items(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        lines("The visits of the study", x=58, top=730)(canvas)
        numbered(1, 1)(canvas)

    assert "10" in read(make_pdf(draw)).pages[0].text


def test_the_last_row_of_a_table_at_the_foot_of_a_page_keeps_its_figures(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for number, row in enumerate(
            (("Event", "Active", "Placebo"), ("Fever", "34", "21"), ("Rash", "7", "3"))
        ):
            for cell, x in zip(row, (70, 250, 400), strict=True):
                canvas.drawString(x, 90 - 18 * number, cell)

    assert texts(read(make_pdf(draw)))[-1] == "Rash | 7 | 3"


def test_a_head_and_a_foot_of_two_pages_are_no_text(make_pdf: MakePdf) -> None:
    def page(number: int, *body: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(70, 800, "Velmora 20 mg, assessment report")
            for at, text in enumerate(body):
                canvas.drawString(70, 740 - 14 * at, text)
            canvas.drawString(70, 40, f"In confidence, page {number} of 2")

        return draw

    assert texts(read(make_pdf(page(1, *LONG[:4]), page(2, *LONG[4:])))) == LONG


def test_the_first_lines_of_two_pages_that_differ_stay(make_pdf: MakePdf, lines: Lines) -> None:
    reading = read(make_pdf(lines(LONG[0], top=800), lines(LONG[1], top=800)))
    assert texts(reading) == LONG[:2]


def test_a_watermark_across_the_page_is_no_text(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*PROSE)(canvas)
        canvas.saveState()
        canvas.setFont("Helvetica", 70)
        canvas.setFillGray(0.8)
        canvas.translate(150, 600)
        canvas.rotate(45)
        canvas.drawString(0, 0, "DRAFT COPY")
        canvas.restoreState()

    assert texts(read(make_pdf(draw))) == SENTENCES


def test_a_large_word_that_comes_back_over_the_text_of_each_page_is_a_watermark(
    make_pdf: MakePdf, lines: Lines
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 60)
        canvas.setFillGray(0.8)
        canvas.drawString(150, 400, "CONFIDENTIAL")
        canvas.setFont("Helvetica", 11)
        canvas.setFillGray(0)
        lines(*PROSE, top=700)(canvas)

    assert texts(read(make_pdf(draw, draw, draw))) == SENTENCES * 3


def test_a_large_figure_at_the_same_place_of_each_slide_is_no_watermark(
    make_pdf: MakePdf, lines: Lines
) -> None:
    def page(figure: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            lines(*PROSE, top=300)(canvas)
            canvas.setFont("Helvetica", 60)
            canvas.drawString(70, 500, figure)

        return draw

    figures = ("42 %", "17 %", "20 mg", "8 mg")
    found = texts(read(make_pdf(*map(page, figures))))
    assert [text for text in found if text in figures] == list(figures)


def test_two_pages_on_one_sheet_are_read_one_after_the_other(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "sheet.pdf"), pagesize=(1190, 842))
    canvas.setFont("Helvetica", 11)
    for x, number, words in ((70, 208, LONG[:5]), (665, 209, LONG[5:])):
        for at, line in enumerate(words):
            canvas.drawString(x, 700 - 18 * at, line)
        canvas.drawString(x, 30, str(number))
    canvas.save()
    assert texts(read(tmp_path / "sheet.pdf")) == LONG


def test_a_blank_line_beside_the_margin_of_a_figure_is_no_end_of_a_column(make_pdf: MakePdf) -> None:
    left = [f"and the left column tells in line number {n} what" for n in range(20)]
    right = [f"in the right one line {n} goes on to say at" for n in range(9)]
    left[-1], right[-1] = "the left column ends here.", "the end of the right column."

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for n, line in enumerate(left):
            canvas.drawString(60, 700 - 12 * n - (24 if n >= 12 else 0), line)
        for n, line in enumerate(right):
            canvas.drawString(310, 697 - 12 * n, line)
        canvas.setFont("Helvetica", 7)
        for n, label in enumerate(
            ("436 screened", "88 excluded", "335 randomised", "Figure 1: Trial profile")
        ):
            canvas.drawString(330, 570 - 35 * n, label)

    found = " ".join(texts(read(make_pdf(draw))))
    assert found.index("the left column ends here.") < found.index("in the right one line 0")
    assert found.index("the end of the right column.") < found.index("436 screened")
