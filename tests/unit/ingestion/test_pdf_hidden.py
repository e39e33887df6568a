"""Text of a PDF that nobody sees is kept out and reported: it is where instructions to models hide."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingestion.formats import read

Draw = Callable[[Canvas], None]
MakePdf = Callable[..., Path]
Lines = Callable[..., Draw]

PROSE = ("Patients were enrolled in twelve care sites and were followed for one year.",)
SECRET = "Hidden words cure everything."


def _white(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.drawString(70, 560, SECRET)


def _nearly_white(canvas: Canvas) -> None:
    canvas.setFillGray(0.99)
    canvas.drawString(70, 560, SECRET)


def _white_on_white_over_dark(canvas: Canvas) -> None:
    canvas.setFillGray(0.2)
    canvas.rect(60, 540, 400, 50, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.rect(60, 540, 400, 50, stroke=0, fill=1)
    canvas.drawString(70, 560, SECRET)


def _dark_on_the_same_dark(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0, 0, 0.3)
    canvas.rect(60, 540, 400, 50, stroke=0, fill=1)
    canvas.drawString(70, 560, SECRET)


def _invisible(canvas: Canvas) -> None:
    text = canvas.beginText(70, 560)
    text.setTextRenderMode(3)
    text.textOut(SECRET)
    canvas.drawText(text)


def _tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.5)
    canvas.drawString(70, 560, SECRET)


def _beside_the_page(canvas: Canvas) -> None:
    canvas.drawString(900, 560, SECRET)


def _transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.01)
    canvas.drawString(70, 560, SECRET)


def _under_a_picture(canvas: Canvas) -> None:
    canvas.drawString(70, 560, SECRET)
    buffer = BytesIO()
    Image.effect_noise((40, 10), 60).convert("RGB").save(buffer, "PNG")
    buffer.seek(0)
    canvas.drawImage(ImageReader(buffer), 60, 540, 400, 50)


def _under_a_box(canvas: Canvas) -> None:
    canvas.drawString(70, 560, SECRET)
    canvas.setFillGray(1)
    canvas.rect(60, 540, 400, 50, stroke=0, fill=1)


def _clipped_away(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(10, 10, 20, 20)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(70, 560, SECRET)
    canvas.restoreState()


@pytest.mark.parametrize(
    "hide",
    [
        _white,
        _nearly_white,
        _white_on_white_over_dark,
        _dark_on_the_same_dark,
        _invisible,
        _tiny,
        _beside_the_page,
        _transparent,
        _under_a_picture,
        _under_a_box,
        _clipped_away,
    ],
)
def test_text_that_nobody_sees_is_kept_out_and_reported(make_pdf: MakePdf, lines: Lines, hide: Draw) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*PROSE)(canvas)
        hide(canvas)

    reading = read(make_pdf(draw))
    assert [s.text for s in reading.sentences] == list(PROSE)
    assert "cure" not in reading.pages[0].text
    assert reading.warnings == ("hidden_text:1",)


def test_text_of_a_layer_that_is_switched_off_is_kept_out(
    make_pdf: MakePdf, lines: Lines, tmp_path: Path
) -> None:
    writer = pypdf.PdfWriter(clone_from=make_pdf(lines(*PROSE)))
    layer = writer._add_object(  # pypdf has no call for layers
        DictionaryObject(
            {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("Notes")}
        )
    )
    page = writer.pages[0]
    page["/Resources"].get_object()[NameObject("/Properties")] = DictionaryObject({NameObject("/L0"): layer})
    extra = DecodedStreamObject()
    extra.set_data(f"/OC /L0 BDC BT /F1 11 Tf 70 500 Td ({SECRET}) Tj ET EMC".encode())
    page[NameObject("/Contents")] = ArrayObject(
        [page["/Contents"].get_object().indirect_reference, writer._add_object(extra)]
    )
    for off, hidden in ((ArrayObject([layer]), True), (ArrayObject(), False)):
        writer._root_object[NameObject("/OCProperties")] = DictionaryObject(
            {
                NameObject("/OCGs"): ArrayObject([layer]),
                NameObject("/D"): DictionaryObject({NameObject("/OFF"): off}),
            }
        )
        path = tmp_path / "layers.pdf"
        writer.write(path)
        reading = read(path)
        assert any("cure" in s.text for s in reading.sentences) is not hidden
        assert bool(reading.warnings) is hidden


def _on_a_dark_box(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(60, 550, 480, 30, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.drawString(70, 560, "Everybody sees these words.")


def _on_a_picture(canvas: Canvas) -> None:
    buffer = BytesIO()
    Image.effect_noise((40, 10), 30).convert("RGB").save(buffer, "PNG")
    buffer.seek(0)
    canvas.drawImage(ImageReader(buffer), 60, 540, 400, 50)
    canvas.setFillGray(1)
    canvas.drawString(70, 560, "Everybody sees these words.")


def _under_an_outline(canvas: Canvas) -> None:
    canvas.drawString(70, 560, "Everybody sees these words.")
    canvas.rect(60, 540, 400, 50, stroke=1, fill=0)


def _inside_its_clip(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(60, 540, 400, 50)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(70, 560, "Everybody sees these words.")


@pytest.mark.parametrize("show", [_on_a_dark_box, _on_a_picture, _under_an_outline, _inside_its_clip])
def test_text_that_can_be_seen_is_read(make_pdf: MakePdf, lines: Lines, show: Draw) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*PROSE)(canvas)
        show(canvas)

    reading = read(make_pdf(draw))
    assert any("Everybody sees these words." in s.text for s in reading.sentences)
    assert reading.warnings == ()


def test_words_that_are_struck_through_are_left_out_and_reported(make_pdf: MakePdf, lines: Lines) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*PROSE)(canvas)
        canvas.drawString(70, 650, "The usual dose is 4020 mg once daily.")
        start = 70 + canvas.stringWidth("The usual dose is ", "Helvetica", 11)
        canvas.line(start, 653.5, start + canvas.stringWidth("40", "Helvetica", 11), 653.5)

    reading = read(make_pdf(draw))
    assert [s.text for s in reading.sentences][-1] == "The usual dose is 20 mg once daily."
    assert reading.warnings == ("struck_text:1",)


@pytest.mark.parametrize(
    ("left", "right", "height"),
    [
        pytest.param(0, 20, 649, id="a line under the word"),
        pytest.param(0, 300, 653.5, id="a rule that goes on across the page"),
        pytest.param(0, 20, 661, id="a line above the word"),
    ],
)
def test_a_line_that_does_not_end_with_the_words_it_crosses_strikes_nothing(
    make_pdf: MakePdf, lines: Lines, left: float, right: float, height: float
) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*PROSE)(canvas)
        canvas.drawString(70, 650, "40 mg is the usual dose of the day.")
        canvas.line(70 + left, height, 70 + right, height)

    reading = read(make_pdf(draw))
    assert [s.text for s in reading.sentences][-1] == "40 mg is the usual dose of the day."
    assert reading.warnings == ()
