"""The figures of a chart's axis are in no sentence of the text beside it; columns of a table and numbers of a list stay."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingestion.formats import read

Draw = Callable[[Canvas], None]
MakePdf = Callable[..., Path]
ITEMS = (
    "Velmora lowered the score by 4.2 points",
    "Placebo lowered it by 1.1 points in all",
    "The difference of the arms was 3.1 points",
    "No death was seen in either arm",
)


def page(ticks: Sequence[str], *, x: float = 400, top: float = 500, step: float = 33) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setPageSize((842, 595))
        for number, item in enumerate(ITEMS):
            canvas.drawString(70, 500 - 66 * number, "\u2022 " + item)
        for number, tick in enumerate(ticks):
            canvas.drawRightString(x, top - step * number, tick)

    return draw


def said(path: Path) -> list[str]:
    return [s.text for s in read(path).sentences]


@pytest.mark.parametrize(
    "ticks",
    [("50", "40", "30", "20", "10", "0"), ("1.0", "0.5", "0.0", "-0.5"), ("30 %", "20 %", "10 %", "0 %")],
)
def test_the_figures_of_an_axis_are_in_no_item(make_pdf: MakePdf, ticks: Sequence[str]) -> None:
    assert said(make_pdf(page(ticks))) == list(ITEMS)


def test_figures_that_do_not_step_evenly_stay(make_pdf: MakePdf) -> None:
    assert "17" in " ".join(said(make_pdf(page(("50", "40", "17", "9"))))).split()


def test_a_column_of_a_table_that_falls_evenly_stays(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageSize((842, 595))
        for row, cells in enumerate(
            (("Visit", "Dose (mg)"), ("First", "40"), ("Second", "30"), ("Third", "20"), ("Last", "10"))
        ):
            for column, text in enumerate(cells):
                canvas.drawString(70 + 200 * column, 500 - 20 * row, text)

    assert said(make_pdf(draw))[1:] == ["First | 40", "Second | 30", "Third | 20", "Last | 10"]
