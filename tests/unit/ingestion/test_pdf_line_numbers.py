"""Numbers in a margin that count the lines of prose are in no sentence; those that tell something stay."""

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from ingestion.formats import read
from tests.unit.ingestion.conftest import MakePdf

Draw = Callable[[Canvas], None]
PROSE = tuple(
    f"The {word} visit was made in the clinic of the site by a nurse of the unit."
    for word in (
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "next",
        "following", "later", "other", "last but three", "last but two", "last but one", "last",
    )
)  # fmt: skip


def numbered(rows: tuple[str, ...], step: int, *, every: int) -> Draw:
    """Lines with the numbers `step`, twice `step`… beside each of `every` lines."""

    def draw(canvas: Canvas) -> None:
        for at, row in enumerate(rows, start=1):
            y = 760 - 14 * at
            canvas.drawString(110, y, row)
            if at % every == 0:
                canvas.drawRightString(85, y, str(at // every * step))

    return draw


def test_every_fifth_line_s_number_is_in_no_sentence(make_pdf: MakePdf) -> None:
    reading = read(make_pdf(numbered(PROSE, 5, every=5)))
    assert [s.text for s in reading.sentences] == list(PROSE)


def test_doses_that_rise_by_fives_line_by_line_are_no_line_numbers(make_pdf: MakePdf) -> None:
    rows = tuple(
        f"milligrams of Velmora lowered the blood pressure by {word} millimetres within the first week."
        for word in ("two", "four", "six", "eight")
    )
    told = " ".join(s.text for s in read(make_pdf(numbered(rows, 5, every=1))).sentences)
    assert all(f"{dose} milligrams" in told.replace(" | ", " ") for dose in (5, 10, 15, 20))


def test_the_weeks_of_a_table_are_no_line_numbers(make_pdf: MakePdf) -> None:
    rows = tuple(f"{12 + week}.4          {30 - week}.1" for week in range(1, 13))
    reading = read(make_pdf(numbered(rows, 1, every=1)))
    assert all(
        line.split()[0] == str(week) for week, line in enumerate(reading.pages[0].text.splitlines(), start=1)
    )
