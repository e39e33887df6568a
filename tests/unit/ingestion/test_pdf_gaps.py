"""Where the eye sees a space in a PDF, and where it sees none, whatever the file says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingestion.formats import read

MakePdf = Callable[..., Path]
SIZE = 11


def told(path: Path) -> str:
    return " ".join(sentence.text for sentence in read(path).sentences)


def test_a_narrow_space_still_parts_words(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", SIZE)
        text = canvas.beginText(70, 760)
        text._code.append("[(Discontinuations due to renal )150(failure were not increased in adults.)] TJ")
        canvas.drawText(text)

    assert told(make_pdf(draw)) == "Discontinuations due to renal failure were not increased in adults."


def test_words_without_room_between_them_stay_apart(make_pdf: MakePdf) -> None:
    """As in text that is set too tight: only the file says where a word ends."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", SIZE)
        text = canvas.beginText(70, 760)
        text.setWordSpace(-0.26 * SIZE)
        text.textOut("It is not able to reduce the risk of a second stroke.")
        canvas.drawText(text)

    assert told(make_pdf(draw)) == "It is not able to reduce the risk of a second stroke."


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(0.16, "All submitted information including data"), (0.03, "All submitted information includingdata")],
)
def test_words_of_two_objects_are_parted_by_what_the_eye_sees(
    make_pdf: MakePdf, gap: float, expected: str
) -> None:
    """The file has no space between the two, and type of one point that is scaled, where PDFium sees none either."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 1)
        x = 70.0
        for part, behind in (
            ("All submitted information including", gap),
            ("data are reviewed by the agency.", 0),
        ):
            text = canvas.beginText()
            text.setTextTransform(SIZE, 0, 0, SIZE, x, 760)
            text.textOut(part)
            canvas.drawText(text)
            x += canvas.stringWidth(part, "Helvetica", SIZE) + behind * SIZE

    assert told(make_pdf(draw)).startswith(expected)
