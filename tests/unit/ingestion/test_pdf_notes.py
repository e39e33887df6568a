"""Notes at the foot of a page stand beside the text: no sentence that goes on overleaf takes them in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingestion.formats import read

MakePdf = Callable[..., Path]

FIRST = (
    "The scaled approach is used for medicines of which the blood levels differ",
    "a great deal from one day to the next in one person, that is, with a variability",
)
OVERLEAF = (
    "of thirty per cent or more between two doses of the same strength. All others",
    "are compared by the usual approach, which needs fewer people and fewer visits.",
)
WHOLE = (
    "The scaled approach is used for medicines of which the blood levels differ a great deal from one day to the next in one "
    "person, that is, with a variability of thirty per cent or more between two doses of the same strength."
)


def two_pages(note: str, *, mark: str = "7", size: float = 10, body: float = 11) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", body)
        for at, line in enumerate(FIRST):
            canvas.drawString(70, 120 - 14 * at, line)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(70, 83, mark)
        canvas.setFont("Helvetica", size)
        canvas.drawString(76, 80, note)
        canvas.showPage()
        canvas.setFont("Helvetica", body)
        for at, line in enumerate(OVERLEAF):
            canvas.drawString(70, 770 - 14 * at, line)

    return draw


@pytest.mark.parametrize(("size", "body"), [(10, 11), (10, 12), (9, 11)])
def test_a_sentence_leaps_over_the_note_at_the_foot_of_its_page(
    make_pdf: MakePdf, size: float, body: float
) -> None:
    note = "Section 320 of the code applies to studies in people who are in good health."
    sentences = read(make_pdf(two_pages(note, size=size, body=body))).sentences
    assert WHOLE in [sentence.text for sentence in sentences]
    assert [s.layer for s in sentences if s.text.endswith(note)] != ["body"]
    assert not any(note in s.text and "variability" in s.text for s in sentences)


def test_a_note_by_its_sign_is_one_too(make_pdf: MakePdf) -> None:
    note = "† Section 320 of the code applies to studies in people who are in good health."
    reading = read(make_pdf(two_pages(note, mark="")))
    assert WHOLE in [sentence.text for sentence in reading.sentences]


def test_text_of_the_body_s_size_is_no_note(make_pdf: MakePdf) -> None:
    note = "studies of thirty people were made in two countries before this was agreed."
    sentences = read(make_pdf(two_pages(note, size=11))).sentences
    assert next(s.layer for s in sentences if note.rsplit(maxsplit=1)[-1] in s.text) == "body"
