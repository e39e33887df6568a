"""Lists that stand side by side on a page of a PDF, as two text boxes of a slide do."""

from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from ingestion.formats import read
from ingestion.model import Reading
from tests.unit.ingestion.conftest import MakePdf

GOOD = ("Fewer relapses", "Works within four weeks", "One tablet daily")
BAD = ("Headache is common", "Not in pregnancy", "Liver tests every month")
Draw = Callable[[Canvas], None]


def listed(canvas: Canvas, x: float, items: Sequence[str], *, top: float = 650, mark: str = "•") -> None:
    """A list with hanging items; an item that begins with a space goes on with the one above."""
    for number, item in enumerate(items):
        if not item.startswith(" "):
            canvas.drawString(x, top - 16 * number, mark)
        canvas.drawString(x + 20, top - 16 * number, item.strip())


def shown(reading: Reading) -> list[str]:
    """The sentences of the page under each other, without the marks."""
    return [s.text for s in reading.sentences]


def test_each_list_is_read_to_its_end(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        listed(canvas, 60, GOOD)
        listed(canvas, 320, BAD)

    reading = read(make_pdf(draw))
    assert shown(reading) == [*GOOD, *BAD]
    assert not reading.pages[0].tables


def test_a_list_stays_under_its_own_head_also_where_three_stand_side_by_side(make_pdf: MakePdf) -> None:
    heads = ("Before", "During", "After")

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(150, 720, "What is checked during the whole treatment")
        canvas.setFont("Helvetica", 11)
        for at, (head, items) in enumerate(zip(heads, (GOOD, BAD, GOOD[::-1]), strict=True)):
            canvas.drawString(40 + 180 * at, 680, head)
            listed(canvas, 40 + 180 * at, items)

    assert shown(read(make_pdf(draw)))[1:] == ["Before", *GOOD, "During", *BAD, "After", *GOOD[::-1]]


def test_lists_with_items_of_several_lines_are_not_interleaved(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        listed(canvas, 60, ("For adults who had no answer", " to a first treatment", "Dose of 20 mg"))
        listed(canvas, 320, ("Not in pregnancy", "With care after a seizure:", " at each visit"))

    assert shown(read(make_pdf(draw))) == [
        "For adults who had no answer to a first treatment",
        "Dose of 20 mg",
        "Not in pregnancy",
        "With care after a seizure: at each visit",
    ]


def test_what_stands_below_both_lists_comes_after_both(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        listed(canvas, 60, GOOD)
        listed(canvas, 320, BAD)
        canvas.drawString(60, 560, "All of this holds for adults only.")

    assert shown(read(make_pdf(draw)))[-1] == "All of this holds for adults only."


def test_lists_in_the_cells_of_a_ruled_table_stay_in_their_rows(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for y in (666, 607, 550):
            canvas.line(50, y, 550, y)
        for x in (50, 300, 550):
            canvas.line(x, 550, x, 666)
        for top, items in ((650, GOOD), (592, BAD)):
            listed(canvas, 60, items, top=top)
            listed(canvas, 320, items[::-1], top=top)

    (table,) = read(make_pdf(draw)).pages[0].tables
    assert [c.row for c in table.cells if "Fewer relapses" in c.text] == [0, 0]


def test_a_table_of_figures_with_dashes_is_no_pair_of_lists(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        rows = (("Event", "Active", "Placebo"), ("Rash", "–", "12"), ("Fever", "–", "9"), ("Pain", "–", "–"))
        for number, row in enumerate(rows):
            for cell, x in zip(row, (70, 250, 400), strict=True):
                canvas.drawString(x, 650 - 16 * number, cell)

    (table,) = read(make_pdf(draw)).pages[0].tables
    assert (table.rows, table.columns) == (4, 3)


def test_texts_without_marks_that_run_over_lines_side_by_side_are_no_sure_table(make_pdf: MakePdf) -> None:
    left = ("Reduce the dose to 10 mg if clearance", "is below 60 mL/min at any time", "Stop below 30 mL/min")
    right = (
        "Increase the dose after four weeks",
        "Keep the dose if all is normal",
        "Ask again at each visit",
    )

    def draw(canvas: Canvas) -> None:
        for x, items in ((60, left), (320, right)):
            for number, item in enumerate(items):
                canvas.drawString(x, 650 - 16 * number, item)

    assert all("torn_text" in table.reasons for table in read(make_pdf(draw)).pages[0].tables)


def test_marked_cells_under_a_ruled_head_stay_a_table(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 690, "If")
        canvas.drawString(320, 690, "Then")
        for y in (705, 680, 600):
            canvas.line(55, y, 540, y)
        listed(canvas, 60, GOOD, top=665)
        listed(canvas, 320, BAD, top=665)

    page = read(make_pdf(draw)).pages[0]
    assert page.tables
    assert "Fewer relapses" in page.text.split("Headache is common")[0].splitlines()[-1]


def test_what_a_dash_tells_beside_a_bullet_is_not_parted_from_it(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        listed(canvas, 60, ("Adults:", "Children:"))
        listed(canvas, 320, ("ten milligrams daily", "five milligrams daily"), mark="–")

    told = read(make_pdf(draw)).pages[0].text
    assert told.index("ten milligrams") < told.index("Children")
