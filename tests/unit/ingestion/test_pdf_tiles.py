"""A figure on a tile is told with what it counts, tile by tile; the cells of a table are no tiles."""

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ingestion.formats import read

Draw = Callable[[Canvas], None]
MakePdf = Callable[..., Path]
Tile = tuple[str, Sequence[str]]
TILES: Sequence[Tile] = (
    ("42 %", ("of patients", "in remission")),
    ("1.8", ("points of pain", "less in a year")),
    ("3 in 5", ("went on with", "the medicine")),
)
SAID = [
    "42 % of patients in remission",
    "1.8 points of pain less in a year",
    "3 in 5 went on with the medicine",
]


def slide(
    tiles: Sequence[Tile], *, beside: bool = False, gap: float = 20, size: float = 36, boxes: bool = True
) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(40, 760, "Results of one year")
        for number, (figure, label) in enumerate(tiles):
            x = 30.0 if beside else 30 + number * (160 + gap)
            y = 600 - number * (100 + gap) if beside else 500.0
            canvas.setFillGray(0.9)
            if boxes:
                canvas.rect(x, y, 400 if beside else 160, 100, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.setFont("Helvetica", size)
            canvas.drawString(x + 10, y + (40 if beside else 60), figure)
            canvas.setFont("Helvetica", 12)
            for line, text in enumerate(label):
                canvas.drawString(x + (150 if beside else 10), y + (55 if beside else 35) - 16 * line, text)
        canvas.drawString(40, 150, "All patients of the study were followed for one year.")

    return draw


def said(path: Path) -> list[str]:
    return [s.text for s in read(path).sentences]


def test_each_figure_is_told_with_its_own_label(make_pdf: MakePdf) -> None:
    assert said(make_pdf(slide(TILES))) == [
        "Results of one year",
        *SAID,
        "All patients of the study were followed for one year.",
    ]


def test_a_figure_left_of_the_lines_of_its_label_comes_before_them(make_pdf: MakePdf) -> None:
    assert said(make_pdf(slide(TILES, beside=True)))[1:4] == SAID


def test_figures_so_large_that_they_nearly_touch_stay_with_their_own_labels(make_pdf: MakePdf) -> None:
    wide = [("42.75 %", TILES[0][1]), ("17.25 %", TILES[1][1])]
    found = said(make_pdf(slide(wide, gap=6, size=38)))
    assert found[1:3] == ["42.75 % of patients in remission", "17.25 % points of pain less in a year"]


def test_boxes_that_touch_are_the_rows_of_a_table(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for row, (event, share, patients) in enumerate(
            (("Rash", "42 %", "131 patients"), ("Cough", "17 %", "53 patients"))
        ):
            canvas.rect(60, 500 - 50 * row, 400, 50)
            canvas.drawString(70, 520 - 50 * row, event)
            canvas.setFont("Helvetica", 20)
            canvas.drawString(200, 520 - 50 * row, share)
            canvas.setFont("Helvetica", 11)
            canvas.drawString(340, 520 - 50 * row, patients)

    assert said(make_pdf(draw)) == ["Rash | 42 % | 131 patients", "Cough | 17 % | 53 patients"]


def test_large_figures_side_by_side_need_no_box(make_pdf: MakePdf) -> None:
    assert said(make_pdf(slide(TILES, boxes=False)))[1:4] == SAID


def test_words_below_a_box_belong_to_the_figure_in_it(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for x, (figure, unit, below) in (
            (60, ("3-6", "months", "in years 1 and 2")),
            (260, ("12", "months", "after year 2")),
        ):
            canvas.setFillGray(0.9)
            canvas.circle(x + 50, 500, 50, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.setFont("Helvetica", 24)
            canvas.drawCentredString(x + 50, 505, figure)
            canvas.setFont("Helvetica", 11)
            canvas.drawCentredString(x + 50, 485, unit)
            canvas.drawCentredString(x + 50, 430, below)

    assert said(make_pdf(draw)) == ["3-6 months in years 1 and 2", "12 months after year 2"]


def test_rows_of_figures_under_large_years_stay_a_table(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for row, cells in enumerate((("2021", "2022", "2023"), ("312", "305", "298"), ("12", "14", "9"))):
            canvas.setFont("Helvetica", 11 if row else 18)
            for column, text in enumerate(cells):
                canvas.drawString(70 + 150 * column, 700 - 22 * row, text)

    assert said(make_pdf(draw)) == ["2021 | 2022 | 2023", "312 | 305 | 298", "12 | 14 | 9"]
