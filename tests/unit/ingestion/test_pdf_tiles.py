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


def slide(tiles: Sequence[Tile], *, beside: bool = False, gap: float = 20, size: float = 36) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(40, 760, "Results of one year")
        for number, (figure, label) in enumerate(tiles):
            x = 30.0 if beside else 30 + number * (160 + gap)
            y = 600 - number * (100 + gap) if beside else 500.0
            canvas.setFillGray(0.9)
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


def test_boxes_that_touch_are_the_cells_of_a_table(make_pdf: MakePdf) -> None:
    found = read(make_pdf(slide(TILES, gap=0)))
    assert not any(s.text in SAID and s.kind == "bullet" for s in found.sentences)


def test_what_stands_below_its_tile_stays_in_the_column_of_its_figure(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        slide([("3", ("months",)), ("6", ("months",)), ("12", ("months",))])(canvas)
        canvas.setFont("Helvetica", 12)
        for column, period in enumerate(("for two years", "for three years", "from then on")):
            canvas.drawString(40 + column * 180, 486, period)

    found = said(make_pdf(draw))
    assert "3 | 6 | 12" in found
    assert "3 months" not in found
