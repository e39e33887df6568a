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
    assert {s.layer for s in sentences if s.text.endswith(note)} <= {"footnote", "caption"}
    assert any(s.text.endswith(note) for s in sentences)
    assert not any(note in s.text and "variability" in s.text for s in sentences)


def test_a_note_by_its_sign_is_one_too(make_pdf: MakePdf) -> None:
    note = "† Section 320 of the code applies to studies in people who are in good health."
    reading = read(make_pdf(two_pages(note, mark="")))
    assert WHOLE in [sentence.text for sentence in reading.sentences]


def test_text_of_the_body_s_size_is_no_note(make_pdf: MakePdf) -> None:
    note = "studies of thirty people were made in two countries before this was agreed."
    sentences = read(make_pdf(two_pages(note, size=11))).sentences
    assert next(s.layer for s in sentences if note.rsplit(maxsplit=1)[-1] in s.text) == "body"


def test_an_isotope_opens_no_note_and_what_stands_behind_a_note_s_end_is_none(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        two_pages("Section 320 of the code applies to studies in people.")(canvas)
        canvas.setFont("Helvetica", 11)

    def small(canvas: Canvas) -> None:
        for at, line in enumerate(FIRST):
            canvas.drawString(70, 700 - 14 * at, line)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(70, 123, "14")
        canvas.setFont("Helvetica", 9.5)
        canvas.drawString(77, 120, "C-labelled Velmora was given to six people in good health.")
        canvas.drawString(70, 90, "Velmora must not be given to patients with severe hepatic impairment.")

    body = [s.text for s in read(make_pdf(draw, small)).sentences if s.layer == "body"]
    assert any("must not be given" in text for text in body)


def test_items_with_one_sign_each_are_a_list(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for at, line in enumerate(FIRST):
            canvas.drawString(70, 700 - 14 * at, line)
        canvas.setFont("Helvetica", 9.5)
        for at, item in enumerate(
            ("Stop Velmora if the liver tests rise.", "Measure them each month at first.")
        ):
            canvas.drawString(70, 120 - 24 * at, f"* {item}")

    assert not [s for s in read(make_pdf(draw)).sentences if s.layer == "footnote"]
